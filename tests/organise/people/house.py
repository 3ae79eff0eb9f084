"""A house that people sign up for, and the checker that counts its places anew from the registrations themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from secrets import token_bytes
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tadamun.organise.people import rules
from tadamun.organise.people.models import Admission, PlaceGroup, Registration
from tadamun.organise.people.services import entries, line, registrations
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.registrations import Form, Registered, TicketMint
from tadamun.organise.people.vocabulary import HOLDS_PLACES, Promotion, Standing
from tadamun.organise.programme.models import Activity, Sitting, Week
from tadamun.organise.programme.vocabulary import State, WeekForm
from tadamun.organise.safety.models import VaultKey
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.vault import tickets
from tadamun.organise.safety.vault.keys import KeyPair, generate
from tadamun.organise.safety.vault.sealing import open_sealed

NOW = datetime(2030, 3, 1, 9, tzinfo=UTC)
LAYLA = Actor("Layla, coordinator", 1)
# The same in every process of a test.
_KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
MINT = TicketMint(
    signing=tickets.SigningPair(public=_KEY.public_key().public_bytes_raw(), private=_KEY.private_bytes_raw()),
    seed=b"s" * 32,
)


@dataclass(frozen=True)
class House:
    """An activity with its sign-up, and the key that its entries are sealed to."""

    activity: Activity
    pk: int
    pair: KeyPair

    @property
    def admission(self) -> Admission:
        """As it stands now."""
        return Admission.objects.select_related("activity").get(pk=self.pk)

    def rows(self, *standings: Standing) -> list[Registration]:
        """The registrations in order, of these standings or all."""
        rows = Registration.objects.filter(admission=self.pk).order_by("number")
        return list(rows.filter(standing__in=standings) if standings else rows)

    def opened(self, row: Registration) -> Entry:
        """An entry, read with the activity's key."""
        context = entries.context_of(self.activity.uid, row.uid)
        return entries.read(open_sealed(self.pair, bytes(row.sealed), context=context))


def house(capacity: int | None = 10, **settings: Any) -> House:
    """An open activity of a week in March 2030 with its sign-up."""
    number = Activity.objects.count()
    week = Week.objects.create(
        uid=uuid4(),
        slug=f"week-{number}",
        form=WeekForm.WEEK,
        titles={"en": "A week"},
        state=State.OPEN,
        start=date(2030, 3, 21),
        end=date(2030, 3, 28),
        timezone="Asia/Baghdad",
        changed_at=NOW,
    )
    activity = Activity.objects.create(
        uid=uuid4(),
        week=week,
        slug="run",
        position=1,
        kind="race",
        titles={"en": "Run"},
        state=State.OPEN,
        changed_at=NOW,
    )
    Sitting.objects.create(activity=activity, position=1, start=date(2030, 3, 24), end=date(2030, 3, 24))
    pair = generate()
    VaultKey.objects.create(subject=f"activity:{activity.uid}", public_key=pair.public, made_at=NOW)
    admission = Admission.objects.create(activity=activity, capacity=capacity, **{"guests_max": 3, **settings})
    return House(activity, admission.pk, pair)


def group(of: House, places: int, *, slug: str = "list-a", code: str = "RED REED") -> PlaceGroup:
    """Places held for a group whose people show a code."""
    return PlaceGroup.objects.create(
        admission_id=of.pk, slug=slug, names={"en": slug}, places=places, code_hash=entries.code_hash(code)
    )


def form(contact: str = "", *, nonce: bytes | None = None, name: str = "", **fields: Any) -> Form:
    """A filled-in form; each is a new one unless its nonce is given."""
    return Form(entry=Entry(name=name, contact=contact), nonce=nonce or token_bytes(16), language="ar", **fields)


def comes(to: House, contact: str = "", *, now: datetime = NOW, **fields: Any) -> Registered:
    """Somebody signs up."""
    decided = {key: fields.pop(key) for key in ("suspicious", "by_hand") if key in fields}
    return registrations.register(
        admission=Admission(pk=to.pk), form=form(contact, **fields), mint=MINT, now=now, **decided
    )


def secret_of(answer: Registered) -> bytes:
    """The secret in a ticket."""
    row = Registration.objects.select_related("admission__activity").get(uid=answer.registration)
    activity = row.admission.activity
    return tickets.verify(MINT.signing.public, answer.ticket, activity=activity.uid, today=NOW.date()).secret


def row_of(answer: Registered) -> Registration:
    """The registration of an answer, as it stands now."""
    return Registration.objects.get(uid=answer.registration)


def leaves(answer: Registered, *, now: datetime = NOW) -> None:
    """Somebody cancels."""
    registrations.cancel(secret=secret_of(answer), now=now)


def wrongs(of: House | int) -> Iterator[str]:
    """All that is wrong with a house, counted anew from its registrations; nothing when all is well."""
    pk = of if isinstance(of, int) else of.pk
    admission = Admission.objects.get(pk=pk)
    rows = list(Registration.objects.filter(admission=pk).select_related("group").order_by("number"))
    sitting = sum(row.party for row in rows if row.standing in HOLDS_PLACES)
    waiting = [row for row in rows if row.standing == Standing.WAITING]
    if admission.capacity is not None and sitting > admission.capacity:
        yield f"{sitting} people on {admission.capacity} places"
    if (admission.taken, admission.waiting, admission.arrivals) != (sitting, len(waiting), len(rows)):
        counted = (admission.taken, admission.waiting, admission.arrivals)
        yield f"counted (taken, waiting, arrivals) {counted}, there are {(sitting, len(waiting), len(rows))}"
    for held in admission.groups.all():
        inside = [row for row in rows if row.group_id == held.pk and row.in_group_places]
        if sum(row.party for row in inside) != held.taken or held.taken > held.places:
            yield f"group {held.slug} counts {held.taken} of {held.places}, there are {sum(r.party for r in inside)}"
    if any(row.in_group_places and row.standing not in HOLDS_PLACES for row in rows):
        yield "somebody without a place sits in a group's"
    if any(row.told != row.standing for row in rows if row.standing != Standing.SHADOW):
        yield "somebody was told something else than how she stands"
    if admission.promotion == Promotion.AUTOMATIC:
        for row in waiting:
            if rules.seat(line.house(admission, row.group), party=row.party).found:
                yield f"no. {row.number} waits though there is room for her {row.party}"
