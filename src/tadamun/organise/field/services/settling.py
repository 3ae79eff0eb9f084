"""The desk decides about a conflict of the log: noted, and taken back by deciding anew."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.field.models import Settlement
from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.services.onward import carry_on
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit import locks
from tadamun.toolkit.rulings import Refused

LATE = "late"


@transaction.atomic
def settle(*, actor: Actor, activity: Activity, conflict: str, choice: str, now: datetime) -> None:
    """Choose one side of a conflict.

    :raises Refused: when there is no such conflict any more, or no such side.
    """
    locks.hold(f"field log {activity.uid}")
    found = next((one for one in account_of(activity).state.conflicts if one.asks and one.key == conflict), None)
    if found is None:
        raise Refused(_("This is settled: what was recorded meanwhile agrees. Load the page again."))
    if choice not in {side.choice for side in found.sides}:
        raise Refused(_("Choose one of the sides that are shown."))
    Settlement.objects.create(activity=activity, conflict=conflict, choice=choice, by=actor.label, at=now)
    subject = f"activity:{activity.uid}"
    note_act(actor=actor, act="settle conflict", subject=subject, now=now, detail={"kind": found.kind})
    if found.kind == LATE:
        carry_on(activity=activity)
