"""Links to other weeks say what those let out themselves, and nothing of what they did not."""

import pytest

from tadamun.record.linking import let_out_of, linked_weeks, links_as_published
from tadamun.record.structs import ActivityLink, RelationRecord, WeekRecord
from tests.record.records import a_record, an_activity, term

pytestmark = pytest.mark.pure


def other_week(*names: tuple[str, str]) -> WeekRecord:
    """What the week in Nasiriya let out, whose training repeats some other."""
    ties = tuple(
        RelationRecord(type=term("repeat_of"), activity=ActivityLink(week=week, activity=slug, titles={"en": "x"}))
        for week, slug in names
    )
    return a_record(slug="nasiriya", activities=(an_activity(slug="training", relations=ties),))


def linked(record: WeekRecord, current: WeekRecord, *other: WeekRecord) -> list[tuple[str, str]]:
    published = {week.slug: let_out_of(week) for week in other}
    [activity] = links_as_published(record, current, published).activities
    return [(tie.type.code, tie.activity.titles["en"]) for tie in activity.relations]


def test_a_link_says_what_the_other_week_let_out_and_nothing_when_it_let_out_nothing() -> None:
    record = a_record()
    assert linked(record, record, other_week()) == [("repeat_of", "Training")]
    assert linked(record, record) == []
    assert linked(record, record, a_record(slug="nasiriya", activities=())) == []


def test_that_another_week_repeats_ours_is_told_when_that_week_lets_it_out() -> None:
    link = ActivityLink(week="nasiriya", activity="training", titles={"en": "Not let out"})
    back = RelationRecord(type=term("repeated_as"), activity=link)
    without = a_record(activities=(an_activity(relations=()),))
    current = a_record(activities=(an_activity(relations=(back,)),))
    assert linked(without, current, other_week(("kahramana", "a"))) == [("repeated_as", "Training")]
    assert linked(without, current, other_week()) == [], "it did not say so itself"


def test_the_weeks_that_a_record_links_to_are_found() -> None:
    assert linked_weeks(a_record()) == {"nasiriya"}
    assert linked_weeks(a_record(slug="nasiriya")) == set(), "itself is no other week"
