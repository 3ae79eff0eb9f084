"""Calendars (RFC 5545 with the properties of RFC 7986): the site, each week, organisation and activity.

What was cancelled stays, marked as cancelled, so that subscribers learn of it. A time that was not stated is not
made up: such an event lasts all day and says in words what is known. Output depends on the records alone.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from tadamun.publish.bundle.store import Leaf
from tadamun.publish.feeds.ical_lines import escaped, joined, text_line
from tadamun.publish.feeds.ical_zones import compact_day, zone_block
from tadamun.publish.feeds.scopes import (
    Feeds,
    Scope,
    activity_scope,
    digest,
    scope_digest,
    week_scope,
)
from tadamun.publish.feeds.wording import plain
from tadamun.publish.published import ActivityCard, PublishedWeek, WeekCard
from tadamun.record.structs import PlaceRecord, SittingRecord, When
from tadamun.toolkit.languages.text import Spoken

REFRESH = "PT6H"
_HELD_EVENTS = 4096


class _Event(NamedTuple):
    """A finished VEVENT; ``zone`` is its time zone when it has a clock time, else nothing."""

    body: bytes
    zone: str
    year: int


def ical_leaves(feeds: Feeds, wide: Sequence[Scope]) -> Iterator[Leaf]:
    """List every calendar file in every language: of the ``wide`` scopes, and of each week and activity."""
    for code in feeds.wordings:
        writer = _Writer(feeds, code)
        base = digest(b"ics", feeds.base(code))
        for scope in wide:
            yield Leaf(writer.path(scope), scope_digest(base, scope), partial(writer.calendar, scope))
        for week in feeds.weeks:
            fingerprint = digest(base, week.fingerprint)
            place = f"feeds/{code}/weeks/{week.slug}"
            yield Leaf(f"{place}.ics", fingerprint, partial(writer.week, week))
            for activity in week.card.activities:
                yield Leaf(f"{place}/{activity.slug}.ics", fingerprint, partial(writer.activity, week, activity))


class _Writer:
    """Writes calendars in one language. An event stands in up to four files and is written once."""

    def __init__(self, feeds: Feeds, code: str) -> None:
        self._feeds = feeds
        self._code = code
        self._wording = feeds.wordings[code]
        self._addresses = feeds.addresses
        self._written: dict[tuple[str, str, bytes], tuple[_Event, ...]] = {}

    def path(self, scope: Scope) -> str:
        return f"feeds/{self._code}/{scope.path}.ics"

    def week(self, week: PublishedWeek) -> bytes:
        return self.calendar(week_scope(week))

    def activity(self, week: PublishedWeek, activity: ActivityCard) -> bytes:
        return self.calendar(activity_scope(week, activity))

    def calendar(self, scope: Scope) -> bytes:
        events: list[_Event] = []
        for week, activities in scope.chosen:
            if not scope.single:
                events += self._once(week, None)
            for activity in activities:
                events += self._once(week, activity)
        head = joined(self._head(scope))
        return b"".join([head, *_zones(events), *(event.body for event in events), b"END:VCALENDAR\r\n"])

    def _head(self, scope: Scope) -> list[str]:
        title = self._wording.say(scope.title)
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tadamun//Tadamun//EN", "CALSCALE:GREGORIAN"]
        lines += [text_line("NAME", title), f"X-WR-CALNAME:{escaped(title.words)}"]
        if not scope.single:
            lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}", f"X-PUBLISHED-TTL:{REFRESH}"]
        if self._addresses.whole:
            lines.append(f"SOURCE;VALUE=URI:{self._addresses.file(self.path(scope))}")
            lines.append(f"URL:{self._addresses.page(self._code, *scope.page)}")
        return lines

    def _once(self, week: PublishedWeek, activity: ActivityCard | None) -> tuple[_Event, ...]:
        key = (week.slug, activity.slug if activity else "", week.fingerprint)
        events = self._written.get(key)
        if events is None:
            if len(self._written) >= _HELD_EVENTS:
                self._written.clear()
            events = (self._week(week.card),) if activity is None else tuple(self._activity(week.card, activity))
            self._written[key] = events
        return events

    def _week(self, week: WeekCard) -> _Event:
        wording = self._wording
        lines = ["BEGIN:VEVENT", f"UID:{escaped(plain(week.uid))}@tadamun", *_stamps(week.changed_at, week.start)]
        lines += [f"SEQUENCE:{len(week.postponements)}", f"STATUS:{_status(week)}", *_all_day(week.start, week.end)]
        lines.append(text_line("SUMMARY", self._title(week)))
        told = (
            wording.words(week.summary),
            wording.credits(week.involvements),
            *(wording.postponement(moved) for moved in week.postponements),
        )
        lines += self._description(told)
        if reach := wording.words(week.reach):
            lines.append(text_line("LOCATION", Spoken(reach, wording.say(week.reach).language)))
        lines += self._shared(week, week.form.label, ("weeks", week.slug))
        return _Event(joined([*lines, "END:VEVENT"]), "", week.start.year)

    def _activity(self, week: WeekCard, activity: ActivityCard) -> Iterator[_Event]:
        for number, (when, sitting) in enumerate(_times(activity), start=1):
            uid = escaped(plain(activity.uid)) + (f"-{number}" if number > 1 else "")
            span, timed = _span(when, week.timezone)
            lines = ["BEGIN:VEVENT", f"UID:{uid}@tadamun", *_stamps(activity.changed_at, when.start)]
            lines += [f"SEQUENCE:{activity.sequence}", f"STATUS:{_status(activity)}", *span]
            lines.append(f"RELATED-TO;RELTYPE=PARENT:{escaped(plain(week.uid))}@tadamun")
            lines.append(text_line("SUMMARY", self._title(activity)))
            lines += self._description(self._told(week, activity, when, sitting))
            if sitting:
                lines += self._place(sitting.place)
            lines += self._shared(activity, activity.kind.name, ("weeks", week.slug, activity.slug))
            yield _Event(joined([*lines, "END:VEVENT"]), week.timezone if timed else "", when.start.year)

    def _told(self, week: WeekCard, activity: ActivityCard, when: When, sitting: SittingRecord | None) -> Iterator[str]:
        wording = self._wording
        if _status(activity) != "TENTATIVE":
            yield wording.when(when)
        for moved in activity.postponements:
            yield wording.postponement(moved)
        yield wording.words(activity.summary)
        if sitting:
            yield wording.words(sitting.note)
            yield wording.place_told_later(sitting.place, week.timezone)
        yield wording.credits(activity.involvements)

    def _title(self, of: WeekCard | ActivityCard) -> Spoken:
        """Write the title; many calendars do not show a status, so what does not take place says so in words too."""
        title = self._wording.say(of.titles)
        if _status(of) == "CONFIRMED":
            return title
        return Spoken(f"{self._wording.words(of.state.label)}: {title.words}", title.language)

    def _description(self, parts: Iterator[str] | tuple[str, ...]) -> list[str]:
        words = "\n".join(part for part in parts if part)
        return [text_line("DESCRIPTION", Spoken(words, self._code))] if words else []

    def _place(self, place: PlaceRecord | None) -> list[str]:
        if place is None:
            return []
        words = self._wording.place(place)
        lines = [text_line("LOCATION", Spoken(words, self._code))] if words else []
        if place.latitude is not None and place.longitude is not None:
            lines.append(f"GEO:{place.latitude:.6f};{place.longitude:.6f}")
        return lines

    def _shared(self, of: WeekCard | ActivityCard, category: dict[str, str], page: tuple[str, ...]) -> list[str]:
        told = self._wording.say(category)
        lines = [text_line("CATEGORIES", told)] if told.words else []
        if self._addresses.whole:
            lines.append(f"URL:{self._addresses.page(self._code, *page)}")
            if of.photo:
                lines.append(f"IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/jpeg:{self._addresses.card(of.photo)}")
        return lines


def _times(activity: ActivityCard) -> list[tuple[When, SittingRecord | None]]:
    """List the times; what was postponed and has no sitting any more stands at its new date, else at its old one."""
    if activity.sittings:
        return [(sitting.when, sitting) for sitting in activity.sittings]
    if activity.postponements:
        last = activity.postponements[-1]
        return [(last.moved_to or last.announced, None)]
    return []


def _status(of: WeekCard | ActivityCard) -> str:
    if of.state.code == "cancelled":
        return "CANCELLED"
    if of.state.code == "postponed" and not (of.postponements and of.postponements[-1].moved_to):
        return "TENTATIVE"
    return "CONFIRMED"


def _span(when: When, timezone: str) -> tuple[list[str], bool]:
    """Write start and end, and say whether they have clock times.

    Clock times count only where they make one stretch: on one day, or over one midnight. Two days with times
    mean two sittings of those hours, which is for words to say.
    """
    start, end = when.start_time, when.end_time
    if when.precision != "exact" or start is None:
        return _all_day(when.start, when.end), False
    nights = (when.end - when.start).days
    if nights > 1 or (nights == 1 and (end is None or end > start)):
        return _all_day(when.start, when.end), False
    lines = [f"DTSTART;TZID={timezone}:{_moment(when.start, start)}"]
    if end is not None and (nights or end != start):
        last = when.start + timedelta(days=1) if nights or end < start else when.start
        lines.append(f"DTEND;TZID={timezone}:{_moment(last, end)}")
    return [*lines, "TRANSP:OPAQUE"], True


def _all_day(start: date, end: date) -> list[str]:
    # The end of an all-day event is the day after it, and it does not make anybody busy.
    after = max(start, end) + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{compact_day(start)}", f"DTEND;VALUE=DATE:{compact_day(after)}", "TRANSP:TRANSPARENT"]


def _moment(on: date, at: time) -> str:
    return f"{compact_day(on)}T{at:%H%M%S}"


def _stamps(changed_at: datetime | None, start: date) -> list[str]:
    at = changed_at or datetime(start.year, start.month, start.day, tzinfo=UTC)
    utc = at.astimezone(UTC) if at.tzinfo else at
    stamp = f"{_moment(utc.date(), utc.time())}Z"
    return [f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}"]


def _zones(events: list[_Event]) -> Iterator[bytes]:
    years: dict[str, list[int]] = {}
    for event in events:
        if event.zone:
            years.setdefault(event.zone, []).append(event.year)
    for name in sorted(years):
        yield zone_block(name, min(years[name]), max(years[name]))
