"""The activity whose phone `field_sync` measures: people have signed up, a kit waits. Needs Django to be set up."""

from datetime import timedelta
from secrets import token_bytes

from bench.sign_up_house import Measured
from tadamun.organise.field.services.kits import issue_kit
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import registrations
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import clock


def issued_kit(people: int) -> str:
    """So many people with tickets, and the secret of a kit for their door."""
    house = Measured.made(places=people, sign_ups=people)
    for _ in range(people):
        form = registrations.Form(entry=Entry(name="زينب"), nonce=token_bytes(16), language="ar")
        registrations.register(admission=house.admission, form=form, mint=ticket_mint(), now=clock.now())
    now = clock.now()
    issued = issue_kit(
        actor=Actor("bench"),
        activities=[house.activity],
        label="door",
        role=KitRole.DOOR,
        language="ar",
        ends_at=now + timedelta(days=3),
        now=now,
    )
    return issued.secret


def who_came() -> int:
    """How many are in by now, as sign-up knows."""
    return Registration.objects.filter(came=True).count()
