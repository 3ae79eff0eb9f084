"""Signing up for shifts, and all that a helper does with her own link: take more, give up, hand on, mend, delete."""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.people.services import entries
from tadamun.organise.people.services.entries import Entry, TicketUnknown
from tadamun.organise.safety.services.openings import public_key_of
from tadamun.organise.safety.vault import letters, tickets
from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.models import Crew, Duty, Helper, Shift
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.services import crews
from tadamun.organise.volunteers.vocabulary import Aside
from tadamun.toolkit.leftovers import empty_log
from tadamun.toolkit.rulings import Refused


@dataclass(frozen=True)
class SignUp:
    """A filled-in form. ``shifts`` are keys; the same ``nonce`` again is the same sign-up."""

    entry: Entry = field(repr=False)
    nonce: bytes = field(repr=False)
    language: str
    shifts: Sequence[int] = ()


@transaction.atomic
def sign_up(*, crew: Crew, form: SignUp, seed: bytes, now: datetime, suspicious: bool = False) -> str:
    """Take a new helper in; her entry is sealed before anything is stored. Returns the text of her own link.

    The same form again gives the same link. What came in a rush, or has an address that was given before, takes no
    place until a member has looked at it; whoever sent it is told nothing that others are not.

    :raises Refused: when sign-up is closed, a shift is full or over, or the rest would be too short.
    """
    crew = crews.lock(crew)
    secret = entries.ticket_secret_for(form.nonce, seed=seed, activity=crew.activity.uid)
    mark = entries.form_mark(form.nonce, activity=crew.activity.uid)
    if Helper.objects.filter(form_mark=mark).exists():
        return letters.encode(secret)
    crew_queries.door(crew).require()
    shifts = _to_take(crew, form.shifts, now)
    helper = _new(crew, form, secret, mark, now)
    helper.aside = Aside.FLOOD if suspicious else _same(crew, helper.contact_mark)
    _may_take(crew, shifts, [])
    _require_room(shifts)
    helper.save()
    Duty.objects.bulk_create([Duty(helper=helper, shift=shift) for shift in shifts])
    Crew.objects.filter(pk=crew.pk).update(arrivals=crew.arrivals + 1)
    return letters.encode(secret)


def secret_of(text: str) -> bytes:
    """The secret in the text of a link.

    :raises TicketUnknown: when it cannot be one.
    """
    try:
        return letters.decode(text, size=tickets.SECRET_BYTES)
    except ValueError:
        raise TicketUnknown from None


def by_secret(secret: bytes) -> Helper:
    """The helper that a secret belongs to.

    :raises TicketUnknown: when there is none, or none any more.
    """
    rows = Helper.objects.select_related("crew__activity__week").filter(ticket_hash=tickets.ticket_hash(secret))
    if (found := rows.first()) is None:
        raise TicketUnknown
    return found


def duty_of(helper: Helper, uid: UUID | str) -> Duty:
    """A shift of hers.

    :raises Refused: when she does not have it, or not any more.
    """
    found = Duty.objects.select_related("shift", "helper__crew__activity__week").filter(helper=helper, uid=uid).first()
    if found is None:
        raise Refused(_("You do not have this shift any more."))
    return found


def require_known(duty: str) -> None:
    """Go on only with what can be the ``uid`` of a duty.

    :raises Refused: when it is none.
    """
    try:
        UUID(duty)
    except ValueError:
        raise Refused(_("You do not have this shift any more.")) from None


@transaction.atomic
def take_more(*, secret: bytes, shifts: Sequence[int], now: datetime) -> None:
    """Take further shifts.

    :raises TicketUnknown: when the link opens nothing.
    :raises Refused: as with ``sign_up``.
    """
    helper = _locked(secret)
    crew_queries.door(helper.crew).require()
    mine = [duty.shift for duty in helper.duties.select_related("shift")]
    wanted = [shift for shift in _to_take(helper.crew, shifts, now) if shift not in mine]
    _may_take(helper.crew, wanted, mine)
    _require_room(wanted)
    Duty.objects.bulk_create([Duty(helper=helper, shift=shift) for shift in wanted])


