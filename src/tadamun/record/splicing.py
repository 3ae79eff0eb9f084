"""One activity of a public record brought up to date, the rest of the week staying as it was let out.

What the activity leans on comes along: the bodies that it names, its photos in the gallery, its sources. Figures do
only where nothing can be subtracted: what must stay unsaid was decided for all claims of the plan together, so while
another claim about the same thing is public as it was earlier, this activity's stay as they were.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from tadamun.record.structs import (
    ActivityRecord,
    FigureRecord,
    OrganisationRecord,
    PhotoRecord,
    Record,
    SourceRecord,
    WeekRecord,
)
from tadamun.toolkit.facts import Fact, Reference

_BODIES = frozenset({"organisation", "owner", "owners"})


@dataclass(frozen=True)
class Spliced:
    """The record with the activity as it is planned; whether figures of it wait for the whole week."""

    record: WeekRecord
    figures_wait: bool


def splice(released: WeekRecord, current: WeekRecord, *, shown: WeekRecord, uid: str) -> Spliced:
    """Put the activity (uid) as ``current`` has it into what was ``released``.

    ``shown`` is the released record as the site shows it now (``narrowing``).

    :raises LookupError: when the activity was not let out, or is not told to the public any more; or when the public
        still knows another one by its address.
    """
    old = next((one for one in released.activities if one.uid == uid), None)
    new = next((one for one in current.activities if one.uid == uid), None)
    if old is None or new is None or any(one.slug == new.slug for one in released.activities if one is not old):
        raise LookupError(uid)
    figures = _figures(old, new, _not_to_be_told(shown, current, uid))
    fresh = replace(new, figures=figures)
    record = replace(
        released,
        activities=tuple(fresh if one.uid == uid else one for one in released.activities),
        photos=_photos(released, current, {old.slug, new.slug}),
        sources=_sources(released, fresh),
        organisations=_organisations(released, current, fresh),
    )
    return Spliced(record=record, figures_wait=figures != new.figures)


def _not_to_be_told(shown: WeekRecord, current: WeekRecord, uid: str) -> frozenset[str]:
    """What is counted elsewhere in the week by claims that the public reads otherwise than they are planned."""
    planned = {one.uid: one.figures for one in current.activities}
    scopes = [(shown.figures, current.figures)]
    scopes += [(one.figures, planned.get(one.uid, ())) for one in shown.activities if one.uid != uid]
    return frozenset(one.what.code for told, now in scopes for one in told if not one.withheld and one not in now)


def _figures(old: ActivityRecord, new: ActivityRecord, kept: frozenset[str]) -> tuple[FigureRecord, ...]:
    stay = [one for one in old.figures if one.what.code in kept]
    if stay == [one for one in new.figures if one.what.code in kept]:
        return new.figures
    return (*(one for one in new.figures if one.what.code not in kept), *stay)


def _photos(released: WeekRecord, current: WeekRecord, slugs: set[str]) -> tuple[PhotoRecord, ...]:
    """The gallery in its newest order: of this activity as planned, of all else as let out."""
    left = {one.sha256: one for one in released.photos if one.activity not in slugs}
    ordered = []
    for one in current.photos:
        if one.activity in slugs:
            ordered.append(one)
        elif one.sha256 in left:
            ordered.append(left.pop(one.sha256))
    return (*ordered, *left.values())


def _sources(released: WeekRecord, activity: ActivityRecord) -> tuple[SourceRecord, ...]:
    sources = list(released.sources)
    for one in _walk(activity):
        if isinstance(one, SourceRecord) and one not in sources:
            sources.append(one)
    return tuple(sources)


def _organisations(
    released: WeekRecord, current: WeekRecord, activity: ActivityRecord
) -> tuple[OrganisationRecord, ...]:
    """The bodies that were named, and those that the activity names now with what they are part of."""
    there = {one.slug for one in released.organisations}
    bodies = {one.slug: one for one in current.organisations}
    asked, added = [one for one in _names(activity) if one in bodies], set[str]()
    while asked:
        slug = asked.pop()
        if slug not in there | added and slug in bodies:
            added.add(slug)
            asked += [tie.organisation for tie in bodies[slug].ties if tie.type.code == "part_of"]
    return (*released.organisations, *(one for one in current.organisations if one.slug in added))


def _names(activity: ActivityRecord) -> Iterator[str]:
    """The slugs of the bodies that an activity names."""
    for node in _walk(activity):
        if isinstance(node, Reference):
            if node.to == "organisation":
                yield node.slug
        elif isinstance(node, Record):
            for name in _BODIES.intersection(node.__struct_fields__):
                value = getattr(node, name)
                yield from value if isinstance(value, tuple) else (value,) if value else ()


def _walk(node: Any) -> Iterator[Any]:
    """Every record, fact and reference within."""
    if isinstance(node, tuple):
        for one in node:
            yield from _walk(one)
    elif isinstance(node, Record | Fact):
        yield node
        for name in node.__struct_fields__:
            yield from _walk(getattr(node, name))
    elif isinstance(node, Reference):
        yield node
