"""A helper with a small phone: she takes a shift, hands it on; the other reads the briefing, begins, ends, is back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tadamun.organise.people.services import floods
from tadamun.organise.volunteers.models import Crew, Duty, Helper, Shift
from tests.browser.serving import served
from tests.characters import make_world
from tests.organise.people_desk.houses import make_activity
from tests.organise.people_gate.conftest import Clock
from tests.organise.volunteers.crews import MORNING, NOW, a_crew, a_shift

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def shift(browser: Browser, transactional_db: None, time_passes: Clock) -> Shift:
    """One that needs one person, with a briefing, some days from now."""
    floods.networks.forget()
    floods.rushes.forget()
    time_passes.at = NOW
    crew = a_crew(make_activity(make_world()))
    briefing = {"en": "Water first. Call before you lift.", "ar": "الماء أوّلًا. نادوا قبل الرفع."}
    where = {"en": "North gate", "ar": "البوّابة الشمالية"}
    return a_shift(crew.activity, needed=1, briefing=briefing, where=where)


@pytest.fixture
def server(shift: Shift) -> Iterator[str]:
    """Where the gate is served."""
    with served() as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A narrow one; the tool that looks for barriers is a script, which our pages would refuse."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def looked_at(page: Page, lang: str) -> None:
    """The page at hand is in her language, no wider than the phone, and has no barrier."""
    html = page.locator("html")
    assert html.get_attribute("lang") == lang
    assert html.get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


def presses(page: Page, act: str, lang: str) -> None:
    page.locator(f"button[name=act][value={act}]").click()
    page.wait_for_url("**/h/*")
    looked_at(page, lang)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_shift_is_taken_handed_on_and_worked(
    phone: Page, server: str, shift: Shift, time_passes: Clock, lang: str
) -> None:
    crew = Crew.objects.get()
    phone.goto(server + reverse("shifts", kwargs={"lang": lang, "link": crew.link}))
    looked_at(phone, lang)
    phone.locator("[name=agreed]").check()
    phone.locator("form.card button").click()
    looked_at(phone, lang)  # no shift was ticked
    phone.locator("[name=shifts]").check()
    phone.locator("[name=name]").fill("زينب")
    phone.locator("form.card button").click()
    phone.wait_for_url("**/h/*")
    looked_at(phone, lang)
    presses(phone, "offer", lang)
    phone.goto(phone.locator("main input[readonly]").input_value().replace("http://testserver", server))
    looked_at(phone, lang)
    phone.locator("[name=agreed]").check()
    phone.locator("form.card button").click()
    phone.wait_for_url("**/h/*")
    code = Duty.objects.get().helper.short_code
    assert code in phone.locator("header.poster").inner_text()
    presses(phone, "briefed", lang)
    time_passes.at = MORNING
    phone.reload()
    presses(phone, "started", lang)
    time_passes.at = MORNING + timedelta(hours=4)
    phone.reload()
    presses(phone, "ended", lang)
    presses(phone, "back", lang)
    phone.locator("a[href$='/hours']").click()
    looked_at(phone, lang)
    duty = Duty.objects.get()
    assert all((duty.briefed_at, duty.started_at, duty.ended_at, duty.back_at))
    assert Helper.objects.count() == 2
