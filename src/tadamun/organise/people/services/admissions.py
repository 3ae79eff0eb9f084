"""What organisers decide about sign-up: open it, change its places, admit, decline, check in. Each is audited."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.people import rules
from tadamun.organise.people.models import Admission, PlaceGroup, Registration
from tadamun.organise.people.services import line
from tadamun.organise.people.services.announcing import door_changed
from tadamun.organise.people.services.entries import TicketUnknown
from tadamun.organise.people.vocabulary import HOLDS_PLACES, Asked, Promotion, Standing
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.queries.reach import carriers_of
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.holdings import begin_holding
from tadamun.organise.safety.services.vault import found_activity_key
from tadamun.organise.safety.vault import tickets
from tadamun.organise.safety.vocabulary import HeldData, HoldingReason, SafetyProfile
from tadamun.toolkit.rulings import Refused

# What a safety profile sets when sign-up is opened; organisers may be more careful, and may change it knowingly.
PROFILE_DEFAULTS: dict[str, dict[str, Any]] = {
    SafetyProfile.OPEN: {"name": Asked.OPTIONAL, "contact": Asked.OPTIONAL, "retention_days": 30},
    SafetyProfile.CAREFUL: {"name": Asked.NEVER, "contact": Asked.OPTIONAL, "retention_days": 14},
    SafetyProfile.HIGH_RISK: {"name": Asked.NEVER, "contact": Asked.NEVER, "retention_days": 7},
}


@transaction.atomic
def open_admission(*, actor: Actor, activity: Activity, now: datetime, **settings: Any) -> Admission:
    """Make an activity one that people can sign up for, with the defaults of its safety profile.

    Its key is made now, sealed to the organisations that carry the activity.

    :raises Refused: when none of them has a key yet: names would be sealed to nobody.
    """
    subject = f"activity:{activity.uid}"
    carriers = [f"organisation:{slug}" for slug in carriers_of(activity)]
    found_activity_key(actor=actor, activity=subject, organisations=carriers, now=now)
    values = {**PROFILE_DEFAULTS[activity.safety], **settings}
    admission, made = Admission.objects.get_or_create(activity=activity, defaults=values)
    if made:
        begin_holding(
            subject=subject,
            label=activity.titles,
            what=HeldData.REGISTRATIONS,
            why=HoldingReason.ACTIVITY,
            since=now.date(),
            until=ends_on(admission),
        )
        note_act(actor=actor, act="open sign-up", subject=subject, now=now)
        door_changed(admission.pk)
    return admission


@transaction.atomic
def set_capacity(*, actor: Actor, admission: Admission, capacity: int | None, now: datetime) -> None:
    """Change the number of places; who waits moves up at once.

    :raises Refused: when more places are taken, or held for groups, than there would be.
    """
    admission = line.lock(admission)
    held = sum(max(places, taken) for places, taken in admission.groups.values_list("places", "taken"))
    taken_openly = admission.taken - sum(admission.groups.values_list("taken", flat=True))
    if capacity is not None and capacity < held + taken_openly:
        raise Refused(
            _("%(number)s places are taken or held for groups; give some back first.") % {"number": held + taken_openly}
        )
    admission.capacity = capacity
    admission.save(update_fields=["capacity"])
    line.move_up(admission, now=now)
    note_act(actor=actor, act="set places", subject=admission.key_subject, now=now, detail={"places": capacity})


@transaction.atomic
def hold_places(*, actor: Actor, admission: Admission, group: PlaceGroup, places: int, now: datetime) -> None:
    """Change how many places are held for a group.

    :raises Refused: when the group has taken more, or the house has no room for them.
    """
    admission = line.lock(admission)
    group = PlaceGroup.objects.get(pk=group.pk)
    if places < group.taken:
        raise Refused(_("%(number)s of these places are taken.") % {"number": group.taken})
    free = line.house(admission).open_free
    if free is not None and places - group.places > free:
        raise Refused(_("There are only %(number)s open places to take them from.") % {"number": free})
    group.places = places
    group.save(update_fields=["places"])
    line.move_up(admission, now=now)
    note_act(
        actor=actor,
        act="hold places",
        subject=admission.key_subject,
        now=now,
        detail={"group": group.slug, "places": places},
    )


@transaction.atomic
def set_closed(*, actor: Actor, admission: Admission, closed: bool, now: datetime) -> None:
    """Close sign-up, or open it again."""
    Admission.objects.filter(pk=admission.pk).update(closed=closed)
    door_changed(admission.pk)
    act = "close sign-up" if closed else "reopen sign-up"
    note_act(actor=actor, act=act, subject=admission.key_subject, now=now)


@transaction.atomic
def set_promotion(*, actor: Actor, admission: Admission, promotion: Promotion, now: datetime) -> None:
    """Choose whether the line moves by itself; if it does, it moves now."""
    admission = line.lock(admission)
    admission.promotion = promotion
    admission.save(update_fields=["promotion"])
    line.move_up(admission, now=now)
    note_act(actor=actor, act="set promotion", subject=admission.key_subject, now=now, detail={"how": promotion.value})


@transaction.atomic
def admit(*, actor: Actor, registration: Registration, why: str, now: datetime) -> None:
    """Give a place to somebody who waits; out of order only with a reason.

    :raises Refused: when there is no room, or the reason is missing.
    """
    registration = locked(registration)
    waits_longer = Registration.objects.filter(
        admission=registration.admission, standing=Standing.WAITING, number__lt=registration.number
    )
    if registration.standing == Standing.WAITING and not why and waits_longer.exists():
        raise Refused(_("Others have waited longer. Say why this person goes first."))
    line.promote(registration, by=actor.label, why=why, now=now)
    _audit(actor, "admit", registration, now, {"reason given": bool(why)})


@transaction.atomic
def put_in_line(*, actor: Actor, registration: Registration, why: str, now: datetime) -> None:
    """Put somebody who waits for an answer, or is in quarantine, on the waiting list."""
    registration = locked(registration)
    line.to_line(registration, by=actor.label, why=why, now=now)
    _audit(actor, "put in line", registration, now, {"reason given": bool(why)})


@transaction.atomic
def decline(*, actor: Actor, registration: Registration, why: str, now: datetime) -> None:
    """Say no to somebody, or take her off the list.

    :raises Refused: when it has ended already, or she is in.
    """
    registration = locked(registration)
    rules.may_cancel(registration.standing, came=registration.came).require()
    line.end(registration, Standing.DECLINED, by=actor.label, why=why, now=now)
    line.drop_letters(registration)
    _audit(actor, "decline", registration, now, {"reason given": bool(why)})


@dataclass(frozen=True)
class Arrival:
    """What the door is told: the registration's number and party, never a name."""

    registration: UUID
    number: int
    party: int


