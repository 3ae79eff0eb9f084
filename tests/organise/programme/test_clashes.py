"""What gets in the way is said, of both sides where both may be seen, and never forbidden."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.queries import standing_of
from tadamun.organise.network.vocabulary import OrganisationKind, Standing
from tadamun.organise.programme.models import Activity, Involvement, Occasion, Person, Place, Sitting, Week
from tadamun.organise.programme.queries.clashes import clashes_in
from tadamun.organise.programme.queries.clashing import Clash, ClashKind, Slot, clashes_of, hours_of
from tadamun.organise.programme.vocabulary import InvolvementType, Naming, PersonRole, PlaceKind, SignOff, State
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

DAY = date(2099, 3, 3)
AFTERNOON, EVENING = (time(15), time(17)), (time(19), time(21))
ONE, OTHER = UUID(int=11), UUID(int=12)


def slot(activity: UUID, **said: Any) -> Slot:
    return Slot(activity=activity, titles={"en": f"Activity {activity.int}"}, day=said.pop("day", DAY), **said)


def kinds(found: Iterable[Clash], *, loud: bool | None = None) -> list[ClashKind]:
    return [clash.kind for clash in found if loud is None or clash.loud is loud]


# --- by plain values ----------------------------------------------------------------------------


def test_one_place_at_one_time_clashes_and_one_after_the_other_does_not() -> None:
    first = slot(ONE, hours=(900, 1020), place=7, place_names={"en": "Hall"})
    same = clashes_of([first, slot(OTHER, hours=(960, 1080), place=7)], [])
    assert kinds(same, loud=True) == [ClashKind.PLACE]
    assert "Hall" in same[0].says
    assert same[0].activities == (ONE, OTHER)
    assert clashes_of([first, slot(OTHER, hours=(1020, 1080), place=7)], []) == []
    assert clashes_of([first, slot(OTHER, hours=(960, 1080), place=8)], []) == []


def test_hours_that_are_not_set_make_a_quiet_note() -> None:
    found = clashes_of([slot(ONE, place=7), slot(OTHER, hours=(960, 1080), place=7)], [])
    assert kinds(found, loud=False) == [ClashKind.PLACE]


def test_a_name_in_three_languages_is_said_once() -> None:
    name = {"en": "Zaynab Ali", "ar": "زينب علي", "ckb": "زەینەب عەلی"}
    people = dict.fromkeys(("zaynab ali", "زينب علي", "زهينهب علي"), name)
    found = clashes_of([slot(ONE, hours=(900, 990), people=people), slot(OTHER, hours=(960, 1000), people=people)], [])
    assert kinds(found) == [ClashKind.PERSON]


def test_two_days_of_one_activity_do_not_clash_with_themselves() -> None:
    assert clashes_of([slot(ONE, hours=(900, 990), place=7), slot(ONE, hours=(900, 990), place=7)], []) == []


def test_words_of_a_title_cannot_become_markup() -> None:
    evil = Slot(activity=ONE, titles={"en": "<b>x"}, day=DAY, hours=(1, 2), place=1, place_names={"en": "<i>"})
    (clash,) = clashes_of([evil, slot(OTHER, hours=(1, 2), place=1)], [])
    assert "<b>" not in clash.says
    assert "&lt;b&gt;" in clash.says


def test_friday_prayer_is_loud_and_other_prayers_are_quiet() -> None:
    baghdad = {"point": (33.3, 44.4), "zone": "Asia/Baghdad"}
    friday, saturday = date(2018, 3, 23), date(2018, 3, 24)
    (loud,) = clashes_of([slot(ONE, day=friday, hours=(11 * 60, 13 * 60), **baghdad)], [])
    assert (loud.kind, loud.loud) == (ClashKind.PRAYER, True)
    assert "12:0" in loud.says
    (quiet,) = clashes_of([slot(ONE, day=saturday, hours=(11 * 60, 13 * 60), **baghdad)], [])
    assert (quiet.kind, quiet.loud) == (ClashKind.PRAYER, False)
    assert clashes_of([slot(ONE, day=friday, hours=(8 * 60, 10 * 60), **baghdad)], []) == []


def test_hours_come_from_the_clock_or_from_the_part_of_the_day() -> None:
    assert hours_of(time(15), time(17), "") == (900, 1020)
    assert hours_of(time(22), time(1), "") == (1320, 1440)
    assert hours_of(time(15), None, "morning") == (900, 1020)
    assert hours_of(None, None, "morning") == (480, 720)
    assert hours_of(None, None, "") is None


# --- from the database --------------------------------------------------------------------------


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def week(world: World) -> Week:
    activity = make_activity(world)
    Sitting.objects.update(start_time=AFTERNOON[0], end_time=AFTERNOON[1], place=hall())
    return activity.week


def hall() -> Place:
    return Place.objects.get_or_create(slug="hall", kind=PlaceKind.VENUE, names={"en": "Hall"})[0]


def add(week: Week, *, hours: tuple[time, time] = AFTERNOON, day: date = DAY, place: Place | None = None) -> Activity:
    number = week.activities.count()
    activity = Activity.objects.create(
        uid=uuid4(), week=week, slug=f"a{number}", position=number, kind="talk", titles={"en": f"Talk {number}"},
        state=State.PLANNED, changed_at=week.changed_at,
    )  # fmt: skip
    Sitting.objects.create(
        activity=activity, position=0, start=day, end=day, start_time=hours[0], end_time=hours[1], place=place
    )
    return activity


def layla(world: World) -> Standing:
    return standing_of(world.accounts[Character.COORDINATOR])


def test_two_activities_in_one_hall_are_told_of(world: World, week: Week) -> None:
    other = add(week, place=hall())
    (clash,) = [clash for clash in clashes_in(week, layla(world)) if clash.loud]
    assert (clash.kind, clash.day) == (ClashKind.PLACE, DAY)
    assert other.uid in clash.activities


def test_a_city_holds_many_things_at_once(world: World, week: Week) -> None:
    baghdad = Place.objects.create(slug="baghdad", kind=PlaceKind.CITY, names={"en": "Baghdad"})
    Sitting.objects.update(place=baghdad)
    add(week, place=baghdad)
    assert kinds(clashes_in(week, layla(world)), loud=True) == []


def test_what_was_cancelled_is_in_nobodys_way(world: World, week: Week) -> None:
    add(week, place=hall())
    Activity.objects.filter(slug="our-run").update(state=State.CANCELLED)
    assert kinds(clashes_in(week, layla(world)), loud=True) == []


def test_a_partner_that_carries_two_things_at_once_is_told_of(world: World, week: Week) -> None:
    amal = Organisation.objects.create(slug="amal", kind=OrganisationKind.ASSOCIATION, names={"en": "Amal"})
    for position, activity in enumerate((week.activities.get(), add(week))):
        Involvement.objects.create(
            week=week, activity=activity, position=position, organisation=amal, type=InvolvementType.RUNS,
            sign_off=SignOff.ACCEPTED,
        )  # fmt: skip
    (clash,) = [clash for clash in clashes_in(week, layla(world)) if clash.loud]
    assert clash.kind is ClashKind.PARTNER
    assert "Amal" in clash.says


def test_a_speaker_with_two_talks_at_once_is_told_of_but_a_first_name_tells_nothing(world: World, week: Week) -> None:
    for position, activity in enumerate((week.activities.get(), add(week))):
        for naming in (Naming.FULL_NAME, Naming.FIRST_NAME):
            Person.objects.create(
                week=week, activity=activity, position=position, role=PersonRole.SPEAKER, naming=naming,
                name={"en": f"Sara {naming}"},
            )  # fmt: skip
    found = [clash for clash in clashes_in(week, layla(world)) if clash.loud]
    assert kinds(found) == [ClashKind.PERSON]
    assert "full_name" in found[0].says


def test_an_election_on_the_day_is_loud_unless_the_activity_is_about_it(world: World, week: Week) -> None:
    election = Occasion.objects.create(slug="e", kind="election", names={"en": "Election"}, start=DAY, end=DAY)
    assert kinds(clashes_in(week, layla(world)), loud=True) == [ClashKind.OCCASION]
    week.activities.get().occasions.add(election)
    assert kinds(clashes_in(week, layla(world)), loud=True) == []


def test_our_other_weeks_are_told_of_and_weeks_of_others_never(world: World, week: Week) -> None:
    secret = make_activity(world, theirs=True)
    Sitting.objects.filter(activity=secret).update(place=hall(), start_time=AFTERNOON[0], end_time=AFTERNOON[1])
    assert not any("Their" in clash.says for clash in clashes_in(week, layla(world)))
    Involvement.objects.filter(week=secret.week).update(organisation=world.ours)
    told = [clash for clash in clashes_in(week, layla(world)) if "Their run" in clash.says]
    assert sorted(kinds(told), key=str) == [ClashKind.ELSEWHERE, ClashKind.PLACE]


def test_the_number_of_queries_does_not_grow_with_the_week(world: World, week: Week) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            clashes_in(week, layla(world))
        return len(asked)

    at_one = queries()
    for number in range(49):
        add(week, day=DAY + timedelta(days=number % 5), place=hall())
    assert queries() == at_one
