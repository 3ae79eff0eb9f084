"""Days, hours and numbers in words, as the language's locale data has them. For pages, letters and messages.

Month names in full (of Iraq for Arabic), digits 0 to 9 in every language.
"""

from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from tadamun.toolkit.languages.registry import Language, language


def day(on: date, code: str) -> str:
    """A day with its weekday and year: "Friday, 23 March 2018"."""
    return format_date(on, _pattern(code, "yMMMEd"), locale=_spoken(code).locale)


def span(start: date, end: date, code: str) -> str:
    """One day, or two with a dash between them."""
    return day(start, code) if start == end else f"{day(start, code)} – {day(end, code)}"


def clock(at: time, code: str) -> str:
    """A time of day."""
    return format_time(at, "short", locale=_spoken(code).locale)


def moment(at: datetime, zone: ZoneInfo, code: str) -> tuple[str, str]:
    """A moment as people there say it: the day and the time of day."""
    local = at.astimezone(zone)
    return day(local.date(), code), clock(local.time(), code)


def number(quantity: int, code: str) -> str:
    """A number with the language's separators and the digits 0 to 9."""
    return format_decimal(quantity, locale=_spoken(code).locale, numbering_system="latn")


@cache
def _spoken(code: str) -> Language:
    return language(code)


@cache
def _pattern(code: str, skeleton: str) -> str:
    """The locale's pattern with the names of months and weekdays in full."""
    pattern = str(_spoken(code).locale.datetime_skeletons[skeleton])
    return pattern.replace("MMM", "MMMM").replace("MMMMM", "MMMM").replace("E", "EEEE")
