"""The first page: what waits for me with a day and a link, my weeks, and nothing of others."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.desk.today import needs_of
from tadamun.organise.network.queries import standing_of
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.vocabulary import Standing as SignUp
from tadamun.organise.programme.models import Activity, Promise, Sitting, Week
from tadamun.organise.programme.vocabulary import State
from tadamun.toolkit import clock
from tadamun.toolkit.panels import Mark, Need
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def today() -> date:
    return clock.now().date()


def needs(world: World, character: Character = Character.COORDINATOR) -> list[Need]:
    return needs_of(standing_of(world.accounts[character]), clock.now())


def said(world: World, character: Character = Character.COORDINATOR) -> str:
    return " | ".join(str(need.line.says) for need in needs(world, character))


def near(activity: Activity, day: date, **fields: object) -> None:
    Week.objects.filter(pk=activity.week_id).update(start=day, end=day + timedelta(days=7))
    Sitting.objects.filter(activity=activity).update(start=day, end=day)
    Activity.objects.filter(pk=activity.pk).update(**fields)


def test_a_promise_that_falls_due_is_said_with_its_day(world: World, today: date) -> None:
    activity = make_activity(world)
    Activity.objects.update(titles={"en": "Run", "ar": "سباق", "ckb": "ڕاکردن"})
    Promise.objects.create(
        week=activity.week, activity=activity, slug="p", position=0, text={"en": "Again in Nasiriya"}, due_on=today
    )
    (need,) = needs(world)
    assert "Again in Nasiriya" in need.line.says
    assert (need.on, need.line.mark) == (today, Mark.ASKS)
    assert need.line.address == f"{reverse('activity', args=[activity.uid])}#promises"
    Promise.objects.update(due_on=today - timedelta(days=1))
    assert needs(world)[0].line.mark is Mark.WARNS
    Promise.objects.update(due_on=today + timedelta(days=90))
    assert needs(world) == []
    Promise.objects.update(due_on=today, state="held")
    assert needs(world) == []


def test_an_idea_that_is_near_and_a_day_that_is_over_ask_for_a_word(world: World, today: date) -> None:
    activity = make_activity(world)
    titles = {"en": "Run", "ar": "سباق", "ckb": "ڕاکردن"}
    near(activity, today + timedelta(days=5), state=State.IDEA, titles=titles)
    assert "Still an idea" in said(world)
    near(activity, today - timedelta(days=1), state=State.PLANNED)
    assert "Was it held?" in said(world)
    near(activity, today - timedelta(days=1), state=State.HELD)
    assert said(world) == ""


def test_an_activity_without_a_day_is_said_when_its_week_is_near(world: World, today: date) -> None:
    activity = make_activity(world)
    near(activity, today + timedelta(days=5), state=State.IDEA)
    activity.sittings.all().delete()
    assert "Has no day yet" in said(world)


def test_a_title_that_misses_in_a_language_of_the_site_is_said(world: World, today: date) -> None:
    near(make_activity(world), today + timedelta(days=5), titles={"en": "Run"})
    assert "No title in" in said(world)
    assert "العربية" in said(world)


def test_sign_ups_that_wait_for_an_answer_are_counted(world: World) -> None:
    admission = Admission.objects.create(activity=make_activity(world))
    for number, standing in enumerate((SignUp.PENDING, SignUp.QUARANTINED, SignUp.PLACED)):
        Registration.objects.create(
            admission=admission, number=number, standing=standing, told=standing, sealed=b"", own_copy=b"",
            ticket_hash=bytes([number] * 32), form_mark=bytes([number] * 32), short_code=str(number), language="ar",
            registered_on=date(2099, 1, 1),
        )  # fmt: skip
    assert "2 sign-ups wait for an answer" in said(world)


def test_a_week_that_is_an_idea_says_so_once_and_not_for_each_activity(world: World, today: date) -> None:
    activity = make_activity(world)
    near(activity, today + timedelta(days=5), state=State.IDEA)
    Week.objects.update(state=State.IDEA)
    assert said(world) == "Still an idea: <bdi>Our week</bdi>"


def test_nothing_of_others_waits_for_me_and_who_only_looks_is_asked_nothing(world: World, today: date) -> None:
    near(make_activity(world, theirs=True), today + timedelta(days=5), state=State.IDEA)
    assert "Their run" in said(world, Character.COORDINATOR_ELSEWHERE)
    assert said(world) == ""
    near(make_activity(world), today + timedelta(days=5), state=State.IDEA)
    assert said(world, Character.DOOR) == ""


def test_the_page_shows_what_presses_first_and_weeks_that_are_over_by_name(world: World, today: date) -> None:
    near(make_activity(world), today - timedelta(days=40), state=State.HELD)
    html = world.client(Character.COORDINATOR).get(reverse("desk")).content.decode()
    assert "Earlier weeks" in html
    assert "Our run" not in html
    near(Activity.objects.get(), today + timedelta(days=5), state=State.IDEA)
    html = world.client(Character.COORDINATOR).get(reverse("desk")).content.decode()
    assert html.index("Still an idea") < html.index('class="tiles"')


def test_who_has_no_week_is_told_what_to_do_next(world: World) -> None:
    html = world.client(Character.COORDINATOR).get(reverse("desk")).content.decode()
    assert reverse("begin") in html
    html = world.client(Character.DOOR).get(reverse("desk")).content.decode()
    assert reverse("begin") not in html
    assert "A coordinator of a week can involve them" in html


def test_the_page_asks_as_much_for_fifty_as_for_one(world: World, today: date) -> None:
    activity = make_activity(world)
    near(activity, today + timedelta(days=5), state=State.IDEA)
    client = world.client(Character.COORDINATOR)
    client.get(reverse("desk"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("desk"))
        return len(asked)

    at_one = queries()
    for number in range(49):
        more = Activity.objects.create(
            uid=f"00000000-0000-4000-8000-{number:012}", week=activity.week, slug=f"a{number}", position=number + 1,
            kind="talk", titles={"en": "T"}, state=State.IDEA, changed_at=clock.now(),
        )  # fmt: skip
        Sitting.objects.create(activity=more, position=0, start=today, end=today)
        Promise.objects.create(week=activity.week, slug=f"p{number}", position=number, text={"en": "P"}, due_on=today)
    assert queries() == at_one
