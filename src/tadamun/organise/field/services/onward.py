"""What the log comes to, carried on to where it is used: to sign-up, to helpers' shifts, to attendance."""

from collections.abc import Collection

from tadamun.organise.field.services.results import ARRIVALS, carry_arrivals
from tadamun.organise.field.services.shifts import OF_SHIFTS, carry_shifts
from tadamun.organise.field.services.sittings import OF_SITTINGS, carry_attendance
from tadamun.organise.programme.models import Activity

_WAYS = ((ARRIVALS, carry_arrivals), (OF_SHIFTS, carry_shifts), (OF_SITTINGS, carry_attendance))
CARRIED: frozenset[str] = frozenset().union(*(kinds for kinds, _carry in _WAYS))


def carry_on(*, activity: Activity, kinds: Collection[str] = CARRIED) -> None:
    """Carry on what entries of these kinds can have changed. Each reads the merged log, so that late entries and
    repeated ones end alike.
    """
    for of_kinds, carry in _WAYS:
        if of_kinds & set(kinds):
            carry(activity=activity)
