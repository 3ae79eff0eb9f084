"""A planned activity in a real browser: Layla is signed in, her vault is open, each kind of row is there."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tadamun.organise.planning.models import (
    BudgetLine,
    Contact,
    Material,
    Permit,
    PrintedMatter,
    Receipt,
    Risk,
    Round,
    Task,
)
from tadamun.organise.planning.services.contacts import Reach, add_contact
from tadamun.organise.planning.services.decisions import decide
from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS
from tests.browser.serving import served
from tests.organise.people_desk.houses import LAYLA, House, make_house
from tests.organise.planning.plans import LAWYER, NOW, TODAY, planned


@pytest.fixture
def house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """An activity with something of each kind, in English and Arabic."""
    monkeypatch.setattr(members, "COST", LIMITS.least)
    house = make_house()
    activity, layla = house.activity, house.layla
    street = {"en": "Use of Abu Nuwas Street", "ar": "استعمال شارع أبي نؤاس"}
    planned(Permit, activity, what=street, state="asked", deadline=date(2020, 2, 1), responsible=layla)
    heat = {"en": "Heat, rain or dust", "ar": "حرّ أو مطر أو غبار"}
    planned(Risk, activity, what=heat, measure={"en": "Water and shade", "ar": "ماء وظلّ"}, likelihood=3, harm=2)
    planned(Task, activity, what={"en": "Find female marshals", "ar": "إيجاد منظِّمات"}, due_on=date(2020, 2, 1))
    planned(Task, activity, what={"en": "Call the hospital", "ar": "الاتّصال بالمستشفى"}, done_at=NOW, done_by="Layla")
    planned(Material, activity, what={"en": "Race numbers", "ar": "أرقام السباق"}, quantity=300, brought_by=layla)
    planned(
        PrintedMatter, activity, what={"en": "Leaflet", "ar": "منشور"}, language="ckb", state="to_approve", copies=500
    )
    water = planned(BudgetLine, activity, purpose={"en": "Water", "ar": "ماء"}, planned="250000", currency="IQD")
    planned(
        BudgetLine, activity, purpose={"en": "Shirts", "ar": "قمصان"}, planned="120.5", currency="USD", in_kind=True
    )
    planned(Receipt, activity, line=water, amount="300000", day=TODAY, what="Bottles")
    first = planned(Round, activity, criteria={"en": "Permit\nFirst aid", "ar": "الإذن\nالإسعاف"}, responsible=layla)
    decide(actor=LAYLA, round_=first, verdict="no_go", reasons={"en": "Storm", "ar": "عاصفة"}, now=NOW)
    planned(Round, activity, criteria={"en": "The storm is over", "ar": "انتهت العاصفة"}, decide_by=date(2099, 2, 28))
    lawyer = Contact(week=activity.week, activity=activity, call_for="arrest", role={"en": "Lawyer", "ar": "محامية"})
    add_contact(actor=LAYLA, contact=lawyer, reach=LAWYER, now=NOW)
    leader = Contact(week=activity.week, activity=activity, call_for="leads", account=layla)
    add_contact(actor=LAYLA, contact=leader, reach=Reach(), now=NOW)
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
