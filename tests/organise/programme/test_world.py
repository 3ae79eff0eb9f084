"""The directory that all weeks share: added in a moment, nothing twice, taken away only while nothing needs it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.organise.programme.forms.choices import SHELVES
from tadamun.organise.programme.forms.world import WORLD
from tadamun.organise.programme.models import Activity, Campaign, Occasion, Place, Sitting, Source
from tadamun.organise.programme.vocabulary import TellPlace
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit import clock
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def layla(world: World) -> Client:
    return world.client(Character.COORDINATOR)


def add(client: Client, code: str, **sent: str) -> HttpResponse:
    answer: Any = client.post(
        reverse("world_new", args=[code]), {key.replace("_in_", "-"): v for key, v in sent.items()}
    )
    return answer


def change(client: Client, place: Place, **sent: str) -> HttpResponse:
    address = reverse("world_row", args=["places", place.slug])
    form = client.get(address).context["form"]
    said = {"kind": place.kind, "names-en": place.names["en"], "seen": form.initial["seen"]}
    answer: Any = client.post(address, said | sent)
    return answer


def test_a_place_needs_a_name(layla: Client) -> None:
    assert add(layla, "places", names_in_ar="مركز الأمل", kind="venue").status_code == 302
    place = Place.objects.get()
    assert (place.names, place.slug) == ({"ar": "مركز الأمل"}, "mrkz-al-aml")
    assert add(layla, "places", kind="venue").status_code == 400
    assert Place.objects.count() == 1


def test_what_stands_there_already_is_shown_before_it_stands_there_twice(layla: Client) -> None:
    Place.objects.create(slug="amal", kind="venue", names={"ar": "مركز الأمل"}, spellings=["Amal Center"])
    answer = add(layla, "places", names_in_en="amal center", kind="venue")
    assert answer.status_code == 400
    assert "مركز الأمل" in answer.content.decode()
    assert Place.objects.count() == 1
    assert add(layla, "places", names_in_en="amal center", kind="venue", sure="1").status_code == 302
    assert Place.objects.count() == 2


def test_every_kind_is_added_with_little(layla: Client) -> None:
    add(layla, "occasions", names_in_en="Newroz", kind="holiday", start="2026-03-21")
    add(layla, "campaigns", names_in_en="23 days", hashtags="#one\n\n#two\n#one")
    add(layla, "series", names_in_en="Kahramana weeks")
    add(layla, "sources", titles_in_en="Report", language="ar", url="example.org/report")
    assert Occasion.objects.get().end.isoformat() == "2026-03-21"
    assert Campaign.objects.get().hashtags == ["#one", "#two"]
    assert Source.objects.get().url == "https://example.org/report"


def test_what_is_wrong_is_said_and_nothing_is_stored(layla: Client) -> None:
    assert (
        add(layla, "occasions", names_in_en="N", kind="holiday", start="2026-03-21", end="2026-03-01").status_code
        == 400
    )
    assert add(layla, "sources", titles_in_en="R", language="klingon!").status_code == 400
    assert add(layla, "places", names_in_en="P", kind="venue", latitude="33.3").status_code == 400
    assert add(layla, "places", names_in_en="P", kind="venue", latitude="333", longitude="1").status_code == 400
    assert add(layla, "dragons", names_in_en="N").status_code == 404
    assert [model.objects.count() for model in (Occasion, Source, Place)] == [0, 0, 0]


def test_a_place_cannot_lie_within_itself(layla: Client) -> None:
    city = Place.objects.create(slug="city", kind="city", names={"en": "City"})
    park = Place.objects.create(slug="park", kind="venue", names={"en": "Park"}, within=city)
    answer = change(layla, city, within=str(park.pk))
    assert answer.status_code == 400
    assert "within itself" in answer.content.decode()


def test_two_who_change_one_place_lose_nothing(world: World, layla: Client) -> None:
    park = Place.objects.create(slug="park", kind="venue", names={"en": "Park"})
    address = reverse("world_row", args=["places", "park"])
    seen = layla.get(address).context["form"].initial["seen"]
    change(world.client(Character.EDITOR), park, **{"names-en": "Great Park"})
    answer = layla.post(address, {"names-en": "Small Park", "kind": "venue", "seen": seen})
    assert answer.status_code == 400
    assert "Great Park" in answer.content.decode()
    park.refresh_from_db()
    assert park.names == {"en": "Great Park"}


def test_what_is_needed_stays_and_what_was_taken_away_comes_back(world: World, layla: Client) -> None:
    park = Place.objects.create(slug="park", kind="venue", names={"en": "Park"})
    address = reverse("world_row", args=["places", "park"])
    make_activity(world)
    Sitting.objects.update(place=park)
    assert "still refers" in layla.post(address, {"act": "remove"}, follow=True).content.decode()
    assert Place.objects.exists()
    Sitting.objects.update(place=None)
    answer = layla.post(address, {"act": "remove"}, follow=True)
    assert not Place.objects.exists()
    undo = answer.content.decode().split('action="/desk/world/places/undo/')[1].split('"')[0]
    layla.post(f"/desk/world/places/undo/{undo}")
    assert Place.objects.get().names == {"en": "Park"}


def test_a_list_is_searched_however_a_name_is_spelled(layla: Client) -> None:
    Place.objects.create(slug="abu", kind="venue", names={"ar": "حدائق أبي نؤاس"}, spellings=["ابو نواس"])
    Place.objects.create(slug="zawraa", kind="venue", names={"ar": "متنزه الزوراء"})
    html = layla.get(reverse("world_list", args=["places"]), {"q": "أبو نواس"}).content.decode()
    assert "حدائق" in html
    assert "الزوراء" not in html


def test_forms_lead_to_where_what_misses_is_added(world: World, layla: Client) -> None:
    week = make_activity(world).week
    html = layla.get(reverse("week_edit", args=[week.slug])).content.decode()
    assert reverse("world_new", args=["occasions"]) in html
    assert set(SHELVES.values()) == set(WORLD)


def test_a_list_asks_as_much_for_fifty_as_for_one(layla: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            layla.get(reverse("world_list", args=["places"]))
        return len(asked)

    Place.objects.create(slug="p", kind="venue", names={"en": "P"})
    queries()
    at_one = queries()
    for number in range(49):
        Place.objects.create(slug=f"p{number}", kind="venue", names={"en": f"P{number}"})
    assert queries() == at_one


def test_a_place_that_others_keep_back_is_not_in_the_directory(world: World, layla: Client) -> None:
    safe = Place.objects.create(slug="safe-house", kind="venue", names={"en": "Safe House"})
    theirs = make_activity(world, theirs=True)
    Sitting.objects.filter(activity=theirs).update(place=safe, tell_place=TellPlace.NEVER)
    listed, of = reverse("world_list", args=["places"]), reverse("world_row", args=["places", "safe-house"])
    assert "Safe House" not in layla.get(listed).content.decode()
    assert layla.get(of).status_code == 404
    assert add(layla, "places", names_in_en="safe house", kind="venue").status_code == 302, "nor found by guessing"
    dara = world.client(Character.COORDINATOR_ELSEWHERE)
    assert "Safe House" in dara.get(listed).content.decode()
    Sitting.objects.update(tell_place=TellPlace.LATER, told_from=clock.now() + timedelta(hours=1))
    assert layla.get(of).status_code == 404
    Sitting.objects.update(told_from=clock.now())
    assert layla.get(of).status_code == 200
    Activity.objects.update(safety=SafetyProfile.HIGH_RISK)
    assert layla.get(of).status_code == 404
