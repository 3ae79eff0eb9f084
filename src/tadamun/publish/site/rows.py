"""Weeks as lines of a list: what the first page, the years and the organisations print of a card."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tadamun.publish.published import PublishedWeek, WeekCard
from tadamun.publish.site.phrases import status
from tadamun.record.structs import KindRecord


@dataclass(frozen=True, slots=True)
class Row:
    """A week in a list, with the kinds of its activities in the order of their days."""

    card: WeekCard
    status: str
    kinds: tuple[KindRecord, ...]
    with_year: bool


def row(card: WeekCard, *, now: date, with_year: bool = True) -> Row:
    """Make the line of a week. Past weeks carry no word of state: that they were held is their nature."""
    kinds = {activity.kind.code: activity.kind for activity in card.activities}
    told = status(card.state.code, last_day=card.end, now=now)
    return Row(card=card, status="" if told == "held" else told, kinds=tuple(kinds.values()), with_year=with_year)


def newest_first(weeks: Iterable[PublishedWeek]) -> list[PublishedWeek]:
    """Sort weeks by their days, the latest first."""
    return sorted(weeks, key=lambda week: (week.card.start, week.slug), reverse=True)


def to_come(weeks: Iterable[PublishedWeek], *, now: date) -> list[PublishedWeek]:
    """Choose the weeks that are not over and not cancelled, the next one first."""
    coming = [week for week in weeks if week.card.end >= now and week.card.state.code != "cancelled"]
    return sorted(coming, key=lambda week: (week.card.start, week.slug))
