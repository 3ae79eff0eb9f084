"""How things stand with a crew and its shifts: places taken, the door, the end, what the rules want to know."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from tadamun.organise.programme.vocabulary import State
from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.models import Crew, Duty, Shift
from tadamun.organise.volunteers.rules import Known, Span
from tadamun.toolkit.rulings import Ruling

# What is only planned needs hands, too: to help is not to take part, for which the activity is opened.
NEED_HANDS = frozenset({State.PLANNED, State.OPEN, State.POSTPONED})


def taken_in(shifts: Iterable[Shift]) -> Mapping[int, int]:
    """How many places are taken in each of these shifts, by key. One query."""
    rows = Duty.objects.filter(shift__in=[shift.pk for shift in shifts], helper__aside="", missed=False)
    return dict(rows.order_by().values_list("shift").annotate(many=Count("pk")))


def door(crew: Crew) -> Ruling:
    """Whether people can sign up to help now."""
    state = crew.activity.state
    return rules.may_sign_up(
        closed=crew.closed,
        emptied=crew.emptied_at is not None,
        idea=state == State.IDEA,
        over=state not in NEED_HANDS | {State.IDEA},
    )


def ends_on(crew: Crew) -> date:
    """The day on which names must be gone: counted from the last shift, sitting, or the week's end."""
    activity = crew.activity
    last = max(activity.sittings.values_list("end", flat=True), default=activity.week.end)
    shifts = [shift.end.date() for shift in Shift.objects.filter(activity=activity)]
    return max([last, *shifts]) + timedelta(days=crew.retention_days)


def known(duty: Duty) -> Known:
    """What is known of a duty, for the rules. Wants its shift loaded."""
    return Known(
        planned=span(duty.shift),
        started_at=duty.started_at,
        ended_at=duty.ended_at,
        back_at=duty.back_at,
        missed=duty.missed,
    )


def span(shift: Shift) -> Span:
    """From when to when a shift is."""
    return Span(shift.start, shift.end)


def missed_of(now: datetime) -> Q:
    """Duties whose shift is over and whose helper has not said that she is back; the minutes are up to the rule."""
    return Q(back_at=None, missed=False, helper__aside="", shift__end__lte=now)
