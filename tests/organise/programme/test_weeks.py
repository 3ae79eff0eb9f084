"""A week begins as an idea, from nothing or from a template; activities are added and moved, and nothing is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from tadamun.kinds.registry import KINDS
from tadamun.organise.network.queries import standing_of
from tadamun.organise.programme.models import Change, Sitting, Week
from tadamun.organise.programme.queries.reach import week_of
from tadamun.organise.programme.queries.slugs import slug_of
from tadamun.organise.programme.services import changes, weeks
from tadamun.organise.programme.services.templates import TEMPLATES
from tadamun.organise.programme.services.together import undo_step
from tadamun.organise.programme.vocabulary import State, TellPlace, WeekForm
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.rulings import Refused
from tests.characters import Character, World, make_world

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)
LAYLA = Actor("Layla", 1)
FIRST, LAST = date(2018, 3, 21), date(2018, 3, 28)
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def begin(world: World, *, title: str = "Kahramana week", template: str = "", **said: date) -> Week:
    beginning = weeks.Beginning(
        titles={"en": title},
        form=WeekForm.WEEK,
        start=said.get("start", FIRST),
        end=said.get("end", LAST),
        organiser=world.ours,
        timezone="Asia/Baghdad",
    )
    return weeks.begin_week(
        actor=LAYLA, beginning=beginning, now=NOW, template=TEMPLATES.get(template), languages=LANGUAGES
    )


def test_a_week_begins_as_an_idea_that_its_organiser_may_work_on(world: World) -> None:
    week = begin(world)
    assert (week.slug, week.state) == ("kahramana-week-2018", State.IDEA)
    assert week_of(standing_of(world.accounts[Character.COORDINATOR]), week.slug) == week
    assert week_of(standing_of(world.accounts[Character.COORDINATOR_ELSEWHERE]), week.slug) is None


def test_two_weeks_of_one_name_have_two_addresses(world: World) -> None:
    assert [begin(world).slug, begin(world).slug] == ["kahramana-week-2018", "kahramana-week-2018-2"]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ({"ar": "أسبوع كهرمانة"}, "asbua-khrmana"),
        ({"ar": "أسبوع", "en": "Our week!"}, "our-week"),
        ({"en": "2018"}, "week"),
        ({"en": "x" * 90}, "x" * 60),
        ({}, "week"),
    ],
)
def test_an_address_is_made_of_the_title_or_of_the_kind(text: dict[str, str], slug: str) -> None:
    assert slug_of(text, "week") == slug


def test_a_week_that_ends_before_it_begins_or_lasts_for_years_is_refused_and_leaves_nothing(world: World) -> None:
    for end in (FIRST - timedelta(days=1), FIRST + timedelta(days=800)):
        with pytest.raises(Refused):
            begin(world, end=end)
    assert not Week.objects.exists()


@pytest.mark.parametrize("code", TEMPLATES)
def test_a_template_fills_the_days_with_ideas(world: World, code: str) -> None:
    template = TEMPLATES[code]
    week = begin(world, template=code, end=FIRST + timedelta(days=template.days - 1))
    activities = list(week.activities.order_by("position"))
    assert [activity.kind for activity in activities] == [sketch.kind for sketch in template.sketches]
    assert {activity.state for activity in activities} == {State.IDEA}
    for activity, sketch in zip(activities, template.sketches, strict=True):
        assert activity.sittings.get().start == FIRST + timedelta(days=sketch.day - 1)
        assert activity.titles["en"]


@pytest.mark.pure
def test_templates_know_only_kinds_that_there_are_and_days_that_they_have() -> None:
    for template in TEMPLATES.values():
        assert {sketch.kind for sketch in template.sketches} <= set(KINDS)
        assert all(1 <= sketch.day <= template.days for sketch in template.sketches)


def test_a_template_in_a_shorter_week_stays_within_it(world: World) -> None:
    week = begin(world, template="week", end=FIRST + timedelta(days=2))
    assert all(sitting.start <= week.end for sitting in Sitting.objects.all())


def test_an_activity_needs_a_title_a_kind_and_perhaps_a_day(world: World) -> None:
    week = begin(world)
    for day in (FIRST, None):
        activity = weeks.add_activity(actor=LAYLA, week=week, kind="talk", titles={"ar": "شاي"}, day=day, now=NOW)
        assert [sitting.start for sitting in activity.sittings.all()] == ([day] if day else [])
    assert [activity.slug for activity in week.activities.order_by("position")] == ["shay", "shay-2"]


def sitting_of(world: World) -> Sitting:
    activity = weeks.add_activity(
        actor=LAYLA, week=begin(world), kind="outreach", titles={"en": "Leaflets"}, day=FIRST, now=NOW
    )
    sitting = activity.sittings.get()
    sitting.end = FIRST + timedelta(days=1)
    sitting.tell_place, sitting.told_from = TellPlace.LATER, datetime(2018, 3, 20, 12, tzinfo=UTC)
    sitting.save()
    return sitting


def test_a_moved_sitting_keeps_its_length_and_tells_its_place_as_long_before(world: World) -> None:
    sitting = sitting_of(world)
    weeks.move_sitting(actor=LAYLA, sitting=sitting, seen=FIRST, to=FIRST + timedelta(days=3), now=NOW)
    sitting.refresh_from_db()
    assert (sitting.start, sitting.end) == (date(2018, 3, 24), date(2018, 3, 25))
    assert sitting.told_from == datetime(2018, 3, 23, 12, tzinfo=UTC)


def test_moving_what_somebody_moved_meanwhile_changes_nothing_and_says_so(world: World) -> None:
    sitting = sitting_of(world)
    weeks.move_sitting(actor=LAYLA, sitting=sitting, seen=FIRST, to=FIRST + timedelta(days=3), now=NOW)
    sitting.refresh_from_db()
    outcome = weeks.move_sitting(actor=LAYLA, sitting=sitting, seen=FIRST, to=FIRST + timedelta(days=1), now=NOW)
    assert outcome.both
    sitting.refresh_from_db()
    assert sitting.start == date(2018, 3, 24)


def test_a_move_is_undone_as_a_whole(world: World) -> None:
    sitting = sitting_of(world)
    outcome = weeks.move_sitting(actor=LAYLA, sitting=sitting, seen=FIRST, to=LAST, now=NOW)
    assert outcome.change
    undo_step(actor=LAYLA, change=outcome.change, now=NOW)
    sitting.refresh_from_db()
    assert (sitting.start, sitting.told_from) == (FIRST, datetime(2018, 3, 20, 12, tzinfo=UTC))


def test_giving_a_day_is_undone_too(world: World) -> None:
    activity = weeks.add_activity(actor=LAYLA, week=begin(world), kind="talk", titles={"en": "T"}, day=None, now=NOW)
    sitting = weeks.put_on_day(actor=LAYLA, activity=activity, day=FIRST, now=NOW)
    changes.undo(actor=LAYLA, change_made=Change.objects.get(row=sitting.pk, thing="programme.sitting"), now=NOW)
    assert not activity.sittings.exists()
