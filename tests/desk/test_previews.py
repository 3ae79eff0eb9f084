"""Previews: each audience's pages as the site would set them, with nothing published and nothing leading out."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tadamun.organise.archive.services import keep_pixels
from tadamun.organise.programme.models import Activity, Involvement, Sitting, Week
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.vocabulary import Audience
from tests.architecture.project import ROOT
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity
from tests.record.given import a_body, a_photo, a_place, involved

pytestmark = pytest.mark.django_db

PICTURE = next((ROOT / "examples" / "kahramana-week").rglob("*.jpg"))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=tmp_path))
    world = make_world()
    activity = make_activity(world)
    involved(activity.week, a_body("funder"), type="funder", audiences=["coalition", "donor"])
    involved(activity.week, a_body("asked-body"), activity, sign_off="asked")
    hall, house = a_place("city-hall", names={"en": "City hall"}), a_place("garden", names={"en": "Secret garden"})
    Sitting.objects.update(place=house, public_place=hall, tell_place="never")
    return world


def address(audience: str = "public", lang: str = "en", activity: str = "") -> str:
    parts = {"week": "our-week", "audience": audience, "lang": lang}
    return (
        reverse("preview_activity", kwargs=parts | {"activity": activity})
        if activity
        else reverse("preview", kwargs=parts)
    )


def shown(world: World, *parts: str) -> str:
    answer = world.client(Character.COORDINATOR).get(address(*parts))
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_audience_sees_what_it_may_know(world: World) -> None:
    funder = {one for one in Audience.values if "Funder" in shown(world, one)}
    assert funder == {"coalition", "donor"}
    garden = {one for one in Audience.values if "Secret garden" in shown(world, one, "en", "our-run")}
    assert garden == {"coalition"}
    asked = {one for one in Audience.values if "Asked Body" in shown(world, one, "en", "our-run")}
    assert asked == {"coalition"}


def test_a_preview_says_whose_eyes_it_is_and_that_it_is_not_published(world: World) -> None:
    html = shown(world, "donor")
    assert "Preview for donors. This is not published." in html
    assert html.index("preview-bar") < html.index("<main")


def test_nothing_in_a_preview_leads_out_of_it(world: World) -> None:
    for parts in (("public",), ("public", "ar"), ("donor", "en", "our-run")):
        html = shown(world, *parts)
        hrefs = re.findall(r'(?:href|src|srcset|action|content)="(/[^"]*|https?:[^"]*)"', html)
        assert hrefs
        outside = [one for one in hrefs if not one.startswith(("/desk/weeks/our-week/", "/static/desk/preview."))]
        assert outside == []


def test_links_to_activities_and_languages_stay_within(world: World) -> None:
    html = shown(world, "partner")
    assert f'href="{address("partner", "en", "our-run")}"' in html
    assert f'href="{address("partner", "ar")}"' in html


def test_a_preview_is_kept_nowhere(world: World) -> None:
    before = sorted(settings.ENVIRONMENT.home.rglob("*"))
    answer = world.client(Character.COORDINATOR).get(address())
    assert "no-store" in answer.headers["Cache-Control"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "script" not in answer.headers["Content-Security-Policy"].replace("default-src 'none'", "")
    assert sorted(settings.ENVIRONMENT.home.rglob("*")) == before


def test_photos_are_small_and_only_those_of_the_week(world: World) -> None:
    kept = keep_pixels(home=settings.ENVIRONMENT.home, data=PICTURE.read_bytes())
    week = Week.objects.get()
    a_photo(week, sha256=kept.sha256, width=kept.width, height=kept.height)
    html = shown(world)
    [photo] = set(re.findall(r'src="([^"]*photos[^"]*)"', html))
    client = world.client(Character.COORDINATOR)
    answer = client.get(photo)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert len(answer.content) < 100_000
    assert client.get(photo.replace(kept.sha256, "0" * 64)).status_code == 404


def test_what_an_audience_may_not_know_is_not_there(world: World) -> None:
    Activity.objects.update(state=State.IDEA)
    client = world.client(Character.COORDINATOR)
    assert client.get(address("public", "en", "our-run")).status_code == 404
    assert client.get(address("coalition", "en", "our-run")).status_code == 200
    Week.objects.update(state=State.IDEA)
    answer = client.get(address("public"))
    assert answer.status_code == 404
    assert "An idea is the coalition’s own." in answer.content.decode()


@pytest.mark.parametrize("wrong", [("nobody", "en"), ("public", "fr")])
def test_no_other_audience_and_no_other_language(world: World, wrong: tuple[str, str]) -> None:
    assert world.client(Character.COORDINATOR).get(address(*wrong)).status_code == 404


def test_who_carries_only_an_activity_does_not_see_the_whole_week(world: World) -> None:
    Involvement.objects.filter(organisation=world.ours).update(organisation=world.theirs)
    involved(Week.objects.get(), world.ours, Activity.objects.get(), type="runs")
    client = world.client(Character.COORDINATOR)
    assert client.get(reverse("week", kwargs={"week": "our-week"})).status_code == 200
    assert client.get(address("coalition")).status_code == 403
    assert client.get(reverse("publishing", kwargs={"week": "our-week"})).status_code == 403
