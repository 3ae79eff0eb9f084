"""What pages say in one language about times, places, states and names: the words that templates call.

A phrase about something that was not stated is empty, and a template prints nothing for it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from tadamun.publish.site.calendar import Calendar
from tadamun.publish.site.counting import counted
from tadamun.publish.site.voice import Voice
from tadamun.record.structs import (
    ActivityLink,
    ContributionRecord,
    InvolvementRecord,
    OrganisationRecord,
    PlaceRecord,
    PostponementRecord,
    When,
)
from tadamun.toolkit.facts import Clock, Day, Number, Reference, Value, Words

_HELD = frozenset({"held", "documented", "published"})
_TO_COME = frozenset({"planned", "open"})


class Credit(NamedTuple):
    """A line of credit as agreed, and the page of the organisation that it names, if it has one."""

    line: Markup
    href: str


class Medal(NamedTuple):
    """The dates of a poster: rows of large numerals with the month beneath, and the year."""

    rows: tuple[tuple[str, str], ...]
    year: str


def status(state: str, *, last_day: date | None, now: date) -> str:
    """Decide what readers are told of a state: upcoming, postponed, cancelled, held, or nothing.

    What was planned and whose day has passed is not claimed to have been held.
    """
    if state in ("postponed", "cancelled"):
        return state
    if state in _HELD:
        return "held"
    if state in _TO_COME and (last_day is None or last_day >= now):
        return "upcoming"
    return ""


class Phrases:
    """The phrases of one language."""

    def __init__(self, voice: Voice, calendar: Calendar) -> None:
        self._voice = voice
        self._calendar = calendar
        gettext = voice.gettext
        self.states = {
            "upcoming": gettext("Upcoming"),
            "postponed": gettext("Postponed"),
            "cancelled": gettext("Cancelled"),
            "held": gettext("Held"),
        }

    def when(self, when: When) -> Markup:
        """Write a time as exactly as it was stated, with weekday and year for a single day."""
        calendar = self._calendar
        if when.start == when.end:
            words: Markup | str = calendar.day(when.start, weekday=True)
        elif when.precision == "exact":
            words = calendar.span(when.start, when.end)
        else:
            words = self._between(when)
        told = Markup('<time class="dt-start" datetime="%s">%s</time>') % (when.start.isoformat(), words)
        if hours := self.hours(when):
            return told + self._voice.comma + hours
        return told

    def hours(self, when: When) -> Markup:
        """Write the clock times, else the part of the day, else nothing."""
        if hours := self._calendar.hours(when):
            return Markup("<bdi>%s</bdi>") % hours
        return self._voice.say(when.part_of_day.label) if when.part_of_day else Markup("")

    def within_span(self, when: When) -> Markup:
        """Write a time of several days or of uncertain days for a place where the year is known."""
        if when.precision != "exact":
            return self._between(when)
        return Markup("<bdi>%s</bdi>") % self._calendar.span(when.start, when.end, year=False)

    def place(self, place: PlaceRecord | None, *, near: bool = False) -> Markup:
        """Write a place from the landmark outwards: landmark, name, what it lies in; ``near``: only the nearest."""
        if place is None:
            return Markup("")
        parts: list[Markup] = []
        for text in (place.landmark, place.names, *(place.within[:1] if near else place.within)):
            told = self._voice.name(text)
            if told and told not in parts:
                parts.append(told)
        return escape(self._voice.comma).join(parts)

    def exact_place(self, place: PlaceRecord | None, timezone: str) -> Markup:
        """Say when the exact place is told, if it is not told yet."""
        if place is None or place.exact_told_from is None:
            return Markup("")
        told_from = place.exact_told_from.astimezone(ZoneInfo(timezone))
        return self._voice.gettext(
            "The exact place is told on %(day)s at %(time)s.",
            day=self._calendar.day(told_from.date(), weekday=True),
            time=Markup("<bdi>%s</bdi>") % self._calendar.clock(told_from.time()),
        )

    def postponement(self, moved: PostponementRecord) -> Markup:
        """Tell which date was announced, and which one came in its place."""
        announced = self.when(moved.announced)
        if moved.moved_to is None:
            return self._voice.gettext("Announced for %(first)s; a new date was not set.", first=announced)
        return self._voice.gettext(
            "Announced for %(first)s, moved to %(second)s.", first=announced, second=self.when(moved.moved_to)
        )

    def outside(self, contribution: ContributionRecord) -> Markup:
        """Say by how many days a contribution lies outside the window of its campaign."""
        days = contribution.outside_by_days
        if not days:
            return Markup("")
        if days > 0:
            return self._voice.ngettext(
                "%(num)s day after the campaign ended", "%(num)s days after the campaign ended", days
            )
        return self._voice.ngettext(
            "%(num)s day before the campaign began", "%(num)s days before the campaign began", -days
        )

    def organisation(self, slug: str | None, known: Mapping[str, OrganisationRecord]) -> Markup:
        """Name an organisation, with a link to its page."""
        if slug is None or slug not in known:
            return Markup("")
        name = self._voice.name(known[slug].names)
        return Markup('<a href="/%s/organisations/%s/">%s</a>') % (self._voice.code, slug, name)

    def link(self, to: ActivityLink | None) -> Markup:
        """Name an activity, with a link to its page, its day and its place."""
        if to is None:
            return Markup("")
        title = self._voice.name(to.titles)
        told = [Markup('<a href="/%s/weeks/%s/%s/">%s</a>') % (self._voice.code, to.week, to.activity, title)]
        if to.start:
            told.append(Markup("<bdi>%s</bdi>") % self._calendar.day(to.start))
        if to.place:
            told.append(self._voice.name(to.place))
        return escape(self._voice.comma).join(told)

    def value(
        self, value: Value, *, week: str, known: Mapping[str, OrganisationRecord], siblings: Collection[str]
    ) -> Markup:
        """Write what a fact says; a reference is a link when its page is part of this site."""
        voice, calendar = self._voice, self._calendar
        match value:
            case Words(text=text):
                return voice.say(text)
            case Number(quantity=quantity, unit=unit, detail=detail):
                amount = Markup("<bdi>%s</bdi>") % calendar.number(quantity)
                told = Markup(" ").join(part for part in (amount, counted(unit, quantity, voice)) if part)
                return told + " · " + voice.say(detail) if detail else told
            case Clock(at=at):
                return Markup("<bdi>%s</bdi>") % calendar.clock(at)
            case Day(on=on):
                return Markup("<bdi>%s</bdi>") % calendar.day(on)
            case Reference(to="organisation", slug=slug, label=label) if slug in known:
                return Markup('<a href="/%s/organisations/%s/">%s</a>') % (voice.code, slug, voice.name(label))
            case Reference(to="activity", slug=slug, label=label) if slug in siblings:
                return Markup('<a href="/%s/weeks/%s/%s/">%s</a>') % (voice.code, week, slug, voice.name(label))
            case Reference(label=label):
                return voice.name(label)
        return Markup("")

    def credits(
        self, involvements: Sequence[InvolvementRecord], known: Mapping[str, OrganisationRecord]
    ) -> tuple[Credit, ...]:
        """Write every line of credit once, in the order given."""
        lines: dict[Markup, str] = {}
        for involvement in involvements:
            line = self._voice.say(involvement.line) or self._unworded(involvement, known)
            if line:
                slug = involvement.organisation
                href = f"/{self._voice.code}/organisations/{slug}/" if slug in known else ""
                lines.setdefault(line, href)
        return tuple(Credit(line, href) for line, href in lines.items())

    def medal(self, start: date, end: date) -> Medal:
        """Set the dates of a week as a poster does."""
        months = self._calendar.months
        year = str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        if (start.year, start.month) == (end.year, end.month):
            days = str(start.day) if start == end else f"{start.day}–{end.day}"
            return Medal(((days, months[start.month - 1]),), year)
        return Medal(((str(start.day), months[start.month - 1]), (str(end.day), months[end.month - 1])), year)

    def _unworded(self, involvement: InvolvementRecord, known: Mapping[str, OrganisationRecord]) -> Markup:
        who = known.get(involvement.organisation or "")
        name = self._voice.name(who.names if who else involvement.collective)
        return Markup("%s: %s") % (self._voice.say(involvement.type.label), name) if name else Markup("")

    def _between(self, when: When) -> Markup:
        first, last = (Markup("<bdi>%s</bdi>") % part for part in self._calendar.from_to(when.start, when.end))
        if when.days is None:
            return self._voice.gettext("between %(first)s and %(last)s", first=first, last=last)
        return self._voice.ngettext(
            "%(num)s day between %(first)s and %(last)s",
            "%(num)s days between %(first)s and %(last)s",
            when.days,
            first=first,
            last=last,
        )
