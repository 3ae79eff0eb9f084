"""Looking, asking, agreeing, taking back: on a phone, from left and from right, without script."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

from tests.characters import Character

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUBLISHING = "/desk/weeks/our-week/publishing/"
PAGES = (
    PUBLISHING,
    f"{PUBLISHING}withdraw/",
    "/desk/weeks/our-week/preview/public/en/",
    "/desk/weeks/our-week/preview/donor/ar/our-run/",
)
Desk = Callable[..., Page]


@pytest.mark.parametrize("code", ["en", "ar"])
def test_no_page_is_wider_than_a_phone(desk: Desk, code: str) -> None:
    for address in PAGES:
        page = desk(address, code=code, java_script_enabled=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_barrier(desk: Desk, scheme: str) -> None:
    for address in PAGES:
        # The tool is a script of its own, which our policy would rightly refuse.
        page = desk(address, width=1280, java_script_enabled=True, bypass_csp=True, color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert not found, (address, [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found])


def test_two_members_publish_what_both_have_seen_and_one_takes_it_back(desk: Desk) -> None:
    page = desk(PUBLISHING)
    assert "layla@example.org" in page.locator("#warnings").inner_text()
    assert "Tammuz" in page.locator("#warnings").inner_text()
    page.locator("#publish button").first.click()
    assert not published()
    rana = desk("/desk/", who=Character.EDITOR)
    rana.get_by_role("link", name="asks you to agree").click()
    rana.locator("#asked button").first.click()
    assert published()
    page.goto(page.url)
    page.locator("a.danger").click()
    page.locator("main form button.danger").click()
    assert not published()


def test_a_preview_leads_through_the_week_and_back(desk: Desk) -> None:
    page = desk("/desk/weeks/our-week/preview/public/en/")
    page.locator(".preview-bar nav a").nth(1).click()
    page.wait_for_url("**/preview/coalition/en/")
    page.locator("main a[href*='our-run']").first.click()
    page.wait_for_url("**/preview/coalition/en/our-run/")
    assert page.locator("h1").inner_text() == "Our run"
    page.locator(".tongues a[lang=ar]").click()
    page.wait_for_url("**/preview/coalition/ar/our-run/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator(".preview-bar p a").click()
    page.wait_for_url(f"**{PUBLISHING}")


def test_the_banner_is_styled_although_the_policy_is_strict(desk: Desk) -> None:
    page = desk("/desk/weeks/our-week/preview/public/en/", java_script_enabled=True)
    colour = page.evaluate("getComputedStyle(document.querySelector('.preview-bar')).backgroundColor")
    assert colour == "rgb(238, 178, 58)"
    poster = page.evaluate("getComputedStyle(document.querySelector('.poster')).backgroundColor")
    assert poster != "rgba(0, 0, 0, 0)", "the site's own style sheet is allowed, too"


def published() -> bool:
    return (settings.ENVIRONMENT.home / "bundle" / "current" / "en" / "weeks" / "our-week").exists()
