"""The line of days: every day is there, what is certain stands at its day, what is not is not pinned."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.publish.site.days import line_of_days
from tadamun.record.structs import ActivityRecord, SittingRecord, When
from tests.publish.site import samples, scenery

pytestmark = pytest.mark.pure

START = date(2018, 3, 21)


def activity(*times: When, slug: str = "a") -> ActivityRecord:
    return ActivityRecord(
        uid=slug,
        slug=slug,
        kind=scenery.KINDS["talk"],
        titles={"en": slug},
        state=scenery.HELD,
        sittings=tuple(SittingRecord(when=when) for when in times),
    )


def march(first: int, last: int | None = None, *, days: int | None = None, precision: str = "exact") -> When:
    return When(start=date(2018, 3, first), end=date(2018, 3, last or first), days=days, precision=precision)


def test_week_of_kahramana_stands_on_seven_of_its_eight_days() -> None:
    week = samples.kahramana_week()
    line, undated = line_of_days(start=week.start, end=week.end, activities=week.activities)
    told = [
        (segment.start.day, segment.end.day, [entry.activity.slug for entry in segment.entries]) for segment in line
    ]
    assert told == [
        (21, 21, ["picnic"]),
        (22, 22, ["training"]),
        (23, 23, ["marathon"]),
        (24, 24, ["tea-and-talks"]),
        (25, 27, []),
        (28, 28, ["debate"]),
    ]
    assert [entry.activity.slug for entry in line[4].stretched] == ["leaflets"]
    assert [day.start.day for day in line[4].inner] == [25, 26, 27]
    assert undated == ()


def test_empty_day_is_kept_and_quiet() -> None:
    line, _ = line_of_days(start=START, end=date(2018, 3, 23), activities=[activity(march(21)), activity(march(23))])
    assert [(segment.start.day, segment.empty) for segment in line] == [(21, False), (22, True), (23, False)]


def test_activity_of_two_days_stands_on_both_and_begins_once() -> None:
    line, _ = line_of_days(start=START, end=date(2018, 3, 22), activities=[activity(march(21, 22))])
    assert [[entry.first for entry in segment.entries] for segment in line] == [[True], [False]]


def test_each_sitting_opens_on_its_own_day() -> None:
    line, _ = line_of_days(start=START, end=date(2018, 3, 24), activities=[activity(march(21, 22), march(23, 24))])
    assert [[entry.opens for entry in segment.entries] for segment in line] == [[True], [False], [True], [False]]


def test_stretches_that_overlap_become_one_and_keep_the_days_inside() -> None:
    first, second = (
        activity(march(22, 24, days=1, precision="between")),
        activity(march(24, 26, precision="between"), slug="b"),
    )
    sure = activity(march(23), slug="c")
    line, _ = line_of_days(start=START, end=date(2018, 3, 27), activities=[first, second, sure])
    stretch = line[1]
    assert (stretch.start.day, stretch.end.day) == (22, 26)
    assert [entry.activity.slug for entry in stretch.stretched] == ["a", "b"]
    assert [[entry.activity.slug for entry in day.entries] for day in stretch.inner] == [[], ["c"], [], [], []]


def test_one_uncertain_day_is_a_day() -> None:
    line, _ = line_of_days(start=START, end=START, activities=[activity(march(21, precision="between", days=1))])
    assert [len(segment.entries) for segment in line] == [1]


def test_activity_without_date_is_listed_apart() -> None:
    line, undated = line_of_days(start=START, end=START, activities=[activity()])
    assert line[0].empty
    assert [one.slug for one in undated] == ["a"]


def test_postponed_activity_without_new_date_stands_where_it_was_announced() -> None:
    week = samples.coming_week()
    line, undated = line_of_days(start=week.start, end=week.end, activities=week.activities)
    by_day = {segment.start: [entry.activity.slug for entry in segment.entries] for segment in line}
    assert by_day[date(2018, 6, 1)] == ["marathon"]
    assert undated == ()


def test_long_programme_folds_runs_of_empty_days() -> None:
    line, _ = line_of_days(start=START, end=date(2018, 4, 20), activities=[activity(march(25))])
    assert [(segment.start, segment.end) for segment in line] == [
        (START, date(2018, 3, 24)),
        (date(2018, 3, 25), date(2018, 3, 25)),
        (date(2018, 3, 26), date(2018, 4, 20)),
    ]


@given(
    length=st.integers(0, 40),
    times=st.lists(
        st.tuples(st.integers(-3, 45), st.integers(0, 5), st.sampled_from(["exact", "between"])), max_size=8
    ),
)
def test_no_day_and_no_activity_is_ever_lost(length: int, times: list[tuple[int, int, str]]) -> None:
    end = START + timedelta(days=length)
    activities = [
        activity(
            When(start=START + timedelta(days=first), end=START + timedelta(days=first + more), precision=precision),
            slug=f"a{number}",
        )
        for number, (first, more, precision) in enumerate(times)
    ]
    line, undated = line_of_days(start=START, end=end, activities=activities)
    covered = [
        segment.start + timedelta(days=n) for segment in line for n in range((segment.end - segment.start).days + 1)
    ]
    assert covered == sorted(set(covered))
    assert {START + timedelta(days=n) for n in range(length + 1)} <= set(covered)
    told = [entry.activity.slug for segment in line for entry in (*segment.stretched, *segment.entries) if entry.first]
    told += [entry.activity.slug for segment in line for day in segment.inner for entry in day.entries if entry.first]
    assert sorted(told) == sorted(one.slug for one in activities)
    assert undated == ()


def test_sitting_that_moved_out_of_the_week_brings_its_day_along() -> None:
    late = activity(march(29))
    line, _ = line_of_days(start=START, end=date(2018, 3, 22), activities=[late])
    assert [segment.start.day for segment in line] == [21, 22, 29]
