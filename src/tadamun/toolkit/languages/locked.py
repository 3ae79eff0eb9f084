"""Facts locked in a text: a day, a number or a name that stands there once and prints right in every language.

In a wording they are written ``[[day 2018-03-22]]``, ``[[weekday 2018-03-24]]``, ``[[number 1344]]``,
``[[place mashufna-center]]``, ``[[organisation al-amal]]``, ``[[occasion newroz-2018]]``, ``[[campaign …]]``. So a
translator writes sentences and never retypes a date, and a fact that changes, changes everywhere.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from babel.dates import format_date

from tadamun.toolkit.languages.days import number
from tadamun.toolkit.languages.registry import UnknownLanguage, language
from tadamun.toolkit.languages.text import Text, spoken

NAMED = ("place", "organisation", "occasion", "campaign")
OPENING = "[["
_TOKEN = re.compile(r"\[\[(day|weekday|number|place|organisation|occasion|campaign) ([a-z0-9][a-z0-9-]{0,79})\]\]")


class Token(NamedTuple):
    """A fact: its kind and its value, a day in ISO form, digits, or the slug of what is named."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"[[{self.kind} {self.value}]]"


Names = Callable[[Token], Text]


def tokens(words: str) -> list[Token]:
    """The facts locked in a wording, in their order."""
    return [Token(*found.groups()) for found in _TOKEN.finditer(words)]


def lacking(source: str, wording: str) -> list[Token]:
    """The facts of the source that a wording does not have, as often as they are lacking."""
    return list((Counter(tokens(source)) - Counter(tokens(wording))).elements())


def printed(text: Text, names: Names) -> Text:
    """Each wording with its facts written out in its language. What cannot be written is left as it stands."""
    return {code: _printed(words, code, names) if OPENING in words else words for code, words in text.items()}


def in_words(token: Token, code: str, names: Names) -> str:
    """A fact in a language, or the token itself when it cannot be said."""
    if token.kind in NAMED:
        return spoken(names(token), code, ("en",)).words or str(token)
    try:
        if token.kind == "number":
            return number(int(token.value), code)
        pattern = "EEEE" if token.kind == "weekday" else "d MMMM y"
        return format_date(date.fromisoformat(token.value), pattern, locale=language(code).locale)
    except (ValueError, UnknownLanguage):
        return str(token)


def _printed(words: str, code: str, names: Names) -> str:
    return _TOKEN.sub(lambda found: in_words(Token(*found.groups()), code, names), words)
