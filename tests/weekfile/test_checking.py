"""A file is judged by what stands in the system too, and only for what could be read of it."""

import pytest

from tadamun.weekfile.system import System
from tests.weekfile.test_rules import S, file, involvement, promise
from tests.weekfile.worlds import told

pytestmark = pytest.mark.pure


def test_what_stands_in_the_system_may_be_mentioned() -> None:
    words = file(sitting="start: 2018-03-22, place: basra", week="involvements: [{type: host, organisation: al-amal}]")
    assert told(words, System(organisations={"al-amal": "association"}, places={"basra": ""})) == []


def test_party_of_the_system_is_no_partner_either() -> None:
    words = involvement("type: host, organisation: other-party")
    assert told(words, System(organisations={"other-party": "party"})) == [
        "2:102: week.involvements[0].type: “other-party” is a party or bloc, which cannot be “host”."
    ]


def test_circle_through_places_of_the_system_is_found() -> None:
    words = file(place="within: iraq")
    assert told(words, System(places={"iraq": "baghdad", "baghdad": ""})) == [
        "7:49: places[0].within: This place lies within itself: baghdad › iraq › baghdad."
    ]


def test_slug_of_another_weeks_promise_is_taken() -> None:
    assert told(promise("kept_by: talk"), System(promises={"again": "spring"})) == []
    (line,) = told(promise("kept_by: talk"), System(promises={"again": "autumn"}))
    assert line.endswith("week.promises[0].slug: The week “autumn” already has a promise “again”.")


def test_uid_of_another_activity_is_taken() -> None:
    uid = "5d0c3c6e-6d5b-4b0e-9c5f-3f1f7f1d2a64"
    assert told(file(activity=f"uid: {uid}"), System(uids={uid: "spring/talk"})) == []
    (line,) = told(file(activity=f"uid: {uid.upper()}"), System(uids={uid: "autumn/talk"}))
    assert line.endswith(f"activities[0].uid: The uid {uid} already belongs to autumn/talk.")


def test_activity_of_a_known_week_must_exist() -> None:
    words = file(activity="relations: [{type: repeat_of, to: autumn/walk}]")
    known = System(weeks=frozenset({"autumn"}), activities=frozenset({"autumn/talk"}))
    (line,) = told(words, known)
    assert line.endswith("activities[0].relations[0].to: The week “autumn” has no activity “walk”.")


def test_what_could_not_be_read_is_not_judged() -> None:
    """A sitting with a slip in “precision” is not scolded for its “days”, nor those who mention a broken entry."""
    words = file(sitting="start: 2018-03-25, end: 2018-03-27, precision: betwen, days: 2, place: basra")
    broken = words.replace("activities:", "  - {slug: basra, kind: town, names: Basra}\nactivities:")
    assert [line.split(": ")[1] for line in told(broken)] == ["places[1].kind", f"{S}.precision"]


def test_mistakes_of_structure_and_of_meaning_are_told_together_in_order() -> None:
    words = file(
        week="timezone: Mars", sitting="start: 2018-03-22, place: bagdad, weekday: friday", activity="safty: open"
    )
    assert [line.split(": ")[1] for line in told(words)] == [
        "week.timezone",
        f"{S}.place",
        f"{S}.weekday",
        "activities[0].safty",
    ]
