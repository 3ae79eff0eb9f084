"""Pages of the desk in a browser that needs no server: the product answers in this process.

What the browser asks for was fetched before, so that one browser walks all pages within one database.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from tests.architecture.walk import reader
from tests.characters import World, make_world

SITE = "http://desk.test"
CODES = ("en", "ar")
ASSET = re.compile(r'"(/static/[^"]+)"')
Shown = Callable[[str, str], Page]


class Answer(NamedTuple):
    """What is handed to the browser."""

    status: int
    kind: str
    body: bytes


NOTHING = Answer(404, "text/plain", b"")
ASSETS: dict[str, Answer] = {}


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
        page = known[urlsplit(address).path] = fetched(clients[code], address)
        for asset in ASSET.findall(page.body.decode()):
            known[asset] = ASSETS.get(asset) or ASSETS.setdefault(asset, fetched(clients[code], asset))
        phone.goto(SITE + address)
        return phone

    phone.route("**/*", carry)
    yield open_page
    phone.unroute_all()
