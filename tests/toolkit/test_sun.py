"""The sun over Baghdad and elsewhere, held against published almanac times."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tadamun.toolkit.sun import sun_on
from tadamun.toolkit.zones import point_of_zone

BAGHDAD = {"latitude": 33.315, "longitude": 44.366}
HERE = ZoneInfo("Asia/Baghdad")


def near(moment: datetime | None, hour: int, minute: int) -> bool:
    assert moment
    local = moment.astimezone(HERE)
    return abs(local - local.replace(hour=hour, minute=minute, second=0)) <= timedelta(minutes=3)


@pytest.mark.parametrize(
    ("day", "noon", "sunset"),
    [
        (date(2018, 3, 21), (12, 10), (18, 14)),
        (date(2018, 6, 21), (12, 4), (19, 15)),
        (date(2018, 12, 21), (12, 1), (16, 58)),
    ],
)
def test_noon_and_sunset_in_baghdad_are_those_of_the_almanac(
    day: date, noon: tuple[int, int], sunset: tuple[int, int]
) -> None:
    sun = sun_on(day, **BAGHDAD)
    assert near(sun.noon, *noon)
    assert near(sun.sunset, *sunset)


def test_afternoon_lies_between_noon_and_sunset() -> None:
    sun = sun_on(date(2018, 3, 21), **BAGHDAD)
    assert sun.afternoon
    assert sun.sunset
    assert sun.noon < sun.afternoon < sun.sunset


def test_far_north_in_summer_has_no_sunset() -> None:
    assert sun_on(date(2018, 6, 21), latitude=78.2, longitude=15.6).sunset is None


def test_a_time_zone_knows_roughly_where_it_is() -> None:
    point = point_of_zone("Asia/Baghdad")
    assert point
    assert point == pytest.approx((33.35, 44.42), abs=0.01)
    assert point_of_zone("America/Argentina/Ushuaia") == pytest.approx((-54.8, -68.3), abs=0.01)
    assert point_of_zone("Atlantis/Poseidon") is None
