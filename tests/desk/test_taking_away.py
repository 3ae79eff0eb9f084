"""An activity added by mistake goes with all that it holds and comes back whole; one that others count on stays."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from tadamun.desk.models import PartRelease
from tadamun.desk.taking_away import held_by, take_away
from tadamun.organise.archive.models import Photo
from tadamun.organise.people.models import Admission
from tadamun.organise.planning.models import Task
from tadamun.organise.programme.models import Activity, Change, Figure, Involvement, Promise, SignOffRequest, Sitting
from tadamun.organise.programme.services.together import undo_step
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.rulings import Refused
from tests.characters import Character, World, make_world
from tests.organise.field.phones import issued
from tests.organise.people_desk.houses import make_activity
from tests.record.given import a_photo, counted, involved, stated

NOW = datetime(2099, 3, 1, 9, 0, tzinfo=UTC)
RANA = Actor("Rana", 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def activity(world: World) -> Activity:
    activity = make_activity(world)
    week = activity.week
    counted(week, activity, 40)
    a_photo(week, activity)
    stated(Task, week, activity, what={"en": "Hang the banner"})
    Promise.objects.create(week=week, slug="again", position=0, kept_by=activity)
    involved(week, world.ours, activity, type="supporter")
    return activity


def rows() -> dict[str, Any]:
    found = (Sitting, Figure, Task, Promise, Involvement, Photo)
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in found}


def test_all_of_it_goes_and_comes_back_as_it_was(activity: Activity) -> None:
    before, uid = rows(), activity.uid
    change = take_away(actor=RANA, activity=activity, now=NOW)
    assert not Activity.objects.exists()
    assert not Figure.objects.exists()
    assert Photo.objects.get().activity_id is None, "the photo stays with the week"
    undo_step(actor=RANA, change=change, now=NOW)
    assert Activity.objects.get().uid == uid
    after = rows()
    assert {name: len(found) for name, found in after.items()} == {name: len(found) for name, found in before.items()}
    for name, found in before.items():
        for old, new in zip(found, after[name], strict=True):
            differing = {key for key in old if old[key] != new[key]} - {"changed_at", "revision"}
            assert differing == set(), name


def test_the_page_lists_what_goes_along_and_does_it_when_asked_again(world: World, activity: Activity) -> None:
    client, address = world.client(Character.EDITOR), reverse("activity_away", kwargs={"uid": activity.uid})
    html = client.get(address).content.decode()
    assert "Photos, which stay with the week: 1" in html
    assert "Tasks: 1" in html
    answer = client.post(address, follow=True)
    assert "It can be put back" in answer.content.decode()
    assert not Activity.objects.exists()
    history = client.get(reverse("week_history", kwargs={"week": "our-week"})).content.decode()
    assert "Rana" in history
    client.post(reverse("week_undo", kwargs={"week": "our-week", "change": Change.objects.latest("pk").pk}))
    assert Activity.objects.get().uid == activity.uid


def asked(activity: Activity) -> None:
    part = Involvement.objects.filter(activity=activity).latest("pk")
    SignOffRequest.objects.create(involvement=part, **_request())


def _request() -> dict[str, Any]:
    return {"about": "part", "asked_at": NOW, "ends_on": NOW.date(), "asked_by": "Rana"}


def sign_up(activity: Activity) -> None:
    Admission.objects.create(activity=activity)


def published(activity: Activity) -> None:
    PartRelease.objects.create(activity=activity, by="Rana", at=NOW, mark="0" * 64, is_out=True)


def on_a_phone(activity: Activity) -> None:
    issued(activity)


@pytest.mark.parametrize(
    ("hinder", "why"),
    [
        (on_a_phone, "A phone has a kit"),
        (sign_up, "A sign-up was made"),
        (published, "It was published"),
        (asked, "Partners were asked"),
    ],
)
def test_what_others_count_on_is_cancelled_instead(world: World, activity: Activity, hinder: Any, why: str) -> None:
    assert held_by(activity).ruling, "the control: without that it could go"
    hinder(activity)
    html = world.client(Character.EDITOR).get(reverse("activity_away", kwargs={"uid": activity.uid})).content.decode()
    assert why in html
    assert reverse("activity_cancel", kwargs={"uid": activity.uid}) in html
    with pytest.raises(Refused, match=why):
        take_away(actor=RANA, activity=activity, now=NOW)
    assert Figure.objects.exists()


def test_who_carries_only_the_activity_takes_nothing_out_of_the_week(world: World, activity: Activity) -> None:
    involved(activity.week, world.theirs, activity, type="co_organiser")
    client = world.client(Character.COORDINATOR_ELSEWHERE)
    assert client.post(reverse("activity_away", kwargs={"uid": activity.uid})).status_code == 403
    assert Activity.objects.exists()