@transaction.atomic
def give_up(*, secret: bytes, duty: UUID | str, now: datetime) -> None:
    """Give a shift back.

    :raises TicketUnknown: when the link opens nothing.
    :raises Refused: when it has begun, or is hers no more.
    """
    found = duty_of(_locked(secret), duty)
    rules.may_leave(crew_queries.known(found), now=now).require()
    Duty.objects.filter(pk=found.pk).delete()


@transaction.atomic
def offer(*, secret: bytes, duty: UUID | str, now: datetime) -> None:
    """Let somebody else take a shift over by a link (``offer_text``); it stays hers until somebody does.

    :raises TicketUnknown: when the link opens nothing.
    :raises Refused: when it has begun, or is hers no more.
    """
    found = duty_of(_locked(secret), duty)
    rules.may_leave(crew_queries.known(found), now=now).require()
    if not found.on_offer:
        found.offers, found.on_offer = found.offers + 1, True
        found.offer_hash = tickets.ticket_hash(_offer_secret(secret, found))
        found.save(update_fields=["offers", "on_offer", "offer_hash"])


@transaction.atomic
def keep(*, secret: bytes, duty: UUID | str) -> None:
    """Take an offer back; its link opens nothing from now on.

    :raises TicketUnknown: when the link opens nothing.
    :raises Refused: when somebody took it over meanwhile.
    """
    found = duty_of(_locked(secret), duty)
    Duty.objects.filter(pk=found.pk).update(on_offer=False)


def offer_text(secret: bytes, duty: Duty) -> str:
    """The text of the link that hands a shift on; made from her secret, so that it is stored nowhere."""
    return letters.encode(_offer_secret(secret, duty))


def offered(text: str) -> Duty:
    """The duty that a link hands on, or handed on.

    :raises TicketUnknown: when it never did.
    """
    rows = Duty.objects.select_related("shift", "helper__crew__activity__week")
    if (found := rows.filter(offer_hash=tickets.ticket_hash(secret_of(text))).first()) is None:
        raise TicketUnknown
    return found


@transaction.atomic
def take_over(*, offer: str, form: SignUp, own: bytes | None, seed: bytes, now: datetime) -> str:
    """Take an offered shift over: as the helper that ``own`` (a secret) belongs to, else as a new one.

    Returns the text of her link. The place passes from hand to hand, so it is never free meanwhile. The same form
    again gives the same link.

    :raises TicketUnknown: when the offer, or the own link, opens nothing.
    :raises Refused: when the shift has begun or is not offered any more, or the rest would be too short.
    """
    crew = crews.lock(offered(offer).helper.crew)
    duty = offered(offer)  # as it is under the lock
    secret = own or entries.ticket_secret_for(form.nonce, seed=seed, activity=crew.activity.uid)
    if not duty.on_offer:
        if bytes(duty.helper.ticket_hash) == tickets.ticket_hash(secret):
            return letters.encode(secret)
        raise Refused(_("This shift is not offered any more."))
    rules.may_leave(crew_queries.known(duty), now=now).require()
    helper = by_secret(own) if own else _newcomer(crew, duty, form, secret, now)
    mine = [row.shift for row in helper.duties.select_related("shift")]
    if helper.crew_id != crew.pk or duty.shift in mine:
        raise Refused(_("You have this shift already, or you help with something else."))
    _may_take(crew, [duty.shift], mine)
    Duty.objects.filter(pk=duty.pk).update(helper=helper, on_offer=False, briefed_at=None, said={}, logged={})
    return letters.encode(secret)


def own_entry(*, helper: Helper, secret: bytes) -> Entry:
    """What a helper wrote, for herself.

    :raises TicketUnknown: when it was deleted.
    """
    if not helper.own_copy:
        raise TicketUnknown
    return entries.read_own_copy(bytes(helper.own_copy), ticket_secret=secret, registration=helper.uid)


