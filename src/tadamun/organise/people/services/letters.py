"""Letters to people: sent from memory while the address is at hand, else kept as work without an address.

A ``Letter`` row says that a registration is owed a message of a kind. It is written in the transaction that owes it,
so that no crash loses it. Only the confirmation can be sent at once; every later letter waits until a member with an
open vault releases it, because until then nobody here knows the address.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from threading import BoundedSemaphore
from zoneinfo import ZoneInfo

from django.db import connections, transaction
from django.db.models import Min, QuerySet
from django.urls import reverse

from tadamun.organise.people.models import Admission, Letter, Registration
from tadamun.organise.people.services import entries, post, registrations
from tadamun.organise.people.services.messages import Message, message
from tadamun.organise.people.services.registrations import Form, Registered, TicketMint
from tadamun.organise.people.vocabulary import ENDED, LetterKind, LetterState, Standing
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.openings import Keyring, note_opening
from tadamun.organise.safety.vault import tickets
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.organise.safety.vocabulary import OpeningReason

_MOST_IN_FLIGHT = 100
_REMINDER_AT = time(9)
# Who is told of a reminder only comes when expected; of the rest everybody who has not left.
_EXPECTED = (Standing.PLACED, Standing.OFFERED)

_room = BoundedSemaphore(_MOST_IN_FLIGHT)
_postmen = ThreadPoolExecutor(max_workers=2, thread_name_prefix="post")


@dataclass(frozen=True)
class Released:
    """What became of the letters that waited: sent, still waiting because the way is blocked, unreadable."""

    sent: int
    waiting: int
    unreadable: int = 0


@dataclass(frozen=True)
class _Envelope:
    letter: int
    contact: str = field(repr=False)
    message: Message = field(repr=False)


def sign_up(
    *, admission: Admission, form: Form, mint: TicketMint, base: str, suspicious: bool, now: datetime
) -> Registered:
    """Register, and send the confirmation at once when there is an address; ``base`` is where the site is reached.

    Nothing is sent for a sign-up that is looked at first, nor for a second one of the same address: otherwise anybody
    could have letters sent to others.

    :raises Refused: as ``registrations.register``.
    """
    if suspicious or not post.reaches(form.entry.contact):
        return registrations.register(admission=admission, form=form, mint=mint, now=now, suspicious=suspicious)
    with transaction.atomic():
        answer = registrations.register(admission=admission, form=form, mint=mint, now=now)
        if answer.again:
            return answer
        row = Registration.objects.select_related("admission__activity__week").get(uid=answer.registration)
        if row.standing == Standing.SHADOW:
            return answer
        letter = Letter.objects.create(registration=row, kind=LetterKind.CONFIRMATION, due_at=now)
        written = message(row, LetterKind.CONFIRMATION, link=link_to(answer.ticket, base=base), now=now)
        envelope = _Envelope(letter.pk, form.entry.contact, written)
        transaction.on_commit(lambda: _hand_over(envelope))
    return answer


def link_to(ticket: str, *, base: str) -> str:
    """The address of a ticket's page."""
    return base.rstrip("/") + reverse("ticket", kwargs={"ticket": ticket})


@transaction.atomic
def queue(*, admission: Admission, kind: LetterKind, due_at: datetime) -> int:
    """Owe a message to everybody whom it concerns and who gave an address; returns to how many.

    Reminders go to those who have a place, all else to everybody who has not left. A message that waits already is
    not owed twice.
    """
    rows = Registration.objects.filter(admission=admission, reachable=True)
    rows = rows.filter(standing__in=_EXPECTED) if kind == LetterKind.REMINDER else rows.exclude(standing__in=ENDED)
    rows = rows.exclude(standing__in=(Standing.SHADOW, Standing.QUARANTINED))
    owed = rows.exclude(letters__in=Letter.objects.filter(kind=kind, state=LetterState.WAITING))
    made = Letter.objects.bulk_create(Letter(registration=row, kind=kind, due_at=due_at) for row in owed)
    return len(made)


