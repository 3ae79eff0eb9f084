"""The week by hand: with a thumb, a mouse, the keyboard, from left and from right, with and without script."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tadamun.organise.programme.models import Activity, Occasion, Place, Sitting, Week
from tests.browser.barriers import is_for_everybody
from tests.organise.people_desk.houses import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Page]


def addresses(house: House) -> list[str]:
    week = house.activity.week.slug
    return [
        reverse("desk"),
        reverse("week", args=[week]),
        reverse("week_edit", args=[week]),
        reverse("activity_new", args=[week]),
        reverse("begin"),
        reverse("begin_week", args=["sixteen-days"]),
        reverse("begin_from_file"),
        reverse("world"),
        reverse("world_list", args=["occasions"]),
        reverse("world_new", args=["places"]),
    ]


def fill(house: House) -> None:
    """Everything that a board can show: an occasion, two at one place, one without a day."""
    day = Sitting.objects.get().start
    Occasion.objects.create(slug="e", kind="election", names={"en": "Election", "ar": "انتخابات"}, start=day, end=day)
    hall = Place.objects.create(slug="hall", kind="venue", names={"en": "Hall", "ar": "القاعة"})
    for number, has_day in enumerate((True, False), start=1):
        activity = Activity.objects.create(
            uid=f"00000000-0000-4000-8000-{number:012}", week=house.activity.week, slug=f"a{number}", position=number,
            kind="talk", titles={"en": f"Talk {number}", "ar": f"حديث {number}"}, changed_at=house.activity.changed_at,
        )  # fmt: skip
        if has_day:
            Sitting.objects.create(activity=activity, position=0, start=day, end=day, start_time="15:00")
    Sitting.objects.update(place=hall, start_time="15:00")


def test_every_page_is_for_everybody(desk: Desk, house: House) -> None:
    fill(house)
    for address in addresses(house):
        # The tool is a script of its own, which our policy would rightly refuse.
        is_for_everybody(desk(address, code="ar", script=True, bypass_csp=True))


def test_a_week_begins_and_is_filled_on_a_phone_without_script(desk: Desk, house: House) -> None:
    page = desk(reverse("begin_week", args=["nothing"]), code="ar")
    page.fill("[name=title]", "أسبوع كهرمانة")
    page.fill("[name=start]", "2099-03-21")
    page.fill("[name=end]", "2099-03-28")
    page.locator("main form button").click()
    assert page.locator(".day").count() == 8
    page.locator("#day-2099-03-24 .add a").click()
    page.fill("[name=title]", "شاي وأحاديث")
    page.select_option("[name=kind]", "talk")
    page.locator("main form button").first.click()
    assert "شاي وأحاديث" in page.locator("#day-2099-03-24").inner_text()
    page.locator("#day-2099-03-24 summary").click()
    page.locator("#day-2099-03-24 button[name=to]").nth(1).click()
    assert "شاي وأحاديث" in page.locator("#day-2099-03-25").inner_text()
    page.locator(".undo button").click()
    assert "شاي وأحاديث" in page.locator("#day-2099-03-24").inner_text()
    assert Week.objects.get(slug="asbua-khrmana-2099").titles == {"ar": "أسبوع كهرمانة"}


def test_a_card_is_moved_with_the_keyboard_alone(desk: Desk, house: House) -> None:
    page = desk(reverse("week", args=[house.activity.week.slug]), width=1280)
    page.locator("#day-2099-03-03 summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**undo=**")
    assert Sitting.objects.get().start.isoformat() == "2099-03-04"


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_card_is_dragged_to_another_day(desk: Desk, house: House, code: str) -> None:
    page = desk(reverse("week", args=[house.activity.week.slug]), code=code, script=True, width=1280)
    page.locator("#day-2099-03-03 .handle").scroll_into_view_if_needed()
    handle = page.locator("#day-2099-03-03 .handle").bounding_box()
    target = page.locator("#day-2099-03-07").bounding_box()
    assert handle
    assert target
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 40, target["y"] + 20, steps=5)
    assert page.locator("#day-2099-03-07.under").count() == 1
    page.mouse.up()
    page.wait_for_url("**undo=**")
    assert Sitting.objects.get().start.isoformat() == "2099-03-07"


def test_a_card_that_is_dropped_nowhere_stays(desk: Desk, house: House) -> None:
    page = desk(reverse("week", args=[house.activity.week.slug]), script=True, width=1280)
    handle = page.locator("#day-2099-03-03 .handle").bounding_box()
    assert handle
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(5, 5, steps=3)
    page.mouse.up()
    assert page.locator(".held, .under").count() == 0
    assert Sitting.objects.get().start.isoformat() == "2099-03-03"


def test_a_place_is_added_from_the_form_that_misses_it(desk: Desk, house: House) -> None:
    page = desk(reverse("world_new", args=["places"]), code="ar")
    page.fill("[name=names-ar]", "مركز الأمل")
    page.locator("main form button").first.click()
    assert Place.objects.get().names == {"ar": "مركز الأمل"}


def test_the_way_back_is_in_sight_after_a_move_on_a_phone(desk: Desk, house: House) -> None:
    page = desk(reverse("week", args=[house.activity.week.slug]))
    page.locator("#day-2099-03-03 summary").click()
    page.select_option("#day-2099-03-03 [name=day]", "2099-03-08")
    page.locator("#day-2099-03-03 .to button").click()
    page.wait_for_url("**#day-2099-03-08")
    for seen in (".undo button", "#day-2099-03-08 h3"):
        box = page.locator(seen).bounding_box()
        assert box
        assert 0 <= box["y"] <= 740, seen
