"""The page of an organisation's members: who is in, who sees names, who is let in and let go."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from tadamun.organise.network import queries
from tadamun.organise.network.models import Membership
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.safety.services import members, vault
from tadamun.toolkit import clock
from tests.organise.network.people import PASSPHRASE, Browser, member, organisation

pytestmark = pytest.mark.django_db
PAGE = "/desk/organisations/our-forum/members/"


def part_of(browser: Browser) -> Membership:
    return browser.account.memberships.get(organisation__slug="our-forum")


def holders() -> list[str]:
    return vault.holders_of(organisation().subject)


def changed(layla: Browser, who: Browser, **values: str) -> int:
    return int(layla.client.post(f"{PAGE}{part_of(who).pk}/", values).status_code)


def farewell(who: Browser) -> str:
    return f"{PAGE}{part_of(who).pk}/end/"


def test_a_coordinator_makes_a_link_that_a_newcomer_can_use() -> None:
    layla = member()
    page = layla.client.post(
        PAGE, {"email": "rana@example.org", "role": "editor", "may_see_names": "on", "language": "ar"}
    )
    assert page.status_code == 201
    secret = re.search(r"/desk/welcome/([\w-]+)/", page.content.decode())
    assert secret
    rana = Browser("rana@example.org")
    assert rana.client.get(f"/desk/welcome/{secret[1]}/").status_code == 200
    rana.arrive(secret[1], name="Rana")
    assert rana.account.language == "ar"
    assert part_of(rana).role == Role.EDITOR


def test_an_editor_sees_the_members_and_invites_nobody() -> None:
    member()
    rana = member("rana@example.org", "Rana", role=Role.EDITOR)
    page = rana.client.get(PAGE)
    assert "Layla" in page.content.decode()
    assert "Invite somebody" not in page.content.decode()
    refused = rana.client.post(PAGE, {"email": "x@example.org", "role": "viewer", "language": "en"})
    assert refused.status_code == 422
    assert not organisation().invitations.filter(email="x@example.org").exists()


def test_the_first_who_may_see_names_makes_the_key_and_the_others_wait_to_be_let_in() -> None:
    layla = member()
    assert holders() == [layla.account.subject]
    rana = member("rana@example.org", "Rana", role=Role.EDITOR)
    assert holders() == [layla.account.subject]
    assert "waits to be let in" in layla.client.get(PAGE).content.decode()
    layla.client.post(f"{PAGE}{part_of(rana).pk}/access/")
    assert holders() == sorted([layla.account.subject, rana.account.subject])


def test_one_who_alone_opens_names_is_warned_before_it_matters() -> None:
    warning = "Only one member can open the names"
    layla = member()
    assert warning in layla.client.get(PAGE).content.decode()
    rana = member("rana@example.org", "Rana", role=Role.EDITOR)
    assert warning in layla.client.get(PAGE).content.decode(), "to be invited is not yet to be let in"
    layla.client.post(f"{PAGE}{part_of(rana).pk}/access/")
    assert warning not in layla.client.get(PAGE).content.decode()


def test_nobody_is_let_in_by_who_cannot_open_the_names_or_has_them_locked() -> None:
    layla = member()
    rana = member("rana@example.org", "Rana", role=Role.EDITOR)
    hawre = member("hawre@example.org", "Hawre", role=Role.FIELD)
    rana.client.post(f"{PAGE}{part_of(hawre).pk}/access/")
    layla.client.post("/desk/account/names/", {"act": "lock"})
    layla.client.post(f"{PAGE}{part_of(hawre).pk}/access/")
    assert holders() == [layla.account.subject]
    layla.client.post("/desk/account/names/", {"act": "unlock", "u-passphrase": PASSPHRASE})
    layla.client.post(f"{PAGE}{part_of(hawre).pk}/access/")
    assert len(holders()) == 2


def test_taking_names_away_changes_the_key() -> None:
    layla = member()
    rana = member("rana@example.org", "Rana", role=Role.EDITOR)
    layla.client.post(f"{PAGE}{part_of(rana).pk}/access/")
    assert changed(layla, rana, role="editor") == 302
    assert holders() == [layla.account.subject]
    keyring = members.unlocked(rana.unlock_cookie, member=rana.account.subject, now=clock.now())
    assert keyring
    assert not keyring.reaches(organisation().subject)


def test_what_follows_is_told_before_a_member_is_let_go() -> None:
    layla = member()
    rana = member("rana@example.org", "Rana", role=Role.EDITOR)
    layla.client.post(f"{PAGE}{part_of(rana).pk}/access/")
    page = layla.client.get(farewell(rana)).content.decode()
    for told in ("Let Rana go?", "every session end", "account is closed", "gets new keys", "cannot be taken back"):
        assert told in page
    assert "not open in your browser" not in page
    assert part_of(rana), "looking at the page lets nobody go"
    layla.client.post("/desk/account/names/", {"act": "lock"})
    assert "not open in your browser" in layla.client.get(farewell(rana)).content.decode()
    hawre = member("hawre@example.org", "Hawre", role=Role.FIELD, sees_names=False)
    assert "could not open names" in layla.client.get(farewell(hawre)).content.decode()


def test_who_is_let_go_is_out_at_once_and_without_a_part_the_account_is_closed() -> None:
    layla = member()
    rana = member("rana@example.org", "Rana", role=Role.EDITOR)
    layla.client.post(f"{PAGE}{part_of(rana).pk}/access/")
    assert rana.client.get("/desk/").status_code == 200
    assert layla.client.post(farewell(rana)).status_code == 302
    assert rana.client.get("/desk/").status_code == 302
    assert not rana.account.is_active
    assert holders() == [layla.account.subject]


def test_sessions_end_also_for_who_has_another_role_elsewhere() -> None:
    layla = member()
    rana = member("rana@example.org", "Rana", role=Role.EDITOR)
    Membership.objects.create(account=rana.account, organisation=organisation("their-forum"), role=Role.VIEWER)
    assert "account is closed" not in layla.client.get(farewell(rana)).content.decode()
    layla.client.post(farewell(rana))
    assert rana.client.get("/desk/").status_code == 302
    assert rana.account.is_active
    assert members.unlocked(rana.unlock_cookie, member=rana.account.subject, now=clock.now()) is None


def test_a_member_goes_also_while_the_names_are_locked() -> None:
    layla = member()
    rana = member("rana@example.org", "Rana", role=Role.EDITOR)
    layla.client.post(f"{PAGE}{part_of(rana).pk}/access/")
    layla.client.post("/desk/account/names/", {"act": "lock"})
    assert layla.client.post(farewell(rana)).status_code == 302
    assert holders() == [layla.account.subject]


def test_the_last_who_can_open_names_is_not_let_go_and_the_reason_is_told() -> None:
    layla = member()
    rana = member("rana@example.org", "Rana", sees_names=False)
    answer = rana.client.post(farewell(layla), follow=True)
    assert "Nobody could open the names any more" in answer.content.decode()
    assert part_of(layla)
    assert holders() == [layla.account.subject]


def test_the_last_coordinator_can_neither_go_nor_step_down() -> None:
    layla = member()
    answer = layla.client.post(farewell(layla), follow=True)
    assert "This is the only coordinator" in answer.content.decode()
    assert changed(layla, layla, role="viewer", may_see_names="on") == 422
    assert part_of(layla).role == Role.COORDINATOR


def test_the_page_costs_the_same_for_one_member_and_for_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    layla = member()
    standing = queries.standing_of(layla.account)

    def ask() -> None:
        queries.members_page(standing=standing, organisation=organisation(), now=clock.now())

    with django_assert_num_queries(7):
        ask()
    for number in range(3):
        member(f"member{number}@example.org", f"Member {number}", role=Role.EDITOR)
    with django_assert_num_queries(7):
        ask()
