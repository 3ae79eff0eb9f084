"""Publishing in a real browser: Layla and Rana carry a week of high risk that holds something to warn of."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.publish.bundle.signing import create_key
from tests.browser.serving import served
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity
from tests.record.given import a_body, involved


@pytest.fixture
def world(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A week that nobody published yet."""
    for folder in ("keys", "archive", "records", "bundle"):
        (tmp_path / folder).mkdir()
    create_key(tmp_path / "keys" / "site.pem")
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=tmp_path))
    world = make_world()
    activity = make_activity(world, safety=SafetyProfile.HIGH_RISK)
    involved(activity.week, a_body("tammuz"), activity, sign_off="asked")
    Activity.objects.update(body={"en": "With Tammuz. Write to layla@example.org", "ar": "مع تموز"})
    yield world
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def server(world: World) -> Iterator[str]:
    """Where the desk is served, by the product itself."""
    with served() as address:
        yield address


@pytest.fixture
def desk(browser: Browser, server: str, world: World) -> Iterator[Callable[..., Page]]:
    """Opens a page as a character, without script, in a language and at a width."""
    contexts = []

    def open_page(
        address: str, *, who: Character = Character.COORDINATOR, code: str = "en", width: int = 360, **options: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 740}, **{"java_script_enabled": False, **options}
        )
        contexts.append(context)
        client = world.client(who)
        cookies = {
            settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.LANGUAGE_COOKIE_NAME: code,
        }
        context.add_cookies([{"name": name, "value": value, "url": server} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(server + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