@transaction.atomic
def plan_reminders(*, now: datetime) -> int:
    """Owe the reminders of what begins tomorrow, in the place's own time; returns how many. Safe to repeat."""
    planned = 0
    soon = Admission.objects.filter(emptied_at__isnull=True).select_related("activity__week")
    for admission in soon.annotate(first=Min("activity__sittings__start")).filter(
        first__range=(now.date(), now.date() + timedelta(days=2))
    ):
        zone = ZoneInfo(admission.activity.week.timezone)
        local = now.astimezone(zone)
        tomorrow = local.date() + timedelta(days=1)
        if admission.first != tomorrow or local.time() < _REMINDER_AT:
            continue
        if not Letter.objects.filter(registration__admission=admission, kind=LetterKind.REMINDER).exists():
            planned += queue(admission=admission, kind=LetterKind.REMINDER, due_at=now)
    return planned


def waiting_letters(admission: Admission, *, now: datetime) -> int:
    """How many letters wait for a member who opens the addresses."""
    return _waiting(admission, now).count()


def release(
    *, actor: Actor, keyring: Keyring, admission: Admission, mint: TicketMint, base: str, now: datetime
) -> Released:
    """Open the addresses of all letters that wait, and send them. A letter that cannot leave goes on waiting.

    :raises Refused: when more would be opened than a member may open in an hour.
    """
    letters = list(_waiting(admission, now).select_related("registration__admission__activity__week"))
    rows = sorted({str(letter.registration.uid) for letter in letters})
    if not rows:
        return Released(0, 0)
    subject = admission.key_subject
    note_opening(actor=actor, keyring=keyring, subject=subject, rows=rows, why=OpeningReason.LETTERS, now=now)
    opened: dict[int, entries.Entry | None] = {}
    for letter in letters:
        key = letter.registration_id
        if key not in opened:
            opened[key] = _opened(keyring, letter.registration)
    outcomes = [_sent(letter, opened[letter.registration_id], mint, base, now) for letter in letters]
    unreadable = sum(entry is None for entry in opened.values())
    return Released(sent=sum(outcomes), waiting=len(outcomes) - sum(outcomes), unreadable=unreadable)


def _waiting(admission: Admission, now: datetime) -> QuerySet[Letter]:
    rows = Letter.objects.filter(registration__admission=admission, state=LetterState.WAITING, due_at__lte=now)
    return rows.exclude(registration__sealed=b"").order_by("due_at", "pk")


def _opened(keyring: Keyring, registration: Registration) -> entries.Entry | None:
    activity = registration.admission.activity.uid
    context = entries.context_of(activity, registration.uid)
    try:
        plain = keyring.open(registration.admission.key_subject, bytes(registration.sealed), context=context)
    except VaultError:
        return None
    return entries.read(plain)


def _sent(letter: Letter, entry: entries.Entry | None, mint: TicketMint, base: str, now: datetime) -> bool:
    if entry is None or not entry.contact:
        return False
    link = link_to(_ticket_of(letter.registration, entry, mint), base=base) if entry.ticket else ""
    written = message(letter.registration, LetterKind(letter.kind), link=link, now=now)
    try:
        post.send(entry.contact, written)
    except post.NotSent:
        return False
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT)
    return True


def _ticket_of(registration: Registration, entry: entries.Entry, mint: TicketMint) -> str:
    activity = registration.admission.activity
    secret = bytes.fromhex(entry.ticket)
    return tickets.issue(mint.signing.private, tickets.Ticket(activity.uid, secret, registrations.last_day(activity)))


def _hand_over(envelope: _Envelope) -> None:
    """Give a letter to a thread; when too many are on their way it stays owed."""
    if not _room.acquire(blocking=False):
        return
    _postmen.submit(_carry, envelope)


def _carry(envelope: _Envelope) -> None:
    try:
        post.send(envelope.contact, envelope.message)
        Letter.objects.filter(pk=envelope.letter).update(state=LetterState.SENT)
    except post.NotSent:
        return
    finally:
        _room.release()
        connections.close_all()


def wait_for_post() -> None:
    """Wait until every letter that is on its way has left or failed; for tests and for an orderly stop."""
    for _place in range(_MOST_IN_FLIGHT):
        _room.acquire()
    for _place in range(_MOST_IN_FLIGHT):
        _room.release()
