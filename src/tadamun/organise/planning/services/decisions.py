"""Go or no-go: deciding, and deciding anew."""

from datetime import datetime

from django.db import transaction

from tadamun.organise.planning import rules
from tadamun.organise.planning.models import Round
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.languages.text import Text


@transaction.atomic
def decide(*, actor: Actor, round_: Round, verdict: str, reasons: Text, now: datetime) -> Round:
    """Write a verdict down. Of a round that was decided a new one is begun, so that the old verdict stays.

    :raises Refused: when it stops or moves the activity and does not say why.
    """
    rules.reasons_suffice(verdict, reasons).require()
    stored = Round.objects.select_for_update().get(pk=round_.pk)
    if stored.verdict:
        again = Round(week=stored.week, activity=stored.activity, criteria=stored.criteria)
        again.verdict, again.reasons, again.decided_by, again.decided_at = verdict, reasons, actor.label, now
        return changes.add(actor=actor, row=again, now=now)
    wanted = {"verdict": verdict, "reasons": reasons, "decided_by": actor.label, "decided_at": now}
    changes.change(
        actor=actor,
        row=stored,
        seen=changes.values_of(stored, wanted),
        wanted={name: changes.plain(value) for name, value in wanted.items()},
        now=now,
    )
    return Round.objects.get(pk=stored.pk)
