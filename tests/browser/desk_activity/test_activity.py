"""An activity's pages on a phone and on a screen; two people who write at the same time; a way back for everything."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tadamun.organise.programme.forms.kinds_of_rows import ACTIVITY_ROWS
from tadamun.organise.programme.models import Activity, Figure, Outcome
from tests.browser.barriers import is_for_everybody
from tests.characters import Character

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Page]
OF_AN_ACTIVITY = (
    "activity",
    "activity_plan",
    "activity_particulars",
    "activity_kind",
    "activity_state",
    "activity_postpone",
    "activity_cancel",
    "activity_history",
)


def of(activity: Activity, name: str, **parts: Any) -> str:
    return reverse(name, kwargs={"uid": activity.uid, **parts})


def addresses(activity: Activity) -> Iterator[str]:
    yield from (of(activity, name) for name in OF_AN_ACTIVITY)
    yield reverse("week_history", kwargs={"week": activity.week.slug})
    yield from (of(activity, "activity_row_new", code=code) for code in ACTIVITY_ROWS)
    yield of(activity, "activity_row", code="figures", row=Figure.objects.get().pk)


def unfolded(page: Page) -> Page:
    """The page with all that is folded away in sight."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return page


def test_every_page_is_for_everybody(desk: Desk, activity: Activity) -> None:
    for address in addresses(activity):
        # The tool is a script of its own, which our policy would rightly refuse.
        is_for_everybody(unfolded(desk(address, code="ar", java_script_enabled=True, bypass_csp=True)))


def test_two_people_who_write_at_once_lose_nothing(desk: Desk, activity: Activity) -> None:
    address = of(activity, "activity_plan")
    layla, rana = desk(address, who=Character.COORDINATOR), desk(address, who=Character.EDITOR, code="ar")
    layla.fill("#id_summary-en", "Speaking and being heard")
    layla.fill("#id_target_group-en", "Women who stand for parliament")
    layla.click("main form button")
    rana.fill("#id_summary-en", "Two days of practice")
    rana.fill("#id_purpose-ar", "أن تُسمع أصواتهن")
    rana.click("main form button")
    assert "Speaking and being heard" in rana.locator(".errorlist").first.inner_text(), "she sees the other version"
    assert "Layla" in rana.locator(".errorlist").first.inner_text()
    assert rana.input_value("#id_summary-en") == "Two days of practice", "and her own is still there"
    activity.refresh_from_db()
    assert activity.summary["en"] == "Speaking and being heard"
    rana.fill("#id_summary-en", "Speaking and being heard: two days of practice")
    rana.click("main form button")
    activity.refresh_from_db()
    assert activity.summary["en"] == "Speaking and being heard: two days of practice"
    assert activity.purpose == {"ar": "أن تُسمع أصواتهن"}
    assert activity.target_group == {"en": "Women who stand for parliament"}, "what she never touched is Layla's"


def test_an_activity_is_cancelled_and_taken_back_without_script(desk: Desk, activity: Activity) -> None:
    page = desk(of(activity, "activity_state"), code="ar")
    page.click(f"a[href='{of(activity, 'activity_cancel')}']")
    page.fill("[name=note]", "No permit")
    page.click("button.danger")
    activity.refresh_from_db()
    assert activity.state == "cancelled"
    page.goto(page.url.split("/desk/")[0] + of(activity, "activity_history"))
    assert "No permit" in page.locator("article").first.inner_text()
    page.locator("article").first.locator("button").click()
    activity.refresh_from_db()
    assert activity.state == "open"


def test_what_is_taken_away_comes_back_by_one_button(desk: Desk, activity: Activity) -> None:
    page = desk(of(activity, "activity_row", code="outcomes", row=Outcome.objects.get().pk))
    page.click("button[value=remove]")
    assert not Outcome.objects.exists()
    page.goto(page.url.split("/desk/")[0] + of(activity, "activity_history"))
    page.locator("article").first.locator("button").click()
    assert Outcome.objects.get().text["ar"] == "قاعات أكثر"


def test_a_module_of_the_training_is_added_on_a_phone_in_arabic(desk: Desk, activity: Activity) -> None:
    page = desk(of(activity, "activity_particulars"), code="ar")
    entry = page.locator("details.sheet:has([name='modules-1-title-ar'])")
    entry.locator("summary").click()
    page.fill("[name='modules-1-title-ar']", "المناظرة")
    page.fill("[name='modules-1-at']", "12:00")
    page.click("button[name=stay]")
    activity.refresh_from_db()
    assert [module["at"] for module in activity.details["modules"]] == ["10:30:00", "12:00:00"]
    assert page.input_value("[name='modules-1-title-ar']") == "المناظرة"
