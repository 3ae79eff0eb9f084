"""The page of a long list in each of its states: on a phone, from right to left, without a barrier, without script."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tadamun.organise.network.models import Membership
from tadamun.organise.people.models import ListRequest
from tadamun.organise.people.services import approvals
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STATES = ("nothing", "alone", "waiting", "approved", "refused", "used", "to answer")


@pytest.fixture(autouse=True)
def _long(settings: Any) -> None:
    settings.EXPORT_APPROVAL_ABOVE = 2


def bring_about(house: House, state: str) -> None:
    """A request that stands so."""
    rana, layla = house.world.accounts[Character.EDITOR], house.layla
    Membership.objects.filter(account=rana).update(may_see_names=state != "alone")
    if state in {"nothing", "alone"}:
        return
    asker = rana if state == "to answer" else layla
    given = {"actor": LAYLA, "admission": house.admission, "now": clock.now()}
    asked = approvals.ask(member=asker, why=OpeningReason.CONTACT, people=5, **given)
    if state in {"approved", "refused", "used"}:
        given["actor"] = Actor("Rana", rana.pk)
        approvals.answer(member=rana, uid=asked.uid, approved=state != "refused", **given)
    if state == "used":
        approvals.use_up(asked, now=clock.now())


@pytest.mark.parametrize("state", STATES)
def test_each_state_fits_a_phone_and_has_no_barrier(desk: Callable[..., Page], house: House, state: str) -> None:
    bring_about(house, state)
    page = desk(house.url("people_export"), code="ar", script=True, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page).response["violations"]
    assert not found, [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def test_asking_and_agreeing_need_no_script(desk: Callable[..., Page], house: House) -> None:
    bring_about(house, "to answer")
    page = desk(house.url("people_export"))
    page.locator("button[value=approve]").click()
    assert ListRequest.objects.get().answer == "approved"
    page.select_option("[name=why]", "contact")
    page.locator("button[value=ask]").click()
    assert ListRequest.objects.filter(asker=house.layla, answer="waiting").exists()
