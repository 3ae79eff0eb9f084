"""Words in several languages: one fact, as many wordings as there are translators.

A ``Text`` maps a language code (BCP 47: ``en``, ``ar``, ``ckb``, ``kmr``, …) to words. It is a plain
dictionary everywhere: in the database, in the week file, in records and in JSON.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

Text = dict[str, str]


class Spoken(NamedTuple):
    """The wording chosen for a reader, and the language it is really in."""

    words: str
    language: str


def spoken(text: Mapping[str, str] | None, language: str, fallbacks: Iterable[str] = ()) -> Spoken:
    """Choose the wording in ``language``, else in the first fallback that has one, else in any.

    Returns empty words, in ``language``, when there is no wording at all.
    """
    if text:
        for code in (language, *fallbacks, *sorted(text)):
            if words := text.get(code):
                return Spoken(words, code)
    return Spoken("", language)
