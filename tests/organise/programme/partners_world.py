"""A week with a race and a training, and organisations that are asked to take part in them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import OrganisationKind
from tadamun.organise.programme.models import Activity, Involvement, SignOffRequest
from tadamun.organise.programme.queries import partners as queries
from tadamun.organise.programme.services import answers, partners
from tadamun.organise.programme.services.answers import Said
from tadamun.organise.programme.vocabulary import Answer, Asked, InvolvementType
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.gate.guards import URL_ENCODED
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

NOW = datetime(2099, 2, 1, 9, 0, tzinfo=UTC)
UNTIL = date(2099, 2, 15)
AFTER = datetime(2099, 2, 16, 9, 0, tzinfo=UTC)
LAYLA = Actor("Layla", 1)


@dataclass
class Ground:
    """The week of our coalition, its two activities, and an organisation that nobody acts for here."""

    world: World
    race: Activity
    training: Activity
    sports: Organisation

    def client(self, character: Character = Character.COORDINATOR) -> Client:
        return self.world.client(character)

    def name(
        self,
        organisation: Organisation | None = None,
        type_: InvolvementType = InvolvementType.COOPERATION,
        *,
        own: bool = False,
        whole: bool = False,
        **values: Any,
    ) -> Involvement:
        """Name the sports organisation, or another body, as taking part in the race or in the week as a ``whole``."""
        body = None if values.get("collective") else organisation or self.sports
        row = Involvement(
            week=self.race.week, activity=None if whole else self.race, organisation=body, type=type_, **values
        )
        return partners.name_partner(actor=LAYLA, row=row, own=own, now=NOW)

    def ask(self, row: Involvement, about: Asked = Asked.PART, until: date = UNTIL) -> str:
        return answers.ask(actor=LAYLA, row=row, about=about, asked_for=self.world.ours, ends_on=until, now=NOW)

    def asked(self, **values: Any) -> SignOffRequest:
        """A question to the sports organisation about its part in the race."""
        self.ask(self.name(**values))
        return SignOffRequest.objects.latest("pk")

    def agreed(self, **values: Any) -> Involvement:
        """A part that was agreed to by the link."""
        request = self.asked(**values)
        say(request)
        return fresh(request.involvement)


def say(
    request: SignOffRequest,
    answer: Answer = Answer.YES,
    *,
    line: dict[str, str] | None = None,
    words: str = "",
    now: datetime = NOW,
    by_link: bool = True,
) -> SignOffRequest:
    """Answer what the question shows now."""
    current = SignOffRequest.objects.select_related("involvement__activity__week", "involvement__week").get(
        pk=request.pk
    )
    shown = queries.fingerprint(current, answers.languages())
    said = Said(answer=answer, fingerprint=shown, line=line or {}, words=words)
    return answers.answer(actor=Actor("Sports"), request=current, said=said, by_link=by_link, now=now)


def fresh(row: Involvement) -> Involvement:
    return Involvement.objects.select_related("organisation", "week", "activity").get(pk=row.pk)


def make_ground() -> Ground:
    """Store it."""
    world = make_world()
    race = make_activity(world)
    Activity.objects.filter(pk=race.pk).update(summary={"en": "Women run.", "ar": "النساء يركضن."})
    race.refresh_from_db()
    training = Activity.objects.create(
        uid=uuid4(), week=race.week, slug="training", position=1, kind="training", changed_at=NOW
    )
    sports = Organisation.objects.create(
        slug="sports",
        kind=OrganisationKind.ASSOCIATION,
        names={"en": "Sports Against Violence", "ar": "رياضة ضد العنف"},
    )
    return Ground(world, race, training, sports)


def slip_of(page: Any) -> str:
    found = re.search(r'name="slip" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def shown_of(page: Any) -> str:
    found = re.search(r'name="shown" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def send(client: Client, address: str, values: dict[str, str]) -> Any:
    """Send a form of the gate as browsers do."""
    return client.post(address, urlencode(values), content_type=URL_ENCODED)


def link_of(page: Any) -> str:
    """The path of the link that a page shows once."""
    found = re.search(r'readonly dir="ltr" value="https?://[^/"]+(/gate/answer/[^"]+)"', page.content.decode())
    assert found, page.content.decode()
    return found[1]


def partner_address(row: Involvement) -> str:
    if row.activity:
        return reverse("activity_partner", kwargs={"uid": row.activity.uid, "row": row.pk})
    return reverse("week_partner", kwargs={"week": row.week.slug, "row": row.pk})
