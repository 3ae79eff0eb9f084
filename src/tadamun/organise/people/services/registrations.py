"""Signing up and all that a person does with her ticket: see, mend, confirm, cancel, delete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from tadamun.organise.people import rules
from tadamun.organise.people.models import Admission, Condition, Letter, PlaceGroup, Registration
from tadamun.organise.people.services import entries, line
from tadamun.organise.people.services.entries import Entry, TicketUnknown
from tadamun.organise.people.vocabulary import ENDED, LetterKind, LetterState, Proof, Standing
from tadamun.organise.programme.models import Activity, Sitting
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.services.openings import public_key_of
from tadamun.organise.safety.vault import tickets
from tadamun.toolkit import prepared
from tadamun.toolkit.leftovers import empty_log
from tadamun.toolkit.prepared import Prepared, Slot
from tadamun.toolkit.rulings import Refused

_A_MONTH = timedelta(days=31)
# A mark of an address is one of an activity, too, so that this need not ask for the activity as well.
_MET = Prepared(
    lambda: (
        Registration.objects.filter(Q(form_mark=Slot("form")) | Q(contact_mark=Slot("contact")))
        .only("uid", "number", "standing", "told", "form_mark")
        .order_by("number")
    )
)
_CONDITIONS = Prepared(lambda: Condition.objects.filter(admission_id=Slot("admission")))
OPEN_STATES = frozenset({State.OPEN, State.POSTPONED})
STATES_BEFORE = frozenset({State.IDEA, State.PLANNED})
# What the door looks at: a sign-up should not read the programme.
_NEEDED = (
    *("capacity", "taken", "waiting", "arrivals", "approval", "waiting_list", "promotion", "guests_max"),
    *("categories", "needs", "opens_at", "closes_at", "closed", "emptied_at"),
    *("activity__uid", "activity__state", "activity__week__end"),
)


def _doors() -> "QuerySet[Any]":
    sittings = Sitting.objects.filter(activity=OuterRef("activity")).order_by("-end")
    rows = Admission.objects.select_for_update(of=("self",)).select_related("activity__week").only(*_NEEDED)
    return rows.annotate(last_sitting=Subquery(sittings.values("end")[:1])).filter(pk=Slot("admission"))


_DOOR = Prepared(_doors)


@dataclass(frozen=True)
class TicketMint:
    """What tickets are made with: the signing key, and the seed that ties a ticket to its form."""

    signing: tickets.SigningPair = field(repr=False)
    seed: bytes = field(repr=False)


@dataclass(frozen=True)
class Form:
    """A filled-in form. ``conditions`` maps a condition's code to what was ticked or typed; codes are checked.

    ``group_slug`` is for an organiser who adds somebody by hand; people themselves show a group's code.
    """

    entry: Entry
    nonce: bytes = field(repr=False)
    language: str
    guests: int = 0
    group_code: str = ""
    group_slug: str = ""
    sex: str = ""
    age_band: str = ""
    governorate: str = ""
    needs: Sequence[str] = ()
    conditions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Marks:
    form: bytes
    contact: bytes | None


@dataclass(frozen=True)
class Registered:
    """The answer to a form: the ticket's text, and the standing that the person is told."""

    ticket: str = field(repr=False)
    told: Standing
    registration: UUID
    again: bool = False


@transaction.atomic
def register(
    *,
    admission: Admission,
    form: Form,
    mint: TicketMint,
    now: datetime,
    suspicious: bool = False,
    by_hand: bool = False,
) -> Registered:
    """Give a place, or a place in line, to whoever sent this form; its entry is sealed before anything is stored.

    The same form again gives the same ticket and no second place. Another form with the same address is a shadow:
    it is told what any newcomer would be told, and holds no place. Seven queries, whatever the answer.

    :raises Refused: when sign-up is closed, a condition does not hold, or there is neither a place nor a line.
    """
    admission, last = _locked_door(admission)
    activity = admission.activity
    secret = entries.ticket_secret_for(form.nonce, seed=mint.seed, activity=activity.uid)
    marks = _Marks(
        form=entries.form_mark(form.nonce, activity=activity.uid),
        contact=entries.contact_mark(form.entry.contact, activity=activity.uid),
    )
    known, twin = _met_before(admission, marks)
    if known is not None:
        return _answer(known, activity, last, secret, mint, again=True)
    if not by_hand:
        rules.may_sign_up(door_of(admission, activity), now=now).require()
    conditions = _vouched_for(admission) if by_hand else _shown_to_hold(admission, form)
    if not 0 <= form.guests <= admission.guests_max:
        raise Refused(_("You can bring %(number)s guests at most.") % {"number": admission.guests_max})
    groups = line.groups_of(admission)
    group = _group_by_slug(groups, form.group_slug) if by_hand else _group(groups, form.group_code)
    seat = rules.seat(line.house(admission, group, groups), party=1 + form.guests)
    told = rules.standing_of(_newcomer(admission, seat, suspicious=suspicious, by_hand=by_hand))
    if told is None:
        raise Refused(_("All places are taken, and there is no waiting list."))
    registration = _new(activity, admission, form, secret, now)
    registration.form_mark, registration.contact_mark = marks.form, marks.contact
    registration.conditions, registration.group, registration.by_hand = conditions, group, by_hand
    registration.told = told
    registration.standing = Standing.SHADOW if twin else told
    registration.same_as = twin
    registration.in_group_places = seat.in_group and registration.standing == Standing.PLACED
    prepared.insert(registration)
    line.count_in(admission, registration)
    return _answer(registration, activity, last, secret, mint)


