"""An activity that people sign up for: a training for women candidates, as the gate knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import OrganisationKind
from tadamun.organise.people.models import Admission, Condition, Question, Registration
from tadamun.organise.people.queries.tickets import secret_of
from tadamun.organise.people.services import registrations
from tadamun.organise.people.services.admissions import open_admission
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.programme.models import Activity, Involvement, Place, Sitting, Week
from tadamun.organise.programme.vocabulary import InvolvementType, PlaceKind, SignOff, State, WeekForm
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.gate.guards import URL_ENCODED
from tests.organise.safety import vault_world

NOW = datetime(2030, 3, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2030, 3, 1, 9, 1, tzinfo=UTC)
NAME, EMAIL, PHONE = "Zaynab Qadir-Planted", "zaynab.planted@example.org", "+9647701234599"


@dataclass
class Gate:
    """A sign-up with its keepers."""

    week: Week
    activity: Activity
    admission: Admission
    member: vault_world.Member

    def address(self, lang: str = "en") -> str:
        return reverse("gate", kwargs={"lang": lang, "week": self.week.slug, "activity": self.activity.slug})

    def count(self) -> int:
        return Registration.objects.filter(admission=self.admission).count()

    def fresh(self) -> Admission:
        return Admission.objects.get(pk=self.admission.pk)


def make_gate(
    *,
    slug: str = "training",
    conditions: bool = True,
    questions: bool = True,
    safety: str = SafetyProfile.OPEN,
    **settings: Any,
) -> Gate:
    """A week with one open activity, whose entries are sealed to one organisation with one member."""
    organisation, _made = Organisation.objects.get_or_create(
        slug="our-forum",
        defaults={
            "kind": OrganisationKind.FORUM,
            "names": {"en": "Our Forum", "ar": "منتدانا", "ckb": "کۆڕبەندی ئێمە"},
        },
    )
    member = vault_world.member(7)
    vault_world.let_in(member)
    week = Week.objects.create(
        uid=uuid4(),
        slug="our-week",
        form=WeekForm.WEEK,
        titles={"en": "Our Week", "ar": "أسبوعنا", "ckb": "هەفتەکەمان"},
        state=State.OPEN,
        start=date(2030, 3, 21),
        end=date(2030, 3, 28),
        timezone="Asia/Baghdad",
        changed_at=NOW,
    )
    Involvement.objects.create(
        week=week,
        position=1,
        organisation=organisation,
        type=InvolvementType.ORGANISER,
        sign_off=SignOff.NOT_NEEDED,
    )
    activity = Activity.objects.create(
        uid=uuid4(),
        week=week,
        slug=slug,
        position=1,
        kind="training",
        titles={"en": "Training for candidates", "ar": "تدريب للمرشّحات", "ckb": "ڕاهێنان بۆ کاندیدەکان"},
        state=State.OPEN,
        safety=safety,
        changed_at=NOW,
    )
    city = Place.objects.create(
        slug="baghdad", kind=PlaceKind.CITY, names={"en": "Baghdad", "ar": "بغداد", "ckb": "بەغدا"}
    )
    hall = Place.objects.create(
        slug="hall",
        kind=PlaceKind.VENUE,
        names={"en": "Reed Hall", "ar": "قاعة القصب", "ckb": "هۆڵی قامیش"},
        within=city,
    )
    Sitting.objects.create(
        activity=activity,
        position=1,
        start=date(2030, 3, 22),
        end=date(2030, 3, 22),
        start_time=time(16, 30),
        end_time=time(18, 0),
        place=hall,
        public_place=city,
    )
    values = {
        "capacity": 2,
        "categories": ["sex", "age_band", "governorate"],
        "needs": ["childcare", "wheelchair"],
        "guests_max": 2,
        **settings,
    }
    admission = open_admission(actor=vault_world.ACTOR, activity=activity, now=NOW, **values)
    if conditions:
        Condition.objects.create(
            admission=admission, position=1, code="woman", says={"en": "a woman", "ar": "امرأة", "ckb": "ژن بێت"}
        )
    if questions:
        Question.objects.create(
            admission=admission,
            position=1,
            code="list",
            text={"en": "For which list?", "ar": "عن أي قائمة؟", "ckb": "بۆ کام لیست؟"},
            why={
                "en": "So that every list is here.",
                "ar": "لتحضر كل القوائم.",
                "ckb": "بۆ ئەوەی هەموو لیستێک لێرە بێت.",
            },
        )
    return Gate(week, activity, admission, member)


def filled(**changes: str) -> dict[str, str]:
    """What a person fills in."""
    values = {
        "c_woman": "on",
        "name": NAME,
        "contact": EMAIL,
        "q_list": "The Reed List",
        "agreed": "on",
        "sex": "woman",
    }
    return {key: value for key, value in {**values, **changes}.items() if value}


def slip_of(page: Any) -> str:
    """The slip in a page's form."""
    return str(page.content.decode().split('name="slip" value="')[1].split('"')[0])


def sign_up(client: Client, gate: Gate, *, lang: str = "en", slip: str = "", **changes: str) -> Any:
    """Open the form, fill it in, send it; the answer is the redirect, or the page with the mistakes."""
    slip = slip or slip_of(client.get(gate.address(lang)))
    return post(client, gate.address(lang), filled(**changes) | {"slip": slip})


def post(client: Client, address: str, values: Mapping[str, str], **headers: Any) -> Any:
    """Send a form as browsers do."""
    return client.post(address, urlencode(values), content_type=URL_ENCODED, **headers)


def registration_of(ticket_address: str) -> Registration:
    """The stored row of a ticket's address."""
    return registrations.by_ticket(secret_at(ticket_address))


def secret_at(ticket_address: str) -> bytes:
    """The secret in a ticket's address."""
    secret = secret_of(ticket_address.removeprefix("/t/"), public_key=ticket_mint().signing.public, now=NOW)
    assert secret
    return secret
