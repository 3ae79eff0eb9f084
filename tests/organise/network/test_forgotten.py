"""What comes back by the paper, what comes back by e-mail, and that it is said before."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tadamun.organise.safety.services import members, vault
from tadamun.toolkit import clock
from tests.organise.network.people import OTHER, PASSPHRASE, Browser, app_code, member, organisation

pytestmark = pytest.mark.django_db


def opens_names(browser: Browser) -> bool:
    keyring = members.unlocked(browser.unlock_cookie, member=browser.account.subject, now=clock.now())
    return keyring is not None and keyring.reaches(organisation().subject)


def recovered(layla: Browser, code: str = "", new: str = OTHER) -> tuple[Browser, str]:
    browser = Browser(layla.email)
    values = {"email": layla.email, "code": code or layla.code, "new": new, "again": new}
    answer = browser.client.post("/desk/forgotten/code/", values)
    return browser, answer.content.decode() if answer.status_code != 302 else answer.headers["Location"]


def test_the_paper_brings_everything_back() -> None:
    layla = member()
    browser, page = recovered(layla, layla.code.lower().replace("-", " "))
    browser.keep_code(page)
    assert browser.code != layla.code
    assert opens_names(browser)
    fresh = Browser(layla.email)
    assert fresh.sign_in(PASSPHRASE).status_code == 422
    assert fresh.sign_in(OTHER).status_code == 302
    assert "do not belong together" in recovered(layla)[1]


def test_a_mistyped_code_is_told_by_its_group_and_a_wrong_address_is_not_told() -> None:
    layla = member()
    spoilt = layla.code[:-1] + ("0" if layla.code[-1] != "0" else "1")
    assert "groups again: 7" in recovered(layla, spoilt)[1]
    page = Client().post(
        "/desk/forgotten/code/", {"email": "nobody@example.org", "code": layla.code, "new": OTHER, "again": OTHER}
    )
    assert "do not belong together" in page.content.decode()


def test_the_paper_does_not_skip_the_second_factor() -> None:
    layla = member()
    secret = layla.set_up_app()
    browser, onward = recovered(layla)
    assert onward == "/desk/sign-in/second/"
    assert browser.client.get("/desk/").status_code == 302
    browser.client.post("/desk/sign-in/second/", {"code": app_code(secret)})
    assert browser.client.get("/desk/").headers["Location"] == "/desk/account/recovery-code/"
    page = browser.client.post("/desk/account/recovery-code/", {"passphrase": OTHER})
    browser.keep_code(page.content.decode())
    assert opens_names(browser)


def linked(email: str) -> str:
    Client().post("/desk/forgotten/", {"email": email})
    found = re.search(r"/desk/reset/\S+", str(mail.outbox[-1].body)) if mail.outbox else None
    return found[0] if found else ""


def test_the_link_by_mail_signs_in_and_leaves_the_names_closed_and_says_so_first(settings: Settings) -> None:
    settings.MAILS = True
    layla = member()
    link = linked(layla.email)
    assert "does not open the names" in Client().get(link).content.decode()
    assert "does not open the names" in Client().get("/desk/forgotten/").content.decode()
    assert Client().post(link, {"new": OTHER, "again": OTHER}).headers["Location"] == "/desk/sign-in/"
    assert Client().get(link).status_code == 410
    browser = Browser(layla.email)
    browser.sign_in(OTHER)
    assert browser.client.get("/desk/").status_code == 200
    assert not opens_names(browser)
    page = browser.client.post("/desk/account/names/", {"act": "unlock", "u-passphrase": OTHER})
    assert page.status_code == 422
    reopened = {"act": "reopen", "r-old": PASSPHRASE, "r-current": OTHER}
    assert browser.client.post("/desk/account/names/", reopened).status_code == 302
    assert opens_names(browser)


def test_after_a_reset_the_paper_opens_the_names_too(settings: Settings) -> None:
    settings.MAILS = True
    layla = member()
    Client().post(linked(layla.email), {"new": OTHER, "again": OTHER})
    browser = Browser(layla.email)
    browser.sign_in(OTHER)
    page = browser.client.post("/desk/account/names/", {"act": "reopen", "r-code": layla.code, "r-current": OTHER})
    browser.keep_code(page.content.decode())
    assert opens_names(browser)


def test_who_lost_both_is_let_in_again_by_another_member(settings: Settings) -> None:
    settings.MAILS = True
    layla = member()
    rana = member("rana@example.org", "Rana")
    access = f"/desk/organisations/our-forum/members/{rana.account.memberships.get().pk}/access/"
    layla.client.post(access)
    assert opens_names(rana)
    Client().post(linked(rana.email), {"new": OTHER, "again": OTHER})
    rana = Browser(rana.email)
    rana.sign_in(OTHER)
    page = rana.client.post("/desk/account/names/", {"act": "afresh", "a-current": OTHER, "a-understood": "on"})
    rana.keep_code(page.content.decode())
    assert not opens_names(rana)
    layla.client.post(access)
    assert opens_names(rana)


def test_the_reset_does_not_skip_the_second_factor(settings: Settings) -> None:
    settings.MAILS = True
    layla = member()
    layla.set_up_app()
    Client().post(linked(layla.email), {"new": OTHER, "again": OTHER})
    browser = Browser(layla.email)
    assert browser.sign_in(OTHER).headers["Location"] == "/desk/sign-in/second/"
    assert browser.client.get("/desk/").status_code == 302


def test_known_and_unknown_addresses_get_the_same_answer(settings: Settings) -> None:
    settings.MAILS = True
    layla = member()

    def answer(email: str) -> str:
        page = Client().post("/desk/forgotten/", {"email": email}).content.decode()
        return re.sub(r'value="[^"]*"', "", page)

    assert answer(layla.email) == answer("nobody@example.org")
    assert [message.to for message in mail.outbox] == [[layla.email]]
    assert "layla" not in str(mail.outbox[0].subject).lower()


def test_a_member_whose_key_is_destroyed_finds_the_way_to_a_new_one() -> None:
    layla = member()
    vault.destroy_key(actor=members.Actor("operator"), subject=layla.account.subject, why="by_hand", now=clock.now())
    assert layla.client.get("/desk/").headers["Location"] == "/desk/account/names/"
