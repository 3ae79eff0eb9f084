"""What gets in each other's way on a day: found from plain values, without the database.

Nothing here forbids anything: a clash is a sentence that somebody reads before she decides. Loud ones are shown on the
board; the others are worth knowing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import combinations
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tadamun.organise.programme.vocabulary import PartOfDay
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.sun import sun_on
from tadamun.toolkit.templatetags.saying import said

Point = tuple[float, float]
FRIDAY = 4
# The sermon begins at noon; until people are back from the mosque, an hour and a quarter has gone.
FRIDAY_PRAYER = timedelta(minutes=75)
_UNTOLD_LENGTH = 120
_PARTS_OF_DAY = {
    PartOfDay.MORNING: (8 * 60, 12 * 60),
    PartOfDay.NOON: (12 * 60, 14 * 60),
    PartOfDay.AFTERNOON: (14 * 60, 18 * 60),
    PartOfDay.EVENING: (18 * 60, 22 * 60),
    PartOfDay.ALL_DAY: (8 * 60, 22 * 60),
}


class ClashKind(Enum):
    """What a clash is about."""

    PLACE = "place"
    PERSON = "person"
    PARTNER = "partner"
    PRAYER = "prayer"
    OCCASION = "occasion"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Clash:
    """Something to look at: on which day, for which activities, in a sentence."""

    kind: ClashKind
    day: date
    activities: tuple[UUID, ...]
    says: SafeString
    loud: bool


@dataclass(frozen=True, kw_only=True)
class Slot:
    """An activity on a day. ``hours`` are minutes since midnight, None while neither hours nor a part are stated.

    ``own`` says that it belongs to the week that is looked at. ``place`` is set for places that hold one thing at a
    time. ``people`` and ``partners`` map a key that tells them apart to the name that is said.
    """

    activity: UUID
    titles: Text
    day: date
    own: bool = True
    week_titles: Text = field(default_factory=dict)
    hours: tuple[int, int] | None = None
    place: int | None = None
    place_names: Text = field(default_factory=dict)
    people: Mapping[str, Text] = field(default_factory=dict)
    partners: Mapping[str, Text] = field(default_factory=dict)
    occasions: frozenset[int] = frozenset()
    point: Point | None = None
    zone: str = "UTC"


@dataclass(frozen=True)
class OutsideDay:
    """An occasion of the outside world. ``disturbs`` says that it empties streets or closes them."""

    key: int
    names: Text
    start: date
    end: date
    disturbs: bool


def hours_of(start: time | None, end: time | None, part: str) -> tuple[int, int] | None:
    """The minutes of a day that a sitting takes: its hours, else what its part of the day means."""
    if start is None:
        return _PARTS_OF_DAY.get(PartOfDay(part)) if part else None
    begins = start.hour * 60 + start.minute
    ends = end.hour * 60 + end.minute if end else begins + _UNTOLD_LENGTH
    return begins, ends if ends > begins else 24 * 60


def clashes_of(slots: Iterable[Slot], occasions: Iterable[OutsideDay]) -> list[Clash]:
    """All clashes of the days on which the week has something, by day; loud ones first."""
    by_day: dict[date, list[Slot]] = {}
    for slot in slots:
        by_day.setdefault(slot.day, []).append(slot)
    outside = list(occasions)
    found = [
        clash
        for day, there in by_day.items()
        if any(slot.own for slot in there)
        for clash in (*_between(day, there), *_with_the_day(day, there, outside))
    ]
    return sorted(found, key=lambda clash: (clash.day, not clash.loud))


def _between(day: date, slots: list[Slot]) -> Iterator[Clash]:
    for one, other in combinations(slots, 2):
        if not (one.own or other.own) or one.activity == other.activity:
            continue
        together = _together(one, other)
        if together is None:
            continue
        both = tuple(slot.activity for slot in (one, other) if slot.own)
        for kind, says in _shared(one, other, together=together):
            yield Clash(kind, day, both, says, loud=together)


def _together(one: Slot, other: Slot) -> bool | None:
    """True when they overlap, None when they do not, False while the hours of one are open."""
    if one.hours is None or other.hours is None:
        return False
    return True if one.hours[0] < other.hours[1] and other.hours[0] < one.hours[1] else None


def _shared(one: Slot, other: Slot, *, together: bool) -> Iterator[tuple[ClashKind, SafeString]]:
    names = {"one": said(one.titles), "other": said(other.titles)}
    if one.place is not None and one.place == other.place:
        says = (
            _("{one} and {other} are at {place} at the same time.")
            if together
            else _("{one} and {other} are at {place} on the same day. Not all hours are set.")
        )
        yield ClashKind.PLACE, format_html(says, place=said(one.place_names), **names)
    says = (
        _("{who} is needed at {one} and at {other} at the same time.")
        if together
        else _("{who} is needed at {one} and at {other} on the same day. Not all hours are set.")
    )
    for kind, mine, theirs in (
        (ClashKind.PERSON, one.people, other.people),
        (ClashKind.PARTNER, one.partners, other.partners),
    ):
        # Somebody whose name is written in three languages is one.
        for who in sorted({said(mine[key]) for key in mine.keys() & theirs.keys()}):
            yield kind, format_html(says, who=who, **names)


def _with_the_day(day: date, slots: list[Slot], occasions: list[OutsideDay]) -> Iterator[Clash]:
    here = [occasion for occasion in occasions if occasion.start <= day <= occasion.end]
    for slot in slots:
        if not slot.own:
            says = format_html(
                _("{title} ({week}) is on the same day."), title=said(slot.titles), week=said(slot.week_titles)
            )
            yield Clash(ClashKind.ELSEWHERE, day, (), says, loud=False)
            continue
        for occasion in here:
            if occasion.key not in slot.occasions:
                says = format_html(
                    _("{occasion} is on the day of {title}."), occasion=said(occasion.names), title=said(slot.titles)
                )
                yield Clash(ClashKind.OCCASION, day, (slot.activity,), says, loud=occasion.disturbs)
        yield from _prayers(slot)


def _prayers(slot: Slot) -> Iterator[Clash]:
    if slot.hours is None or slot.point is None:
        return
    zone = ZoneInfo(slot.zone)
    sun = sun_on(slot.day, latitude=slot.point[0], longitude=slot.point[1])
    noon = sun.noon.astimezone(zone)
    if slot.day.weekday() == FRIDAY and _within(noon, slot.hours, length=FRIDAY_PRAYER):
        says = _("{title} falls into Friday prayer, from about {start} to {end}.")
        told = format_html(says, title=said(slot.titles), start=_clock(noon), end=_clock(noon + FRIDAY_PRAYER))
        yield Clash(ClashKind.PRAYER, slot.day, (slot.activity,), told, loud=True)
        times = [sun.afternoon, sun.sunset]
    else:
        times = [sun.noon, sun.afternoon, sun.sunset]
    at = [at.astimezone(zone) for at in times if at is not None]
    if inside := ", ".join(_clock(moment) for moment in at if _within(moment, slot.hours)):
        says = _("{title} runs over a prayer, at about {times}.")
        told = format_html(says, title=said(slot.titles), times=inside)
        yield Clash(ClashKind.PRAYER, slot.day, (slot.activity,), told, loud=False)


def _within(moment: datetime, hours: tuple[int, int], *, length: timedelta = timedelta()) -> bool:
    begins = moment.hour * 60 + moment.minute
    return hours[0] < begins + length.seconds // 60 and begins < hours[1] if length else hours[0] < begins < hours[1]


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"
