"""What differs between two records of a week, as sentences that a person understands, activity by activity."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tadamun.record.structs import (
    ActivityRecord,
    FigureRecord,
    InvolvementRecord,
    PersonRecord,
    Record,
    SittingRecord,
    WeekRecord,
    When,
)
from tadamun.toolkit.languages.text import Text

Element = TypeVar("Element", bound=Record)
# A part of a sentence: words in several languages, days as stated, a number, or several of these one after the other.
Part = Text | When | int | str | tuple[Any, ...]

_TEXTS: "dict[str, str | Promise]" = {
    "titles": _("title"),
    "summary": _("summary"),
    "purpose": _("purpose"),
    "body": _("text"),
    "target_group": _("for whom"),
    "reach": _("reach"),
}
_LISTS: "dict[str, str | Promise]" = {
    "promises": _("promise"),
    "outcomes": _("result or recommendation"),
    "occasions": _("occasion"),
    "contributions": _("campaign"),
    "relations": _("link to another activity"),
    "postponements": _("postponement"),
    "also_told_by": _("source"),
    "facts": _("detail"),
    "themes": _("theme"),
    "places": _("place"),
}
# What follows from the rest, or is about no content.
_SILENT = frozenset({"uid", "slug", "audience", "changed_at", "sequence", "sources", "organisations", "activities"})


@dataclass(frozen=True)
class Sentence:
    """A sentence with places for its parts; the words of each part are chosen when it is said."""

    pattern: "str | Promise"
    parts: Mapping[str, Part] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """What differs in one activity (its uid and titles), or in the week itself (no uid)."""

    uid: str
    titles: Text
    sentences: tuple[Sentence, ...]


def changes(before: WeekRecord, after: WeekRecord) -> tuple[Changes, ...]:
    """All that differs, the week first, then its activities in their order; empty exactly when nothing does."""
    found = [Changes("", after.titles, tuple(_of_week(before, after)))]
    old = {one.uid: one for one in before.activities}
    new = {one.uid: one for one in after.activities}
    for uid, one in new.items():
        sentences = tuple(_of_activity(old[uid], one)) if uid in old else (Sentence(_("This activity is new.")),)
        found.append(Changes(uid, one.titles, sentences))
    gone = (Sentence(_("This activity is not in it any more.")),)
    found += [Changes(uid, one.titles, gone) for uid, one in old.items() if uid not in new]
    return tuple(one for one in found if one.sentences)


def _of_week(old: WeekRecord, new: WeekRecord) -> Iterator[Sentence]:
    yield from _texts(old, new)
    if old.state != new.state:
        yield Sentence(_("The state is now “%(after)s” instead of “%(before)s”."), _two(old.state, new.state))
    if (old.start, old.end) != (new.start, new.end):
        days = {"before": When(start=old.start, end=old.end), "after": When(start=new.start, end=new.end)}
        yield Sentence(_("It moved from %(before)s to %(after)s."), days)
    yield from _parts(old, new)
    yield from _rest(old, new, {"state", "start", "end"})


def _of_activity(old: ActivityRecord, new: ActivityRecord) -> Iterator[Sentence]:
    yield from _texts(old, new)
    if old.state != new.state:
        yield Sentence(_("The state is now “%(after)s” instead of “%(before)s”."), _two(old.state, new.state))
    yield from _sittings(old.sittings, new.sittings)
    if old.sign_up != new.sign_up:
        yield Sentence(_("Sign-up is open now.") if new.sign_up else _("Sign-up is closed now."))
    yield from _parts(old, new)
    yield from _rest(old, new, {"state", "sittings", "sign_up"})


def _two(old: Any, new: Any) -> dict[str, Part]:
    return {"before": old.label or old.code, "after": new.label or new.code}


def _texts(old: Any, new: Any) -> Iterator[Sentence]:
    for name, label in _TEXTS.items():
        before, after = getattr(old, name, {}), getattr(new, name, {})
        if before == after:
            continue
        what: dict[str, Part] = {"what": (label,)}
        if name == "titles":
            yield Sentence(_("The title “%(before)s” is now “%(after)s”."), {"before": before, "after": after})
        elif not before:
            yield Sentence(_("Added: %(what)s."), what)
        elif not after:
            yield Sentence(_("Taken away: %(what)s."), what)
        else:
            codes = sorted(code for code in {*before, *after} if before.get(code) != after.get(code))
            yield Sentence(_("Reworded: %(what)s (%(languages)s)."), what | {"languages": ", ".join(codes)})


def _sittings(old: Sequence[SittingRecord], new: Sequence[SittingRecord]) -> Iterator[Sentence]:
    for before, after in zip(old, new, strict=False):
        if before.when != after.when:
            days: dict[str, Part] = {"before": before.when, "after": after.when}
            yield Sentence(_("It moved from %(before)s to %(after)s."), days)
        yield from _place(before, after)
        if before.note != after.note:
            yield Sentence(_("The note beside the date is another one."))
    for one in new[len(old) :]:
        yield Sentence(_("A date is added: %(when)s."), {"when": one.when})
    for one in old[len(new) :]:
        yield Sentence(_("A date is taken away: %(when)s."), {"when": one.when})


def _place(old: SittingRecord, new: SittingRecord) -> Iterator[Sentence]:
    if old.place == new.place:
        return
    if new.place is None:
        yield Sentence(_("The place is not told any more."))
    elif old.place is None or old.place.slug != new.place.slug:
        yield Sentence(_("The place is now %(place)s."), {"place": new.place.names})
    else:
        yield Sentence(_("What is said of the place %(place)s changed."), {"place": new.place.names})


def _parts(old: Any, new: Any) -> Iterator[Sentence]:
    yield from _listed(
        old.involvements,
        new.involvements,
        key=lambda one: (one.type.code, one.organisation, one.collective),
        says=lambda one: {"line": _line(one)},
        added=_("Named now: “%(line)s”."),
        gone=_("Not named any more: “%(line)s”."),
        changed=_("The credit is worded “%(line)s” now."),
    )
    yield from _listed(
        old.people,
        new.people,
        key=lambda one: (one.role.code, one.name, one.quantity),
        says=_person,
        added=_("Added: %(role)s %(name)s."),
        gone=_("Taken away: %(role)s %(name)s."),
        changed=_("Said otherwise: %(role)s %(name)s."),
    )
    yield from _listed(
        old.figures,
        new.figures,
        key=lambda one: (one.what.code, one.unit.code, one.group, one.source),
        says=_figure,
        added=_("Figure added: %(number)s %(unit)s · %(what)s."),
        gone=_("Figure taken away: %(number)s %(unit)s · %(what)s."),
        changed=_("Figure changed: %(number)s %(unit)s · %(what)s."),
    )
    yield from _listed(
        old.photos,
        new.photos,
        key=lambda one: one.sha256,
        says=lambda one: {"caption": one.caption or one.alternative},
        added=_("Photo added: “%(caption)s”."),
        gone=_("Photo taken away: “%(caption)s”."),
        changed=_("Other words beside the photo “%(caption)s”."),
    )
    for name, label in _LISTS.items():
        yield from _listed(
            getattr(old, name, ()),
            getattr(new, name, ()),
            key=_identity,
            says=partial(_labelled, label),
            added=_("Added, %(what)s: “%(name)s”."),
            gone=_("Taken away, %(what)s: “%(name)s”."),
            changed=_("Changed, %(what)s: “%(name)s”."),
        )


def _labelled(label: "str | Promise", one: Any) -> Mapping[str, Part]:
    return {"what": (label,), "name": _name(one)}


def _listed(
    old: Sequence[Element],
    new: Sequence[Element],
    *,
    key: Callable[[Element], Any],
    says: Callable[[Element], Mapping[str, Part]],
    added: "str | Promise",
    gone: "str | Promise",
    changed: "str | Promise",
) -> Iterator[Sentence]:
    """Compare two lists; what stands in both is left out, the rest is paired by its key."""
    left, fresh = list(old), []
    for one in new:
        if one in left:
            left.remove(one)
        else:
            fresh.append(one)
    if not left and not fresh and list(old) != list(new):
        yield Sentence(_("The order of some entries is another one."))
    for one in fresh:
        twin = next((other for other in left if key(other) == key(one)), None)
        if twin is not None:
            left.remove(twin)
        yield Sentence(added if twin is None else changed, says(one))
    for one in left:
        yield Sentence(gone, says(one))


def _rest(old: Any, new: Any, said: set[str]) -> Iterator[Sentence]:
    """Whatever no sentence is about, so that no difference goes unsaid."""
    told = {*_TEXTS, *_LISTS, *said, *_SILENT, "involvements", "people", "figures", "photos"}
    fields = (name for name in new.__struct_fields__ if name not in told)
    if any(getattr(old, name) != getattr(new, name) for name in fields):
        yield Sentence(_("Other details changed."))
    elif isinstance(new, WeekRecord) and (old.organisations, old.sources) != (new.organisations, new.sources):
        yield Sentence(_("What is said of an organisation or a source changed."))


def _line(one: InvolvementRecord) -> Part:
    return one.line or one.collective or one.type.label


def _person(one: PersonRecord) -> Mapping[str, Part]:
    return {"role": one.role.label, "name": one.name or one.function or (one.quantity or "")}


def _figure(one: FigureRecord) -> Mapping[str, Part]:
    number = "?" if one.quantity is None else one.quantity
    return {"number": number, "unit": one.group or one.unit.label, "what": one.what.label}


def _identity(one: Any) -> Any:
    for name in ("slug", "key", "code"):
        if value := getattr(one, name, ""):
            return value
    if hasattr(one, "activity"):
        return one.type.code, one.activity.week, one.activity.activity
    return getattr(one, "number", None) or getattr(one, "announced", None) or getattr(one, "url", "") or _name(one)


def _name(one: Any) -> Part:
    for name in ("names", "text", "label", "title", "announced"):
        if value := getattr(one, name, None):
            return value  # type: ignore[no-any-return]  # each of these is a part
    return one.activity.titles if hasattr(one, "activity") else ""
