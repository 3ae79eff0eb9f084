"""Who attended how much of an activity's sittings: hours where their times are stated, else sittings. Opens nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.vocabulary import HOLDS_PLACES
from tadamun.organise.programme.models import Activity, Sitting


@dataclass(frozen=True)
class Attended:
    """What somebody attended. ``hours`` is None where some sitting's times are not stated; ``share`` is per cent."""

    sittings: tuple[Sitting, ...]
    of: int
    hours: float | None
    share: int
    reached: bool


@dataclass(frozen=True)
class Line:
    """A sign-up in the list, by its code."""

    registration: Registration
    attended: Attended


def sittings_of(activity: Activity) -> tuple[Sitting, ...]:
    """The sittings in the order of their dates. One query."""
    return tuple(Sitting.objects.filter(activity=activity).order_by("start", "start_time", "position"))


def attended(seen: Collection[int], sittings: Sequence[Sitting], *, asked: int) -> Attended:
    """What the sittings with these keys come to, where ``asked`` per cent are asked for a certificate."""
    mine = tuple(sitting for sitting in sittings if sitting.pk in seen)
    lengths = [length_of(sitting) for sitting in sittings]
    stated = [length for length in lengths if length is not None]
    if len(stated) == len(lengths) and sum(stated, timedelta()):
        own = sum((length_of(sitting) or timedelta() for sitting in mine), timedelta())
        share = int(100 * (own / sum(stated, timedelta())) + 1e-9)
        hours: float | None = round(own / timedelta(minutes=15)) / 4
    else:
        share, hours = 100 * len(mine) // len(sittings) if sittings else 0, None
    return Attended(mine, len(sittings), hours, share, bool(mine) and share >= asked)


def length_of(sitting: Sitting) -> timedelta | None:
    """How long a sitting lasts in all, as its times say; None when they are not stated."""
    if sitting.start_time is None or sitting.end_time is None:
        return None
    day = datetime.combine(sitting.start, sitting.end_time) - datetime.combine(sitting.start, sitting.start_time)
    if day <= timedelta():  # it ends after midnight
        day += timedelta(days=1)
        return day
    return day * (sitting.days or (sitting.end - sitting.start).days + 1)


def lines_of(admission: Admission) -> tuple[Line, ...]:
    """Everybody who has a place or attended something, in the order of their numbers. Two queries."""
    sittings = sittings_of(admission.activity)
    rows = Registration.objects.filter(admission=admission).order_by("number")
    return tuple(
        Line(row, attended(row.attended, sittings, asked=admission.attendance_share))
        for row in rows
        if row.attended or row.standing in HOLDS_PLACES
    )
