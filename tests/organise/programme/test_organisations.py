"""One body, one entry: organisations are found however their names are typed, and looked after by those it concerns."""

import pytest
from django.test import Client
from django.urls import reverse

from tadamun.organise.network.models import Alias, Organisation, Tie
from tadamun.organise.network.vocabulary import OrganisationKind, TieType
from tadamun.organise.programme.forms.organisations import in_its_language
from tadamun.organise.programme.models import Involvement
from tadamun.organise.programme.queries import organisations as queries
from tadamun.organise.programme.services import organisations as services
from tadamun.organise.safety.models import AuditEntry
from tadamun.toolkit.rulings import Refused
from tests.characters import Character
from tests.organise.programme.partners_world import LAYLA, NOW, Ground, make_ground

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()


def address(slug: str = "sports") -> str:
    return reverse("organisation", kwargs={"slug": slug})


def sent(client: Client, slug: str = "sports", **values: str) -> int:
    return int(client.post(address(slug), values).status_code)


@pytest.mark.parametrize(
    "typed",
    ["sports against violence", "SPORTS  AGAINST VIOLENCE", "رياضه ضد العنف", "رياضة ضدّ العُنف", "وەرزش دژی توندوتیژی"],
)
def test_a_body_is_found_by_any_of_its_names_however_typed(ground: Ground, typed: str) -> None:
    Alias.objects.create(organisation=ground.sports, position=0, names={"ckb": "وه‌رزش دژی توندوتیژی"})
    assert queries.called(typed, queries.all_known()) == [ground.sports]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sport against Violence", True),
        ("رياضة ضد عنف", True),
        ("Sports Against Violence Iraq", True),
        ("Sports Agianst Violence (Baghdad)", True),
        ("Women Against Violence", False),
        ("Sports", False),
        ("", False),
    ],
)
def test_names_that_are_almost_the_same_are_shown_and_others_are_not(ground: Ground, typed: str, meant: bool) -> None:
    assert (ground.sports in queries.similar(typed, queries.all_known())) is meant


@pytest.mark.parametrize(
    ("words", "code"), [("Sports", "en"), ("رياضة", "ar"), ("وەرزش دژی توندوتیژی", "ckb"), ("Sport für alle", "en")]
)
def test_a_name_is_kept_under_the_language_that_it_is_in(words: str, code: str) -> None:
    assert in_its_language(words) == {code: words}


def test_whoever_adds_a_known_name_is_shown_that_body_first(ground: Ground) -> None:
    count, client = Organisation.objects.count(), ground.client()
    values = {"names-en": "Sport Against Violence", "kind": "association"}
    page = client.post(reverse("organisation_new"), values)
    assert page.status_code == 422
    assert address() in page.content.decode()
    assert Organisation.objects.count() == count
    assert client.post(reverse("organisation_new"), {**values, "act": "anyway"}).status_code == 302
    assert Organisation.objects.get(slug="sport-against-violence").names == {"en": "Sport Against Violence"}


def test_short_names_for_addresses_are_free_and_never_ours(ground: Ground) -> None:
    rows = [
        Organisation(kind="team", names=names) for names in ({"en": "New"}, {"ar": "٣"}, {"ar": "٤"}, {"ar": "فريق"})
    ]
    slugs = [services.add_organisation(actor=LAYLA, row=row, now=NOW).slug for row in rows]
    assert slugs == ["new-1", "organisation", "organisation-2", "friq"]


def test_an_organisation_needs_a_name(ground: Ground) -> None:
    assert ground.client().post(reverse("organisation_new"), {"kind": "team"}).status_code == 422


def test_a_body_that_nobody_acts_for_is_looked_after_where_it_takes_part(ground: Ground) -> None:
    values = {"act": "save", "names-en": "Sports Against Violence Iraq", "kind": "association"}
    layla, dara = ground.client(), ground.client(Character.COORDINATOR_ELSEWHERE)
    ground.name()
    assert sent(dara, **values) == 403
    assert sent(layla, **values) == 302
    ground.sports.refresh_from_db()
    assert ground.sports.names == {"en": "Sports Against Violence Iraq"}
    assert AuditEntry.objects.latest("number").act == "change"


def test_a_body_with_members_here_states_itself(ground: Ground) -> None:
    ground.name(ground.world.theirs)
    values = {"act": "save", "names-en": "Their Great Forum", "kind": "forum"}
    assert sent(ground.client(), "their-forum", **values) == 403
    assert sent(ground.client(Character.COORDINATOR_ELSEWHERE), "their-forum", **values) == 302


def test_a_partner_does_not_become_a_party(ground: Ground) -> None:
    ground.name()
    with pytest.raises(Refused, match="partner somewhere"):
        services.change_organisation(
            actor=LAYLA,
            row=ground.sports,
            seen={"kind": "association"},
            wanted={"kind": OrganisationKind.PARTY.value},
            now=NOW,
        )


def test_other_names_and_ties_come_and_go(ground: Ground) -> None:
    client = ground.client()
    assert sent(client, **{"act": "alias", "names-en": "SAV"}) == 302
    assert sent(client, act="tie", type=TieType.MEMBER_OF, to=str(ground.world.ours.pk)) == 302
    assert sent(client, act="tie", type=TieType.MEMBER_OF, to=str(ground.world.ours.pk)) == 302
    alias, tie = Alias.objects.get(), Tie.objects.get()
    shown = client.get(address()).content.decode()
    assert "SAV" in shown
    assert "Our Forum" in shown
    assert sent(client, act="alias_gone", row=str(alias.pk)) == 302
    assert sent(client, act="tie_gone", row=str(tie.pk)) == 302
    assert not Alias.objects.exists()
    assert not Tie.objects.exists()
    assert sent(client, act="tie_gone", row="7") == 404


def test_what_is_wrong_is_said_beside_it(ground: Ground) -> None:
    client = ground.client()
    assert sent(client, act="alias") == 422
    assert sent(client, act="tie", type="member_of") == 422
    values = {"since": "2020-01-02", "until": "2020-01-01", "to": str(ground.world.ours.pk)}
    assert sent(client, act="tie", type="member_of", **values) == 422
    assert sent(client, act="save", kind="association") == 422


def test_nobody_learns_from_its_page_where_it_takes_part_elsewhere(ground: Ground) -> None:
    row = ground.name()
    Involvement.objects.filter(pk=row.pk).update(sign_off="accepted")
    assert "Our run" in ground.client().get(address()).content.decode()
    assert "Our run" not in ground.client(Character.COORDINATOR_ELSEWHERE).get(address()).content.decode()


def test_a_search_finds_and_says_what_to_do_when_it_does_not(ground: Ground) -> None:
    client = ground.client()
    assert "Sports" in client.get(reverse("organisations"), {"q": "رياضه"}).content.decode()
    assert "Try fewer letters" in client.get(reverse("organisations"), {"q": "zzz"}).content.decode()
