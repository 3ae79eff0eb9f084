"""What was changed since the last publication, in sentences; and no difference goes unsaid."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from tadamun.record.changes import Sentence, changes
from tadamun.record.structs import WeekRecord
from tests.record.records import VARIANTS, a_record, a_sitting, variants

pytestmark = pytest.mark.pure


def said(before: WeekRecord, after: WeekRecord) -> list[str]:
    """The sentences in English, with plain parts."""
    return [say(sentence) for one in changes(before, after) for sentence in one.sentences]


def say(sentence: Sentence) -> str:
    return str(sentence.pattern) % {name: _plain(part) for name, part in sentence.parts.items()}


def _plain(part: Any) -> str:
    if isinstance(part, dict):
        return str(part.get("en", ""))
    if isinstance(part, tuple):
        return " ".join(_plain(one) for one in part)
    return f"{part.start:%d %B}" if isinstance(part, msgspec.Struct) else str(part)


def test_equal_records_say_nothing() -> None:
    assert changes(a_record(), a_record()) == ()


def test_moving_naming_counting_and_hiding_are_said_as_people_say_them() -> None:
    before = a_record()
    activity = before.activities[0]
    after = replace(
        before,
        activities=(
            replace(
                activity,
                sittings=(a_sitting(date(2018, 3, 23)),),
                photos=(),
                involvements=(*activity.involvements, before.involvements[0]),
                figures=(*activity.figures, replace(activity.figures[0], quantity=40, group={"en": "men"})),
            ),
        ),
    )
    assert said(before, after) == [
        "It moved from 22 March to 23 March.",
        "Named now: “in cooperation with Al-Amal”.",
        "Figure added: 40 men · took part.",
        "Photo taken away: “The trainers”.",
    ]


def test_changes_are_told_by_activity_and_the_week_comes_first() -> None:
    before = a_record()
    other = replace(before.activities[0], uid="b", slug="b", titles={"en": "Race"})
    after = replace(before, titles={"en": "Solidarity week"}, activities=(other,))
    told = changes(before, after)
    assert [(one.uid, one.titles["en"]) for one in told] == [("", "Solidarity week"), ("b", "Race"), ("a", "Training")]
    assert [say(one.sentences[0]) for one in told] == [
        "The title “Kahramana week” is now “Solidarity week”.",
        "This activity is new.",
        "This activity is not in it any more.",
    ]


@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_no_difference_goes_unsaid(variant: str) -> None:
    before, after = a_record(), VARIANTS[variant](a_record())
    assert changes(before, after), variant
    assert changes(after, before), variant


@given(before=variants(), after=variants())
def test_something_is_said_exactly_when_something_differs(before: WeekRecord, after: WeekRecord) -> None:
    assert bool(changes(before, after)) == (before != after)
