"""A week's programme for a wall: day by day, in one language, with nothing on it that the public may not know.

It is made of the public record, as the site is: a place that is not to be told yet, a partner that has not agreed and
an idea stay off the paper, because paper cannot be taken back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from markupsafe import Markup

from tadamun.publish.site.typesetting import Typesetter
from tadamun.record.structs import ActivityRecord, SittingRecord, WeekRecord

_OFF = frozenset({"cancelled", "postponed"})


@dataclass(frozen=True)
class Item:
    """A line of the programme. ``until`` has the days of what lasts longer; ``off`` says that it does not happen."""

    title: Markup
    hours: Markup
    place: Markup
    until: Markup
    off: Markup
    credits: tuple[Markup, ...]


@dataclass(frozen=True)
class Day:
    """A day of the programme; without a weekday it has what has no fixed day."""

    weekday: str
    day: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Handout:
    """The programme in one language."""

    title: Markup
    span: str
    days: tuple[Day, ...]
    later: tuple[Item, ...]
    credits: tuple[Markup, ...]


def handout(record: WeekRecord, typesetter: Typesetter) -> Handout:
    """Set the public record of a week as a list of days. Long sittings stand on their first day."""
    dated: dict[date, list[tuple[time, Item]]] = {}
    later: list[Item] = []
    for activity in record.activities:
        for sitting in activity.sittings or (None,):
            item = _item(activity, sitting, typesetter)
            if sitting is None or sitting.when.precision != "exact":
                later.append(item)
            else:
                dated.setdefault(sitting.when.start, []).append((sitting.when.start_time or time.max, item))
    calendar = typesetter.calendar
    return Handout(
        title=typesetter.voice.say(record.titles),
        span=str(calendar.span(record.start, record.end)),
        days=tuple(
            Day(calendar.weekdays[day.weekday()], str(calendar.day(day, year=False)), tuple(_in_order(items)))
            for day, items in sorted(dated.items())
        ),
        later=tuple(later),
        credits=tuple(typesetter.voice.say(part.line) for part in record.involvements),
    )


def _in_order(items: list[tuple[time, Item]]) -> Iterator[Item]:
    for _at, item in sorted(items, key=lambda entry: entry[0]):
        yield item


def _item(activity: ActivityRecord, sitting: SittingRecord | None, typesetter: Typesetter) -> Item:
    voice, when = typesetter.voice, sitting.when if sitting else None
    longer = when is not None and when.end != when.start
    return Item(
        title=voice.say(activity.titles),
        hours=typesetter.phrases.hours(when) if when else Markup(""),
        place=typesetter.phrases.place(sitting.place, near=True) if sitting else Markup(""),
        until=typesetter.phrases.within_span(when) if when and (longer or when.precision != "exact") else Markup(""),
        off=voice.say(activity.state.label) if activity.state.code in _OFF else Markup(""),
        credits=tuple(voice.say(part.line) for part in activity.involvements),
    )
