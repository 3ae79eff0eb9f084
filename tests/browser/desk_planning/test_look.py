"""What is planned, on a phone and on a screen, from left and from right, without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tadamun.organise.planning.models import Contact, Permit, Round, Task
from tests.browser.barriers import is_for_everybody
from tests.organise.people_desk.houses import House
from tests.organise.planning.plans import LAWYER, of_activity

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Page]


def addresses(house: House) -> list[str]:
    return [
        house.url("activity"),
        of_activity(house, "row", code="permits", row=Permit.objects.get().pk),
        of_activity(house, "row_new", code="budget"),
        of_activity(house, "usual"),
        of_activity(house, "go", row=Round.objects.get(verdict="").pk),
        of_activity(house, "contacts"),
        of_activity(house, "contact", row=Contact.objects.get(call_for="arrest").pk),
        of_activity(house, "run_sheet"),
    ]


def test_every_page_is_for_everybody(desk: Desk, house: House) -> None:
    for address in addresses(house):
        # The tool is a script of its own, which our policy would rightly refuse.
        is_for_everybody(desk(address, code="ar", script=True, bypass_csp=True))


def test_one_tap_ticks_a_task_and_comes_back_to_it(desk: Desk, house: House) -> None:
    page = desk(house.url("activity"), code="ar")
    open_task = Task.objects.get(done_at=None)
    box = page.locator("#tasks .box[aria-pressed=false]")
    size = box.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 44, "a thumb must hit it"
    box.click()
    assert page.url.endswith("#tasks")
    open_task.refresh_from_db()
    assert open_task.done_by == "Layla"
    assert page.locator("#tasks .box[aria-pressed=false]").count() == 0


def test_numbers_are_opened_for_one_answer_and_not_printed_closed(desk: Desk, house: House) -> None:
    page = desk(of_activity(house, "contacts"))
    assert LAWYER.number not in page.content()
    page.select_option("[name=why]", "print")
    page.locator(".opener button").click()
    assert LAWYER.number in page.content()
    page.emulate_media(media="print")
    assert page.locator(".warning").is_visible()
    assert page.locator(".number").first.is_visible()
