"""Partners in a real browser: Layla names them on the desk, and somebody with nothing but a link answers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.browser.serving import served
from tests.characters import Character
from tests.organise.programme.partners_world import Ground, make_ground


@pytest.fixture
def ground(transactional_db: None) -> Ground:
    """Our week, its race, and the sports organisation."""
    return make_ground()


@pytest.fixture
def server(ground: Ground) -> Iterator[str]:
    """Where the pages are served, style sheets included: by the product itself."""
    with served() as address:
        yield address


@pytest.fixture
def opened(browser: Browser, server: str, ground: Ground) -> Iterator[Callable[..., Page]]:
    """Opens pages, as Layla or with no account, in a language and at a width."""
    session = ground.client(Character.COORDINATOR).cookies[settings.SESSION_COOKIE_NAME].value
    contexts = []

    def open_page(
        address: str, *, layla: bool = True, code: str = "en", width: int = 360, script: bool = False, **options: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 740}, java_script_enabled=script, **options)
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: code}
        if layla:
            cookies[settings.SESSION_COOKIE_NAME] = session
        context.add_cookies([{"name": name, "value": value, "url": server} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(address if address.startswith("http") else server + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
