"""Every page that lists asks the database as often for fifty rows as for one."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.organise.archive.models import Photo
from tadamun.organise.network.models import Account, Membership, Organisation
from tadamun.organise.network.vocabulary import OrganisationKind, Role
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.planning.models import Contact, Material, Permit, Risk, Task
from tadamun.organise.programme.models import (
    Activity,
    Campaign,
    Contribution,
    Involvement,
    Occasion,
    Place,
    Promise,
    Series,
    Sitting,
    Week,
)
from tadamun.organise.programme.services.changes import remove
from tadamun.organise.programme.vocabulary import PlaceKind, State
from tadamun.organise.safety.services.audit import COMMAND_LINE
from tests.characters import BEFORE_THE_WEEK, Character, World, make_world
from tests.organise.people_desk.houses import make_activity

START = date(2099, 3, 1)
OF_WEEK = (
    "week",
    "week_history",
    "week_photos",
    "week_programme",
    "publishing",
    "words",
    "planning_week_contacts",
    "planning_week_run_sheet",
    "copy_week",
    "activity_new",
)
OF_ACTIVITY = (
    "activity",
    "activity_history",
    "activity_photos",
    "people",
    "roster",
    "sign_in_sheet",
    "planning_activity_contacts",
    "planning_activity_run_sheet",
)
OF_ALL = ("desk", "begin", "glossary", "organisations", "world", "data_held", "account")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def addresses(world: World, activity: Activity) -> Mapping[str, str]:
    """The pages that list, by name."""
    found = {name: reverse(name, kwargs={"week": activity.week.slug}) for name in OF_WEEK}
    found |= {name: reverse(name, kwargs={"uid": activity.uid}) for name in OF_ACTIVITY}
    found |= {name: reverse(name) for name in OF_ALL}
    found |= {f"world_list {code}": reverse("world_list", kwargs={"code": code}) for code in ("places", "occasions")}
    found["members"] = reverse("members", kwargs={"slug": world.ours.slug})
    found["organisation"] = reverse("organisation", kwargs={"slug": world.ours.slug})
    found["editions"] = reverse("editions", kwargs={"slug": "editions"})
    found["report_back"] = reverse("report_back", kwargs={"slug": "days"})
    return found


def more_of_the_world(world: World, week: Week, number: int) -> tuple[Organisation, Place]:
    """Another organisation, place, occasion, member and week."""
    name = f"more-{number}"
    other = Organisation.objects.create(slug=name, kind=OrganisationKind.FORUM, names={"en": name, "ar": "منتدى"})
    place = Place.objects.create(slug=name, kind=PlaceKind.VENUE, names={"en": name})
    Occasion.objects.create(slug=name, names={"en": name}, start=START, end=START)
    account = Account.objects.create_user(email=f"{name}@example.org", shown_name=name, created_at=BEFORE_THE_WEEK)
    Membership.objects.create(account=account, organisation=world.ours, role=Role.EDITOR)
    again = Week.objects.create(
        uid=uuid4(),
        slug=name,
        form="week",
        titles={"en": name},
        state=State.OPEN,
        start=START,
        end=START,
        timezone="Asia/Baghdad",
        series=week.series,
        changed_at=BEFORE_THE_WEEK,
    )
    Involvement.objects.create(week=again, position=0, organisation=world.ours, type="organiser", sign_off="accepted")
    return other, place


def more(world: World, activity: Activity, number: int) -> None:
    """One row more of everything that the pages list."""
    week, name, day = activity.week, f"more-{number}", START + timedelta(days=number % 7)
    other, place = more_of_the_world(world, week, number)
    another = Activity.objects.create(
        uid=uuid4(),
        week=week,
        slug=name,
        position=number + 1,
        kind="gathering",
        titles={"en": name},
        state=State.OPEN,
        changed_at=BEFORE_THE_WEEK,
    )
    for one, at in ((another, 0), (activity, number + 1)):
        Sitting.objects.create(activity=one, position=at, start=day, end=day, place=place)
        Involvement.objects.create(
            week=week, activity=one, organisation=other, type="supporter", sign_off="accepted", position=number + 9
        )
        Promise.objects.create(week=week, activity=one, slug=f"{name}-{at}", text={"en": name}, position=number + 9)
        Contribution.objects.create(
            week=week, activity=one, campaign=Campaign.objects.get(slug="days"), position=number + 9
        )
    gone = Promise.objects.create(week=week, activity=activity, slug=f"{name}-gone", position=number + 99)
    remove(actor=COMMAND_LINE, row=gone, now=BEFORE_THE_WEEK)
    for model in (Task, Material, Permit, Risk, Contact):
        for scope in (activity, None):
            model._default_manager.create(week=week, activity=scope, position=number)
    sha256 = f"{number:064x}"
    size: dict[str, Any] = {"file": f"photos/{name}.png", "sha256": sha256, "width": 1, "height": 1}
    Photo.objects.create(week=week, activity=activity, position=number, **size)
    Registration.objects.create(**registration(activity, number))


def registration(activity: Activity, number: int) -> dict[str, Any]:
    """What a sign-up is stored as, sealed with nothing in it."""
    mark = number.to_bytes(32, "big")
    return {
        "admission": activity.admission,
        "number": number + 1,
        "standing": Standing.PLACED,
        "told": Standing.PLACED,
        "sealed": b"",
        "own_copy": b"",
        "ticket_hash": mark,
        "form_mark": mark,
        "short_code": f"{number:09d}",
        "language": "en",
        "registered_on": START,
    }


def queries(world: World, pages: Mapping[str, str]) -> dict[str, int]:
    """How often each page asks."""
    client, asked = world.client(Character.COORDINATOR), {}
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        asked[name] = len(captured)
    return asked


@pytest.mark.slow
def test_fifty_rows_ask_as_often_as_one(world: World) -> None:
    activity = make_activity(world)
    activity.week.series = Series.objects.create(slug="editions", names={"en": "Editions"})
    activity.week.save()
    Campaign.objects.create(slug="days", names={"en": "Days"})
    Admission.objects.create(activity=activity)
    pages = addresses(world, activity)
    for number in range(2):
        more(world, activity, number)
    queries(world, pages)  # what is read once for the whole run is read now
    few = queries(world, pages)
    for number in range(2, 50):
        more(world, activity, number)
    many = queries(world, pages)
    assert {name: (few[name], many[name]) for name in pages if few[name] != many[name]} == {}
