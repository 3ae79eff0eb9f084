"""The desk without a mouse: past the menu with one key, every control in sight while it is held, what folds opens."""

import pytest
from playwright.sync_api import Page

from tests.browser.desk_pages.conftest import CODES, Shown

pytestmark = [pytest.mark.browser, pytest.mark.slow]
IN_SIGHT = """() => {
  const held = document.activeElement, look = getComputedStyle(held), box = held.getBoundingClientRect();
  const seen = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
  return [held.outerHTML.slice(0, 90), seen, box.width > 1 && box.height > 1, held.tagName];
}"""


def walk(page: Page, most: int) -> list[tuple[str, bool, bool, str]]:
    """What is held after each press of the tab key, and whether it can be seen."""
    held = []
    for _press in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(IN_SIGHT)
        if found[3] == "BODY":
            break
        held.append(tuple(found))
    return held


@pytest.mark.parametrize("code", CODES)
def test_the_first_key_leads_past_the_menu(shown: Shown, code: str) -> None:
    page = shown("/desk/", code)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("address", ["/desk/gallery/", "/desk/gallery/?night"])
def test_whatever_is_held_is_in_sight(shown: Shown, address: str) -> None:
    held = walk(shown(address, "ar"), 300)
    assert len(held) > 100
    assert [element for element, seen, large, _tag in held if not (seen and large)] == []


def test_a_control_that_hides_what_is_held_is_seen(phone: Page) -> None:
    phone.set_content('<button style="outline: none">a</button>')
    assert [seen for _element, seen, _large, _tag in walk(phone, 3)] == [False]


def test_what_folds_is_opened_and_closed_by_key(shown: Shown) -> None:
    page = shown("/desk/gallery/", "en")
    fold = page.locator(".look details:not([open]) summary").first
    folded = fold.evaluate_handle("summary => summary.parentElement")
    fold.focus()
    page.keyboard.press("Enter")
    assert folded.evaluate("details => details.open")
    page.keyboard.press("Space")
    assert not folded.evaluate("details => details.open")
