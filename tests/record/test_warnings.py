"""What a hostile reader would find: each warning where it is due, and none where it is not."""

from datetime import date
from typing import Any

import pytest

from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.programme.models import Occasion, Person
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.record.builders.hidden import hidden_from_public
from tadamun.record.structs import InvolvementRecord
from tadamun.record.warnings import (
    Caution,
    Election,
    Hidden,
    Name,
    Number,
    Severity,
    Shown,
    warnings_about,
)
from tests.record.given import (
    NOW,
    a_body,
    a_photo,
    a_place,
    a_sitting,
    a_week,
    an_activity,
    counted,
    involved,
    stated,
    text,
    told,
)
from tests.record.records import a_record, term
from tests.record.records import an_activity as an_activity_record
from tests.record.test_changes import say


def warned(hidden: Hidden | None = None, languages: tuple[str, ...] = ("en",), **values: Any) -> list[str]:
    """The warnings about an activity that says these things, in English."""
    record = a_record(activities=(an_activity_record(**values),), photos=())
    return [say(one.sentence) for one in warnings_about(record, hidden or Hidden(), languages=languages)]


def test_a_plain_record_warns_of_nothing() -> None:
    assert warned() == []


@pytest.mark.parametrize(
    "words",
    ["We meet in Dar Al-Salam at noon", "نلتقي في دار السلام ظهراً", "dar alsalam, side door"],
)
def test_a_place_that_is_not_told_yet_is_found_in_a_text_however_it_is_written(words: str) -> None:
    place = Name(("Dar Al-Salam", "دار السلام", "dar alsalam"), {"en": "Dar Al-Salam"})
    found = warned(Hidden(places=(place,)), body={"en": words})
    assert found == ["A text names Dar Al-Salam, a place that is not told yet."]
    assert warned(Hidden(places=(place,)), body={"en": "We meet in the city"}) == []


def test_a_name_is_found_as_a_word_and_not_within_another() -> None:
    amal = Name(("Amal",), {"en": "Amal"})
    assert warned(Hidden(people=(amal,)), body={"en": "Led by Amal."}) == [
        "A text names Amal, who chose not to be named."
    ]
    assert warned(Hidden(people=(amal,)), body={"en": "An amalgam of things"}) == []


def test_a_body_that_has_not_agreed_is_found() -> None:
    body = Name(("Tammuz",), {"en": "Tammuz"})
    assert warned(Hidden(bodies=(body,)), summary={"en": "With Tammuz"}) == [
        "A text names Tammuz, which has not agreed to be named."
    ]


@pytest.mark.parametrize("contact", ["layla@example.org", "+964 770 123 4567", "07701234567", "0770 123 4567"])
def test_a_contact_in_a_text_is_found(contact: str) -> None:
    assert warned(body={"en": f"Write to {contact}!"}) == [f"A text holds a contact that anybody can copy: {contact}"]


def test_arabic_digits_hide_no_telephone() -> None:
    assert warned(body={"en": "٠٧٧٠١٢٣٤٥٦٧"}) == ["A text holds a contact that anybody can copy: 07701234567"]


@pytest.mark.parametrize("words", ["On 22 March 2018 at 16:00", "From 2018-03-21 to 2018-03-28", "1,250,000 people"])
def test_dates_and_large_numbers_are_no_telephones(words: str) -> None:
    assert warned(body={"en": words}) == []


def test_a_withheld_number_that_a_text_says_is_found() -> None:
    hidden = Hidden(numbers=(Number(4, "a"),))
    assert warned(hidden, body={"en": "Only 4 men came"}) == [
        "“Only 4 men came” says 4, a number that is withheld because few people are meant."
    ]
    assert warned(hidden, body={"en": "Only 14 men came"}) == []
    assert warned(Hidden(numbers=(Number(4, "another"),)), body={"en": "Only 4 men came"}) == []


