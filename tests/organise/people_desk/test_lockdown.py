"""An operator shuts the whole house down, a coordinator what her organisations carry, nobody else anything."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tadamun.organise.network.models import Membership
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import admissions, endings
from tadamun.organise.safety.models import AuditEntry, Unlocking
from tadamun.organise.safety.services import members, vault
from tadamun.toolkit import clock
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, PASSPHRASE, House, make_activity

pytestmark = pytest.mark.django_db
MEMBERS = (
    Character.DOOR,
    Character.EDITOR,
    Character.COORDINATOR,
    Character.COORDINATOR_ELSEWHERE,
    Character.OPERATOR,
)
OURS = frozenset({Character.DOOR, Character.EDITOR, Character.COORDINATOR})


@dataclass
class Two:
    """Our house and another coalition's, with everybody signed in and every vault open."""

    ours: House
    theirs: Admission
    browsers: dict[Character, Client]

    def closed(self) -> tuple[bool, bool]:
        """Whether our sign-up is closed, and theirs."""
        found = dict(Admission.objects.values_list("pk", "closed"))
        return found[self.ours.admission.pk], found[self.theirs.pk]

    def signed_in(self) -> set[Character]:
        return {who for who, client in self.browsers.items() if client.get(reverse("account")).status_code == 200}

    def unlocked(self) -> set[Character]:
        accounts = self.ours.world.accounts
        held = set(Unlocking.objects.values_list("member", flat=True))
        return {who for who in MEMBERS if accounts[who].subject in held}


@pytest.fixture
def two(house: House) -> Two:
    world, now = house.world, clock.now()
    dara = world.accounts[Character.COORDINATOR_ELSEWHERE]
    members.found_member(actor=LAYLA, member=dara.subject, passphrase=PASSPHRASE, now=now)
    members.note_code_kept(member=dara.subject)
    vault.give_access(actor=LAYLA, organisation=world.theirs.subject, member=dara.subject, keyring=None, now=now)
    theirs = admissions.open_admission(actor=LAYLA, activity=make_activity(world, theirs=True), now=now)
    Unlocking.objects.all().delete()
    for who in MEMBERS:
        subject = world.accounts[who].subject
        Unlocking.objects.create(handle=who, member=subject, stored=b"", ends_at=now + timedelta(hours=4))
    house.sign_up()
    found = Two(house, theirs, {who: world.client(who) for who in MEMBERS})
    assert found.closed() == (False, False)
    assert found.signed_in() == found.unlocked() == set(MEMBERS)
    return found


@pytest.mark.parametrize(
    ("who", "closed", "out"),
    [
        (Character.DOOR, (False, False), set()),
        (Character.EDITOR, (False, False), set()),
        (Character.COORDINATOR, (True, False), OURS),
        (Character.COORDINATOR_ELSEWHERE, (False, True), {Character.COORDINATOR_ELSEWHERE}),
        (Character.OPERATOR, (True, True), set(MEMBERS)),
    ],
)
def test_who_shuts_down_what(two: Two, who: Character, closed: tuple[bool, bool], out: set[Character]) -> None:
    answer = two.browsers[who].post(reverse("lockdown"))
    assert answer.status_code == (302 if out else 403)
    assert two.closed() == closed
    assert two.signed_in() == two.unlocked() == set(MEMBERS) - out
    assert Registration.objects.count() == 1, "nothing is destroyed by it"


def test_who_coordinates_one_organisation_and_looks_on_in_another_shuts_down_the_one(two: Two) -> None:
    world = two.ours.world
    Membership.objects.create(account=two.ours.layla, organisation=world.theirs, role=Role.VIEWER)
    two.browsers[Character.COORDINATOR].post(reverse("lockdown"))
    assert two.closed() == (True, False)
    assert Character.COORDINATOR_ELSEWHERE in two.signed_in()


def test_an_operator_leaves_no_session_at_all(two: Two) -> None:
    answer = two.browsers[Character.OPERATOR].post(reverse("lockdown"))
    assert answer.headers["Clear-Site-Data"]
    assert not Session.objects.exists()
    assert list(AuditEntry.objects.filter(act="lock down").values_list("subject", flat=True)) == ["installation"]


def test_a_coordinators_act_is_in_the_trail_with_what_it_was_about(two: Two) -> None:
    answer = two.browsers[Character.COORDINATOR].post(reverse("lockdown"))
    assert answer.headers["Clear-Site-Data"]
    subjects = AuditEntry.objects.filter(act="lock down").values_list("subject", flat=True)
    assert list(subjects) == [two.ours.world.ours.subject]


def test_without_the_limit_a_coordinator_would_shut_down_everybody(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the reach is not asked for, as it was before."""
    whole = endings.lockdown
    monkeypatch.setattr(endings, "lockdown", lambda **options: whole(**{**options, "organisations": None}))
    two.browsers[Character.COORDINATOR].post(reverse("lockdown"))
    assert two.closed() == (True, True)
    assert two.signed_in() == set()


@pytest.mark.parametrize(
    ("who", "told", "not_told"),
    [
        (Character.COORDINATOR, ["Our Forum", "Only an operator"], ["Their Forum", "all of it"]),
        (Character.OPERATOR, ["this is about all of it", "everybody is signed out"], ["Only an operator"]),
        (Character.EDITOR, ["Only a coordinator or an operator"], ["Shut down now"]),
    ],
)
def test_the_page_says_what_it_is_about(two: Two, who: Character, told: list[str], not_told: list[str]) -> None:
    page: Any = two.browsers[who].get(reverse("lockdown")).content.decode()
    for words in told:
        assert words in page
    for words in not_told:
        assert words not in page
