"""Where the sun stands, near enough for planning: noon, sunset, and the hours between that prayers follow.

The Astronomical Almanac's low-precision formulas for the sun (good to a hundredth of a degree between 1950 and 2050),
so times are right to about a minute where the land is flat. Communities count a few minutes more or less.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import acos, asin, atan, atan2, cos, degrees, radians, sin, tan

_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
# The sun's upper edge touches the horizon while its middle stands below it, and the air lifts it.
_SUNSET = -0.833


@dataclass(frozen=True)
class SunDay:
    """Moments of a day at a point, in UTC; None where the sun does not get there on that day.

    ``afternoon`` is when a shadow is longer by its own height than at noon.
    """

    noon: datetime
    afternoon: datetime | None
    sunset: datetime | None


def sun_on(day: date, *, latitude: float, longitude: float) -> SunDay:
    """The moments of a day at a point, given in degrees, north and east positive."""
    midday = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - timedelta(hours=longitude / 15)
    declination, equation = _sun_at(midday)
    noon = midday - timedelta(hours=equation)
    height = degrees(atan(1 / (1 + tan(radians(abs(latitude - declination))))))
    return SunDay(
        noon=noon,
        afternoon=_after(noon, height, latitude, declination),
        sunset=_after(noon, _SUNSET, latitude, declination),
    )


def _sun_at(moment: datetime) -> tuple[float, float]:
    """The sun's declination in degrees, and by how many hours its noon comes before that of a clock."""
    days = (moment - _J2000) / timedelta(days=1)
    anomaly, mean = radians(357.529 + 0.98560028 * days), (280.459 + 0.98564736 * days) % 360
    longitude = radians(mean + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly))
    tilt = radians(23.439 - 0.00000036 * days)
    ascension = degrees(atan2(cos(tilt) * sin(longitude), cos(longitude))) % 360
    equation = (mean - ascension + 180) % 360 - 180
    return degrees(asin(sin(tilt) * sin(longitude))), equation / 15


def _after(noon: datetime, height: float, latitude: float, declination: float) -> datetime | None:
    """When the sun, sinking, stands at ``height`` degrees."""
    at, north, tilt = radians(height), radians(latitude), radians(declination)
    part = (sin(at) - sin(north) * sin(tilt)) / (cos(north) * cos(tilt))
    return noon + timedelta(hours=degrees(acos(part)) / 15) if -1 <= part <= 1 else None
