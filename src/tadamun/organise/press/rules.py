"""How far a wording has come, what it lacks, and which facts of a text could be locked."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from tadamun.organise.press.vocabulary import WordingState
from tadamun.toolkit.languages.locked import Token, printed, tokens
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.search import digits

_NUMBER = re.compile(r"(?<![\w-])\d[\d,.]*(?![\w-])")
_SHORTEST_NAME = 4


@dataclass(frozen=True)
class Checked:
    """What is known of a check: against which language, and the digests of both wordings then."""

    source: str
    words: str
    source_words: str


def digest(words: str) -> str:
    """A short mark of some words."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def state_of(text: Mapping[str, str], code: str, check: Checked | None) -> WordingState:
    """How far a text has come in a language."""
    words = text.get(code, "")
    if not words:
        return WordingState.MISSING
    if check is None or check.words != digest(words):
        return WordingState.DRAFT
    if check.source != code and check.source_words != digest(text.get(check.source, "")):
        return WordingState.STALE
    return WordingState.CHECKED


def source_for(text: Mapping[str, str], code: str, languages: Iterable[str]) -> str:
    """The language to translate from: the first of the site's that has words, other than the one translated into."""
    candidates = [*languages, *sorted(text)]
    return next((other for other in candidates if other != code and text.get(other)), code)


def numbers_not_in(source: str, wording: str) -> list[str]:
    """Numbers that the source has in digits and the wording has not, in neither kind of digits."""
    bare = [_bare(found) for found in _NUMBER.findall(digits(source))]
    there = {_bare(found) for found in _NUMBER.findall(digits(wording))}
    locked = {token.value for token in tokens(wording)}
    years = {part for value in locked for part in value.split("-")}
    return [found for found in dict.fromkeys(bare) if found not in there | locked | years]


def lockable(text: Text, names: Mapping[Token, Text], days: Iterable[date]) -> Text:
    """The text with every name of the glossary, and each of the days, locked in every language that has it."""
    return {code: _locked(words, code, names, days) for code, words in text.items()}


def days_between(start: date, end: date) -> list[date]:
    """Each day from ``start`` to ``end``, at most a year of them."""
    return [start + timedelta(days=number) for number in range(min((end - start).days, 366) + 1)]


def _locked(words: str, code: str, names: Mapping[Token, Text], days: Iterable[date]) -> str:
    known = {_day(day, code): Token("day", day.isoformat()) for day in days}
    known |= {text[code]: token for token, text in names.items() if len(text.get(code, "")) >= _SHORTEST_NAME}
    free = known.keys() - {""}
    if not free:
        return words
    longest_first = sorted(free, key=len, reverse=True)
    found = re.compile(r"\[\[[^\]]*\]\]|(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return found.sub(lambda match: str(known.get(match.group(), match.group())), words)


def unlocked(text: Text, names: Mapping[Token, Text]) -> Text:
    """The text with its facts in words again."""
    return printed(text, lambda token: names.get(token, {}))


def _day(on: date, code: str) -> str:
    return format_date(on, "d MMMM y", locale=language(code).locale)


def _bare(number: str) -> str:
    return number.rstrip(".,").replace(",", "")
