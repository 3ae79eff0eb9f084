"""The line of days: every day of a week in order, empty ones too, and stretches of days not yet told apart.

A sitting on a known day stands at its day. One that was held on "two days between 25 and 27 March" is not
pinned to any: its days form a stretch, and it stands beside the stretch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from tadamun.publish.published import ActivityCard, WeekCard
from tadamun.record.structs import ActivityRecord, SittingRecord, WeekRecord, When

# Longer programmes (a campaign, a season) fold runs of empty days into one line, and are too long for a poster.
_EVERY_DAY_UP_TO = 14

Activity = ActivityRecord | ActivityCard


class Entry(NamedTuple):
    """An activity at a day or stretch. ``first`` where it is told of first, ``opens`` where a sitting of it begins."""

    activity: Activity
    when: When
    sitting: SittingRecord | None
    first: bool
    opens: bool = True


@dataclass
class Segment:
    """A day, a run of empty days, or a stretch of days that some sitting spans."""

    start: date
    end: date
    entries: list[Entry] = field(default_factory=list)
    stretched: list[Entry] = field(default_factory=list)
    inner: tuple["Segment", ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was stated for these days."""
        return not (self.entries or self.stretched or any(day.entries for day in self.inner))


def line_of_days(
    *, start: date, end: date, activities: Sequence[Activity]
) -> tuple[tuple[Segment, ...], tuple[Activity, ...]]:
    """Lay activities along the days of a programme; return the line, and the activities without any date."""
    days = {
        start + timedelta(days=number): Segment(_after(start, number), _after(start, number))
        for number in range((end - start).days + 1)
    }
    stretches: list[tuple[date, date, Entry]] = []
    undated: list[Activity] = []
    for activity in activities:
        times = list(_times(activity))
        if not times:
            undated.append(activity)
        for order, (when, sitting) in enumerate(times):
            entry = Entry(activity, when, sitting, first=order == 0)
            if when.precision != "exact" and when.start != when.end:
                stretches.append((when.start, when.end, entry))
                continue
            for number in range(_length(when)):
                day = _after(when.start, number)
                told = entry if not number else Entry(activity, when, sitting, first=False, opens=False)
                days.setdefault(day, Segment(day, day)).entries.append(told)
    line = _with_stretches(days, stretches)
    if (end - start).days >= _EVERY_DAY_UP_TO:
        line = list(_folded(line))
    return tuple(line), tuple(undated)


def fits_a_poster(week: WeekRecord | WeekCard) -> bool:
    """Whether a programme can be shown at a glance: more than a day, and not too long."""
    return 0 < (week.end - week.start).days < _EVERY_DAY_UP_TO


def glance(week: WeekRecord | WeekCard) -> tuple[Segment, ...]:
    """Lay out the programme for a poster: nothing when it is a single day, or too long for one."""
    if not fits_a_poster(week):
        return ()
    line, _ = line_of_days(start=week.start, end=week.end, activities=week.activities)
    return line


def _times(activity: Activity) -> Iterator[tuple[When, SittingRecord | None]]:
    for sitting in activity.sittings:
        yield sitting.when, sitting
    if not activity.sittings and activity.postponements:
        last = activity.postponements[-1]
        yield last.moved_to or last.announced, None


def _length(when: When) -> int:
    return max((when.end - when.start).days, 0) + 1


def _after(day: date, number: int) -> date:
    return day + timedelta(days=number)


def _with_stretches(days: dict[date, Segment], stretches: list[tuple[date, date, Entry]]) -> list[Segment]:
    merged: list[Segment] = []
    for start, end, entry in sorted(stretches, key=lambda stretch: (stretch[0], stretch[1])):
        if merged and start <= merged[-1].end:
            merged[-1].end = max(merged[-1].end, end)
            merged[-1].stretched.append(entry)
        else:
            merged.append(Segment(start, end, stretched=[entry]))
    inside: set[date] = set()
    for stretch in merged:
        span = [_after(stretch.start, number) for number in range((stretch.end - stretch.start).days + 1)]
        stretch.inner = tuple(days.get(day) or Segment(day, day) for day in span)
        inside.update(span)
    line = [segment for day, segment in days.items() if day not in inside] + merged
    return sorted(line, key=lambda segment: segment.start)


def _folded(line: Sequence[Segment]) -> Iterator[Segment]:
    run: Segment | None = None
    for segment in line:
        if not segment.empty:
            if run:
                yield run
            run = None
            yield segment
        elif run and run.end == segment.start - timedelta(days=1):
            run = Segment(run.start, segment.end)
        else:
            if run:
                yield run
            run = segment
    if run:
        yield run
