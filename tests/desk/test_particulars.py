"""What the kind adds is entered through a form that is made from the kind's plan, whatever kind it is."""

from datetime import UTC, datetime, time
from enum import Enum
from typing import Any

import msgspec
import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tadamun.desk.forms.asking import Shape, asked_of, plain_details
from tadamun.desk.forms.particulars import ParticularsForm
from tadamun.desk.particulars import change_kind, fitting, merge, save_particulars
from tadamun.kinds.contract import Kind, Mistake, Plan, Tongue
from tadamun.kinds.registry import KINDS, kind_of
from tadamun.organise.programme.models import Activity, Change
from tadamun.organise.programme.services.together import undo_step
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.languages.text import Text
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)
LAYLA, RANA = Actor("Layla", 1), Actor("Rana", 2)


class Mood(Enum):
    CALM = "calm"
    LOUD = "loud"


class Stop(Plan, frozen=True):
    name: Text
    at: time | None = None
    moods: tuple[Mood, ...] = ()
    notes: tuple[Text, ...] = ()


class ParadePlan(Plan, frozen=True):
    """A kind that nobody has thought of yet."""

    motto: Text = {}
    stops: tuple[Stop, ...] = ()
    drums: int | None = None
    kilometres: float | None = None
    mood: Mood = Mood.CALM
    silent: bool = False
    tags: tuple[str, ...] = ()
    languages: tuple[Tongue, ...] = ()
    slogans: tuple[Text, ...] = ()


def parade_mistakes(plan: ParadePlan) -> list[Mistake]:
    late = [at for at, stop in enumerate(plan.stops) if stop.at and stop.at >= time(22)]
    return [Mistake(f"stops[{at}].at", "people sleep then") for at in late]


PARADE = Kind(
    code="parade", name="Parade", mark="", plan=ParadePlan, facts=lambda plan, make: [], mistakes=parade_mistakes
)


def sent_back(form: ParticularsForm, **changed: str) -> QueryDict:
    """What a browser sends when nothing was touched but some fields."""
    data = QueryDict(mutable=True)
    for bound in form:
        value = form.fields[bound.name].prepare_value(bound.value()) if bound.value() is not None else None
        if isinstance(value, dict):
            for code, words in value.items():
                data[f"{bound.name}-{code}"] = words
        elif isinstance(value, list | tuple):
            data.setlist(bound.name, [str(one) for one in value])
        elif value is not None and value is not False:
            data[bound.name] = str(value)
        elif bound.widget_type == "text" and not bound.data:
            data[bound.name] = ""
    for name, value in changed.items():
        data[name.replace("__", "-")] = value
    return data


def round_trip(kind: Kind, details: dict[str, Any], **changed: str) -> ParticularsForm:
    form = ParticularsForm(
        sent_back(ParticularsForm(kind=kind, details=details), **changed), kind=kind, details=details
    )
    form.is_valid()
    return form


@pytest.mark.parametrize("code", list(KINDS))
def test_every_field_of_every_kind_is_asked_for_and_has_a_name(code: str) -> None:
    kind = KINDS[code]

    def paths(asked: Any, before: str) -> list[str]:
        return [path for one in asked for path in (f"{before}{one.name}", *paths(one.parts, f"{before}{one.name}."))]

    found = paths(asked_of(kind), "")
    assert found
    assert [path for path in found if path not in kind.labels] == []


def test_a_kind_that_is_new_needs_no_form_and_no_names() -> None:
    shapes = [one.shape for one in asked_of(PARADE)]
    assert shapes == [
        Shape.TEXT,
        Shape.ROWS,
        Shape.NUMBER,
        Shape.DECIMAL,
        Shape.CHOICE,
        Shape.YES,
        Shape.WORD_LIST,
        Shape.TONGUES,
        Shape.TEXTS,
    ]
    assert str(asked_of(PARADE)[0].label) == "Motto"


