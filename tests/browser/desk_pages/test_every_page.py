"""Every page that the access matrix knows, on a phone, from left and from right: no barrier, nothing too wide.

The pages are asked from the product in this process and handed to the browser, so that one browser walks all of them.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from tests.architecture.walk import address_of, is_page, pages, reader
from tests.characters import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ONLY_WHAT_IS_WRONG = {"resultTypes": ["violations"]}
SITE = "http://desk.test"
CODES = ("en", "ar")
ASSET = re.compile(r'"(/static/[^"]+)"')


class Answer(NamedTuple):
    """What is handed to the browser."""

    status: int
    kind: str
    body: bytes


NOTHING = Answer(404, "text/plain", b"")
ASSETS: dict[str, Answer] = {}
Shown = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """A phone's page, without what our policy forbids to the tool that looks for barriers."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def fetched(client: Client, address: str) -> Answer:
    """What the product answers; asked before the browser asks, whose driver has another database connection."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]  # sync
    return Answer(answer.status_code, answer.headers["Content-Type"], body)


@pytest.fixture
def shown(world: World, phone: Page) -> Iterator[Shown]:
    """Opens an address as Layla, in a language, with its style sheets."""
    clients = {code: reader(world, code) for code in CODES}
    known: dict[str, Answer] = {}

    def carry(route: Route) -> None:
        answer = known.get(urlsplit(route.request.url).path, NOTHING)
        route.fulfill(status=answer.status, content_type=answer.kind, body=answer.body)

    def open_page(address: str, code: str) -> Page:
        page = known[address] = fetched(clients[code], address)
        for asset in ASSET.findall(page.body.decode()):
            known[asset] = ASSETS.get(asset) or ASSETS.setdefault(asset, fetched(clients[code], asset))
        phone.goto(SITE + address)
        return phone

    phone.route("**/*", carry)
    yield open_page
    phone.unroute_all()


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What the tool finds, each rule with the elements that break it."""
    return [
        (rule["id"], [node["html"] for node in rule["nodes"]])
        for rule in Axe().run(page, options=ONLY_WHAT_IS_WRONG).response["violations"]
    ]


@pytest.mark.parametrize("name", pages())
def test_page_has_no_barrier_and_fits_a_phone(world: World, shown: Shown, name: str) -> None:
    address = address_of(name, world)
    if not is_page(reader(world, CODES[0]).get(address)):
        return
    for code in CODES:
        page = shown(address, code)
        assert barriers(page) == [], (address, code)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, (address, code)


def test_a_barrier_and_a_page_too_wide_are_seen(phone: Page) -> None:
    phone.set_content('<h1></h1><img src="data:,"><p style="inline-size: 400px">wide</p>')
    assert {"image-alt", "html-has-lang"} <= {rule for rule, _elements in barriers(phone)}
    assert phone.evaluate("document.documentElement.scrollWidth") > 360
