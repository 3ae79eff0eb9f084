"""The programme for a wall holds what the public may know, in its own language, and nothing else."""

from datetime import date, time

import pytest
from django.urls import reverse

from tadamun.organise.programme.models import Activity, Involvement, Place, Sitting, Week
from tadamun.organise.programme.vocabulary import PlaceKind, State, TellPlace
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def run(world: World) -> Activity:
    return make_activity(world)


def printed(world: World, activity: Activity, code: str = "en") -> str:
    address = reverse("week_programme", kwargs={"week": activity.week.slug})
    answer = world.client(Character.COORDINATOR).get(address, {"language": code})
    assert answer.status_code == 200
    return answer.content.decode()


def sheet(world: World, activity: Activity, code: str = "en") -> str:
    """Only what goes on paper."""
    page = printed(world, activity, code)
    return page[page.index("<article") : page.index("</article>")]


def test_a_day_has_its_activities_in_the_order_of_their_hours(world: World, run: Activity) -> None:
    Sitting.objects.filter(activity=run).update(start_time=time(16), end_time=time(18))
    early = Activity.objects.create(
        week=run.week,
        uid="00000000-0000-0000-0000-0000000000aa",
        slug="tea",
        position=9,
        kind="talk",
        titles={"en": "Tea"},
        state=State.PLANNED,
        changed_at=run.changed_at,
    )
    Sitting.objects.create(
        activity=early, position=0, start=date(2099, 3, 3), end=date(2099, 3, 4), start_time=time(9, 30)
    )
    paper = sheet(world, run)
    assert paper.index("Tea") < paper.index("Our run")
    assert "16:00 – 18:00" in paper
    assert "3–4 March" in paper
    assert "Tuesday" in paper


def test_it_speaks_the_language_that_was_chosen(world: World, run: Activity) -> None:
    paper = sheet(world, run, "ar")
    assert 'lang="ar" dir="rtl"' in paper
    assert "سباقنا" in paper
    assert "آذار" in paper
    assert 'lang="en"' in sheet(world, run, "xx"), "a language that is not there gives the first one"


def test_a_place_that_is_told_later_is_not_on_paper(world: World, run: Activity) -> None:
    hall = Place.objects.create(slug="hall", kind=PlaceKind.VENUE, names={"en": "Hidden Hall"})
    city = Place.objects.create(slug="city", kind=PlaceKind.CITY, names={"en": "Nasiriya"})
    Sitting.objects.update(place=hall, public_place=city, tell_place=TellPlace.NEVER)
    paper = sheet(world, run)
    assert "Nasiriya" in paper
    assert "Hidden Hall" not in paper
    Sitting.objects.update(tell_place=TellPlace.ALWAYS)
    assert "Hidden Hall" in sheet(world, run)


def test_a_partner_that_has_not_agreed_is_not_on_paper(world: World, run: Activity) -> None:
    part = Involvement.objects.create(
        week=run.week,
        activity=run,
        organisation=world.theirs,
        type="supporter",
        sign_off="asked",
        position=3,
        line={"en": "with Their Forum"},
    )
    assert "Their Forum" not in sheet(world, run)
    part.sign_off = "accepted"
    part.save()
    assert "Their Forum" in sheet(world, run)


def test_an_idea_is_not_printed_and_the_page_says_why(world: World, run: Activity) -> None:
    Activity.objects.filter(pk=run.pk).update(state=State.IDEA)
    assert "Our run" not in sheet(world, run)
    Week.objects.update(state=State.IDEA)
    page = printed(world, run)
    assert "<article" not in page
    assert "This is an idea and not public." in page


def test_what_was_called_off_says_so(world: World, run: Activity) -> None:
    assert "chip" not in sheet(world, run)
    Activity.objects.update(state=State.CANCELLED)
    assert "cancelled" in sheet(world, run)
