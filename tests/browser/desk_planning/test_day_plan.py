"""The plan of the day, its tables and results: on a phone, from right to left, without a barrier; areas are drawn."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tadamun.organise.field.models import Area
from tadamun.organise.field.services.paper_log import Written, write_on_paper
from tadamun.toolkit import clock
from tests.browser.barriers import is_for_everybody
from tests.organise.field.phones import HAWRE
from tests.organise.field.plans import a_debate, a_question, a_race, areas
from tests.organise.people_desk.houses import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Page]


@pytest.fixture
def house(house: House) -> House:
    """A day of everything, with something that was recorded of each."""
    first, _second, _women = a_race(house.activity)
    (market, _bank), speaker = areas(house.activity), a_debate(house.activity)
    question, nine = a_question(house.activity), clock.milliseconds()
    said: list[tuple[str, dict[str, Any]]] = [
        ("race_start", {"wave": first.code}),
        ("bib", {"bib": "60", "category": "", "no_photo": True}),
        ("finish", {"bib": "60"}),
        ("stock", {"act": "out", "of": "p1", "n": 90, "area": ""}),
        ("stock", {"act": "given", "of": "p1", "n": 80, "area": market.code}),
        ("speaker", {"speaker": speaker.code, "act": "start"}),
        ("statement", {"speaker": speaker.code, "minute": 3, "language": "ar", "words": "نعد بالماء"}),
        ("answer", {"question": f"{question.code}/before", "choice": "3", "n": 12}),
    ]
    lines = [Written(kind, body, nine + at * 600_000) for at, (kind, body) in enumerate(said)]
    write_on_paper(actor=HAWRE, activity=house.activity, lines=lines, now=clock.now())
    return house


def addresses(house: House) -> list[str]:
    codes = ("waves", "turns", "areas", "usual-counters", "questions")
    return [
        house.url("field_day"),
        house.url("field_results"),
        *(house.url("field_activity_row_new", code=code) for code in codes),
    ]


def test_every_page_is_for_everybody(desk: Desk, house: House) -> None:
    for address in addresses(house):
        # The tool is a script of its own, which our policy would rightly refuse.
        is_for_everybody(desk(address, code="ar", script=True, bypass_csp=True))


def test_an_area_is_drawn_with_a_finger_or_typed(desk: Desk, house: House) -> None:
    page = desk(house.url("field_activity_row_new", code="areas"), script=True)
    picture, line = page.locator("[data-drawing]"), page.get_by_label("On the drawing")

    def taps(across: float, down: float) -> None:
        """Tap at steps of the grid, which begins eight steps inside the picture."""
        box = picture.bounding_box()
        assert box
        step = box["width"] / 129
        picture.click(position={"x": (across + 8) * step, "y": (down + 8) * step})

    taps(15, 15)
    taps(25, 15)
    expect(line).to_have_value("B2 C2")
    taps(15, 15)
    expect(line).to_have_value("C2")
    page.get_by_role("button", name="Corners").click()
    for across, down in ((50, 40), (80, 40), (80, 60), (90, 70)):
        taps(across, down)
    page.get_by_role("button", name="Take back the last").click()
    expect(line).to_have_value("C2; 50,40 80,40 80,60")
    expect(page.locator(".own polygon")).to_have_count(2)
    page.locator("[name=name-en]").fill("Old market")
    page.get_by_role("button", name="Save").click()
    assert Area.objects.latest("pk").shape == "C2; 50,40 80,40 80,60"
    typed = desk(house.url("field_activity_row_new", code="areas"))
    expect(typed.get_by_role("button", name="Corners")).to_have_count(0)
    typed.locator("[name=name-en]").fill("New market")
    typed.get_by_label("On the drawing").fill("D4")
    typed.get_by_role("button", name="Save").click()
    assert Area.objects.latest("pk").shape == "D4"
