"""Who refers to whom in a week file, and the walk over all of its entries."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tadamun.weekfile.document import (
    ActivityEntry,
    CampaignEntry,
    ContributionEntry,
    EditionEntry,
    Entry,
    FigureEntry,
    InvolvementEntry,
    Named,
    PersonEntry,
    PlaceEntry,
    PromiseEntry,
    RelationEntry,
    SittingEntry,
    TieEntry,
    WeekDocument,
    WeekEntry,
)

SHELVES = ("organisations", "places", "occasions", "campaigns", "series", "sources")

# Structure → field → the shelf on which the slug (or each slug of the list) must stand.
REFERENCES: dict[type[Entry], dict[str, str]] = {
    TieEntry: {"to": "organisations"},
    PlaceEntry: {"within": "places", "keeper": "organisations"},
    CampaignEntry: {"owners": "organisations"},
    SittingEntry: {"place": "places", "public_place": "places"},
    InvolvementEntry: {"organisation": "organisations"},
    FigureEntry: {"source": "sources"},
    PromiseEntry: {"owner": "organisations", "place": "places"},
    PersonEntry: {"organisation": "organisations"},
    ContributionEntry: {"campaign": "campaigns"},
    EditionEntry: {"series": "series"},
    ActivityEntry: {"occasions": "occasions", "also_told_by": "sources"},
    WeekEntry: {"places": "places", "occasions": "occasions", "also_told_by": "sources"},
}


class Reference(NamedTuple):
    """One mention: the entry and the steps to the field in it, the shelf and the slug that should stand there."""

    entry: Entry
    steps: tuple[str | int, ...]
    shelf: str
    slug: str


def entries(value: object) -> Iterator[Entry]:
    """Every entry in a document, an entry or a list of them, in the file's order, outer ones first."""
    if isinstance(value, Entry):
        yield value
        for name in value.__struct_fields__:
            yield from entries(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from entries(item)


def references(value: object) -> Iterator[Reference]:
    """Every mention of an organisation, place, occasion, campaign, series or source."""
    for entry in entries(value):
        for name, shelf in REFERENCES.get(type(entry), {}).items():
            stated = getattr(entry, name)
            if isinstance(stated, list):
                yield from (Reference(entry, (name, at), shelf, slug) for at, slug in enumerate(stated))
            elif stated:
                yield Reference(entry, (name,), shelf, stated)


class ActivityReference(NamedTuple):
    """A mention of an activity: ``week`` and ``activity`` slugs."""

    entry: Entry
    steps: tuple[str | int, ...]
    week: str
    activity: str


def activity_references(document: WeekDocument) -> Iterator[ActivityReference]:
    """Every mention of an activity by a relation, a kept promise or a photo."""
    for entry in entries(document):
        name = {RelationEntry: "to", PromiseEntry: "kept_by"}.get(type(entry))
        if name and (stated := getattr(entry, name)):
            week, _slash, activity = stated.rpartition("/")
            yield ActivityReference(entry, (name,), week or document.week.slug, activity)
    for photo in document.photos:
        if photo.activity:
            yield ActivityReference(photo, ("activity",), document.week.slug, photo.activity)


def slugs_on(document: WeekDocument, shelf: str) -> list[str]:
    """The slugs of what a document states on a shelf."""
    stated: list[Named] = getattr(document, shelf)
    return [entry.slug for entry in stated]


def reached(start: Iterable[str], steps: Mapping[str, Iterable[str]]) -> set[str]:
    """All that can be reached from ``start`` by following ``steps``, the start included."""
    found = set(start)
    frontier = list(found)
    while frontier:
        fresh = [slug for slug in steps.get(frontier.pop(), ()) if slug not in found]
        found.update(fresh)
        frontier.extend(fresh)
    return found