def by_ticket(secret: bytes) -> Registration:
    """The registration that a ticket's secret belongs to.

    :raises TicketUnknown: when there is none, or none any more.
    """
    found = (
        Registration.objects.select_related("admission__activity__week", "same_as", "group")
        .filter(ticket_hash=tickets.ticket_hash(secret))
        .first()
    )
    if found is None:
        raise TicketUnknown
    return found


def see_own_entry(*, secret: bytes) -> Entry:
    """What a person wrote, for herself.

    :raises TicketUnknown: when the ticket opens nothing.
    """
    registration = by_ticket(secret)
    return entries.read_own_copy(bytes(registration.own_copy), ticket_secret=secret, registration=registration.uid)


@transaction.atomic
def change_own_entry(*, secret: bytes, entry: Entry, now: datetime) -> None:
    """Seal a mended entry in place of the old one.

    :raises TicketUnknown: when the ticket opens nothing.
    :raises Refused: when the sign-up has ended.
    """
    registration = _locked(secret)
    if registration.told in ENDED or registration.standing in ENDED:
        raise Refused(_("This sign-up has ended; sign up again if you want to come."))
    activity = registration.admission.activity
    closed = entries.close(
        entry,
        public_key=public_key_of(registration.admission.key_subject),
        ticket_secret=secret,
        activity=activity.uid,
        registration=registration.uid,
    )
    Registration.objects.filter(pk=registration.pk).update(
        sealed=closed.sealed,
        own_copy=closed.own_copy,
        reachable=bool(entry.contact),
        contact_mark=entries.contact_mark(entry.contact, activity=activity.uid),
    )


@transaction.atomic
def cancel(*, secret: bytes, now: datetime) -> None:
    """Give the place back; whoever is next moves up in the same moment.

    :raises TicketUnknown: when the ticket opens nothing.
    :raises Refused: when it was cancelled before, or she is in already.
    """
    registration = _locked(secret)
    rules.may_cancel(registration.told, came=registration.came).require()
    line.end(registration, Standing.CANCELLED, by="herself", why="", now=now)


@transaction.atomic
def delete_own_entry(*, secret: bytes, now: datetime) -> None:
    """Cancel, and destroy the entry at once: nothing of it stays but an anonymous cancelled number.

    :raises TicketUnknown: when the ticket opens nothing.
    """
    registration = _locked(secret)
    if registration.told not in ENDED and not registration.came:
        line.end(registration, Standing.CANCELLED, by="herself", why="", now=now)
    Letter.objects.filter(registration=registration, state=LetterState.WAITING).update(state=LetterState.DROPPED)
    Registration.objects.filter(pk=registration.pk).update(
        sealed=b"",
        own_copy=b"",
        remark=b"",
        reachable=False,
        contact_mark=None,
        needs=[],
        conditions={},
        sex="",
        age_band="",
        governorate="",
    )
    transaction.on_commit(empty_log)


@transaction.atomic
def confirm(*, secret: bytes, now: datetime) -> None:
    """Say that she will come.

    :raises TicketUnknown: when the ticket opens nothing.
    :raises Refused: when she has no place.
    """
    registration = _locked(secret)
    if registration.told == Standing.OFFERED:
        line.accept(registration, now=now)
    elif registration.told != Standing.PLACED:
        raise Refused(_("There is no place to confirm."))
    Registration.objects.filter(pk=registration.pk).update(confirmed=True)


def door_of(admission: Admission, activity: Activity) -> rules.Door:
    """The facts that decide whether sign-up is open."""
    return rules.Door(
        closed=admission.closed,
        emptied=admission.emptied_at is not None,
        opens_at=admission.opens_at,
        closes_at=admission.closes_at,
        open_state=activity.state in OPEN_STATES,
        to_come=activity.state in STATES_BEFORE,
    )


def last_day(activity: Activity) -> date:
    """The last day on which a ticket of this activity is good: a month after its last sitting or its week."""
    return max([*activity.sittings.values_list("end", flat=True), activity.week.end]) + _A_MONTH


