"""What the log says of helpers' shifts, carried on into their own shifts. A helper is known by her short code alone."""

from django.db import transaction

from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.queries.desk import moment_of
from tadamun.organise.field.rules.state import Shift
from tadamun.organise.field.vocabulary import Kind
from tadamun.organise.programme.models import Activity
from tadamun.organise.volunteers.services.moments import hear_log
from tadamun.organise.volunteers.vocabulary import Moment
from tadamun.toolkit import locks

OF_SHIFTS = frozenset(
    {kind.value for kind in (Kind.BRIEF, Kind.START_SHIFT, Kind.END_SHIFT, Kind.CHECK_BACK, Kind.UNDO)}
)


@transaction.atomic
def carry_shifts(*, activity: Activity) -> int:
    """Let the helpers' shifts be as the log says; returns how many changed. Any order and repetition ends alike."""
    locks.hold(f"field log {activity.uid}")
    state = account_of(activity, kinds=OF_SHIFTS).state
    return hear_log(activity=activity, told={duty: _moments(shift) for duty, shift in state.duties.items()})


def _moments(shift: Shift) -> dict[str, int]:
    found = {
        Moment.BRIEFED: shift.briefed,
        Moment.STARTED: shift.started,
        Moment.ENDED: shift.ended,
        Moment.BACK: shift.back,
    }
    return {moment.value: at for moment, at in found.items() if at is not None and moment_of(at)}
