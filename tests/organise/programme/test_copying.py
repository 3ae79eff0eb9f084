"""The training of Baghdad repeated in Nasiriya: what comes along, what stays, and the promise that it keeps."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import OrganisationKind
from tadamun.organise.people.models import Admission, Condition
from tadamun.organise.people.services.copying import carry_sign_up
from tadamun.organise.programme.models import (
    Activity,
    Change,
    Figure,
    Involvement,
    Person,
    Place,
    Promise,
    Series,
    Sitting,
    Week,
)
from tadamun.organise.programme.services import changes, copying
from tadamun.organise.programme.services.copying import Elsewhere, Swap, swapped
from tadamun.organise.programme.vocabulary import InvolvementType, PlaceKind, PromiseState, RelationType, SignOff, State
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.rulings import Refused
from tests.characters import World, make_world
from tests.organise.people_desk.houses import make_activity, make_house

NOW = datetime(2018, 3, 29, 9, 0, tzinfo=UTC)
LAYLA = Actor("Layla", 1)
pytestmark = pytest.mark.django_db


def place(slug: str, kind: PlaceKind, en: str, ar: str, within: Place | None = None) -> Place:
    return Place.objects.create(slug=slug, kind=kind, names={"en": en, "ar": ar}, within=within)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def baghdad(db: None) -> Place:
    governorate = place("baghdad-governorate", PlaceKind.GOVERNORATE, "Baghdad", "بغداد")
    return place("baghdad", PlaceKind.CITY, "Baghdad", "بغداد", governorate)


@pytest.fixture
def mashufna(db: None) -> Place:
    governorate = place("dhi-qar", PlaceKind.GOVERNORATE, "Dhi Qar", "ذي قار")
    city = place("nasiriya", PlaceKind.CITY, "Nasiriya", "الناصرية", governorate)
    return place("mashufna-center", PlaceKind.VENUE, "Mashufna Center", "مركز مشحوفنا", city)


@pytest.fixture
def training(world: World, baghdad: Place) -> Activity:
    activity = make_activity(world)
    activity.kind, activity.slug = "training", "candidate-training"
    activity.titles = {"en": "Training for candidates"}
    activity.target_group = {"en": "Women candidates in Baghdad governorate", "ar": "المرشّحات في محافظة بغداد"}
    activity.details = {"conditions": [{"says": {"en": "in Baghdad"}, "value": "baghdad-governorate"}], "seats": 25}
    activity.save()
    activity.sittings.all().delete()
    start, hours = date(2018, 3, 22), {"start_time": time(10), "end_time": time(15)}
    Sitting.objects.create(activity=activity, position=0, start=start, end=start, place=baghdad, **hours)
    Figure.objects.create(week=activity.week, activity=activity, position=0, counted="attended", quantity=25)
    Person.objects.create(week=activity.week, activity=activity, position=0, role="trainer", quantity=1)
    return activity


@pytest.fixture
def promise(training: Activity, mashufna: Place) -> Promise:
    return Promise.objects.create(
        week=training.week, activity=training, slug="nasiriya-training", position=0, place=mashufna
    )


def partner(slug: str, training: Activity, sign_off: SignOff = SignOff.ACCEPTED) -> Involvement:
    body = Organisation.objects.create(slug=slug, kind=OrganisationKind.ASSOCIATION, names={"en": slug})
    return Involvement.objects.create(
        week=training.week, activity=training, position=5, organisation=body,
        type=InvolvementType.COOPERATION, sign_off=sign_off,
    )  # fmt: skip


def repeat(training: Activity, world: World, mashufna: Place, **different: object) -> Activity:
    values: dict[str, object] = {
        "titles": training.titles, "first_day": date(2018, 4, 20), "week": None, "organisation": world.ours,
        "place": mashufna, "swaps": copying.swaps_between(copying.places_of(training), mashufna),
    }  # fmt: skip
    elsewhere = Elsewhere(**{**values, **different})  # type: ignore[arg-type]  # a test's own choice
    return copying.repeat_activity(actor=LAYLA, activity=training, elsewhere=elsewhere, carry=(carry_sign_up,), now=NOW)


def test_a_repeat_has_the_texts_of_the_new_place(training: Activity, world: World, mashufna: Place) -> None:
    new = repeat(training, world, mashufna)
    assert new.target_group == {"en": "Women candidates in Dhi Qar governorate", "ar": "المرشّحات في محافظة ذي قار"}
    assert new.details == {"conditions": [{"says": {"en": "in Dhi Qar"}, "value": "dhi-qar"}], "seats": 25}


def test_a_repeat_takes_place_there_on_its_own_day_at_the_same_hours(
    training: Activity, world: World, mashufna: Place
) -> None:
    (sitting,) = repeat(training, world, mashufna).sittings.all()
    assert (sitting.start, sitting.place, sitting.start_time) == (date(2018, 4, 20), mashufna, time(10))


def test_people_figures_and_photos_stay_with_the_first(training: Activity, world: World, mashufna: Place) -> None:
    new = repeat(training, world, mashufna)
    assert not new.figures.exists()
    assert not new.persons.exists()
    assert not new.photos.exists()
    assert new.state == State.IDEA


def test_a_repeat_is_tied_to_the_first_and_keeps_its_promise(
    training: Activity, world: World, mashufna: Place, promise: Promise
) -> None:
    new = repeat(training, world, mashufna, promise=promise)
    promise.refresh_from_db()
    assert (promise.state, promise.kept_by) == (PromiseState.SCHEDULED, new)
    assert new.relations.get().type == RelationType.REPEAT_OF
    assert new.relations.get().to == training


def test_a_promise_that_was_dropped_cannot_be_kept(
    training: Activity, world: World, mashufna: Place, promise: Promise
) -> None:
    Promise.objects.update(state=PromiseState.DROPPED)
    promise.refresh_from_db()
    with pytest.raises(Refused, match="settled"):
        repeat(training, world, mashufna, promise=promise)
    assert Activity.objects.count() == 1


def test_partners_that_come_along_are_asked_anew(training: Activity, world: World, mashufna: Place) -> None:
    kept, left = partner("al-amal", training), partner("sports", training)
    new = repeat(training, world, mashufna, keep=[kept.pk])
    (asked,) = new.involvements.all()
    assert (asked.organisation, asked.sign_off) == (kept.organisation, SignOff.ASKED)
    assert left.organisation not in {row.organisation for row in new.involvements.all()}


def test_a_repeat_by_itself_gets_a_week_of_its_own_that_our_organisation_organises(
    training: Activity, world: World, mashufna: Place
) -> None:
    new = repeat(training, world, mashufna)
    assert new.week != training.week
    assert (new.week.start, new.week.end) == (date(2018, 4, 20), date(2018, 4, 20))
    assert new.week.involvements.get(activity=None).organisation == world.ours


def test_a_repeat_asks_the_same_at_sign_up_and_holds_nobody(mashufna: Place) -> None:
    house = make_house()
    house.sign_up()
    Condition.objects.create(admission=house.admission, position=0, code="c", says={"en": "Lives here"}, code_hash="x")
    new = repeat(house.activity, house.world, mashufna)
    admission = Admission.objects.get(activity=new)
    assert (admission.closed, admission.taken, admission.registrations.count()) == (True, 0, 0)
    assert [(row.says, row.code_hash) for row in admission.conditions.all()] == [({"en": "Lives here"}, "")]


def test_a_week_is_begun_again_with_its_activities_and_days_as_the_next_edition(
    training: Activity, world: World
) -> None:
    series = Series.objects.create(slug="weeks", names={"en": "Weeks"})
    Week.objects.filter(pk=training.week.pk).update(series=series, edition=1)
    old = Week.objects.get(pk=training.week.pk)
    first_day = date(2019, 3, 21)
    new = copying.copy_week(
        actor=LAYLA, week=old, titles={"en": "Week of 2019"}, first_day=first_day, organisation=world.ours, now=NOW
    )
    (copied,) = new.activities.all()
    assert (new.edition, new.start, new.state, copied.slug) == (2, first_day, State.IDEA, training.slug)
    assert copied.sittings.get().start - first_day == training.sittings.get().start - old.start


def test_a_repeat_can_be_undone(training: Activity, world: World, mashufna: Place) -> None:
    new = repeat(training, world, mashufna)
    added = Change.objects.get(thing="programme.activity", row=new.pk)
    changes.undo(actor=LAYLA, change_made=added, now=NOW)
    assert not Activity.objects.filter(pk=new.pk).exists()


def test_an_activity_that_holds_more_by_now_is_not_undone_away(
    training: Activity, world: World, mashufna: Place
) -> None:
    new = repeat(training, world, mashufna)
    Figure.objects.create(week=new.week, activity=new, position=0, counted="attended", quantity=25)
    with pytest.raises(Refused, match="would be lost"):
        changes.undo(actor=LAYLA, change_made=Change.objects.get(thing="programme.activity", row=new.pk), now=NOW)
    assert Activity.objects.filter(pk=new.pk).exists()


@pytest.mark.pure
@given(st.text("abc", max_size=12))
def test_swapping_names_leaves_texts_of_other_languages_alone(words: str) -> None:
    swaps = [Swap("en", "a", "z")]
    assert swapped({"en": words, "ar": words}, swaps) == {"en": words.replace("a", "z"), "ar": words}
