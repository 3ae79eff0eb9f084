"""What is stated about an activity, entered on its page: sittings, figures with their split, people, promises."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.organise.programme.models import (
    Activity,
    Change,
    Figure,
    FigurePart,
    Outcome,
    Person,
    Place,
    Promise,
    Sitting,
    Source,
)
from tadamun.organise.programme.services.together import undo_step
from tadamun.organise.programme.vocabulary import PlaceKind, TellPlace
from tadamun.organise.safety.services.audit import Actor
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)
LAYLA = Actor("Layla", 1)
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


def page(activity: Activity, code: str, row: int | None = None) -> str:
    parts: dict[str, Any] = {"uid": activity.uid, "code": code}
    if row is None:
        return reverse("activity_row_new", kwargs=parts)
    return reverse("activity_row", kwargs={**parts, "row": row})


def sent(client: Client, address: str, **fields: Any) -> Any:
    """Open the page, fill some of its fields in, send it."""
    form = client.get(address).context["form"]
    data: dict[str, Any] = {"seen": form.initial["seen"]}
    for bound in form:
        value = bound.value()
        if isinstance(value, list) and bound.name == "split":
            for at, cell in enumerate(value):
                data |= {
                    f"split-{at}-{part}": cell.get(part, "") for part in ("dimension", "group", "words", "quantity")
                }
        elif isinstance(value, dict):
            data |= {f"{bound.name}-{code}": words for code, words in value.items()}
        elif value not in (None, False):
            data[bound.name] = value
    return client.post(address, data | {name.replace("__", "-"): value for name, value in fields.items()})


def test_a_sitting_of_one_day_needs_no_last_day(rana: Client, activity: Activity) -> None:
    sent(rana, page(activity, "sittings"), start="2099-03-05", start_time="15:00")
    sitting = Sitting.objects.latest("pk")
    assert (sitting.start, sitting.end, sitting.position) == (date(2099, 3, 5), date(2099, 3, 5), 1)


def test_the_moment_from_which_a_place_is_told_is_said_in_the_time_of_the_place(
    rana: Client, activity: Activity
) -> None:
    place = Place.objects.create(slug="abu-nawas", kind="landmark", names={"en": "Abu Nawas"})
    address = page(activity, "sittings", Sitting.objects.get().pk)
    sent(rana, address, place=place.pk, tell_place="later", told_from="2099-03-03T08:00")
    assert Sitting.objects.get().told_from == datetime(2099, 3, 3, 5, 0, tzinfo=UTC)
    assert 'value="2099-03-03T08:00"' in rana.get(address).content.decode()
    before = Change.objects.count()
    sent(rana, address)
    assert Change.objects.count() == before, "what is sent as it was is no change"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"start": "2099-03-05", "end": "2099-03-04"}, "end"),
        ({"start_time": "15:00", "end_time": "14:00"}, "end_time"),
        ({"end_time": "14:00"}, "end_time"),
        ({"end": "2099-03-05", "precision": "between"}, "days"),
        ({"end": "2099-03-05", "precision": "between", "days": "9"}, "days"),
        ({"tell_place": "later"}, "told_from"),
        ({"tell_place": "later", "told_from": "soon"}, "told_from"),
    ],
)
def test_a_sitting_that_contradicts_itself_is_refused_at_its_field(
    rana: Client, activity: Activity, fields: dict[str, str], field: str
) -> None:
    answer = sent(rana, page(activity, "sittings", Sitting.objects.get().pk), **fields)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not Change.objects.exists()


def test_places_and_bodies_are_offered_by_their_names(rana: Client, activity: Activity) -> None:
    Place.objects.create(slug="abu-nawas", kind="landmark", names={"en": "Abu Nawas Street"})
    assert "Abu Nawas Street</option>" in rana.get(page(activity, "sittings")).content.decode()
    assert "Our Forum</option>" in rana.get(page(activity, "promises")).content.decode()


def figure_of(rana: Client, activity: Activity, **fields: Any) -> Figure:
    lines = {
        "split-0-dimension": "sex",
        "split-0-words": "women",
        "split-0-quantity": "10",
        "split-1-dimension": "sex",
        "split-1-words": "men",
        "split-1-quantity": "12",
    }
    answer = sent(
        rana, page(activity, "figures"), counted="attended", quantity="22", method="counted", **lines, **fields
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return Figure.objects.get()


def test_a_figure_is_entered_with_its_split_and_a_new_source_in_one_page(rana: Client, activity: Activity) -> None:
    figure = figure_of(rana, activity, **{"new_source-en": "Report of the training"})
    assert figure.source == Source.objects.get(slug="report-of-the-training")
    cells = list(figure.parts.values_list("dimension", "group", "quantity"))
    assert cells == [("sex", "women", 10), ("sex", "men", 12)]
    assert len(set(Change.objects.values_list("together", flat=True))) == 1, "it is one step of the history"


def test_a_figure_comes_back_with_its_split(rana: Client, activity: Activity) -> None:
    figure = figure_of(rana, activity)
    rana.post(page(activity, "figures", figure.pk), {"act": "remove"})
    assert not FigurePart.objects.exists()
    undo_step(actor=LAYLA, change=Change.objects.latest("pk"), now=NOW)
    assert list(Figure.objects.get(pk=figure.pk).parts.values_list("group", "quantity")) == [("women", 10), ("men", 12)]


def test_a_line_of_the_split_changes_goes_and_comes(rana: Client, activity: Activity) -> None:
    figure = figure_of(rana, activity)
    lines = {"split-0-quantity": "9", "split-1-words": "", "split-1-quantity": ""}
    more = {"split-2-dimension": "sex", "split-2-words": "girls", "split-2-quantity": "13"}
    sent(rana, page(activity, "figures", figure.pk), **lines, **more)
    assert list(figure.parts.values_list("group", "quantity")) == [("women", 9), ("girls", 13)]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"split-1-quantity": "13"}, "split"),
        ({"split-1-quantity": "11"}, "split"),
        ({"split-1-quantity": "many"}, "split"),
        ({"split-1-words": "women"}, "split"),
        ({"precision": "range"}, "quantity_max"),
        ({"precision": "range", "quantity_max": "3"}, "quantity_max"),
    ],
)
def test_a_figure_that_contradicts_itself_is_refused_at_its_field(
    rana: Client, activity: Activity, fields: dict[str, str], field: str
) -> None:
    figure = figure_of(rana, activity)
    before = Change.objects.count()
    answer = sent(rana, page(activity, "figures", figure.pk), **fields)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert Change.objects.count() == before


def test_a_group_keeps_its_names_in_other_languages(rana: Client, activity: Activity) -> None:
    names = {"en": "Widows", "ar": "أرامل"}
    figure = Figure.objects.create(week=activity.week, activity=activity, position=0, counted="attended", quantity=5)
    FigurePart.objects.create(
        figure=figure, position=0, dimension="other", group="widows", group_names=names, quantity=5
    )
    address = page(activity, "figures", figure.pk)
    sent(rana, address, **{"split-0-quantity": "4"})
    assert figure.parts.get().group_names == names
    sent(rana, address, **{"split-0-words": "Widowed women"})
    assert figure.parts.get().group_names == {**names, "en": "Widowed women"}


def test_a_name_of_a_person_stays_in_no_history(rana: Client, activity: Activity) -> None:
    sent(rana, page(activity, "speakers"), role="trainer", naming="full_name", **{"name-en": "Zaynab Al-Tamimi"})
    person = Person.objects.get()
    assert person.name == {"en": "Zaynab Al-Tamimi"}
    rana.post(page(activity, "speakers", person.pk), {"act": "remove"})
    kept = [str(change.fields) for change in Change.objects.all()]
    assert len(kept) == 2 and "trainer" in kept[0]  # noqa: PT018  the history is there at all
    assert "Zaynab" not in " ".join(kept)
    undo_step(actor=LAYLA, change=Change.objects.latest("pk"), now=NOW)
    back = Person.objects.get()
    assert (back.role, back.name, back.naming) == ("trainer", {}, "nobody")


@pytest.mark.parametrize(("naming", "name"), [("nobody", "Zaynab"), ("full_name", "")])
def test_people_are_named_as_they_chose(rana: Client, activity: Activity, naming: str, name: str) -> None:
    answer = sent(rana, page(activity, "speakers"), role="trainer", naming=naming, **{"name-en": name})
    assert list(answer.context["form"].errors) == ["name"]


def test_a_promise_makes_its_short_name_and_two_alike_get_two(rana: Client, activity: Activity) -> None:
    for _time in range(2):
        sent(rana, page(activity, "promises"), **{"text-en": "A workshop in Nasiriya"})
    assert [p.slug for p in Promise.objects.order_by("pk")] == ["a-workshop-in-nasiriya", "a-workshop-in-nasiriya-2"]


def test_an_outcome_may_be_told_to_some_only(rana: Client, activity: Activity) -> None:
    address = page(activity, "outcomes")
    sent(rana, address, kind="went_wrong", audiences=["coalition"], **{"text-en": "The bus was late"})
    assert Outcome.objects.get().audiences == ["coalition"]


def test_activities_of_others_are_no_choice_until_their_week_is_public(
    rana: Client, world: World, activity: Activity
) -> None:
    make_activity(world, theirs=True)
    assert "Their run" not in rana.get(page(activity, "relations")).content.decode()


def add_rows(activity: Activity, start: int, end: int) -> None:
    week = activity.week
    for at in range(start, end):
        Figure.objects.create(week=week, activity=activity, position=at, counted="attended", quantity=5)
        Outcome.objects.create(week=week, activity=activity, position=at, kind="output", text={"en": "List"})
        Promise.objects.create(week=week, activity=activity, position=at, slug=f"p{at}", text={"en": "Again"})
        Person.objects.create(week=week, activity=activity, position=at, role="speaker")
        Sitting.objects.create(activity=activity, position=at + 1, start=week.start, end=week.start)


def test_the_page_asks_the_same_number_of_questions_for_one_row_and_for_fifty(rana: Client, activity: Activity) -> None:
    address = reverse("activity", kwargs={"uid": activity.uid})
    rana.get(address)
    counts = []
    for start, end in ((0, 1), (1, 50)):
        add_rows(activity, start, end)
        with CaptureQueriesContext(connection) as asked:
            answer = rana.get(address)
        counts.append(len(asked))
        assert answer.content.decode().count("List") == end
    assert counts[0] == counts[1]


def test_a_text_that_nobody_touched_stays_as_it_is_stored_to_the_last_line_end(
    rana: Client, activity: Activity
) -> None:
    body = {"en": "One paragraph.\n\nAnother.\n", "ar": "فقرة.\n"}
    Activity.objects.filter(pk=activity.pk).update(body=body)
    sent(rana, reverse("activity_plan", kwargs={"uid": activity.uid}), **{"summary-en": "A run"})
    (change,) = Change.objects.all()
    assert set(change.fields) == {"summary"}
    assert Activity.objects.get(pk=activity.pk).body == body


def test_a_single_day_moves_with_its_first_day(rana: Client, activity: Activity) -> None:
    address = page(activity, "sittings", Sitting.objects.get().pk)
    sent(rana, address, start="2099-03-06")
    assert Sitting.objects.get().end == date(2099, 3, 6)
    sent(rana, address, end="2099-03-07")
    assert sent(rana, address, start="2099-03-08").status_code == 400


def test_telling_more_than_before_is_asked_twice(rana: Client, activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(safety="high_risk")
    address = reverse("activity_plan", kwargs={"uid": activity.uid})
    answer = sent(rana, address, safety="open")
    assert list(answer.context["form"].errors) == ["less_careful"]
    assert Activity.objects.get().safety == "high_risk"
    assert 'name="less_careful"' in answer.content.decode()
    assert sent(rana, address, safety="open", less_careful="on").status_code == 302
    assert Activity.objects.get().safety == "open"


def test_being_more_careful_is_asked_once(rana: Client, activity: Activity) -> None:
    assert sent(rana, reverse("activity_plan", kwargs={"uid": activity.uid}), safety="high_risk").status_code == 302
    assert Activity.objects.get().safety == "high_risk"


def test_a_place_that_others_keep_back_is_not_offered_and_what_stands_here_is(world: World) -> None:
    secret = Place.objects.create(slug="cellar", kind=PlaceKind.VENUE, names={"en": "Cellar"})
    known = Place.objects.create(slug="park", kind=PlaceKind.VENUE, names={"en": "Park"})
    theirs = make_activity(world, theirs=True)
    day = NOW.date()
    sitting: dict[str, Any] = {"position": 9, "start": day, "end": day}
    Sitting.objects.create(activity=theirs, place=secret, tell_place=TellPlace.NEVER, **sitting)
    ours = make_activity(world)
    page = world.client(Character.EDITOR).get(reverse("activity_row_new", kwargs={"uid": ours.uid, "code": "sittings"}))
    offered = set(page.context["form"].fields["place"].queryset)
    assert known in offered
    assert secret not in offered
    own = Sitting.objects.create(activity=ours, place=secret, **sitting)
    page = world.client(Character.EDITOR).get(
        reverse("activity_row", kwargs={"uid": ours.uid, "code": "sittings", "row": own.pk})
    )
    assert secret in page.context["form"].fields["place"].queryset
