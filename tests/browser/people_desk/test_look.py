"""The desk for people on a phone and on a screen, from left and from right, without script."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page

from tadamun.organise.people.models import Registration
from tests.browser.barriers import is_for_everybody
from tests.browser.people_desk.conftest import PEOPLE
from tests.characters import Character
from tests.organise.people_desk.houses import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OF_AN_ACTIVITY = (
    "people",
    "people_settings",
    "roster",
    "door",
    "add_by_hand",
    "sign_in_sheet",
    "people_import",
    "people_export",
    "people_letters",
    "shred",
)
Desk = Callable[..., Page]


def addresses(house: House) -> list[str]:
    ours, rana = house.world.ours.slug, house.world.accounts[Character.EDITOR].memberships.get()
    return [
        *(house.url(name) for name in OF_AN_ACTIVITY),
        house.url("people_part", part="question", code="q1"),
        reverse("data_held"),
        reverse("lockdown"),
        reverse("members", kwargs={"slug": ours}),
        reverse("let_go", kwargs={"slug": ours, "membership": rana.pk}),
    ]


def test_every_page_is_for_everybody(desk: Desk, house: House) -> None:
    for address in addresses(house):
        # The tool is a script of its own, which our policy would rightly refuse.
        is_for_everybody(desk(address, code="ar", script=True, bypass_csp=True))


def test_names_are_opened_searched_and_decided_about_without_script(desk: Desk, house: House) -> None:
    page = desk(house.url("roster"), code="ar")
    assert PEOPLE[0] not in page.content()
    page.select_option("[name=why]", "contact")
    page.fill("[name=q]", "فاطمه")
    page.locator(".opener").first.locator("button").click()
    assert PEOPLE[2] in page.content()
    assert PEOPLE[0] not in page.content()
    assert "فاطم" not in page.url
    page.locator("summary").first.click()
    page.locator("button[value=check_in]").click()
    assert Registration.objects.get(number=3).came
    assert PEOPLE[2] in page.content(), "what was open stays open for the next decision"


def test_nothing_of_an_opened_roster_is_left_in_the_browser(desk: Desk, house: House) -> None:
    page = desk(house.url("roster"))
    page.locator(".opener").first.locator("button").click()
    assert PEOPLE[0] in page.content()
    page.goto(page.url.split("/desk/")[0] + reverse("data_held"))
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
