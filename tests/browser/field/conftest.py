"""The kit in a real browser: a run with sign-ups, the real server, phones without any network."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext

from tests.browser.field.handset import Handset
from tests.browser.serving import served
from tests.organise.people.house import House, house


@pytest.fixture
def run(transactional_db: None, tmp_path: Path) -> Iterator[House]:
    """A run in March 2030; its tickets' key lies in a home of its own."""
    with override_settings(HOME=tmp_path):
        yield house(500, categories=["sex", "age_band"])


@pytest.fixture
def server(run: House) -> Iterator[str]:
    """The product itself, as a phone reaches it."""
    with served() as address:
        yield address


@pytest.fixture
def new_phone(browser: Browser, server: str) -> Iterator[Callable[..., Handset]]:
    """Makes phones, each with a storage of its own."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> Handset:
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Handset(context, server)

    yield make
    for context in contexts:
        context.close()
