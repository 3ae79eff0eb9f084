"""The gate for helpers and their own pages, as a browser without script, cookie or account meets them."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tadamun.config.server import PRIVATE
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.organise.volunteers.models import Crew, Duty, Helper
from tests.organise.people_gate.world import post, slip_of
from tests.organise.volunteers.conftest import Clock
from tests.organise.volunteers.crews import MORNING, NAME, a_shift, duty_of, helper_of, joined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time")]


def address(crew: Crew, lang: str = "en") -> str:
    return reverse("shifts", kwargs={"lang": lang, "link": crew.link})


def signed_up(crew: Crew, **values: Any) -> Any:
    client = Client()
    slip = slip_of(client.get(address(crew)))
    return post(client, address(crew), {"name": NAME, "agreed": "on", "slip": slip, **values})


def pressed(text: str, act: str, **values: str) -> Any:
    client, page = Client(), reverse("helper", kwargs={"secret": text})
    return post(client, page, {"slip": slip_of(client.get(page)), "act": act, **values})


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_form_offers_what_is_needed_in_each_language(crew: Crew, lang: str) -> None:
    a_shift(crew.activity)
    full = a_shift(crew.activity, what={"en": "Full one"}, needed=1)
    joined(crew, full)
    answer = Client().get(address(crew, lang))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'lang="{lang}"' in page
    assert ("طاولات الماء" if lang == "ar" else "Water tables") in page
    assert "Full one" not in page
    assert not answer.cookies


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("idea", "Nobody can sign up to help at the moment."),
        ("planned", "Take these shifts"),
        ("open", "Take these shifts"),
        ("postponed", "Take these shifts"),
        ("held", "Nobody is needed for this any more."),
        ("cancelled", "Nobody is needed for this any more."),
    ],
)
def test_hands_are_needed_from_the_plan_until_the_day(crew: Crew, state: str, says: str) -> None:
    a_shift(crew.activity)
    crew.activity.state = state
    crew.activity.save()
    page = Client().get(address(crew)).content.decode()
    assert says in page
    assert ("<form" in page) is (says == "Take these shifts")


def test_signing_up_leads_to_a_page_of_her_own(crew: Crew) -> None:
    shift = a_shift(crew.activity)
    answer = signed_up(crew, shifts=str(shift.pk))
    assert answer.status_code == 303
    page = Client().get(answer["Location"]).content.decode()
    assert "Water tables" in page
    assert Helper.objects.get().short_code in page
    assert NAME not in page, "whoever looks over her shoulder reads no name"


def test_what_is_missing_is_said_and_nothing_is_kept(crew: Crew) -> None:
    a_shift(crew.activity)
    answer = signed_up(crew)
    assert answer.status_code == 422
    assert "Tick at least one shift." in answer.content.decode()
    assert not Helper.objects.exists()


def test_a_shift_that_was_filled_meanwhile_is_said(crew: Crew) -> None:
    shift = a_shift(crew.activity, needed=1)
    other = a_shift(crew.activity, after=24)
    joined(crew, shift)
    answer = signed_up(crew, shifts=str(shift.pk))
    assert answer.status_code == 422
    assert "all the people that it needs" in answer.content.decode()
    assert other.pk


@pytest.mark.parametrize("number", ["99999999", "9" * 30])
def test_a_shift_that_never_was_is_refused_without_harm(crew: Crew, number: str) -> None:
    a_shift(crew.activity)
    assert signed_up(crew, shifts=number).status_code == 422


def test_a_form_from_elsewhere_changes_nothing(crew: Crew) -> None:
    shift = a_shift(crew.activity)
    answer = post(Client(), address(crew), {"shifts": str(shift.pk), "agreed": "on", "slip": "forged"})
    assert answer.status_code == 403
    assert not Helper.objects.exists()


def test_where_to_meet_is_for_those_who_signed_up(crew: Crew) -> None:
    shift = a_shift(crew.activity, where={"en": "Behind the old mill"})
    assert "old mill" in Client().get(address(crew)).content.decode()
    crew.activity.safety = SafetyProfile.CAREFUL
    crew.activity.save()
    assert "old mill" not in Client().get(address(crew)).content.decode()
    own = reverse("helper", kwargs={"secret": joined(crew, shift)})
    assert "old mill" in Client().get(own).content.decode()


def test_the_day_goes_from_the_briefing_to_being_back(crew: Crew, time: Clock) -> None:
    text = joined(crew, a_shift(crew.activity, briefing={"en": "Wear shoes."}))
    duty = str(duty_of(text).uid)
    pressed(text, "briefed", duty=duty)
    assert pressed(text, "started", duty=duty).status_code == 409, "it is too early"
    time.at = MORNING
    pressed(text, "started", duty=duty)
    time.at = MORNING.replace(hour=9)
    pressed(text, "ended", duty=duty)
    pressed(text, "back", duty=duty)
    found = duty_of(text)
    assert found.briefed_at
    assert found.started_at
    assert found.ended_at
    assert found.back_at
    hours = reverse("helper_hours", kwargs={"secret": text})
    page = Client().get(hours)
    assert "Hours written down: 4" in page.content.decode()
    paper = post(Client(), hours, {"slip": slip_of(page), "name": NAME})
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_a_shift_is_handed_on_by_a_link_on_her_page(crew: Crew) -> None:
    text = joined(crew, a_shift(crew.activity))
    pressed(text, "offer", duty=str(duty_of(text).uid))
    page = Client().get(reverse("helper", kwargs={"secret": text})).content.decode()
    found = re.search(r'value="http://[^/]+(/gate/en/shift/[^"]+)"', page)
    assert found
    client = Client()
    form = client.get(found[1])
    answer = post(client, found[1], {"slip": slip_of(form), "name": "Rana", "agreed": "on"})
    assert answer.status_code == 303
    assert not helper_of(text).duties.exists()
    assert "not offered any more" in client.get(found[1]).content.decode()


def test_the_other_takes_over_with_the_link_of_her_own_page(crew: Crew) -> None:
    text, mine = joined(crew, a_shift(crew.activity)), joined(crew, a_shift(crew.activity, after=24))
    pressed(text, "offer", duty=str(duty_of(text).uid))
    page = Client().get(reverse("helper", kwargs={"secret": text})).content.decode()
    offer = page.split("/gate/en/shift/")[1].split('"')[0].rstrip("/")
    client, there = Client(), reverse("take_over", kwargs={"lang": "en", "offer": offer})
    wrong = post(client, there, {"slip": slip_of(client.get(there)), "own": "https://x/h/" + "0" * 26})
    assert wrong.status_code == 422
    own = "https://example.org" + reverse("helper", kwargs={"secret": mine})
    answer = post(client, there, {"slip": slip_of(client.get(there)), "own": own})
    assert answer["Location"] == reverse("helper", kwargs={"secret": mine})
    assert helper_of(mine).duties.count() == 2


@pytest.mark.parametrize("duty", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_duty_that_is_not_hers_is_refused(crew: Crew, duty: str) -> None:
    text = joined(crew, a_shift(crew.activity))
    assert pressed(text, "leave", duty=duty).status_code == 409
    assert Duty.objects.exists()


def test_an_unknown_page_and_a_false_link_are_nothing(crew: Crew) -> None:
    for path in ("/h/" + "0" * 26, "/gate/en/shifts/NOTHING/", "/gate/en/shift/NOTHING/", "/gate/xx/shifts/a/"):
        assert Client().get(path).status_code == 404


def test_an_old_link_ends_and_own_pages_stay(crew: Crew) -> None:
    text, old = joined(crew, a_shift(crew.activity)), address(crew)
    Crew.objects.update(link="ANEWLINK")
    assert Client().get(old).status_code == 404
    assert Client().get(reverse("helper", kwargs={"secret": text})).status_code == 200


def test_the_server_hands_a_helpers_page_to_the_private_side(crew: Crew) -> None:
    """Pages that are not of the private side are looked for among the public files."""
    own = reverse("helper", kwargs={"secret": joined(crew, a_shift(crew.activity))})
    assert own.startswith(PRIVATE)
    assert address(crew).startswith(PRIVATE)
    assert not "/en/weeks/".startswith(PRIVATE)
