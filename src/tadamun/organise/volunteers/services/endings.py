"""Names of helpers end: entries are destroyed with their key; how many helped, and how long, stays."""

from datetime import datetime, timedelta

from django.db import transaction

from tadamun.organise.people.services.endings import BY_ITSELF
from tadamun.organise.safety.models import Holding, VaultLink
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.holdings import end_holding
from tadamun.organise.safety.services.vault import destroy_key
from tadamun.organise.safety.vocabulary import Ending, HeldData
from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.models import Crew, Duty, Helper
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.services import crews
from tadamun.toolkit.leftovers import wipe_leftovers


@transaction.atomic
def retire(*, actor: Actor, crew: Crew, how: Ending, now: datetime) -> str | None:
    """Destroy what helpers entered, and the key; the shifts stay, with how many came and their hours in all.

    Returns the number of the certificate of deletion; None when nothing was held. Safe to repeat.
    """
    crew = crews.lock(crew)
    rows = Helper.objects.filter(crew=crew)
    many = rows.count()
    crew.folded = crew.folded or counts(crew)
    Duty.objects.filter(helper__crew=crew).delete()
    rows.delete()
    destroy_key(actor=actor, subject=crew.key_subject, why=how.value, now=now)
    crew.closed, crew.emptied_at = True, crew.emptied_at or now
    crew.save(update_fields=["folded", "closed", "emptied_at"])
    transaction.on_commit(lambda: wipe_leftovers(Helper, Duty, VaultLink))
    return end_holding(
        actor=actor,
        subject=f"activity:{crew.activity.uid}",
        what=HeldData.VOLUNTEERS,
        how=how,
        counts={"entries": many},
        now=now,
    )


def retire_what_is_due(*, now: datetime) -> list[str]:
    """Retire every crew whose time is over; returns the certificates' numbers. An end that moved is written anew."""
    numbers = []
    for crew in Crew.objects.filter(emptied_at__isnull=True).select_related("activity__week"):
        last = crew_queries.ends_on(crew)
        if last < now.date():
            number = retire(actor=BY_ITSELF, crew=crew, how=Ending.TIME, now=now)
            numbers += [number] if number else []
            continue
        held = Holding.objects.filter(subject=f"activity:{crew.activity.uid}", what=HeldData.VOLUNTEERS)
        held.filter(ended_at__isnull=True).exclude(until=last).update(until=last)
    return numbers


def counts(crew: Crew) -> dict[str, float]:
    """How many signed up, how many shifts were worked, and their hours in all; opens nothing."""
    if crew.folded:
        folded: dict[str, float] = crew.folded
        return folded
    rows = list(Duty.objects.filter(helper__crew=crew, helper__aside="").select_related("shift"))
    spent = [rules.worked(crew_queries.known(duty)) for duty in rows]
    return {
        "helpers": len({duty.helper_id for duty in rows}),
        "came": len({duty.helper_id for duty, time in zip(rows, spent, strict=True) if time > timedelta()}),
        "shifts": sum(time > timedelta() for time in spent),
        "hours": rules.hours(spent),
    }