@transaction.atomic
def check_in(*, actor: Actor, admission: Admission, stored_hash: bytes, now: datetime) -> Arrival:
    """Let somebody in by her ticket.

    :raises TicketUnknown: when the ticket is not of this activity.
    :raises Refused: when she is in already, or has no place.
    """
    found = Registration.objects.filter(admission=admission, ticket_hash=stored_hash).first()
    if found is None:
        raise TicketUnknown
    return _let_in(actor, found, now)


@transaction.atomic
def check_in_by_code(*, actor: Actor, admission: Admission, typed: str, now: datetime) -> Arrival:
    """Let somebody in by her short code.

    :raises TicketUnknown: when no ticket, or more than one, has this code.
    :raises Refused: when she is in already, or has no place.
    """
    code = tickets.read_short_code(typed)
    found = list(Registration.objects.filter(admission=admission, short_code=code)[:2])
    if len(found) != 1:
        raise TicketUnknown
    return _let_in(actor, found[0], now)


@transaction.atomic
def undo_check_in(*, actor: Actor, registration: Registration, now: datetime) -> None:
    """Take a check-in back."""
    registration = locked(registration)
    Registration.objects.filter(pk=registration.pk).update(came=False)
    _audit(actor, "undo check-in", registration, now, {})


def ends_on(admission: Admission) -> date:
    """The day on which what was entered here must be gone."""
    activity = admission.activity
    last = max(activity.sittings.values_list("end", flat=True), default=activity.week.end)
    return last + timedelta(days=admission.retention_days)


def locked(registration: Registration) -> Registration:
    """The registration as it is now, under the lock of its admission."""
    admission = line.lock(Admission(pk=registration.admission_id))
    fresh = Registration.objects.select_related("group", "same_as").get(pk=registration.pk)
    fresh.admission = admission
    return fresh


def _let_in(actor: Actor, found: Registration, now: datetime) -> Arrival:
    found = locked(found)
    if found.standing == Standing.SHADOW and found.same_as is not None:
        found = locked(found.same_as)
    rules.may_check_in(found.standing, came=found.came).require()
    if found.standing == Standing.OFFERED:
        line.accept(found, now=now)
    Registration.objects.filter(pk=found.pk).update(came=True)
    _audit(actor, "check in", found, now, {})
    return Arrival(registration=found.uid, number=found.number, party=found.party)


def _audit(actor: Actor, act: str, registration: Registration, now: datetime, detail: dict[str, Any]) -> None:
    subject = registration.admission.key_subject
    note_act(actor=actor, act=act, subject=subject, now=now, detail={"number": registration.number, **detail})


def places_held(admission: Admission) -> int:
    """How many persons have places, counted from the registrations themselves."""
    rows = Registration.objects.filter(admission=admission, standing__in=HOLDS_PLACES)
    return sum(1 + guests for guests in rows.values_list("guests", flat=True))
