"""The clock tells UTC to the second."""

from datetime import UTC, datetime

import pytest
import time_machine

from tadamun.toolkit import clock

pytestmark = pytest.mark.pure


def test_clock_tells_the_present_in_utc_without_fractions() -> None:
    with time_machine.travel(datetime(2018, 3, 21, 6, 30, 15, 999_999, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2018, 3, 21, 6, 30, 15, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
