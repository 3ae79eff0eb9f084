"""A registered person's calendar file (RFC 5545). It says no more than a phone may show to whoever looks at it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tadamun.organise.people.models import Registration
from tadamun.organise.people.queries.gate import meetings, place_in_words
from tadamun.organise.people.vocabulary import HOLDS_PLACES
from tadamun.organise.programme.models import Sitting
from tadamun.organise.programme.vocabulary import DatePrecision, State
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.languages.text import spoken

_LONGEST = 75


def calendar_file(registration: Registration, *, now: datetime) -> bytes:
    """The sittings as events, in the person's language.

    The calendar of a phone is seen by others: of a careful activity it says “Appointment” and no topic, of a
    high-risk one no place either.
    """
    activity, code = registration.admission.activity, registration.language
    title = spoken(activity.titles, code).words if activity.safety == SafetyProfile.OPEN else _("Appointment")
    told = meetings(activity, code=code, expected=registration.told in HOLDS_PLACES, now=now)
    rows = list(activity.sittings.order_by("position"))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tadamun//Tadamun//EN", "CALSCALE:GREGORIAN"]
    for number, (sitting, meeting) in enumerate(zip(rows, told, strict=True), start=1):
        where = "" if activity.safety == SafetyProfile.HIGH_RISK else place_in_words(meeting, code)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{activity.uid}{f'-{number}' if number > 1 else ''}@tadamun",
            f"DTSTAMP:{_utc(now)}",
            f"SEQUENCE:{activity.sequence}",
            f"STATUS:{'CANCELLED' if activity.state == State.CANCELLED else 'CONFIRMED'}",
            *_span(sitting, ZoneInfo(activity.week.timezone)),
            f"SUMMARY:{_escaped(title)}",
            *([f"LOCATION:{_escaped(where)}"] if where else []),
            "END:VEVENT",
        ]
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _span(sitting: Sitting, zone: ZoneInfo) -> Iterator[str]:
    """Start and end; a time that was not stated is not made up, such an event lasts all day."""
    start, end = sitting.start_time, sitting.end_time
    if start is None or sitting.start != sitting.end or sitting.precision != DatePrecision.EXACT:
        yield f"DTSTART;VALUE=DATE:{_day(sitting.start)}"
        yield f"DTEND;VALUE=DATE:{_day(sitting.end + timedelta(days=1))}"
        return
    yield f"DTSTART:{_utc(_moment(sitting.start, start, zone))}"
    if end is not None and end != start:
        last = sitting.start if end > start else sitting.start + timedelta(days=1)
        yield f"DTEND:{_utc(_moment(last, end, zone))}"


def _moment(on: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, at, zone)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _day(on: date) -> str:
    return f"{on:%Y%m%d}"


def _escaped(words: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        words = words.replace(sign, written)
    return words


def _folded(line: str) -> bytes:
    """A content line of at most 75 octets; no letter is cut in two."""
    pieces, piece = [], b""
    for sign in line:
        raw = sign.encode()
        if len(piece) + len(raw) > _LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += raw
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