@transaction.atomic
def change_entry(*, secret: bytes, entry: Entry) -> None:
    """Seal a mended entry in place of the old one.

    :raises TicketUnknown: when the link opens nothing.
    """
    helper = _locked(secret)
    closed = _closed(helper.crew, entry, secret, helper.uid)
    Helper.objects.filter(pk=helper.pk).update(
        sealed=closed.sealed,
        own_copy=closed.own_copy,
        reachable=bool(entry.contact),
        contact_mark=entries.contact_mark(entry.contact, activity=helper.crew.activity.uid),
    )


@transaction.atomic
def delete_entry(*, secret: bytes, now: datetime) -> None:
    """Destroy what a helper wrote at once, and give back the shifts that have not begun.

    :raises TicketUnknown: when the link opens nothing.
    """
    helper = _locked(secret)
    for duty in helper.duties.select_related("shift"):
        if rules.may_leave(crew_queries.known(duty), now=now):
            duty.delete()
    Helper.objects.filter(pk=helper.pk).update(sealed=b"", own_copy=b"", reachable=False, contact_mark=None)
    transaction.on_commit(empty_log)


def _locked(secret: bytes) -> Helper:
    helper = by_secret(secret)
    helper.crew = crews.lock(helper.crew)
    return helper


def _to_take(crew: Crew, keys: Collection[int], now: datetime) -> list[Shift]:
    wanted = set(keys)  # whatever numbers were sent; the database is not asked for them
    found = [shift for shift in Shift.objects.filter(activity=crew.activity_id, end__gt=now) if shift.pk in wanted]
    if not found or len(found) != len(wanted):
        raise Refused(_("One of these shifts is over or was taken away. Choose again."))
    return found


def _may_take(crew: Crew, wanted: Collection[Shift], mine: Collection[Shift]) -> None:
    spans = [crew_queries.span(shift) for shift in (*wanted, *mine)]
    rules.may_take(spans, rest_hours=crew.rest_hours, day_hours=crew.day_hours).require()


def _require_room(shifts: Collection[Shift]) -> None:
    taken = crew_queries.taken_in(shifts)
    for shift in shifts:
        rules.has_room(needed=shift.needed, taken=taken.get(shift.pk, 0)).require()


def _same(crew: Crew, mark: bytes | memoryview | None) -> str:
    known = mark is not None and Helper.objects.filter(crew=crew, contact_mark=mark).exists()
    return Aside.SAME if known else ""


def _newcomer(crew: Crew, duty: Duty, form: SignUp, secret: bytes, now: datetime) -> Helper:
    helper = _new(crew, form, secret, entries.form_mark(form.nonce, activity=crew.activity.uid), now)
    helper.aside = duty.helper.aside  # a place that did not count does not begin to by passing on
    helper.save()
    Crew.objects.filter(pk=crew.pk).update(arrivals=crew.arrivals + 1)
    return helper


def _new(crew: Crew, form: SignUp, secret: bytes, mark: bytes, now: datetime) -> Helper:
    uid, stored = uuid4(), tickets.ticket_hash(secret)
    closed = _closed(crew, form.entry, secret, uid)
    return Helper(
        uid=uid,
        crew=crew,
        number=crew.arrivals + 1,
        sealed=closed.sealed,
        own_copy=closed.own_copy,
        reachable=bool(form.entry.contact),
        ticket_hash=stored,
        short_code=tickets.short_code(stored),
        form_mark=mark,
        contact_mark=entries.contact_mark(form.entry.contact, activity=crew.activity.uid),
        language=form.language,
        registered_on=now.date(),
    )


def _closed(crew: Crew, entry: Entry, secret: bytes, uid: UUID) -> entries.Closed:
    return entries.close(
        entry,
        public_key=public_key_of(crew.key_subject),
        ticket_secret=secret,
        activity=crew.activity.uid,
        registration=uid,
    )


def _offer_secret(secret: bytes, duty: Duty) -> bytes:
    said = b"tadamun offer 1\x00" + duty.uid.bytes + duty.offers.to_bytes(2, "big")
    return hmac.new(secret, said, sha256).digest()[: tickets.SECRET_BYTES]
