"""A coordinator names partners and asks them; they answer by a link or on their desk; what each page lets whom do."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tadamun.organise.network.models import Account, Invitation, Membership, Organisation
from tadamun.organise.network.vocabulary import OrganisationKind, Role
from tadamun.organise.programme.models import Activity, Involvement, SignOffRequest
from tadamun.organise.programme.vocabulary import InvolvementType, SignOff
from tadamun.toolkit import clock
from tadamun.toolkit.gate import guards
from tests.characters import Character
from tests.organise.people_desk.houses import make_activity
from tests.organise.programme.partners_world import (
    AFTER,
    NOW,
    UNTIL,
    Ground,
    fresh,
    link_of,
    make_ground,
    partner_address,
    send,
    shown_of,
    slip_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _february(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()


def new_address(ground: Ground) -> str:
    return reverse("activity_partner_new", kwargs={"uid": ground.race.uid})


def entered(ground: Ground, **values: str) -> dict[str, object]:
    return {"type": "cooperation", "audiences": ["public", "coalition"], **values}


def asked_by_link(ground: Ground) -> tuple[Involvement, str]:
    """The sports organisation was asked; the path of its link."""
    row = ground.name()
    page = ground.client().post(partner_address(row), {"act": "ask", "ends_on": UNTIL.isoformat()})
    assert page.status_code == 201
    return row, link_of(page)


def answer(address: str, values: dict[str, str], client: Client | None = None) -> int:
    client = client or Client()
    page = client.get(address)
    sent = {"act": "answer", "slip": slip_of(page), "shown": shown_of(page), "words": "", **values}
    return int(send(client, address, sent).status_code)


def test_a_known_name_however_typed_is_that_organisation(ground: Ground) -> None:
    page = ground.client().post(new_address(ground), entered(ground, who="رياضه ضد العنف"))
    assert page.status_code == 302
    assert Involvement.objects.get(activity=ground.race).organisation == ground.sports


def test_a_name_like_a_known_one_asks_who_is_meant(ground: Ground) -> None:
    client = ground.client()
    page = client.post(new_address(ground), entered(ground, who="Sport Against Violence"))
    assert page.status_code == 422
    assert "Sports Against Violence" in page.content.decode()
    assert not Involvement.objects.filter(activity=ground.race).exists()
    client.post(new_address(ground), entered(ground, who="Sport Against Violence", which="sports"))
    assert Involvement.objects.get(activity=ground.race).organisation == ground.sports


def test_a_new_name_becomes_an_organisation_with_its_part_or_not_at_all(ground: Ground) -> None:
    client, count = ground.client(), Organisation.objects.count()
    values = {"who": "حزب جديد", "which": "-", "kind": OrganisationKind.PARTY.value}
    with translation.override("ar"):
        refused = client.post(new_address(ground), entered(ground, **values))
        assert refused.status_code == 422
        assert Organisation.objects.count() == count
        taken = client.post(new_address(ground), entered(ground, **values, type="invited"))
    assert taken.status_code == 302
    row = Involvement.objects.get(activity=ground.race)
    assert row.organisation
    assert (row.organisation.names, row.sign_off) == ({"ar": "حزب جديد"}, SignOff.NOT_NEEDED)


def test_women_volunteers_are_named_without_an_organisation(ground: Ground) -> None:
    count = Organisation.objects.count()
    ground.client().post(new_address(ground), entered(ground, who="women volunteers", collective="on"))
    row = Involvement.objects.get(activity=ground.race)
    assert (row.collective, row.organisation) == ({"en": "women volunteers"}, None)
    assert Organisation.objects.count() == count


def test_the_link_needs_no_account_and_leaves_no_cookie(ground: Ground) -> None:
    row, link = asked_by_link(ground)
    client = Client()
    page = client.get(link)
    for words in ("Our run", "in cooperation with Sports Against Violence", "بالتعاون مع رياضة ضد العنف", "Our Forum"):
        assert words in page.content.decode(), words
    assert answer(link, {"answer": "yes"}, client) == 303
    assert fresh(row).sign_off == SignOff.ACCEPTED
    assert not client.cookies
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_the_link_speaks_every_language_of_the_site(ground: Ground) -> None:
    _row, link = asked_by_link(ground)
    for code, direction in (("en", "ltr"), ("ar", "rtl"), ("ckb", "rtl")):
        page = Client().get(f"{link}{code}/")
        assert f'<html lang="{code}" dir="{direction}">' in page.content.decode()
        assert page.headers["Content-Language"] == code
    assert Client().get(f"{link}xx/").status_code == 410


def test_other_words_come_back_to_the_organiser_who_takes_them(ground: Ground) -> None:
    row, link = asked_by_link(ground)
    assert answer(link, {"answer": "other_words", "line-en": "with the runners of Sports"}) == 303
    page = ground.client().get(partner_address(row))
    assert "with the runners of Sports" in page.content.decode()
    ground.client().post(partner_address(row), {"act": "take"})
    assert (fresh(row).sign_off, fresh(row).line["en"]) == (SignOff.ACCEPTED, "with the runners of Sports")


def test_an_answer_that_lacks_something_is_asked_for_again_and_nothing_is_stored(ground: Ground) -> None:
    row, link = asked_by_link(ground)
    assert answer(link, {}) == 422
    assert answer(link, {"answer": "perhaps"}) == 422
    assert answer(link, {"answer": "yes", "shown": "0"}) == 422
    assert fresh(row).sign_off == SignOff.ASKED


def test_a_form_without_our_slip_or_from_elsewhere_changes_nothing(ground: Ground) -> None:
    row, link = asked_by_link(ground)
    assert answer(link, {"answer": "yes", "slip": "0"}) == 403
    client = Client(headers={"origin": "https://elsewhere.example"})
    assert answer(link, {"answer": "yes"}, client) == 403
    assert fresh(row).sign_off == SignOff.ASKED


def test_without_that_guard_another_site_could_answer(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    row, link = asked_by_link(ground)
    monkeypatch.setattr(guards, "_from_here", lambda _request: True)
    client = Client(headers={"origin": "https://elsewhere.example"})
    assert answer(link, {"answer": "yes"}, client) == 303
    assert fresh(row).sign_off == SignOff.ACCEPTED


def test_after_the_day_the_link_says_that_it_is_over(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    row, link = asked_by_link(ground)
    open_page = Client().get(link)
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    page = Client().get(link)
    assert "over" in page.content.decode()
    assert 'name="answer"' not in page.content.decode()
    values = {"act": "answer", "slip": slip_of(open_page), "shown": shown_of(open_page), "answer": "yes", "words": ""}
    assert send(Client(), link, values).status_code == 422
    assert fresh(row).sign_off == SignOff.ASKED


def test_with_the_same_link_a_yes_is_taken_back_after_being_asked_once_more(ground: Ground) -> None:
    row, link = asked_by_link(ground)
    answer(link, {"answer": "yes"})
    slip = slip_of(Client().get(link))
    sure = send(Client(), link, {"act": "withdraw", "slip": slip})
    assert sure.status_code == 200
    assert fresh(row).sign_off == SignOff.ACCEPTED
    done = send(Client(), link, {"act": "withdraw_sure", "slip": slip_of(sure)})
    assert done.status_code == 200
    assert fresh(row).sign_off == SignOff.WITHDRAWN
    assert Client().get(link).status_code == 410


def test_who_agreed_makes_the_first_account_and_edits_the_race_alone(ground: Ground) -> None:
    _row, link = asked_by_link(ground)
    assert b'value="account"' not in Client().get(link).content, "not before an answer"
    answer(link, {"answer": "yes"})
    page = Client().get(link)
    made = send(Client(), link, {"act": "account", "email": "sara@example.org", "slip": slip_of(page)})
    assert made.status_code == 303
    assert made.headers["Location"].startswith("/desk/welcome/")
    invitation = Invitation.objects.get()
    assert (invitation.organisation, invitation.role) == (ground.sports, Role.COORDINATOR)
    assert b'value="account"' not in Client().get(link).content, "one first member"
    Membership.objects.create(
        account=ground.world.accounts[Character.OPERATOR], organisation=ground.sports, role=Role.EDITOR
    )
    client = ground.client(Character.OPERATOR)
    assert client.get(reverse("activity", kwargs={"uid": ground.race.uid})).status_code == 200
    assert client.get(reverse("activity", kwargs={"uid": ground.training.uid})).status_code == 404
    assert client.get(new_address(ground)).status_code == 403, "who takes part is not its to decide"


def test_a_link_makes_no_account_that_opens_what_others_carry(ground: Ground) -> None:
    theirs = make_activity(ground.world, theirs=True).week
    Involvement.objects.create(
        week=theirs, organisation=ground.sports, type="co_organiser", sign_off="accepted", position=4
    )
    _row, link = asked_by_link(ground)
    answer(link, {"answer": "yes"})
    page = Client().get(link)
    assert b'value="account"' not in page.content
    sent = {"act": "account", "email": "mallory@example.org", "slip": slip_of(page)}
    assert send(Client(), link, sent).status_code == 422
    assert not Invitation.objects.exists()


def test_members_find_the_question_at_home_and_answer_there(ground: Ground) -> None:
    row = ground.name(ground.world.theirs)
    ground.client().post(partner_address(row), {"act": "ask", "ends_on": UNTIL.isoformat()})
    dara = ground.client(Character.COORDINATOR_ELSEWHERE)
    address = reverse("question", kwargs={"number": SignOffRequest.objects.get().pk})
    assert address in dara.get(reverse("desk")).content.decode()
    page = dara.get(address)
    assert dara.post(address, {"answer": "yes", "shown": shown_of(page)}).status_code == 302
    assert fresh(row).sign_off == SignOff.ACCEPTED
    assert address not in dara.get(reverse("desk")).content.decode()
    end = reverse("part_end", kwargs={"row": row.pk})
    assert end in dara.get(reverse("organisation", kwargs={"slug": "their-forum"})).content.decode()
    assert dara.get(end).status_code == 200
    dara.post(end)
    assert fresh(row).sign_off == SignOff.WITHDRAWN


def test_an_open_question_shows_home_what_is_missing(ground: Ground) -> None:
    row, link = asked_by_link(ground)
    address = partner_address(row)
    layla = ground.client()
    assert address not in layla.get(reverse("desk")).content.decode(), "an answer may still come"
    answer(link, {"answer": "other_words", "line-en": "with us"})
    assert address in layla.get(reverse("desk")).content.decode()


def test_the_text_is_shown_as_it_is_and_signed_off(ground: Ground) -> None:
    row = ground.agreed()
    page = ground.client().post(partner_address(row), {"act": "ask_text", "ends_on": UNTIL.isoformat()})
    link = link_of(page)
    shown = Client().get(link).content.decode()
    assert "Women run." in shown
    assert "النساء يركضن." in shown
    assert answer(link, {"answer": "reserved", "words": "Say who won"}) == 303
    assert "Say who won" in ground.client().get(partner_address(row)).content.decode()


def test_a_text_is_read_as_it_is_published_with_its_facts_and_its_form(ground: Ground) -> None:
    row = ground.agreed()
    Activity.objects.filter(pk=ground.race.pk).update(
        body={"en": "**Run** with [[organisation sports]] on [[day 2099-03-03]] <script>"}
    )
    page = ground.client().post(partner_address(row), {"act": "ask_text", "ends_on": UNTIL.isoformat()})
    shown = Client().get(link_of(page)).content.decode()
    assert "<strong>Run</strong> with Sports Against Violence on 3 March 2099 &lt;script&gt;" in shown


def test_the_usual_words_come_back_and_ask_anew(ground: Ground) -> None:
    row = ground.agreed(line={"en": "thanks to Sports"})
    ground.client().post(partner_address(row), {"act": "usual"})
    assert (fresh(row).line, fresh(row).sign_off) == ({}, SignOff.ASKED)


def test_an_editor_cannot_note_an_agreement_that_nobody_gave_here(ground: Ground) -> None:
    row = ground.name()
    ground.client(Character.EDITOR).post(partner_address(row), {"act": "agreed"})
    assert fresh(row).sign_off == SignOff.ASKED
    ground.client().post(partner_address(row), {"act": "agreed"})
    assert fresh(row).sign_off == SignOff.ACCEPTED


def test_ending_it_is_asked_twice(ground: Ground) -> None:
    row = ground.agreed()
    end = reverse("activity_partner_end", kwargs={"uid": ground.race.uid, "row": row.pk})
    assert ground.client().get(end).status_code == 200
    assert fresh(row).sign_off == SignOff.ACCEPTED
    assert ground.client().post(end).status_code == 302
    assert fresh(row).sign_off == SignOff.WITHDRAWN


def test_an_act_that_there_is_not_is_not_found(ground: Ground) -> None:
    row = ground.name()
    assert ground.client().post(partner_address(row), {"act": "destroy"}).status_code == 404
    assert ground.client().post(partner_address(row), {"act": "take"}).status_code == 404


def test_what_is_wrong_with_a_day_stands_beside_it(ground: Ground) -> None:
    row = ground.name()
    assert ground.client().post(partner_address(row), {"act": "ask", "ends_on": "soon"}).status_code == 422
    page = ground.client().post(partner_address(row), {"act": "ask", "ends_on": "2001-01-01"}, follow=True)
    assert "still to come" in page.content.decode()
    assert not SignOffRequest.objects.exists()


@pytest.fixture(params=["activity", "week"])
def whole(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "week")


def test_pages_cost_the_same_with_one_partner_and_with_fifty(ground: Ground, whole: bool) -> None:
    layla, counts = ground.client(), []
    address = (
        reverse("week", kwargs={"week": ground.race.week.slug})
        if whole
        else reverse("activity", kwargs={"uid": ground.race.uid})
    )
    pages = (address, reverse("organisations"), reverse("organisation", kwargs={"slug": "sports"}), reverse("desk"))
    for number in range(2):
        for index in range(1 if number == 0 else 49):
            name = f"team-{number}-{index}"
            body = Organisation.objects.create(slug=name, kind=OrganisationKind.TEAM, names={"en": name})
            ground.ask(ground.name(body, InvolvementType.SUPPORTER, whole=whole))
        for page in pages:
            layla.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert layla.get(page).status_code == 200
            counts.append(len(queries))
    assert counts[: len(pages)] == counts[len(pages) :]


def test_only_whoever_has_an_account_of_it_answers_once_it_has_one(ground: Ground) -> None:
    row, link = asked_by_link(ground)
    page = Client().get(link)
    account = Account.objects.create_user(email="sara@example.org", created_at=NOW)
    Membership.objects.create(account=account, organisation=ground.sports, role=Role.EDITOR)
    values = {"act": "answer", "slip": slip_of(page), "shown": shown_of(page), "answer": "yes", "words": ""}
    assert send(Client(), link, values).status_code == 422
    assert fresh(row).sign_off == SignOff.ASKED
