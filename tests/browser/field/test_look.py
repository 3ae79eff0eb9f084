"""The kit on a phone, from right to left: no screen is wider than it, none has a barrier, all works by keyboard."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tadamun.organise.field.vocabulary import ON_PHONES, KitRole
from tadamun.toolkit import clock
from tests.browser.field.handset import Handset, kit_for, signs_up
from tests.organise.field.plans import a_debate, a_question, a_race, areas
from tests.organise.people.house import House
from tests.organise.volunteers.crews import a_crew, a_shift, joined

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NewPhone = Callable[..., Handset]
ALL_OPEN = "for (const one of document.querySelectorAll('details')) one.open = true"


def barriers(phone: Handset) -> list[tuple[str, list[str]]]:
    """What the tool finds on the page at hand."""
    found = Axe().run(phone.page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("role", ON_PHONES)
def test_no_screen_has_a_barrier_or_is_wider_than_a_phone(run: House, new_phone: NewPhone, role: KitRole) -> None:
    for plan in (a_race, a_debate, areas, a_question):
        plan(run.activity)
    # The tool is a script of its own, which our policy would rightly refuse.
    shift = a_shift(run.activity, start=clock.now() - timedelta(hours=9))
    joined(a_crew(run.activity), shift, now=shift.start)
    phone = new_phone(bypass_csp=True, color_scheme="dark" if role == KitRole.DOOR else "light")
    phone.enrols(kit_for(run, role=role).secret)
    phone.goes("Kit")
    phone.page.locator("#f-language").select_option("ar")
    expect(phone.page.locator("html")).to_have_attribute("dir", "rtl")
    for at in range(phone.page.locator("nav button").count()):
        phone.page.locator("nav button").nth(at).click()
        phone.page.evaluate(ALL_OPEN)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert barriers(phone) == []
    phone.reloads()
    phone.page.locator("input[name=pin]").wait_for()
    assert barriers(phone) == []


def test_a_door_works_by_keyboard_and_says_its_answer_aloud(run: House, new_phone: NewPhone) -> None:
    ticket, _row = signs_up(run)
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    expect(phone.page.get_by_role("heading", name="Door")).to_be_focused()
    phone.page.keyboard.press("Tab")
    expect(phone.page.get_by_role("button", name="Scan with the camera")).to_be_focused()
    phone.page.keyboard.press("Tab")
    expect(phone.page.locator("#f-code")).to_be_focused()
    phone.page.keyboard.insert_text(ticket)
    phone.page.keyboard.press("Enter")
    answer = phone.page.locator("[aria-live=assertive]")
    expect(answer).to_contain_text("Welcome")
    expect(phone.page.locator("#f-code")).to_be_focused()


def test_codes_for_another_phone_have_names_and_no_barrier(run: House, new_phone: NewPhone) -> None:
    ticket, _row = signs_up(run)
    phone = new_phone(bypass_csp=True, color_scheme="dark").enrols(kit_for(run).secret)
    phone.offline()
    phone.checks(ticket)
    phone.goes("Carry")
    phone.page.get_by_role("button", name="Show as codes").click()
    expect(phone.page.get_by_role("img", name=re.compile(r"Code \d of 4"))).to_be_visible()
    phone.page.get_by_role("button", name="Pause").click()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert barriers(phone) == []
