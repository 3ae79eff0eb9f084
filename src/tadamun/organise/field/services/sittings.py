"""Who attended which sitting, carried on from the log to the sign-ups; a ticket is known by its hash alone."""

from collections import defaultdict

from django.db import transaction

from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.queries.kit import HASH_SIGNS
from tadamun.organise.field.vocabulary import Kind
from tadamun.organise.people.models import Registration
from tadamun.organise.programme.models import Activity
from tadamun.toolkit import locks

OF_SITTINGS = frozenset({Kind.ATTEND.value, Kind.UNDO.value})
_AT_ONCE = 500


@transaction.atomic
def carry_attendance(*, activity: Activity) -> int:
    """Let each sign-up name the sittings that its ticket attended, as the log has it; returns how many changed."""
    locks.hold(f"field log {activity.uid}")
    attended = account_of(activity, kinds=OF_SITTINGS).state.attended
    of_ticket: defaultdict[str, list[int]] = defaultdict(list)
    for sitting, tickets in attended.items():
        if sitting.isdecimal():
            for ticket in tickets:
                of_ticket[ticket].append(int(sitting))
    changed: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    rows = Registration.objects.filter(admission__activity=activity)
    for key, stored, known in rows.values_list("pk", "ticket_hash", "attended"):
        wanted = sorted(of_ticket[bytes(stored).hex()[:HASH_SIGNS]])
        if wanted != known:
            changed[tuple(wanted)].append(key)
    for sittings, keys in changed.items():
        for start in range(0, len(keys), _AT_ONCE):
            Registration.objects.filter(pk__in=keys[start : start + _AT_ONCE]).update(attended=list(sittings))
    return sum(map(len, changed.values()))
