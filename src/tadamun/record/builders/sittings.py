"""When and where: sittings, and dates that did not hold."""

from datetime import date

from tadamun.organise.programme.models import Activity, Postponement, Sitting
from tadamun.organise.programme.vocabulary import PartOfDay
from tadamun.record.builders.places import Places, place_is_told
from tadamun.record.builders.telling import Telling
from tadamun.record.structs import PostponementRecord, SittingRecord, When


def sitting_record(activity: Activity, sitting: Sitting, *, places: Places, telling: Telling) -> SittingRecord:
    """One date and place. While the exact place is kept back so is the note, which may well describe it."""
    kept_back = sitting.place_id is not None and not place_is_told(activity, sitting, telling)
    return SittingRecord(
        when=When(
            start=sitting.start,
            end=sitting.end,
            precision=sitting.precision,
            days=sitting.days,
            start_time=sitting.start_time,
            end_time=sitting.end_time,
            part_of_day=telling.stated(PartOfDay, sitting.part_of_day),
        ),
        place=places.of_sitting(activity, sitting),
        note={} if kept_back else sitting.note,
    )


def postponement_record(row: Postponement) -> PostponementRecord:
    """A date that was announced and did not hold."""
    moved = When(start=row.moved_start, end=row.moved_end or row.moved_start) if row.moved_start else None
    return PostponementRecord(
        announced=When(start=row.announced_start, end=row.announced_end),
        moved_to=moved,
        on=row.said_on,
        reason=row.reason,
    )


def days_outside(spans: list[tuple[date, date]], start: date | None, end: date | None) -> int:
    """How many days the nearest day of the spans lies before ``start`` or after ``end``; 0 when it lies inside.

    A missing start or end is an open window, no spans are outside of nothing.
    """
    distances = []
    for first, last in spans:
        early = (start - last).days if start else 0
        late = (first - end).days if end else 0
        distances.append(max(0, early, late))
    return min(distances, default=0)
