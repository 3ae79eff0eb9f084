"""Partners on a phone and on a screen, from left and from right, without script."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tadamun.organise.programme.models import Involvement, SignOffRequest
from tadamun.organise.programme.vocabulary import Answer, Asked, InvolvementType, SignOff
from tests.browser.barriers import is_for_everybody
from tests.organise.programme.partners_world import Ground, fresh, partner_address, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Opened = Callable[..., Page]


def addresses(ground: Ground) -> list[tuple[str, bool]]:
    """Every page in a state that shows much of it, and whether it is Layla's."""
    row = ground.name()
    link = ground.ask(row)
    say(SignOffRequest.objects.latest("pk"), Answer.OTHER_WORDS, line={"en": "with us"}, words="Please")
    agreed = ground.name(ground.world.ours, own=True, whole=True, type_=InvolvementType.SUPPORTER)
    text = ground.ask(ground.name(ground.world.ours, own=True), Asked.TEXT)
    assert text == ""
    return [
        (reverse("activity", kwargs={"uid": ground.race.uid}), True),
        (reverse("activity_partner_new", kwargs={"uid": ground.race.uid}), True),
        (partner_address(row), True),
        (partner_address(agreed), True),
        (reverse("question", kwargs={"number": SignOffRequest.objects.latest("pk").pk}), True),
        (reverse("part_end", kwargs={"row": agreed.pk}), True),
        (reverse("organisations"), True),
        (reverse("organisation_new"), True),
        (reverse("organisation", kwargs={"slug": "sports"}), True),
        (reverse("answer", kwargs={"secret": link}), False),
    ]


def test_every_page_is_for_everybody(opened: Opened, ground: Ground) -> None:
    for address, layla in addresses(ground):
        # The tool is a script of its own, which our policy would rightly refuse.
        is_for_everybody(opened(address, layla=layla, code="ar", script=True, bypass_csp=True))


def test_a_partner_is_named_asked_and_answers_in_other_words_that_are_taken(opened: Opened, ground: Ground) -> None:
    desk = opened(reverse("activity_partner_new", kwargs={"uid": ground.race.uid}))
    desk.fill("[name=who]", "رياضه ضد العنف")
    desk.locator("main form button").click()
    desk.fill("[name=ends_on]", "2099-02-15")
    desk.locator("button[value=ask]").click()
    link = desk.locator("main input[readonly]").input_value()

    gate = opened(link, layla=False)
    gate.locator("[value=other_words]").check()
    gate.locator("summary").click()
    gate.fill("[name=line-en]", "with the runners of Sports")
    gate.locator("button[value=answer]").click()
    assert "You are named only once both sides agree" in gate.content()

    desk.goto(desk.url)
    desk.locator("button[value=take]").click()
    row = Involvement.objects.get(activity=ground.race)
    assert (fresh(row).sign_off, fresh(row).line["en"]) == (SignOff.ACCEPTED, "with the runners of Sports")

    gate.reload()
    gate.locator("button[value=withdraw]").click()
    gate.locator("button[value=withdraw_sure]").click()
    assert fresh(row).sign_off == SignOff.WITHDRAWN