def _locked(secret: bytes) -> Registration:
    found = by_ticket(secret)
    found.admission = line.lock(found.admission)
    found.refresh_from_db(fields=["standing", "told", "came", "in_group_places", "offer_until", "same_as"])
    return found


def _locked_door(admission: Admission) -> tuple[Admission, date]:
    """The admission, locked, with its activity and week, and the last day on which its tickets are good: one query."""
    found = _DOOR.first(admission=admission.pk)
    if found is None:
        raise Admission.DoesNotExist
    week_ends = found.activity.week.end
    return found, max(found.last_sitting or week_ends, week_ends) + _A_MONTH


def _met_before(admission: Admission, marks: _Marks) -> tuple[Registration | None, Registration | None]:
    """Who sent this very form before, and the first who gave this address and has not left; None for nobody."""
    met = _MET.all(form=marks.form, contact=marks.contact)
    known = next((row for row in met if bytes(row.form_mark) == marks.form), None)
    gone = {*ENDED, Standing.SHADOW}
    return known, next((row for row in met if row is not known and row.standing not in gone), None)


def _newcomer(admission: Admission, seat: rules.Seat, *, suspicious: bool, by_hand: bool) -> rules.Newcomer:
    return rules.Newcomer(
        approval=admission.approval and not by_hand,
        waiting_list=admission.waiting_list,
        promotion=admission.promotion,
        suspicious=suspicious,
        somebody_waits=admission.waiting > 0,
        seat=seat,
    )


def _answer(
    registration: Registration,
    activity: Activity,
    last: date,
    secret: bytes,
    mint: TicketMint,
    *,
    again: bool = False,
) -> Registered:
    ticket = tickets.Ticket(activity=activity.uid, secret=secret, last_day=last)
    return Registered(
        ticket=tickets.issue(mint.signing.private, ticket),
        told=Standing(registration.told),
        registration=registration.uid,
        again=again,
    )


def _new(activity: Activity, admission: Admission, form: Form, secret: bytes, now: datetime) -> Registration:
    uid = uuid4()
    closed = entries.close(
        form.entry,
        public_key=public_key_of(f"activity:{activity.uid}"),
        ticket_secret=secret,
        activity=activity.uid,
        registration=uid,
    )
    stored = tickets.ticket_hash(secret)
    return Registration(
        uid=uid,
        admission=admission,
        number=admission.arrivals + 1,
        guests=form.guests,
        sealed=closed.sealed,
        own_copy=closed.own_copy,
        reachable=bool(form.entry.contact),
        ticket_hash=stored,
        short_code=tickets.short_code(stored),
        language=form.language,
        sex=form.sex if "sex" in admission.categories else "",
        age_band=form.age_band if "age_band" in admission.categories else "",
        governorate=form.governorate if "governorate" in admission.categories else "",
        needs=[need for need in form.needs if need in admission.needs],
        registered_on=now.date(),
    )


def _group(groups: Sequence[PlaceGroup], code: str) -> PlaceGroup | None:
    if not code:
        return None
    hashed = entries.code_hash(code)
    group = next((row for row in groups if row.code_hash == hashed), None)
    if group is None:
        raise Refused(_("This code is not one of this activity. Leave the field empty if you have none."))
    return group


def _group_by_slug(groups: Sequence[PlaceGroup], slug: str) -> PlaceGroup | None:
    """The group that an organiser puts somebody into; she needs no code."""
    return next((row for row in groups if slug and row.slug == slug), None)


def _vouched_for(admission: Admission) -> dict[str, str]:
    """An organiser who adds somebody answers for the conditions herself."""
    return {row.code: Proof.VOUCHED.value for row in _CONDITIONS.all(admission=admission.pk)}


def _shown_to_hold(admission: Admission, form: Form) -> dict[str, str]:
    """How each condition was shown to hold, for example ``{"candidate": "declared"}``.

    :raises Refused: naming those that do not hold, in the person's language.
    """
    conditions = _CONDITIONS.all(admission=admission.pk)
    rules.is_eligible(
        [rules.Answer(entries.named(row.says, form.language), _holds(row, form)) for row in conditions]
    ).require()
    return {row.code: row.proof for row in conditions}


def _holds(condition: Condition, form: Form) -> bool:
    given = form.conditions.get(condition.code, "")
    if condition.proof == Proof.DECLARED:
        return given == "yes"
    return bool(given) and entries.code_hash(given) == condition.code_hash


def note_confirmation_sent(registration: UUID, *, now: datetime) -> None:
    """Remember that the confirmation has left, so that nobody sends it again."""
    row = Registration.objects.get(uid=registration)
    Letter.objects.create(registration=row, kind=LetterKind.CONFIRMATION, state=LetterState.SENT, due_at=now)
