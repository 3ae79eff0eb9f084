"""Signing in, the vault that opens with it, and all the ways out."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tadamun.organise.network.models import Account
from tadamun.organise.network.services import accounts
from tadamun.organise.safety.models import Unlocking
from tadamun.organise.safety.services import members
from tadamun.toolkit import clock
from tests.organise.network.people import OTHER, PASSPHRASE, Browser, app_code, member

pytestmark = pytest.mark.django_db


def reached(browser: Browser) -> int:
    return int(browser.client.get("/desk/").status_code)


def unlocked(browser: Browser) -> bool:
    cookie = browser.unlock_cookie
    return members.unlocked(cookie, member=browser.account.subject, now=clock.now()) is not None


def again(browser: Browser) -> Browser:
    """The same member at another browser."""
    return Browser(browser.email)


def test_the_passphrase_signs_in_and_opens_the_vault() -> None:
    layla = again(member())
    assert reached(layla) == 302
    assert layla.sign_in().headers["Location"] == "/desk/account/second-factor/"
    assert reached(layla) == 200
    assert unlocked(layla)


def test_unknown_address_and_wrong_passphrase_look_alike() -> None:
    layla = again(member())
    wrong = layla.sign_in(OTHER)
    unknown = Browser("nobody@example.org").sign_in(OTHER)
    assert wrong.status_code == unknown.status_code == 422

    def without_address(page: bytes) -> str:
        text = page.decode().replace("layla@", "x@").replace("nobody@", "x@")
        return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)

    assert without_address(wrong.content) == without_address(unknown.content)
    assert "do not belong together" in wrong.content.decode()
    assert not unlocked(layla)


def test_nothing_of_passphrase_address_or_key_is_in_the_session() -> None:
    layla = member()
    stored = str([session.get_decoded() for session in Session.objects.all()])
    assert layla.email not in stored
    assert PASSPHRASE not in stored
    assert "layla" not in stored.lower()


def test_cookies_are_for_this_browser_session_and_no_script() -> None:
    layla = again(member())
    layla.sign_in()
    for name in (settings.SESSION_COOKIE_NAME, settings.UNLOCK_COOKIE_NAME):
        cookie = layla.client.cookies[name]
        assert (cookie["httponly"], cookie["max-age"], cookie["expires"]) == (True, "", "")
    assert layla.client.cookies[settings.UNLOCK_COOKIE_NAME]["samesite"] == "Strict"


def test_signing_out_ends_the_session_and_the_unlocking_and_clears_the_browser() -> None:
    layla = member()
    cookie = layla.unlock_cookie
    answer = layla.client.post("/desk/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert reached(layla) == 302
    assert members.unlocked(cookie, member=layla.account.subject, now=clock.now()) is None
    assert not Unlocking.objects.exists()


def test_leaving_quickly_does_the_same_and_leaves_an_empty_page() -> None:
    layla = member()
    answer = layla.client.post("/desk/leave/")
    assert answer.headers["Clear-Site-Data"]
    assert settings.QUICK_EXIT in answer.content.decode()
    assert "Layla" not in answer.content.decode()
    assert reached(layla) == 302
    assert not Unlocking.objects.exists()


def test_private_pages_are_kept_nowhere() -> None:
    layla = member()
    for path in ("/desk/", "/desk/account/", "/desk/organisations/our-forum/members/", "/desk/sign-in/"):
        assert "no-store" in layla.client.get(path).headers["Cache-Control"]


def test_signing_out_everywhere_ends_every_browser_within_one_request() -> None:
    """P-08: the very next request of another browser meets the door."""
    first = member()
    second = again(first)
    second.sign_in()
    assert (reached(first), reached(second)) == (200, 200)
    first.client.post("/desk/account/sign-out-everywhere/")
    assert (reached(first), reached(second)) == (302, 302)
    assert not Unlocking.objects.exists()


def test_without_a_new_mark_of_sessions_the_other_browser_would_stay_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of P-08."""
    first = member()
    second = again(first)
    second.sign_in()
    monkeypatch.setattr(accounts, "new_epoch", lambda: first.account.sessions_since)
    first.client.post("/desk/account/sign-out-everywhere/")
    assert reached(second) == 200


def test_a_changed_passphrase_ends_the_other_browsers_and_keeps_this_one() -> None:
    """P-08: a new passphrase signs everybody else out."""
    first = member()
    second = again(first)
    second.sign_in()
    page = first.client.post("/desk/account/passphrase/", {"old": PASSPHRASE, "new": OTHER, "again": OTHER})
    assert page.headers["Location"] == "/desk/account/"
    assert (reached(first), reached(second)) == (200, 302)
    assert unlocked(first)
    assert not unlocked(second)
    assert again(first).sign_in(PASSPHRASE).status_code == 422
    assert again(first).sign_in(OTHER).status_code == 302


