"""A link to hand on: copied by a tap, shared where the browser can."""

import pytest

from tests.browser.desk_pages.conftest import Shown

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_tap_copies_the_link_and_says_so(shown: Shown) -> None:
    page = shown("/desk/gallery/", "en")
    one = page.locator(".hand-on").first
    assert one.locator("[data-share]").is_hidden() is not page.evaluate("!!navigator.share")
    one.locator("[data-copy]").click()
    one.locator("[role=status]", has_text="Copied.").wait_for()
    selected = "input => input.value.slice(input.selectionStart, input.selectionEnd)"
    assert one.locator("input").evaluate(selected) == one.locator("input").input_value()
