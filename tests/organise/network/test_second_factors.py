"""Second factors are set up with the passphrase, kept closed in the database, and backed by spare codes (P-80)."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from time_machine import travel

from tadamun.organise.network import rules
from tadamun.toolkit import clock
from tests.organise.network.people import OTHER, PASSPHRASE, Browser, app_code, member

pytestmark = pytest.mark.django_db
APP = "/desk/account/second-factor/app/"
AGAIN = "/desk/account/second-factor/again/"


def test_a_coordinator_without_one_is_asked_at_sign_in_and_may_go_on_without_names() -> None:
    layla = Browser(member().email)
    assert layla.sign_in().headers["Location"] == "/desk/account/second-factor/"
    assert "Names stay closed to you" in layla.client.get("/desk/").content.decode()


def test_the_app_is_added_with_its_first_code_and_the_passphrase() -> None:
    layla = member()
    page = layla.client.get(APP).content.decode()
    offer = re.search(r'name="offer" value="([^"]+)"', page)
    letters = re.search(r'<p class="code">([A-Z2-7 ]+)</p>', page)
    assert offer
    assert letters
    secret = letters[1].replace(" ", "")
    wrong = {"offer": offer[1], "code": "000000", "passphrase": PASSPHRASE}
    assert layla.client.post(APP, wrong).status_code == 422
    stranger = {"offer": offer[1], "code": app_code(secret), "passphrase": OTHER}
    assert layla.client.post(APP, stranger).status_code == 422
    assert not Authenticator.objects.exists()
    right = layla.client.post(APP, {"offer": offer[1], "code": app_code(secret), "passphrase": PASSPHRASE})
    assert len(re.findall(r"<li>\d{8}</li>", right.content.decode())) == 10


def test_an_offer_for_one_account_is_worthless_for_another() -> None:
    layla, rana = member(), member("rana@example.org", "Rana")
    offer = re.search(r'name="offer" value="([^"]+)"', layla.client.get(APP).content.decode())
    assert offer
    page = rana.client.post(APP, {"offer": offer[1], "code": "123456", "passphrase": PASSPHRASE})
    assert "open too long" in page.content.decode()


def test_no_secret_of_a_factor_lies_in_the_database() -> None:
    layla = member()
    secret = layla.set_up_app()
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    page = layla.client.post("/desk/account/second-factor/spare-codes/", {"passphrase": PASSPHRASE}).content.decode()
    for code in re.findall(r"<li>(\d{8})</li>", page):
        assert code not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_spare_code_works_once() -> None:
    layla = member()
    layla.set_up_app()
    page = layla.client.post("/desk/account/second-factor/spare-codes/", {"passphrase": PASSPHRASE}).content.decode()
    code = re.findall(r"<li>(\d{8})</li>", page)[0]
    first, second = Browser(layla.email), Browser(layla.email)
    first.sign_in()
    second.sign_in()
    assert first.client.post("/desk/sign-in/second/", {"code": code}).status_code == 302
    assert second.client.post("/desk/sign-in/second/", {"code": code}).status_code == 422


def test_removing_it_needs_the_passphrase_and_takes_the_spare_codes_along() -> None:
    layla = member()
    layla.set_up_app()
    factor = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    path = f"/desk/account/second-factor/{factor.pk}/"
    assert layla.client.post(path, {"passphrase": OTHER}).status_code == 422
    assert Authenticator.objects.count() == 2
    assert layla.client.post(path, {"passphrase": PASSPHRASE}).status_code == 302
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("guarded", [True, False])
def test_who_has_one_changes_it_only_with_it(monkeypatch: pytest.MonkeyPatch, guarded: bool) -> None:
    """Also who knows the passphrase and sits at the open browser takes nothing away; without the guard she would."""
    layla = member()
    secret = layla.set_up_app()
    path = f"/desk/account/second-factor/{Authenticator.objects.get(type=Authenticator.Type.TOTP).pk}/"
    if not guarded:
        monkeypatch.setattr(rules, "FACTOR_FRESH_FOR", timedelta(days=1))
    with travel(clock.now() + timedelta(minutes=11), tick=False):
        answer = layla.client.post(path, {"passphrase": PASSPHRASE})
        assert Authenticator.objects.exists() == guarded
        if guarded:
            assert answer.headers["Location"] == f"{AGAIN}?next={quote(path, safe='')}"
            assert layla.client.post(answer.headers["Location"], {"code": "000000"}).status_code == 422
            assert layla.client.post(answer.headers["Location"], {"code": app_code(secret)}).headers["Location"] == path
            layla.client.post(path, {"passphrase": PASSPHRASE})
            assert not Authenticator.objects.exists()


def test_guessing_codes_is_slow() -> None:
    layla = member()
    layla.set_up_app()
    half = Browser(layla.email)
    half.sign_in()
    pages = [half.client.post("/desk/sign-in/second/", {"code": f"{number:06d}"}) for number in range(12)]
    assert "too many attempts" in pages[-1].content.decode()


def test_the_page_for_passkeys_asks_the_browser_and_works_without_script_as_a_page() -> None:
    layla = member()
    page = layla.client.get("/desk/account/second-factor/passkey/").content.decode()
    assert "data-question=" in page
    assert "<noscript>" in page
    answer = {"name": "key", "passphrase": PASSPHRASE, "credential": '{"id": "x"}'}
    assert layla.client.post("/desk/account/second-factor/passkey/", answer).status_code == 422


def test_who_changed_a_factor_is_offered_to_end_all_sessions() -> None:
    """P-08: a lost phone is the usual reason for a change, and its sessions should die with it."""
    layla = member()
    page = "/desk/account/second-factor/"
    offer = 'action="/desk/account/sign-out-everywhere/"'
    assert offer not in layla.client.get(page).content.decode()
    layla.set_up_app()
    assert offer in layla.client.get(page).content.decode()
