"""Members at a small phone: arriving without script, a passkey, pages that everybody can use."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tadamun.organise.network.models import Account
from tadamun.organise.network.vocabulary import Role
from tests.organise.network.people import PASSPHRASE, invited

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = [
    "",
    "account/",
    "account/passphrase/",
    "account/names/",
    "account/recovery-code/",
    "account/second-factor/",
    "account/second-factor/app/",
    "account/second-factor/passkey/",
    "organisations/our-forum/members/",
]


@contextmanager
def phone(browser: Browser, **options: Any) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    assert [text for text in complaints if "Content Security Policy" in text] == []
    context.close()


def arrive(page: Page, server: str, secret: str, language: str = "en") -> None:
    """Through the invitation to the desk: language, passphrase, recovery code."""
    page.goto(f"{server}/desk/welcome/{secret}/")
    page.locator(f"button[value={language}]").click()
    page.locator("[name=shown_name]").fill("Layla")
    page.locator("[name=new]").fill(PASSPHRASE)
    page.locator("[name=again]").fill(PASSPHRASE)
    page.locator("main form button").click()
    page.locator("ol.recovery li").last.wait_for()
    groups = [re.sub(r"^\d\s*", "", text) for text in page.locator("ol.recovery li").all_inner_texts()]
    for name in ("first", "second"):
        label = page.locator(f"label[for=id_{name}]").inner_text()
        number = re.search(r"\d", label)
        assert number
        page.locator(f"[name={name}]").fill(groups[int(number[0]) - 1].lower())
    page.locator("main form button").click()
    page.wait_for_url("**/desk/")


def too_wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_a_member_arrives_works_and_leaves_without_any_script(browser: Browser, server: str) -> None:
    with phone(browser, java_script_enabled=False) as page:
        arrive(page, server, invited(), "ar")
        assert page.locator("html").get_attribute("dir") == "rtl"
        page.goto(f"{server}/desk/account/")
        assert page.locator("h1").inner_text() == "Layla"
        page.locator("form[action='/desk/sign-out/'] button").click()
        page.locator("[name=email]").fill("layla@example.org")
        page.locator("[name=passphrase]").fill(PASSPHRASE)
        page.locator("main form button").click()
        page.wait_for_url("**/second-factor/")
        names = {cookie["name"] for cookie in page.context.cookies()}
        assert "tadamun-unlock" in names
        page.locator("form[action='/desk/sign-out/'] button").click()
        page.wait_for_url("**/sign-in/")
        assert {cookie["name"] for cookie in page.context.cookies()} == {"tadamun-form"}
        page.go_back()
        assert "Layla" not in page.content()


def test_a_passkey_is_made_and_asked_for(browser: Browser, server: str) -> None:
    with phone(browser) as page:
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
        }
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        arrive(page, server, invited())
        page.goto(f"{server}/desk/account/second-factor/passkey/")
        page.locator("[name=name]").fill("my phone")
        page.locator("[name=passphrase]").fill(PASSPHRASE)
        page.locator("main form button").click()
        page.locator("ol.recovery li").first.wait_for()
        page.locator("form[action='/desk/sign-out/'] button").click()
        page.locator("[name=email]").fill("layla@example.org")
        page.locator("[name=passphrase]").fill(PASSPHRASE)
        page.locator("main form button").click()
        page.locator("button[type=button]").click()
        page.wait_for_url("**/desk/")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_accounts_fit_and_can_be_used_by_everybody(
    browser: Browser, server: str, language: str, width: int
) -> None:
    with phone(browser) as page:
        arrive(page, server, invited(), language)
        invited("rana@example.org", role=Role.EDITOR)
        page.set_viewport_size({"width": width, "height": 740})
        for path in PAGES:
            page.goto(f"{server}/desk/{path}")
            assert too_wide(page) <= 0, path
            found = Axe().run(page).response["violations"]
            assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == [], path
    assert Account.objects.count() == 1


@pytest.mark.parametrize("path", ["sign-in/", "forgotten/", "forgotten/code/"])
def test_pages_before_the_door_can_be_used_by_everybody(browser: Browser, server: str, path: str) -> None:
    with phone(browser) as page:
        page.goto(f"{server}/desk/{path}")
        assert too_wide(page) <= 0
        assert Axe().run(page).response["violations"] == []
