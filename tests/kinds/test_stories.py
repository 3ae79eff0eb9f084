"""A story is told only to those, and only as long as, its teller agreed."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.kinds.registry import KINDS
from tadamun.kinds.talk.vocabulary import StoryConsent
from tadamun.organise.safety.vocabulary import Audience
from tests.kinds.makers import TODAY, mistakes_in, reader, spoken_of, told

pytestmark = pytest.mark.pure
TALK = KINDS["talk"]

AGREED: dict[str, Any] = {
    "title": {"en": "MARKER how I opened a bakery"},
    "text": {"en": "MARKER I began with one oven."},
    "teller": {"en": "MARKER Sahar"},
    "naming": "pseudonym",
    "consent": "given",
    "audiences": ["public", "coalition"],
    "until": TODAY.isoformat(),
}


def heard(audience: Audience = Audience.PUBLIC, today: date = TODAY, **changes: Any) -> bytes:
    return msgspec.json.encode(told(TALK, reader(audience, today=today), stories=[AGREED | changes]))


def test_a_story_with_a_live_consent_is_told_under_the_chosen_name() -> None:
    facts = told(TALK, reader(), format={"en": "tea and talks"}, theme={"en": "success"}, stories=[AGREED])
    assert spoken_of(facts) == {
        "format": ["“tea and talks”"],
        "theme": ["success"],
        "story": ["MARKER how I opened a bakery", "told by MARKER Sahar", "MARKER I began with one oven."],
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"consent": "not_asked"},
        {"consent": "withdrawn"},
        {"audiences": []},
        {"audiences": ["coalition"]},
        {"until": (TODAY - timedelta(days=1)).isoformat()},
    ],
)
def test_a_story_without_a_live_consent_for_these_readers_leaves_no_trace(changes: dict[str, Any]) -> None:
    assert b"MARKER" in heard()
    assert heard(**changes) == b"[]"


def test_a_consent_holds_to_the_end_of_its_last_day() -> None:
    assert b"MARKER" in heard(today=TODAY)
    assert heard(today=TODAY + timedelta(days=1)) == b"[]"


def test_the_members_of_the_coalition_need_the_consent_too() -> None:
    assert heard(Audience.COALITION, audiences=["public"]) == b"[]"


def test_a_teller_who_chose_no_name_is_not_named_even_if_a_name_stands_in_the_plan() -> None:
    facts = told(TALK, reader(), stories=[AGREED | {"naming": "nobody"}])
    assert b"Sahar" not in msgspec.json.encode(facts)
    assert b"oven" in msgspec.json.encode(facts)


@given(
    consent=st.sampled_from(StoryConsent.values),
    audiences=st.sets(st.sampled_from(Audience.values)),
    reads=st.sampled_from(list(Audience)),
    days_left=st.none() | st.integers(-3, 3),
)
def test_nobody_reads_a_story_beyond_its_consent(
    consent: str, audiences: set[str], reads: Audience, days_left: int | None
) -> None:
    story = AGREED | {"consent": consent, "audiences": sorted(audiences)}
    story["until"] = None if days_left is None else (TODAY + timedelta(days=days_left)).isoformat()
    told_to_them = b"MARKER" in msgspec.json.encode(told(TALK, reader(reads), stories=[story]))
    agreed = consent == "given" and reads.value in audiences and (days_left is None or days_left >= 0)
    assert told_to_them is agreed


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"naming": "nobody"}, "stories[0].teller"),
        ({"teller": {}}, "stories[0].teller"),
        ({"audiences": []}, "stories[0].audiences"),
        ({"agreed_on": (TODAY + timedelta(days=1)).isoformat()}, "stories[0].until"),
    ],
)
def test_a_consent_that_does_not_say_to_what_is_a_mistake(changes: dict[str, Any], where: str) -> None:
    assert mistakes_in(TALK, stories=[AGREED]) == []
    assert mistakes_in(TALK, stories=[AGREED | changes]) == [where]
