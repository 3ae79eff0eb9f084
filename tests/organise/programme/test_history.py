"""“What was changed”: in words, before and after, by language; with a way back; for those who may."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.organise.programme.models import Activity, Change, Place, Promise, Sitting
from tadamun.organise.programme.queries.history import STEPS_A_PAGE, history_page
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.together import tie
from tadamun.organise.safety.services.audit import Actor
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

NOW = datetime(2018, 3, 3, 7, 40, tzinfo=UTC)
RANA = Actor("Rana", 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def activity(world: World) -> Activity:
    return make_activity(world)


@pytest.fixture
def rana(world: World) -> Client:
    return world.client(Character.EDITOR)


def pages(activity: Activity) -> tuple[str, str]:
    parts = reverse("activity_history", kwargs={"uid": activity.uid})
    return parts, reverse("week_history", kwargs={"week": activity.week.slug})


def set_field(activity: Activity, name: str, value: object) -> Change:
    seen = changes.values_of(activity, [name])
    made = changes.change(actor=RANA, row=activity, seen=seen, wanted={name: value}, now=NOW).change
    activity.refresh_from_db()
    assert made
    return made


def test_a_text_is_told_by_its_language_before_and_after(rana: Client, activity: Activity) -> None:
    set_field(activity, "summary", {"ar": "سباق", "en": "A run"})
    set_field(activity, "summary", {"ar": "سباق للجميع", "en": "A run"})
    page = rana.get(pages(activity)[0]).content.decode()
    last = page.split("</article>")[0]
    assert "Rana" in last
    assert "In short (<bdi" in last
    assert "<del>سباق</del><ins>سباق للجميع</ins>" in last
    assert "A run" not in last, "what stayed is not told"


def test_rows_days_and_choices_are_told_by_their_names(rana: Client, activity: Activity) -> None:
    place = Place.objects.create(slug="abu-nawas", kind="landmark", names={"en": "Abu Nawas"})
    sitting = Sitting.objects.get()
    wanted = {"place": place.pk, "start_time": "15:00:00", "tell_place": "never", "start": "2099-03-02"}
    changes.change(actor=RANA, row=sitting, seen=changes.values_of(sitting, wanted), wanted=wanted, now=NOW)
    page = rana.get(pages(activity)[0]).content.decode()
    for words in ("Abu Nawas", "2 March 2099", "never", "Exact place", "15:00<"):
        assert words in page
    assert "15:00:00" not in page
    assert "2099-03-02" not in page


def test_what_was_made_by_one_step_is_one_entry_even_across_pages(activity: Activity) -> None:
    for at in range(STEPS_A_PAGE - 1):
        set_field(activity, "summary", {"en": str(at)})
    rows = [Promise(week=activity.week, activity=activity, slug=f"p{at}", text={"en": "x"}) for at in range(3)]
    tied = tie([changes.latest_of(changes.add(actor=RANA, row=row, now=NOW)) for row in rows])
    for at in range(STEPS_A_PAGE - 2):
        set_field(activity, "summary", {"en": f"again {at}"})
    first = history_page(week=activity.week, activity=activity, before=None)
    assert [len(step.made) for step in first.steps] == [1] * (STEPS_A_PAGE - 2) + [3]
    second = history_page(week=activity.week, activity=activity, before=first.older)
    assert [len(step.made) for step in second.steps] == [1] * (STEPS_A_PAGE - 1)
    assert {step.key for step in first.steps} & {step.key for step in second.steps} == set()
    assert first.steps[-1].key == tied[-1].pk


def test_the_button_puts_back_what_stood_there_and_is_gone_then(rana: Client, activity: Activity) -> None:
    made = set_field(activity, "summary", {"en": "A run"})
    undo = reverse("activity_undo", kwargs={"uid": activity.uid, "change": made.pk})
    assert undo in rana.get(pages(activity)[0]).content.decode()
    rana.post(undo)
    activity.refresh_from_db()
    assert activity.summary == {}
    page = rana.get(pages(activity)[0]).content.decode()
    assert undo not in page
    assert "undone" in page


def test_what_was_changed_again_since_is_not_undone_and_the_page_says_so(rana: Client, activity: Activity) -> None:
    first = set_field(activity, "summary", {"en": "1"})
    set_field(activity, "summary", {"en": "2"})
    undo = reverse("activity_undo", kwargs={"uid": activity.uid, "change": first.pk})
    assert "changed again since" in rana.post(undo, follow=True).content.decode()
    activity.refresh_from_db()
    assert activity.summary == {"en": "2"}


def test_a_step_of_another_activity_cannot_be_undone_from_here(rana: Client, world: World, activity: Activity) -> None:
    other = make_activity(world, theirs=True)
    made = set_field(other, "summary", {"en": "Theirs"})
    for name, parts in (("activity_undo", {"uid": activity.uid}), ("week_undo", {"week": activity.week.slug})):
        assert rana.post(reverse(name, kwargs={**parts, "change": made.pk})).status_code == 404
    other.refresh_from_db()
    assert other.summary == {"en": "Theirs"}


def test_who_only_looks_reads_the_history_and_finds_no_button(world: World, activity: Activity) -> None:
    set_field(activity, "summary", {"en": "A run"})
    page = world.client(Character.DOOR).get(pages(activity)[0]).content.decode()
    assert "A run" in page
    assert "/undo/" not in page


def test_the_week_tells_the_steps_of_all_its_activities(rana: Client, activity: Activity) -> None:
    set_field(activity, "summary", {"en": "A run"})
    assert "A run" in rana.get(pages(activity)[1]).content.decode()


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30])
def test_a_page_that_does_not_exist_is_no_error(rana: Client, activity: Activity, before: str) -> None:
    assert rana.get(pages(activity)[0], {"before": before}).status_code == 200


def test_one_step_and_fifty_take_the_same_number_of_questions(rana: Client, activity: Activity) -> None:
    counts = []
    for steps in (1, 49):
        for at in range(steps):
            set_field(activity, "summary", {"en": f"{steps} {at}"})
        for address in pages(activity):
            rana.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert rana.get(address).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