def test_a_closed_account_is_out_at_once() -> None:
    """P-08: its sessions die with it."""
    layla = member()
    Account.objects.update(is_active=False)
    assert reached(layla) == 302
    assert again(layla).sign_in().status_code == 422


def test_the_second_factor_is_asked_and_the_vault_is_out_of_reach_before() -> None:
    layla = member()
    secret = layla.set_up_app()
    half = again(layla)
    assert half.sign_in().headers["Location"] == "/desk/sign-in/second/"
    assert reached(half) == 302
    assert half.client.post("/desk/sign-in/second/", {"code": "000000"}).status_code == 422
    assert half.client.get("/desk/account/names/").status_code == 302
    right = half.client.post("/desk/sign-in/second/", {"code": app_code(secret)})
    assert right.headers["Location"] == "/desk/"
    assert reached(half) == 200
    assert unlocked(half)


def test_a_code_typed_with_arabic_digits_is_understood_and_works_once() -> None:
    layla = member()
    secret = layla.set_up_app()
    code = app_code(secret, ahead=1).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    first, second = again(layla), again(layla)
    first.sign_in()
    second.sign_in()
    assert first.client.post("/desk/sign-in/second/", {"code": code}).status_code == 302
    assert second.client.post("/desk/sign-in/second/", {"code": code}).status_code == 422


def test_without_the_second_factor_stage_the_half_signed_in_would_be_in(monkeypatch: pytest.MonkeyPatch) -> None:
    layla = member()
    layla.set_up_app()
    monkeypatch.setattr("tadamun.organise.network.services.adapters.AccountAdapter.get_login_stages", lambda self: [])
    half = again(layla)
    half.sign_in()
    assert reached(half) == 200


def test_who_did_not_write_the_code_down_is_asked_for_it_first() -> None:
    layla = member()
    members.MemberWrap.objects.update(code_kept=False)
    assert layla.client.get("/desk/").headers["Location"] == "/desk/account/recovery-code/"
    page = layla.client.post("/desk/account/recovery-code/", {"passphrase": PASSPHRASE})
    layla.keep_code(page.content.decode())
    assert reached(layla) == 200


def test_a_wrong_group_of_the_code_proves_nothing() -> None:
    layla = member()
    page = layla.client.post("/desk/account/recovery-code/", {"passphrase": PASSPHRASE}).content.decode()
    check = page.split('name="check" value="')[1].split('"')[0]
    typed = {"first": "00000", "second": "00000", "check": check}
    assert layla.client.post("/desk/account/recovery-code/", typed).status_code == 422
    assert not members.keeps_code(layla.account.subject)


def test_the_language_is_kept_in_this_browser_and_for_the_account() -> None:
    layla = member()
    layla.client.post("/desk/language/", {"language": "ar", "next": "/desk/account/"})
    assert 'dir="rtl"' in layla.client.get("/desk/").content.decode()
    other = again(layla)
    other.sign_in()
    assert '<html lang="ar" dir="rtl">' in other.client.get("/desk/").content.decode()


@pytest.mark.parametrize("away", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)"])
def test_no_form_sends_the_reader_to_another_site(away: str) -> None:
    layla = again(member())
    assert layla.sign_in(next=away).headers["Location"] == "/desk/account/second-factor/"
    assert layla.client.post("/desk/language/", {"language": "en", "next": away}).headers["Location"] == "/desk/"


def test_forms_without_our_token_are_refused() -> None:
    layla = member()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = layla.client.cookies
    for path in ("/desk/sign-out/", "/desk/account/sign-out-everywhere/", "/desk/account/passphrase/", "/desk/leave/"):
        assert strict.post(path).status_code == 403
    assert reached(layla) == 200


def test_a_session_ends_after_two_idle_hours_and_not_while_somebody_works() -> None:
    layla = member()
    with time_machine.travel(clock.now(), tick=False) as time:
        for _page in range(4):
            time.shift(timedelta(minutes=50))
            assert reached(layla) == 200
        time.shift(timedelta(minutes=121))
        assert reached(layla) == 302


def test_who_is_sent_to_sign_in_is_told_why_and_what_was_lost() -> None:
    client = member().client
    with time_machine.travel(clock.now() + timedelta(hours=2, seconds=1)):
        page = client.get("/desk/account/", follow=True).content.decode()
    assert "ends after two hours without a page" in page
    assert "not kept" in page
    assert "ends after two hours" not in Client().get("/desk/sign-in/").content.decode(), "nothing ended there"


def test_the_vault_locks_itself_after_its_hours_even_while_somebody_works() -> None:
    layla = member()
    with time_machine.travel(clock.now(), tick=False) as time:
        for _page in range(3):
            time.shift(timedelta(minutes=79))
            assert reached(layla) == 200
            assert unlocked(layla)
        time.shift(timedelta(minutes=4))
        assert reached(layla) == 200
        assert not unlocked(layla)
