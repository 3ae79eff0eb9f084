"""Repeating on the desk: the title names the new place before anybody has to look for it."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tadamun.organise.programme.models import Activity, Promise, Sitting
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity
from tests.record.given import a_place

pytestmark = pytest.mark.django_db

TITLES = {"en": "A day in Baghdad", "ar": "يوم في بغداد"}


@pytest.fixture
def world() -> World:
    world = make_world()
    old = a_place("baghdad", kind="city", names={"en": "Baghdad", "ar": "بغداد"})
    a_place("nasiriya", kind="city", names={"en": "Nasiriya", "ar": "الناصرية"})
    activity = make_activity(world)
    Activity.objects.filter(pk=activity.pk).update(titles=TITLES)
    Sitting.objects.update(place=old)
    return world


def page(world: World, **sent: Any) -> Any:
    client, address = world.client(Character.EDITOR), reverse("repeat", kwargs={"uid": the_first().uid})
    return client.post(address, sent) if sent else client.get(address)


def the_first() -> Activity:
    return Activity.objects.get(slug="our-run")


def asked(world: World, **different: Any) -> dict[str, Any]:
    place = a_place_called("nasiriya")
    titles = {f"titles-{code}": words for code, words in TITLES.items()}
    days = {"first_day": date(2099, 5, 1), "organisation": world.ours.pk}
    return {**titles, **days, "place": place, **different}


def a_place_called(slug: str) -> int:
    from_slug: int = type(Sitting.objects.get().place).objects.get(slug=slug).pk  # type: ignore[union-attr]  # it has one
    return from_slug


def boxes(answer: Any) -> dict[str, str]:
    return dict(re.findall(r'name="titles-(\w+)"[^>]* value="([^"]*)"', answer.content.decode()))


def test_a_title_that_names_the_old_place_is_shown_with_the_new_one(world: World) -> None:
    answer = page(world, **asked(world))
    assert answer.status_code == 400
    assert "names the new one now" in answer.content.decode()
    assert boxes(answer)["en"] == "A day in Nasiriya"
    assert boxes(answer)["ar"] == "يوم في الناصرية"
    assert Activity.objects.count() == 1


def test_what_is_sent_then_holds(world: World) -> None:
    for_it = {"titled_for": str(a_place_called("nasiriya"))}
    assert page(world, **asked(world, **for_it)).status_code == 302
    assert Activity.objects.latest("pk").titles == TITLES, "she wanted it so"


def test_a_title_without_a_place_is_asked_once(world: World) -> None:
    answer = page(world, **asked(world, **{"titles-en": "A long day", "titles-ar": "يوم طويل"}))
    assert answer.status_code == 302
    assert Activity.objects.latest("pk").titles["en"] == "A long day"


def test_where_a_promise_says_the_place_the_title_names_it_at_once(world: World) -> None:
    first = the_first()
    Promise.objects.create(
        week=first.week, activity=first, slug="again", position=0, place_id=a_place_called("nasiriya")
    )
    assert boxes(page(world))["en"] == "A day in Nasiriya"
