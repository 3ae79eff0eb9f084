"""Dates, times and numbers in words, as the language's locale data has them.

Month names in full (of Iraq for Arabic), digits 0 to 9 in every language, ranges without repetition.
Every function is cached: a year has 366 days, however many pages print them.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import cache, lru_cache

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from tadamun.record.structs import When
from tadamun.toolkit.languages.registry import Language

# A weekday's sign has to fit a cell of the programme at a glance on a phone.
_SIGN = 6


class Calendar:
    """The dates of one language.

    ``weekdays`` (Monday first) and ``months`` (January first) are names standing alone; ``weekday_signs``
    are as short as the language allows.
    """

    def __init__(self, spoken_in: Language) -> None:
        self._locale = spoken_in.locale
        skeletons = self._locale.datetime_skeletons
        self._patterns = {name: _in_full(str(skeletons[name])) for name in ("MMMd", "MMMEd", "yMMMd", "yMMMEd")}
        self.weekdays = _names(self._locale.days["stand-alone"]["wide"], range(7))
        self.weekday_signs = self._signs()
        self.months = _names(self._locale.months["stand-alone"]["wide"], range(1, 13))
        self.day = lru_cache(maxsize=4096)(self._day)
        self.span = lru_cache(maxsize=4096)(self._span)
        self.clock = cache(self._clock)
        self.number = lru_cache(maxsize=4096)(self._number)

    def _day(self, on: date, *, weekday: bool = False, year: bool = True) -> str:
        """Write a day: "23 March 2018", with ``weekday`` "Friday, 23 March 2018"."""
        name = ("y" if year else "") + ("MMMEd" if weekday else "MMMd")
        return format_date(on, self._patterns[name], locale=self._locale)

    def _span(self, start: date, end: date, *, year: bool = True) -> str:
        """Write a span of days without saying anything twice: "21–28 March 2018"."""
        if start == end:
            return self._day(start, year=year)
        greatest = "y" if start.year != end.year else "M" if start.month != end.month else "d"
        formats = self._locale.interval_formats["yMMMd" if year or greatest == "y" else "MMMd"]
        first, last = (_in_full(part) for part in formats[greatest])
        return format_date(start, first, locale=self._locale) + format_date(end, last, locale=self._locale)

    def from_to(self, start: date, end: date) -> tuple[str, str]:
        """Split a span for a sentence: ("25", "27 March 2018"), ("30 March", "2 April 2018")."""
        if (start.year, start.month) == (end.year, end.month):
            return str(start.day), self.day(end)
        return self.day(start, year=start.year != end.year), self.day(end)

    def hours(self, when: When) -> str:
        """Write the clock times of a sitting, or nothing when none was stated."""
        if when.start_time is None:
            return ""
        if when.end_time is None:
            return str(self.clock(when.start_time))
        return f"{self.clock(when.start_time)} – {self.clock(when.end_time)}"

    def _signs(self) -> tuple[str, ...]:
        for width in ("abbreviated", "short"):
            names = _names(self._locale.days["stand-alone"][width], range(7))
            if all(len(name) <= _SIGN and not any(sign.isdigit() for sign in name) for name in names):
                return names
        return _names(self._locale.days["stand-alone"]["narrow"], range(7))

    def _clock(self, at: time) -> str:
        return format_time(at, "short", locale=self._locale).replace(" ", "\u00a0").replace("\u202f", "\u00a0")

    def _number(self, quantity: float) -> str:
        """Write a number with the language's separators and the digits 0 to 9."""
        return format_decimal(quantity, locale=self._locale, numbering_system="latn")


def _names(table: Mapping[int, object], numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(str(table[number]) for number in numbers)


def _in_full(pattern: str) -> str:
    """Ask for the names of months and days in full where the pattern asks for short ones."""
    return pattern.replace("MMM", "MMMM").replace("MMMMM", "MMMM").replace("E", "EEEE")
