"""Time zones as calendars want them (VTIMEZONE, RFC 5545 §3.6.5), from the system's time zone data.

Nothing is assumed about daylight saving: every change of the clock in the years concerned is written out.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tadamun.publish.feeds.ical_lines import joined


@lru_cache(maxsize=64)
def zone_block(name: str, first: int, last: int) -> bytes:
    """Write the zone for the years from ``first`` to ``last``.

    :raises zoneinfo.ZoneInfoNotFoundError: when no such zone is known.
    """
    zone = ZoneInfo(name)
    start = datetime(max(first - 1, 1), 1, 1, tzinfo=UTC)
    end = datetime(last + 1, 12, 31, tzinfo=UTC)
    offset = _offset(zone, start)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    lines += _observance("STANDARD", start.replace(tzinfo=None), offset, offset, start.astimezone(zone).tzname())
    day = start
    while day < end:
        following = day + timedelta(days=1)
        if _offset(zone, following) != offset:
            moment = _change(zone, day, following)
            after, local = _offset(zone, moment), moment.astimezone(zone)
            kind = "DAYLIGHT" if local.dst() else "STANDARD"
            lines += _observance(kind, moment.replace(tzinfo=None) + offset, offset, after, local.tzname())
            offset = after
        day = following
    lines.append("END:VTIMEZONE")
    return joined(lines)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Find the second at which the clock changes between two moments."""
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _observance(kind: str, at: datetime, before: timedelta, after: timedelta, name: str | None) -> list[str]:
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{compact_day(at.date())}T{at:%H%M%S}",
        f"TZOFFSETFROM:{_signed(before)}",
        f"TZOFFSETTO:{_signed(after)}",
        f"TZNAME:{name or _signed(after)}",
        f"END:{kind}",
    ]


def _signed(offset: timedelta) -> str:
    seconds = round(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}" + (f"{left:02}" if left else "")


def compact_day(on: date) -> str:
    """Write a day as calendars do: 20180324."""
    return on.isoformat().replace("-", "")
