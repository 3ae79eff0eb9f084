"""The week's page and its board: adding in one form, moving with buttons, undoing, and who may do that."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.organise.programme.models import Activity, Change, Involvement, Place, Publication, Sitting, Week
from tadamun.organise.programme.vocabulary import DatePrecision, InvolvementType, PlaceKind, SignOff, State
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

pytestmark = pytest.mark.django_db
DAY = date(2099, 3, 3)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def week(world: World) -> Week:
    return make_activity(world).week


def layla(world: World, character: Character = Character.COORDINATOR) -> Client:
    client = world.client(character)
    client.raise_request_exception = True
    return client


def page(client: Client, week: Week, **asked: str) -> str:
    return client.get(reverse("week", args=[week.slug]), asked).content.decode()


def part(html: str, day: date) -> str:
    """What stands on a day of the board."""
    return html.split(f'id="day-{day.isoformat()}"')[1].split('class="day', maxsplit=1)[0]


def move(client: Client, activity: Activity, **sent: object) -> str:
    answer = client.post(
        reverse("activity_move", args=[activity.uid]), {key: str(value) for key, value in sent.items()}
    )
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_every_day_of_the_week_is_there_and_the_activity_on_its_own(world: World, week: Week) -> None:
    html = page(layla(world), week)
    assert len(re.findall(r'id="day-', html)) == 8
    assert "Our run" in part(html, DAY)
    assert "Our run" not in part(html, DAY + timedelta(days=1))


def test_an_activity_is_added_with_a_title_a_kind_and_a_day(world: World, week: Week) -> None:
    client = layla(world)
    sent = {"title": "Tea and talks", "kind": "talk", "day": "2099-03-04"}
    answer = client.post(reverse("activity_new", args=[week.slug]), sent)
    assert answer.headers["Location"].endswith("#day-2099-03-04")
    added = Activity.objects.get(slug="tea-and-talks")
    assert (added.titles, added.kind, added.state) == ({"en": "Tea and talks"}, "talk", State.IDEA)
    assert "Tea and talks" in part(page(client, week), date(2099, 3, 4))


def test_an_activity_without_a_day_stands_aside_until_it_gets_one(world: World, week: Week) -> None:
    client = layla(world)
    client.post(reverse("activity_new", args=[week.slug]), {"title": "Some day", "kind": "talk", "day": ""})
    assert "Some day" in page(client, week).split('id="aside-title"')[1].split('class="days"')[0]
    activity = Activity.objects.get(slug="some-day")
    move(client, activity, day=DAY)
    assert "Some day" in part(page(client, week), DAY)
    move(client, activity, day=DAY)
    assert activity.sittings.count() == 1, "a second tap gives no second day"


def test_what_is_wrong_with_a_new_activity_is_told_and_nothing_is_added(world: World, week: Week) -> None:
    answer = layla(world).post(reverse("activity_new", args=[week.slug]), {"title": "", "kind": "war", "day": "soon"})
    assert answer.status_code == 400
    assert answer.content.decode().count('class="errorlist"') == 3
    assert week.activities.count() == 1


def test_buttons_move_an_activity_and_the_answer_offers_to_undo(world: World, week: Week) -> None:
    client, activity = layla(world), week.activities.get()
    sitting = activity.sittings.get()
    location = move(client, activity, sitting=sitting.pk, seen=DAY, to=DAY + timedelta(days=1))
    assert location.endswith("#day-2099-03-04")
    html = client.get(location).content.decode()
    assert "Our run" in part(html, date(2099, 3, 4))
    back = re.search(r'action="([^"]*moved-back[^"]*)"', html)
    assert back
    client.post(back[1])
    assert Sitting.objects.get().start == DAY


def test_moving_what_was_moved_meanwhile_says_where_it_is(world: World, week: Week) -> None:
    client, activity = layla(world), week.activities.get()
    sitting = activity.sittings.get()
    move(client, activity, sitting=sitting.pk, seen=DAY, to=DAY + timedelta(days=1))
    location = move(client, activity, sitting=sitting.pk, seen=DAY, day=DAY + timedelta(days=3))
    assert "4 March 2099" in client.get(location).content.decode().split('class="messages"')[1]
    assert Sitting.objects.get().start == DAY + timedelta(days=1)


def test_a_move_to_nowhere_changes_nothing(world: World, week: Week) -> None:
    client, activity = layla(world), week.activities.get()
    for sent in ({"sitting": 99999, "to": DAY}, {"sitting": "x", "to": "never"}, {}):
        move(client, activity, **sent)
    assert Sitting.objects.get().start == DAY
    assert not Change.objects.exists()


def test_moving_what_is_published_reminds_to_tell_people(world: World, week: Week) -> None:
    client, activity = layla(world), week.activities.get()
    sitting = activity.sittings.get()
    move(client, activity, sitting=sitting.pk, seen=DAY, to=DAY + timedelta(days=1))
    assert "Postpone" not in page(client, week)
    Publication.objects.create(week=week, revision=1, fingerprint="", published_at=week.changed_at)
    move(client, activity, sitting=sitting.pk, seen=DAY + timedelta(days=1), to=DAY)
    assert "Postpone" in page(client, week).split('class="messages"')[1]


def test_a_partner_moves_its_own_activity_and_sees_no_other(world: World, week: Week) -> None:
    race = week.activities.get()
    Activity.objects.create(
        uid=uuid4(), week=week, slug="training", position=1, kind="training", titles={"en": "Secret training"},
        changed_at=week.changed_at,
    )  # fmt: skip
    Involvement.objects.create(
        week=week, activity=race, position=1, organisation=world.theirs, type=InvolvementType.COOPERATION,
        sign_off=SignOff.ACCEPTED,
    )  # fmt: skip
    dara = layla(world, Character.COORDINATOR_ELSEWHERE)
    html = page(dara, week)
    assert "Our run" in html
    assert "Secret training" not in html
    assert reverse("activity_new", args=[week.slug]) not in html
    assert dara.get(reverse("activity_new", args=[week.slug])).status_code == 403
    move(dara, race, sitting=race.sittings.get().pk, seen=DAY, to=DAY + timedelta(days=1))
    assert Sitting.objects.get().start == DAY + timedelta(days=1)


def test_whoever_only_looks_has_no_buttons(world: World, week: Week) -> None:
    html = page(layla(world, Character.DOOR), week)
    assert "Our run" in html
    assert 'class="mover"' not in html


def test_no_change_of_another_activity_is_undone_here(world: World, week: Week) -> None:
    theirs = make_activity(world, theirs=True)
    dara = layla(world, Character.COORDINATOR_ELSEWHERE)
    move(dara, theirs, sitting=theirs.sittings.get().pk, seen=DAY, to=DAY + timedelta(days=1))
    made = Change.objects.get()
    answer = layla(world).post(reverse("activity_move_back", args=[week.activities.get().uid, made.pk]))
    assert answer.status_code == 404
    assert "moved-back" not in page(layla(world), week, undo=str(made.pk))


def test_days_that_are_not_certain_stand_aside(world: World, week: Week) -> None:
    Sitting.objects.update(precision=DatePrecision.BETWEEN, end=DAY + timedelta(days=2), days=2)
    html = page(layla(world), week)
    assert "Our run" not in part(html, DAY)
    assert "between" in html.split('id="aside-title"')[1].split('class="days"')[0]


def test_the_title_of_a_week_is_changed_in_every_language(world: World, week: Week) -> None:
    client, address = layla(world), reverse("week_edit", args=[week.slug])
    form = client.get(address).context["form"]
    sent = {
        "titles-en": "Another week", "titles-ar": "أسبوع آخر", "form": week.form, "start": "2099-03-01",
        "end": "2099-03-08", "timezone": week.timezone, "seen": form.initial["seen"],
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    week.refresh_from_db()
    assert week.titles == {"en": "Another week", "ar": "أسبوع آخر"}
    answer = client.post(address, sent | {"end": "2099-02-08"})
    assert answer.status_code == 400
    assert "before the first" in answer.content.decode()


def test_the_page_asks_as_much_for_fifty_activities_as_for_one(world: World, week: Week) -> None:
    client = layla(world)
    page(client, week)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, week)
        return len(asked)

    at_one = queries()
    hall = Place.objects.create(slug="hall", kind=PlaceKind.VENUE, names={"en": "Hall"})
    for number in range(49):
        activity = Activity.objects.create(
            uid=uuid4(), week=week, slug=f"a{number}", position=number + 1, kind="talk", titles={"en": f"T{number}"},
            changed_at=week.changed_at,
        )  # fmt: skip
        Sitting.objects.create(activity=activity, position=0, start=DAY, end=DAY, place=hall)
    assert queries() == at_one
