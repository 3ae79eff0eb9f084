"""Texts in several languages: their state, facts that are locked in them, two translators at once."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import OrganisationKind
from tadamun.organise.press.queries.texts import texts_of
from tadamun.organise.press.rules import lockable, numbers_not_in, unlocked
from tadamun.organise.press.services import wording
from tadamun.organise.press.vocabulary import WordingState
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.week import build_week
from tadamun.toolkit.languages.locked import Token
from tadamun.toolkit.rulings import Refused
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)
RANA, LAYLA = Actor("Rana", 2), Actor("Layla", 1)
LANGUAGES = ("en", "ar", "ckb")
AMAL = Token("organisation", "al-amal")
NAMES = {AMAL: {"en": "Al-Amal", "ar": "جمعية الأمل"}}
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def activity(world: World) -> Activity:
    found = make_activity(world)
    found.kind = "training"
    found.summary = {"en": "25 women train."}
    found.details = {"eligibility": {"en": "Women"}, "modules": [{"title": {"en": "Law"}}]}
    found.save()
    return found


def state(activity: Activity, path: str, code: str) -> WordingState:
    activity.week.refresh_from_db()
    found = {(one.thing, one.path): one for one in texts_of(activity.week, LANGUAGES)}
    return found["programme.activity", path].states[code]


def write(
    activity: Activity, code: str, words: str, *, seen: str = "", checked: bool = False, path: str = "summary"
) -> None:
    wording.write(
        actor=RANA, row=activity, path=path, code=code, words=words, seen=seen, source="en", checked=checked, now=NOW
    )


def test_a_text_is_missing_then_draft_then_checked_then_stale(activity: Activity) -> None:
    assert state(activity, "summary", "ar") == WordingState.MISSING
    write(activity, "ar", "تتدرّب 25 امرأة.")
    assert state(activity, "summary", "ar") == WordingState.DRAFT
    write(activity, "ar", "تتدرّب 25 امرأة.", seen="تتدرّب 25 امرأة.", checked=True)
    assert state(activity, "summary", "ar") == WordingState.CHECKED
    write(activity, "en", "26 women train.", seen="25 women train.")
    assert state(activity, "summary", "ar") == WordingState.STALE


def test_words_inside_the_plan_of_a_kind_are_translated_too(activity: Activity) -> None:
    write(activity, "ar", "قانون", path="details/modules/0/title")
    activity.refresh_from_db()
    assert activity.details["modules"] == [{"title": {"en": "Law", "ar": "قانون"}}]
    assert activity.details["eligibility"] == {"en": "Women"}


def test_two_translators_of_one_wording_lose_nothing(activity: Activity) -> None:
    write(activity, "ar", "تدريب")
    with pytest.raises(wording.ChangedMeanwhile) as meanwhile:
        write(activity, "ar", "ورشة")
    assert meanwhile.value.theirs == "تدريب"


def test_a_fact_locked_in_the_source_may_not_get_lost(activity: Activity) -> None:
    write(activity, "en", "On [[day 2018-03-22]] 25 women train.", seen="25 women train.")
    with pytest.raises(Refused, match=r"\[\[day 2018-03-22\]\]"):
        write(activity, "ar", "تتدرّب 25 امرأة في 23 آذار.")
    write(activity, "ar", "تتدرّب 25 امرأة في [[day 2018-03-22]].")


def test_the_record_prints_locked_facts_in_each_language(activity: Activity) -> None:
    Organisation.objects.create(slug="al-amal", kind=OrganisationKind.ASSOCIATION, names=NAMES[AMAL])
    activity.summary = {
        "en": "[[day 2018-03-22]], [[organisation al-amal]]",
        "ar": "[[day 2018-03-22]]، [[organisation al-amal]]",
    }
    activity.save()
    record = build_week(week=activity.week, audience=Audience.PUBLIC, now=NOW, languages=LANGUAGES, small_cell=10)
    assert record.activities[0].summary == {"en": "22 March 2018, Al-Amal", "ar": "22 آذار 2018، جمعية الأمل"}


def test_locking_replaces_names_and_days_in_every_language_and_keeps_the_check(activity: Activity) -> None:
    Organisation.objects.create(slug="al-amal", kind=OrganisationKind.ASSOCIATION, names=NAMES[AMAL])
    write(activity, "en", "Al-Amal trains.", seen="25 women train.")
    write(activity, "ar", "تدرّب جمعية الأمل.", checked=True)
    wording.lock_facts(actor=RANA, row=activity, path="summary", week=activity.week, now=NOW)
    activity.refresh_from_db()
    assert activity.summary == {"en": f"{AMAL} trains.", "ar": f"تدرّب {AMAL}."}
    assert state(activity, "summary", "ar") == WordingState.CHECKED


@pytest.mark.pure
def test_a_number_that_the_wording_lacks_is_told_in_either_kind_of_digits() -> None:
    assert numbers_not_in("25 women, 2 days", "٢٥ امرأة") == ["2"]
    assert numbers_not_in("1,344 people in 2018", "1344 شخصًا في [[day 2018-03-22]]") == []


@pytest.mark.pure
@given(st.text(alphabet="Al-Ama 2 March018[]", max_size=40))
def test_locking_and_unlocking_gives_the_same_words(words: str) -> None:
    locked = lockable({"en": words}, NAMES, [date(2018, 3, 2)])
    assert unlocked(locked, NAMES) == {"en": words}


def test_the_desk_leads_from_one_text_to_the_next(world: World, activity: Activity) -> None:
    client = world.client(Character.EDITOR)
    week = {"week": activity.week.slug}
    listed = client.get(reverse("words", kwargs=week) + "?language=ar&state=missing")
    assert listed.status_code == 200
    address = reverse(
        "wording", kwargs={**week, "thing": "programme.activity", "row": activity.pk, "path": "summary", "lang": "ar"}
    )
    page = client.get(address)
    assert "25 women train." in page.content.decode()
    sent = client.post(address, {"words": "تتدرّب 25 امرأة.", "seen": "", "source": "en", "act": "check"})
    assert sent.status_code == 302
    assert sent["Location"] != address
    assert state(activity, "summary", "ar") == WordingState.CHECKED


def test_the_overview_asks_the_database_the_same_for_one_text_and_for_fifty(world: World, activity: Activity) -> None:
    client, address = world.client(Character.EDITOR), reverse("words", kwargs={"week": activity.week.slug})
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    activity.details = {"modules": [{"title": {"en": f"Part {number}"}} for number in range(50)]}
    activity.save()
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)
