"""What organisers decide about helpers: let them sign up, the rules of rest, the link, who counts. Each is audited."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tadamun.organise.people.services.admissions import PROFILE_DEFAULTS
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.queries.reach import carriers_of, reachable
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.holdings import begin_holding
from tadamun.organise.safety.services.vault import found_activity_key
from tadamun.organise.safety.vocabulary import HeldData, HoldingReason
from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.models import Crew, Duty, Helper, new_link
from tadamun.organise.volunteers.queries import crews as queries

SETTINGS = ("closed", "name", "contact", "rest_hours", "day_hours", "back_minutes", "retention_days")


@transaction.atomic
def open_crew(*, actor: Actor, activity: Activity, now: datetime) -> Crew:
    """Let people sign up to help, with the defaults of the activity's safety profile.

    The key for their names is made now, sealed to the organisations that carry the activity. It is apart from the key
    of sign-up: each kind of entry ends on its own.

    :raises Refused: when none of them has a key yet: names would be sealed to nobody.
    """
    carriers = [f"organisation:{slug}" for slug in carriers_of(activity)]
    subject = f"volunteers:{activity.uid}"
    found_activity_key(actor=actor, activity=subject, organisations=carriers, now=now)
    crew, made = Crew.objects.get_or_create(activity=activity, defaults=PROFILE_DEFAULTS[activity.safety])
    if made:
        _hold(crew, now)
        note_act(actor=actor, act="open helpers' sign-up", subject=subject, now=now)
    return crew


@transaction.atomic
def set_crew(*, actor: Actor, crew: Crew, wanted: Mapping[str, Any], now: datetime) -> None:
    """Change what is asked and the rules of rest (the fields in ``SETTINGS``)."""
    crew = lock(crew)
    changed = [name for name in SETTINGS if name in wanted and getattr(crew, name) != wanted[name]]
    for name in changed:
        setattr(crew, name, wanted[name])
    if changed:
        crew.save(update_fields=changed)
        _hold(crew, now)
        note_act(actor=actor, act="set helpers", subject=crew.key_subject, now=now, detail={"fields": changed})


@transaction.atomic
def close_all(*, actor: Actor, now: datetime, organisations: Collection[str] | None = None) -> int:
    """Let nobody sign up to help any more, with anything or with what the organisations (slugs) carry; how many."""
    rows = Crew.objects.filter(closed=False)
    if organisations is not None:
        rows = rows.filter(activity__in=reachable(organisations).values("pk"))
    count = rows.update(closed=True)
    if count:
        note_act(actor=actor, act="close all helpers' sign-ups", subject="helpers", now=now, detail={"many": count})
    return count


@transaction.atomic
def give_new_link(*, actor: Actor, crew: Crew, now: datetime) -> None:
    """Let the old link for signing up end; helpers' own links stay as they are."""
    crew = lock(crew)
    crew.link = new_link()
    crew.save(update_fields=["link"])
    note_act(actor=actor, act="new link for helpers", subject=crew.key_subject, now=now)


@transaction.atomic
def count_her(*, actor: Actor, helper: Helper, now: datetime) -> None:
    """Let a sign-up take its places that had been set aside.

    :raises Refused: when one of its shifts has all its people by now.
    """
    crew = lock(helper.crew)
    shifts = [duty.shift for duty in Duty.objects.filter(helper=helper).select_related("shift")]
    taken = queries.taken_in(shifts)
    for shift in shifts:
        rules.has_room(needed=shift.needed, taken=taken.get(shift.pk, 0)).require()
    Helper.objects.filter(pk=helper.pk).update(aside="")
    note_act(actor=actor, act="count helper", subject=crew.key_subject, now=now, detail={"number": helper.number})


@transaction.atomic
def take_off(*, actor: Actor, duty: Duty, now: datetime) -> None:
    """Take somebody off a shift."""
    crew = lock(duty.helper.crew)
    Duty.objects.filter(pk=duty.pk).delete()
    note_act(
        actor=actor, act="take off shift", subject=crew.key_subject, now=now, detail={"number": duty.helper.number}
    )


def lock(crew: Crew) -> Crew:
    """The crew as it is now, and nobody else gives its places out until the transaction ends."""
    Crew.objects.select_for_update().get(pk=crew.pk)
    return Crew.objects.select_related("activity__week").get(pk=crew.pk)


def _hold(crew: Crew, now: datetime) -> None:
    begin_holding(
        subject=f"activity:{crew.activity.uid}",
        label=crew.activity.titles,
        what=HeldData.VOLUNTEERS,
        why=HoldingReason.ACTIVITY,
        since=now.date(),
        until=max(queries.ends_on(crew), now.date()),
    )
