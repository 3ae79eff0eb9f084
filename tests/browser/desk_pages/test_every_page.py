"""Every page that the access matrix knows, on a phone, from left and from right: no barrier, nothing too wide.

Barriers are looked for in one of the two languages, in turn: the markup is the same, and the search
is the longest part.
"""

from itertools import cycle

import pytest
from playwright.sync_api import Page

from tests.architecture.walk import MADE_IN_THE_BROWSER, address_of, is_page, pages, reader
from tests.browser.barriers import PHONE, barriers, width
from tests.browser.desk_pages.conftest import CODES, Shown
from tests.characters import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(("name", "searched"), list(zip(pages(), cycle(CODES), strict=False)))
def test_page_has_no_barrier_and_fits_a_phone(world: World, shown: Shown, name: str, searched: str) -> None:
    address = address_of(name, world)
    if name in MADE_IN_THE_BROWSER or not is_page(reader(world, CODES[0]).get(address)):
        return
    for code in CODES:
        page = shown(address, code)
        assert code != searched or barriers(page) == [], (address, code)
        assert width(page) <= PHONE, (address, code)


def test_a_barrier_and_a_page_too_wide_are_seen(phone: Page) -> None:
    phone.set_content('<h1></h1><img src="data:,"><p style="inline-size: 400px">wide</p>')
    assert {"image-alt", "html-has-lang"} <= {rule for rule, _elements in barriers(phone)}
    assert width(phone) > PHONE
