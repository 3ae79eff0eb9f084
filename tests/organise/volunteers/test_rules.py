"""Rest, room, who is missed, and hours: decided without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.rules import Known, Span

EIGHT = datetime(2099, 3, 3, 8, 0, tzinfo=UTC)


def span(start: float, hours: float) -> Span:
    """From so many hours after eight, so long."""
    begins = EIGHT + timedelta(hours=start)
    return Span(begins, begins + timedelta(hours=hours))


def allowed(*spans: Span, rest: int = 8, day: int = 10) -> bool:
    return bool(rules.may_take(spans, rest_hours=rest, day_hours=day))


def test_a_working_day_ends_with_a_rest() -> None:
    assert allowed(span(0, 4), span(6, 6))
    assert not allowed(span(0, 4), span(6, 6.5)), "ten and a half hours, with two between them"
    assert allowed(span(0, 6), span(14, 6)), "a rest of eight hours begins a new day"
    assert not allowed(span(0, 6), span(13.5, 6)), "half an hour less does not"


def test_three_shifts_count_together_in_whatever_order_they_are_chosen() -> None:
    three = (span(10, 4), span(0, 4), span(5, 4))
    assert not allowed(*three)
    assert allowed(*three, day=12)


def test_a_single_shift_can_be_too_long() -> None:
    assert not allowed(span(0, 11))


def test_nobody_is_at_two_places_at_once() -> None:
    assert not allowed(span(0, 4), span(3, 2))
    assert allowed(span(0, 4), span(4, 2)), "one after the other is no overlap"


def test_a_refusal_says_what_to_do() -> None:
    reason = str(rules.may_take([span(0, 11)], rest_hours=8, day_hours=10).reason)
    assert "10 hours" in reason
    assert "8 hours" in reason


@pytest.mark.parametrize(("minutes", "missed"), [(29, False), (30, True)])
def test_somebody_is_missed_some_minutes_after_the_end(minutes: int, missed: bool) -> None:
    now = EIGHT + timedelta(hours=4, minutes=minutes)
    assert rules.is_missed(Known(span(0, 4)), minutes=30, now=now) is missed
    assert not rules.is_missed(Known(span(0, 4), back_at=now), minutes=30, now=now)
    assert not rules.is_missed(Known(span(0, 4), missed=True), minutes=30, now=now), (
        "who did not come is not waited for"
    )


def test_hours_are_those_said_and_those_planned_where_only_a_part_is_known() -> None:
    planned = span(0, 4)
    began, ended = EIGHT + timedelta(minutes=30), EIGHT + timedelta(hours=3)
    assert rules.worked(Known(planned, began, ended)) == timedelta(hours=2.5)
    assert rules.worked(Known(planned, began)) == timedelta(hours=3.5)
    assert rules.worked(Known(planned, back_at=ended)) == timedelta(hours=4)
    assert rules.worked(Known(planned)) == timedelta()
    assert rules.worked(Known(planned, began, ended, missed=True)) == timedelta()


def test_a_forgotten_end_does_not_count_the_night() -> None:
    next_day = EIGHT + timedelta(hours=26)
    assert rules.worked(Known(span(0, 4), EIGHT, next_day)) == timedelta(hours=5)


def test_hours_are_summed_to_a_quarter() -> None:
    assert rules.hours([timedelta(hours=1, minutes=8), timedelta(hours=2, minutes=10)]) == 3.25


def test_a_shift_that_has_begun_is_not_given_up() -> None:
    known = Known(span(0, 4))
    assert rules.may_leave(known, now=EIGHT - timedelta(minutes=1))
    assert not rules.may_leave(known, now=EIGHT)


def test_one_begins_two_hours_before_at_the_earliest() -> None:
    assert not rules.may_begin(Known(span(0, 4)), now=EIGHT - timedelta(hours=3))
    assert rules.may_begin(Known(span(0, 4)), now=EIGHT - timedelta(hours=2))
