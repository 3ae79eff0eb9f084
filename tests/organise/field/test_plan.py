"""What is planned for the day on the desk: its forms, its panels, and that phones are told it and no name."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tadamun.organise.field.models import Area, BibCategory, Counter, Counting, Question, Speaker, Wave
from tadamun.organise.field.models.plan import OfTheDay
from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Activity, Change, Involvement, Person
from tadamun.organise.programme.models.parts import everyone
from tadamun.organise.programme.vocabulary import InvolvementType, Naming, PersonRole, SignOff
from tests.characters import Character
from tests.organise.field.phones import comes_for, enrolled, issued
from tests.organise.field.plans import a_debate, a_question, a_race, areas, fills_in, planned, seen_on
from tests.organise.people_desk.houses import House, make_house

pytestmark = pytest.mark.django_db
ADDED = 302


@pytest.fixture
def house() -> House:
    return make_house()


def kit_of(house: House) -> dict[str, list[dict[str, object]]]:
    """What a new kit is told of the activity."""
    told: dict[str, list[dict[str, object]]] = comes_for(issued(house.activity).secret)["kit"]["activities"][0]
    return told


def of_kind(house: House, kind: str) -> str:
    Activity.objects.filter(pk=house.activity.pk).update(kind=kind)
    return str(house.client().get(house.url("activity")).content.decode())


def test_a_wave_is_planned_in_the_zone_of_the_week_and_phones_are_told(house: House) -> None:
    form = {"name__en": "Children", "start": "2099-03-03T08:30", "bib_from": "1", "bib_to": "60"}
    assert fills_in(house, "waves", **form).status_code == ADDED
    assert Wave.objects.get().start == datetime(2099, 3, 3, 5, 30, tzinfo=UTC)
    (told,) = kit_of(house)["waves"]
    assert told == {
        "code": f"w{Wave.objects.get().pk}",
        "label": {"en": "Children"},
        "start": "2099-03-03T08:30",
        "from": 1,
        "to": 60,
    }


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [("9", "3", "bib_to"), ("9", "", "bib_to"), ("", "9", "bib_from"), ("60", "70", "bib_from")],
)
def test_bibs_run_upwards_and_belong_to_one_wave(house: House, first: str, last: str, wrong: str) -> None:
    planned(house.activity, Wave, name={"en": "Children"}, bib_from=40, bib_to=60)
    answer = fills_in(house, "waves", name__en="Women", bib_from=first, bib_to=last)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [wrong]
    assert Wave.objects.count() == 1


def test_a_category_may_span_waves(house: House) -> None:
    planned(house.activity, Wave, name={"en": "Children"}, bib_from=40, bib_to=60)
    assert fills_in(house, "bib-categories", name__en="Girls", bib_from="40", bib_to="60").status_code == ADDED
    (told,) = kit_of(house)["bib_categories"]
    assert (told["code"], told["label"]) == (f"c{BibCategory.objects.get().pk}", {"en": "Girls"})


def test_phones_are_told_the_party_of_a_speaker_and_never_a_persons_name(house: House) -> None:
    week, activity = house.activity.week, house.activity
    party = Organisation.objects.create(slug="river-list", names={"en": "River list"}, kind="party")
    part = Involvement.objects.create(
        week=week,
        activity=activity,
        position=5,
        organisation=party,
        type=InvolvementType.INVITED,
        sign_off=SignOff.ACCEPTED,
    )
    person = Person.objects.create(
        week=week, activity=activity, position=0, role=PersonRole.SPEAKER, naming=Naming.FULL_NAME,
        name={"en": "Shirin Aziz"}, function={"en": "Judge"},
    )  # fmt: skip
    assert fills_in(house, "turns", involvement=str(part.pk), turn="2", seconds="180").status_code == ADDED
    assert fills_in(house, "turns", person=str(person.pk), turn="1").status_code == ADDED
    told = kit_of(house)["speakers"]
    assert [(one["label"], one["seconds"]) for one in told] == [({"en": "Judge"}, 0), ({"en": "River list"}, 180)]
    assert "Shirin" not in repr(kit_of(house))
    Person.objects.update(function={})
    assert kit_of(house)["speakers"][0]["label"] == {}, "a seat without a name"
    for hidden in ({"sign_off": SignOff.WITHDRAWN}, {"sign_off": SignOff.ASKED}, {"audiences": ["coalition"]}):
        Involvement.objects.filter(pk=part.pk).update(
            **{"sign_off": SignOff.ACCEPTED, "audiences": everyone(), **hidden}
        )
        assert "River list" not in repr(kit_of(house)), hidden
    assert "Shirin" in house.client().get(house.url("field_activity_row_new", code="turns")).content.decode(), (
        "the desk knows whom it chooses"
    )


@pytest.mark.parametrize(("fields", "wrong"), [({}, "involvement"), ({"words__en": "A", "seconds": "0"}, "seconds")])
def test_a_speaker_is_somebody_and_speaks_some_time(house: House, fields: dict[str, str], wrong: str) -> None:
    answer = fills_in(house, "turns", **fields)
    assert list(answer.context["form"].errors) == [wrong]
    assert not Speaker.objects.exists()


def test_an_area_is_drawn_in_words_and_phones_get_its_corners(house: House) -> None:
    assert fills_in(house, "areas", name__en="Market", shape=" b2،  c2-d3 ".replace("،", "")).status_code == ADDED
    assert Area.objects.get().shape == "B2 C2-D3"
    (told,) = kit_of(house)["areas"]
    assert told["shape"] == [
        [[10, 10], [20, 10], [20, 20], [10, 20]],
        [[20, 10], [40, 10], [40, 30], [20, 30]],
    ]
    page = house.client().get(house.url("field_activity_row_new", code="areas")).content.decode()
    assert 'points="10,10 20,10 20,20 10,20"' in page, "the next area is drawn among the others"


def test_what_is_no_shape_is_refused_with_the_piece(house: House) -> None:
    answer = fills_in(house, "areas", name__en="Market", shape="B2 Z9")
    assert answer.status_code == 400
    assert "Z9" in str(answer.context["form"].errors["shape"])


def test_counters_are_chosen_and_named_and_switched_off(house: House) -> None:
    usual = ["women", "men", "girls", "boys", "visitors"]
    assert [one["code"] for one in kit_of(house)["counters"]] == usual
    assert fills_in(house, "usual-counters", usual="women").status_code == ADDED
    assert fills_in(house, "counters", name__en="Prams").status_code == ADDED
    own = Counter.objects.get()
    assert [one["code"] for one in kit_of(house)["counters"]] == ["women", own.code]
    assert "They are chosen already" in fills_in(house, "usual-counters", usual="men").content.decode()
    Counting.objects.update(usual=["age:under_18"])
    Counter.objects.update(off=True)
    (told,) = kit_of(house)["counters"]
    assert (told["code"], told["label"]["en"]) == ("age:under_18", "under 18")  # type: ignore[index]  # a text


def test_a_question_has_the_same_answers_in_every_language(house: House) -> None:
    unlike = fills_in(house, "questions", words__en="Q", answers__en="Yes\nNo", answers__ar="نعم\nقليلا\nلا")
    alone = fills_in(house, "questions", words__en="Q", answers__en="Yes")
    assert [list(one.context["form"].errors) for one in (unlike, alone)] == [["answers"], ["answers"]]
    assert (
        fills_in(house, "questions", words__en="Q", answers__en=" Yes \n\nNo", answers__ar="نعم\nلا").status_code
        == ADDED
    )
    (told,) = kit_of(house)["questions"]
    assert told["choices"] == [
        {"code": "1", "label": {"en": "Yes", "ar": "نعم"}},
        {"code": "2", "label": {"en": "No", "ar": "لا"}},
    ]
    assert Question.objects.get().code == told["code"]


@pytest.mark.parametrize(
    ("kind", "there", "away"),
    [
        ("race", "waves", "turns"),
        ("debate", "turns", "waves"),
        ("outreach", "areas", "questions"),
        ("training", "questions", "areas"),
    ],
)
def test_the_activitys_page_offers_what_fits_its_kind(house: House, kind: str, there: str, away: str) -> None:
    page = of_kind(house, kind)
    assert f'id="{there}"' in page
    assert f'id="{away}"' not in page
    assert 'id="counters"' in page


def test_what_was_planned_stays_shown_when_the_kind_changes(house: House) -> None:
    a_race(house.activity)
    assert 'id="waves"' in of_kind(house, "gathering")


def test_a_row_is_changed_and_taken_away_and_no_record_moves(house: House) -> None:
    row, layla = a_debate(house.activity), house.client()
    house.activity.week.refresh_from_db()
    revision = house.activity.week.revision
    address = house.url("field_activity_row", code="turns", row=row.pk)
    seen = seen_on(layla.get(address).content.decode())
    layla.post(address, {"seen": seen, "words-en": "The list of the river", "turn": "1", "seconds": "120"})
    assert Speaker.objects.get().seconds == 120
    layla.post(address, {"act": "remove"})
    assert not Speaker.objects.exists()
    assert Change.objects.filter(thing="field.speaker").count() == 2
    house.activity.week.refresh_from_db()
    assert house.activity.week.revision == revision


def test_whoever_works_at_the_door_plans_nothing(house: House) -> None:
    hawre: Client = house.client(Character.DOOR)
    assert hawre.get(house.url("field_activity_row_new", code="waves")).status_code == 403
    assert hawre.get(house.url("field_activity_row_new", code="nothing")).status_code == 404


def test_a_phone_hears_of_a_changed_plan_when_it_next_sends(house: House) -> None:
    phone = enrolled(house.activity)
    a_question(house.activity)
    areas(house.activity)
    rows: list[type[OfTheDay]] = [Question, Area]
    assert all(model._default_manager.exists() for model in rows)
    told = phone.sends(have=0)["kit"]
    assert len(told["activities"][0]["areas"]) == 2
    assert len(told["activities"][0]["questions"]) == 1