FULL: dict[str, Any] = {
    "motto": {"ar": "سلام", "en": "Peace"},
    "stops": [
        {
            "name": {"en": "Gate"},
            "at": "10:30:00",
            "moods": ["loud", "calm"],
            "notes": [{"en": "One"}, {"ar": "اثنان"}],
        },
        {"name": {"ckb": "پرد"}},
    ],
    "drums": 0,
    "kilometres": 2.5,
    "mood": "loud",
    "silent": True,
    "tags": ["a", "b c"],
    "languages": ["ku", "ar"],
    "slogans": [{"en": "On"}],
}


def test_what_is_sent_back_untouched_is_what_was_stored() -> None:
    form = round_trip(PARADE, FULL)
    assert form.errors == {}
    assert form.wanted == plain_details(PARADE, FULL)


WORDS = st.text("abcdefg ", min_size=1, max_size=8).map(str.strip).filter(bool)
TEXTS = st.dictionaries(st.sampled_from(["en", "ar", "ckb"]), WORDS, min_size=1, max_size=3)
STOPS = st.fixed_dictionaries(
    {"name": TEXTS},
    optional={"at": st.just("09:05:00"), "moods": st.just(["loud"]), "notes": st.lists(TEXTS, min_size=1, max_size=2)},
)
PLANS = st.fixed_dictionaries(
    {},
    optional={
        "motto": TEXTS,
        "stops": st.lists(STOPS, min_size=1, max_size=3),
        "drums": st.integers(-5, 500),
        "kilometres": st.floats(0.5, 40).map(lambda number: round(number, 2)),
        "tags": st.lists(WORDS, min_size=1, max_size=3),
        "slogans": st.lists(TEXTS, min_size=1, max_size=3),
    },
)


@given(details=PLANS)
def test_every_plan_survives_its_form(details: dict[str, Any]) -> None:
    form = round_trip(PARADE, details)
    assert form.errors == {}
    assert form.wanted == plain_details(PARADE, details)


def test_an_entry_is_added_in_the_spare_place_and_taken_away_by_its_box() -> None:
    form = round_trip(PARADE, FULL, **{"stops-2-name-en": "Bridge", "stops-0-gone": "on"})
    assert [stop["name"] for stop in form.wanted["stops"]] == [{"ckb": "پرد"}, {"en": "Bridge"}]


def test_half_an_entry_is_refused_at_what_is_missing() -> None:
    form = round_trip(PARADE, FULL, **{"stops-2-at": "11:00"})
    assert list(form.errors) == ["stops-2-name"]


def test_a_mistake_that_the_kind_finds_stands_at_the_field_even_behind_an_entry_that_goes() -> None:
    form = round_trip(PARADE, FULL, **{"stops-0-gone": "on", "stops-1-at": "23:00"})
    assert list(form.errors) == ["stops-1-at"]
    assert "people sleep then." in str(form.errors)


@pytest.mark.parametrize(("field", "value"), [("drums", "many"), ("kilometres", "far"), ("mood", "angry")])
def test_what_is_no_value_is_refused_at_its_field(field: str, value: str) -> None:
    assert list(round_trip(PARADE, FULL, **{field: value}).errors) == [field]


def test_two_people_are_merged_field_by_field_and_language_by_language() -> None:
    there = {**FULL, "drums": 3, "motto": {"ar": "سلام", "en": "Peace now"}}
    mine = {**FULL, "kilometres": 3.0, "motto": {"ar": "السلام", "en": "Peace"}}
    merged, clashes = merge(PARADE, FULL, there, mine)
    assert clashes == ()
    assert (merged["drums"], merged["kilometres"], merged["motto"]) == (3, 3.0, {"ar": "السلام", "en": "Peace now"})
    assert merge(PARADE, FULL, there, {**FULL, "drums": 4})[1] == ("drums",)


def test_another_kind_takes_what_it_knows() -> None:
    details = {"languages": ["ar"], "seats": 20, "eligibility": {"en": "Candidates"}}
    assert fitting(kind_of("debate"), details) == {"languages": ["ar"]}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def activity(world: World) -> Activity:
    activity = make_activity(world)
    Activity.objects.filter(pk=activity.pk).update(kind="training", details={"seats": 20})
    activity.refresh_from_db()
    return activity


def address(activity: Activity) -> str:
    return reverse("activity_particulars", kwargs={"uid": activity.uid})