def test_a_funder_in_public_is_said() -> None:
    funder = InvolvementRecord(type=term("funder"), line={"en": "funded by a foundation"}, organisation="x")
    assert warned(involvements=(funder,)) == ["A funder is named in public: “funded by a foundation”."]


def test_a_vote_the_day_after_asks_for_silence() -> None:
    vote = Election({"en": "the election"}, date(2018, 3, 23), date(2018, 3, 23))
    assert warned(Hidden(elections=(vote,))) == [
        "It lies within a day of the election. Check whether the law asks for silence then."
    ]
    later = replace_days(vote, date(2018, 3, 24))
    assert warned(Hidden(elections=(later,))) == []


def replace_days(vote: Election, day: date) -> Election:
    return vote._replace(start=day, end=day)


def test_numbers_that_differ_between_languages_are_found() -> None:
    found = warned(languages=("en", "ar"), body={"en": "25 women on 22 March", "ar": "٢٤ امرأة في ٢٢ آذار"})
    assert "“25 women on 22 March”: not every language says 24, 25." in found
    same = warned(languages=("en", "ar"), body={"en": "25 women, see https://example.org/77", "ar": "٢٥ امرأة"})
    assert not any("not every language" in one for one in same)


def test_missing_wordings_are_counted_by_language() -> None:
    found = warned(languages=("en", "ckb"))
    assert any(one.startswith("Texts without wording in “کوردی”: ") for one in found)


def test_the_worst_stands_first_and_each_is_said_once() -> None:
    place = Name(("Dar Al-Salam",), {"en": "Dar Al-Salam"})
    funder = InvolvementRecord(type=term("funder"), line={"en": "funded by a foundation"}, organisation="x")
    record = a_record(
        activities=(
            an_activity_record(
                involvements=(funder,), body={"en": "Dar Al-Salam"}, summary={"en": "Dar Al-Salam again"}
            ),
        ),
        photos=(),
    )
    faces = (Shown({"en": "The trainers"}, "a"),)
    found = warnings_about(record, Hidden(places=(place,), faces=faces), languages=("en",))
    assert [one.severity for one in found] == [Severity.DANGER, Severity.CARE, Severity.CARE]
    assert isinstance(found[0], Caution)


# --- what a plan hides -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_plan_says_what_it_hides() -> None:
    week = a_week()
    careful = an_activity(week, safety=SafetyProfile.CAREFUL)
    house = a_place("secret-house", spellings=["Bait as-Sirr"])
    a_sitting(careful, place=house, tell_place="never", public_place=a_place("city", kind="city"))
    stated(Person, week, careful, role="trainer", naming="nobody", name=text("Zainab"))
    involved(week, a_body("tammuz"), careful, sign_off="asked")
    involved(week, a_body("al-amal"), careful)
    counted(week, careful, 24, split={"sex": {"women": 20, "men": 4}})
    a_photo(week, careful, caption=text("Faces"))
    a_photo(week, careful, caption=text("Kept"), consent=ConsentState.NOT_ASKED)
    a_photo(week, careful, caption=text("Ends"), consent="nobody_shown", consent_until=date(2018, 3, 30))
    for name, day in (("near", date(2018, 3, 30)), ("far", date(2018, 9, 1))):
        Occasion.objects.create(slug=name, kind="election", names=text(name), start=day, end=day)
    hidden = hidden_from_public(week=week, now=NOW, small_cell=10)
    assert [name.wordings for name in hidden.places] == [("Secret House", "Bait as-Sirr")]
    assert [name.title for name in hidden.people] == [text("Zainab")]
    assert [name.title for name in hidden.bodies] == [text("Tammuz")]
    assert 4 in [number.quantity for number in hidden.numbers]
    assert [photo.title for photo in hidden.photos_kept] == [text("Kept")]
    assert [photo.title for photo in hidden.faces] == [text("Faces")]
    assert [photo.title for photo in hidden.ending] == [text("Ends")]
    assert [election.names for election in hidden.elections] == [text("near")]
    assert warnings_about(told(week), hidden, languages=("en",))
