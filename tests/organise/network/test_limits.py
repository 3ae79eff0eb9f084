"""Guessing is slow, and nobody can be locked out by it (P-81); no address is written anywhere (P-05)."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from tadamun.toolkit import networks
from tests.organise.network.people import OTHER, PASSPHRASE, Browser, member

pytestmark = pytest.mark.django_db
TRIES = 10


def guessed(times: int, email: str = "layla@example.org", **headers: str) -> list[int]:
    browser = Browser(email)
    wrong = {"email": email, "passphrase": OTHER}
    return [browser.client.post("/desk/sign-in/", wrong, **headers).status_code for _try in range(times)]


def test_after_ten_wrong_tries_even_the_right_passphrase_waits_and_the_page_says_why() -> None:
    layla = member()
    guessed(TRIES)
    page = Browser(layla.email).sign_in(PASSPHRASE)
    assert page.status_code == 422
    assert "too many attempts" in page.content.decode()


def test_without_the_limit_guessing_goes_on(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": None}
    layla = member()
    guessed(TRIES)
    assert Browser(layla.email).sign_in(PASSPHRASE).status_code == 302


def test_who_is_locked_out_by_somebody_else_comes_in_by_the_paper() -> None:
    layla = member()
    guessed(TRIES)
    browser = Browser(layla.email)
    values = {"email": layla.email, "code": layla.code, "new": OTHER, "again": OTHER}
    browser.keep_code(browser.client.post("/desk/forgotten/code/", values).content.decode())
    assert browser.client.get("/desk/").status_code == 200


def test_right_passphrases_use_nothing_up() -> None:
    layla = member()
    for _time in range(TRIES + 2):
        assert Browser(layla.email).sign_in().status_code == 302


def test_one_network_cannot_try_many_accounts() -> None:
    member()
    for number in range(60):
        guessed(1, f"member{number}@example.org", REMOTE_ADDR="203.0.113.7")
    page = Browser().client.post(
        "/desk/sign-in/",
        {"email": "layla@example.org", "passphrase": PASSPHRASE},
        REMOTE_ADDR="203.0.113.99",
    )
    assert "too many attempts" in page.content.decode()
    elsewhere = Browser().client.post(
        "/desk/sign-in/",
        {"email": "layla@example.org", "passphrase": PASSPHRASE},
        REMOTE_ADDR="198.51.100.1",
    )
    assert elsewhere.status_code == 302


def test_counters_hold_neither_address_nor_e_mail() -> None:
    guessed(3, REMOTE_ADDR="203.0.113.7")
    keys = str(list(cache._cache))  # type: ignore[attr-defined]  # the local-memory cache's own dictionary
    assert "login_failed" in keys
    assert "203.0.113" not in keys
    assert "example.org" not in keys


def mark(address: str, forwarded: str = "") -> str | None:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return networks.network_mark(RequestFactory().get("/", REMOTE_ADDR=address, **headers))


@pytest.mark.pure
def test_a_mark_stands_for_a_network_and_dies_with_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    before = mark("203.0.113.7")
    assert before == mark("203.0.113.200") == mark("::ffff:203.0.113.9")
    assert before != mark("203.0.114.7")
    assert mark("2001:db8:1:100::1") == mark("2001:db8:1:1ff::9") != mark("2001:db8:1:200::1")
    monkeypatch.setattr(networks, "_KEY", b"another process")
    assert mark("203.0.113.7") != before


@pytest.mark.pure
def test_only_a_proxy_on_this_machine_is_believed() -> None:
    assert mark("127.0.0.1") is None
    assert mark("127.0.0.1", "203.0.113.7") == mark("203.0.113.7")
    assert mark("127.0.0.1", "198.51.100.1, 203.0.113.7") == mark("203.0.113.7")
    assert mark("203.0.113.7", "198.51.100.1") == mark("203.0.113.7")
    assert mark("127.0.0.1", "nonsense") is None
