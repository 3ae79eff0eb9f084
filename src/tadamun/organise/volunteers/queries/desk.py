"""What the desk shows of helpers: shifts with how many they have, who is in them by code, who is missed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import get_language

from tadamun.organise.programme.models import Activity
from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.models import Crew, Duty, Shift
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.queries.gate import when


@dataclass(frozen=True)
class Seat:
    """Somebody in a shift. ``hours`` is what she helped, ``missed`` whether she should be back."""

    duty: Duty
    hours: float
    missed: bool


@dataclass(frozen=True)
class ShiftLine:
    """A shift with who is in it."""

    shift: Shift
    when: str
    taken: int
    seats: tuple[Seat, ...]
    over: bool

    @property
    def free(self) -> int:
        """How many are still needed."""
        return max(self.shift.needed - self.taken, 0)

    @property
    def missed(self) -> int:
        """How many should be back and have not said so."""
        return sum(seat.missed for seat in self.seats)


def crew_of(activity: Activity) -> Crew | None:
    """The crew of an activity, if people can sign up to help with it."""
    found = Crew.objects.filter(activity=activity).first()
    if found:
        found.activity = activity
    return found


def shift_lines(activity: Activity, crew: Crew | None, *, now: datetime) -> tuple[ShiftLine, ...]:
    """All shifts of an activity with who is in them. Two queries."""
    shifts = list(Shift.objects.filter(activity=activity).select_related("lead"))
    seats: dict[int, list[Seat]] = {shift.pk: [] for shift in shifts}
    rows = Duty.objects.filter(shift__activity=activity).select_related("shift", "helper")
    minutes = crew.back_minutes if crew else 0
    for duty in rows.order_by("shift__start", "shift_id", "helper__number"):
        known = crew_queries.known(duty)
        missed = not duty.helper.aside and rules.is_missed(known, minutes=minutes, now=now)
        seats[duty.shift_id].append(Seat(duty, rules.hours([rules.worked(known)]), missed))
    code = get_language() or "en"
    return tuple(
        ShiftLine(
            shift=shift,
            when=when(shift, activity.week.timezone, code),
            taken=sum(not (seat.duty.helper.aside or seat.duty.missed) for seat in seats[shift.pk]),
            seats=tuple(seats[shift.pk]),
            over=shift.end <= now,
        )
        for shift in shifts
    )


def missing(activities: "QuerySet[Activity]", *, now: datetime, since: timedelta) -> list[Duty]:
    """Who should be back from a shift that ended not longer ago than ``since``, and has not said so. One query."""
    rows = Duty.objects.filter(
        crew_queries.missed_of(now), shift__activity__in=activities.values("pk"), shift__end__gt=now - since
    ).select_related("helper__crew", "shift__lead", "shift__activity__week")
    return [
        duty
        for duty in rows.order_by("shift__end", "shift_id", "helper__number")
        if rules.is_missed(crew_queries.known(duty), minutes=duty.helper.crew.back_minutes, now=now)
    ]