def send(client: Client, activity: Activity, **changed: str) -> Any:
    form = client.get(address(activity)).context["form"]
    return client.post(address(activity), sent_back(form, **changed).dict())


def details_of(activity: Activity) -> dict[str, Any]:
    return Activity.objects.get(pk=activity.pk).details


def test_a_training_is_entered_on_its_page_and_its_panel_says_it(world: World, activity: Activity) -> None:
    rana = world.client(Character.EDITOR)
    changed = {"eligibility-ar": "مرشّحات", "modules-0-title-en": "Speaking", "modules-0-at": "10:30", "seats": "22"}
    assert send(rana, activity, **changed).status_code == 302
    assert details_of(activity) == {
        "eligibility": {"ar": "مرشّحات"},
        "modules": [{"title": {"en": "Speaking"}, "at": "10:30:00"}],
        "seats": 22,
    }
    panel = rana.get(reverse("activity", kwargs={"uid": activity.uid})).content.decode()
    assert "Speaking" in panel
    assert "Training" in panel


def test_the_panel_calls_a_language_by_its_own_name(world: World, activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(kind="debate", details={"languages": ["ar", "ckb"]})
    panel = world.client(Character.EDITOR).get(reverse("activity", kwargs={"uid": activity.uid})).content.decode()
    assert f"العربية · {language('ckb').own_name}" in panel


def test_the_kinds_own_rule_is_shown_at_the_field_and_nothing_is_written(world: World, activity: Activity) -> None:
    answer = send(world.client(Character.EDITOR), activity, seats="0")
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["seats"]
    assert details_of(activity) == {"seats": 20}


def test_the_second_of_two_sees_both_versions_and_decides(world: World, activity: Activity) -> None:
    rana = world.client(Character.EDITOR)
    form = rana.get(address(activity)).context["form"]
    save_particulars(actor=LAYLA, activity=activity, seen={"seats": 20}, wanted={"seats": 24}, now=NOW)
    answer = rana.post(address(activity), sent_back(form, seats="22").dict())
    assert answer.status_code == 400
    assert "24" in str(answer.context["form"].errors["seats"])
    assert details_of(activity) == {"seats": 24}
    again = {**sent_back(form, seats="22").dict(), "seen": answer.context["form"]["seen"].value()}
    assert rana.post(address(activity), again).status_code == 302
    assert details_of(activity) == {"seats": 22}


def test_a_change_of_kind_is_undone_with_all_that_was_put_away(activity: Activity) -> None:
    change = change_kind(actor=RANA, activity=activity, kind=kind_of("race"), now=NOW)
    assert change
    assert (details_of(activity), Activity.objects.get().kind) == ({}, "race")
    undo_step(actor=RANA, change=change, now=NOW)
    assert (details_of(activity), Activity.objects.get().kind) == ({"seats": 20}, "training")


def test_no_history_keeps_a_story_or_its_teller(activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(kind="talk", details={})
    story = {"title": {"en": "The bridge"}, "teller": {"en": "Zaynab"}, "naming": "first_name"}
    saved = save_particulars(actor=RANA, activity=activity, seen={}, wanted={"stories": [story]}, now=NOW)
    assert saved.change
    assert details_of(activity)["stories"][0]["teller"] == {"en": "Zaynab"}
    change_kind(actor=RANA, activity=activity, kind=kind_of("race"), now=NOW)
    assert "Zaynab" not in " ".join(str(change.fields) for change in Change.objects.all())
    assert Change.objects.count() == 2


def test_a_plan_that_no_form_can_ask_for_is_found_when_the_form_is_made() -> None:
    class Odd(Plan, frozen=True):
        raw: dict[str, int] | bytes = b""

    kind = Kind(code="odd", name="Odd", mark="", plan=Odd, facts=lambda plan, make: [])
    with pytest.raises(TypeError, match="raw"):
        asked_of(kind)


def test_the_structure_that_is_stored_is_the_kinds_own() -> None:
    with pytest.raises(msgspec.ValidationError):
        plain_details(PARADE, {"unknown": 1})
