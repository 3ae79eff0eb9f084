"""The desk for people in a real browser: Layla is signed in, her vault is open, people have signed up."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tadamun.organise.people.models import Question
from tadamun.organise.people.services import deciding
from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit import clock
from tests.browser.serving import served
from tests.organise.people_desk.houses import LAYLA, House, make_house

PEOPLE = ("زينب التميمي", "Hawre Karim", "فاطمة الزهراء", "ڕۆژین ئەحمەد", "Noor")


@pytest.fixture
def house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """A careful activity with a few people: placed, in, waiting, twice."""
    monkeypatch.setattr(members, "COST", LIMITS.least)
    house = make_house(
        safety=SafetyProfile.CAREFUL, name="optional", capacity=4, guests_max=2, categories=["sex"], needs=["childcare"]
    )
    Question.objects.create(
        admission=house.admission,
        position=1,
        code="q1",
        text={"en": "What do you bring?", "ar": "ماذا تجلبين معك؟"},
        why={"en": "To plan the table", "ar": "كي نرتّب المائدة"},
    )
    rows = [
        house.sign_up(name, f"+96477012345{number}0", sex="woman", needs=["childcare"], answers={"q1": "خبز"})
        for number, name in enumerate(PEOPLE)
    ]
    house.sign_up("زينب", "+964770123450" + "0")
    deciding.let_in(actor=LAYLA, admission=house.admission, read=rows[0].short_code, now=clock.now())
    return house


@pytest.fixture
def server(house: House) -> Iterator[str]:
    """Where the desk is served, style sheets included: by the product itself, not by a helper of the test runner."""
    with served() as address:
        yield address


@pytest.fixture
def desk(browser: Browser, server: str, house: House) -> Iterator[Callable[..., Page]]:
    """Opens pages as Layla, without script, in a language and at a width."""
    client, contexts = house.client(), []

    def open_page(address: str, *, code: str = "en", width: int = 360, script: bool = False, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 740}, java_script_enabled=script, **options)
        contexts.append(context)
        cookies = {
            settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.UNLOCK_COOKIE_NAME: house.cookie,
            settings.LANGUAGE_COOKIE_NAME: code,
        }
        context.add_cookies([{"name": name, "value": value, "url": server} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(server + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
