"""The languages of a site: code, own name, direction, locale data.

A language needs no code: its name, direction, month names, plural rules and date patterns come from
the Unicode CLDR (through Babel), its interface words from ``locale/<code>/``. Only where the CLDR's
own tag differs from the one that readers' software sends is there a line here.
"""

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

# The Syriac month names of Iraq (آذار, نيسان) stand in ar_IQ, not in ar. CLDR files Kurmanji under ku.
_LOCALES = {"ar": "ar_IQ", "ckb": "ckb_IQ", "kmr": "ku", "en": "en_GB"}

# Where the CLDR's own name is not the one that people use of themselves in a language menu.
_OWN_NAMES = {"ckb": "کوردی", "kmr": "Kurdî"}

# Where the CLDR spells a word otherwise than people write it: another keyboard's letter, a month unlike its sister.
_SPELLINGS = {
    "ar": (("days", "short", 0, "اثنين"),),
    "ckb": (("days", "wide", 4, "هەینی"), ("months", "wide", 12, "کانوونی یەکەم")),
}

# What readers' software sends for the languages of this region (BCP 47 and older habits).
_ALIASES = {"ku": "ckb", "ku-arab": "ckb", "ku-iq": "ckb", "ku-latn": "kmr", "ku-tr": "kmr", "ku-sy": "kmr"}


class UnknownLanguage(LookupError):
    """No locale data for this language code."""


@dataclass(frozen=True)
class Language:
    """A language as pages need it: ``code`` is BCP 47, ``direction`` is ``ltr`` or ``rtl``."""

    code: str
    own_name: str
    direction: str
    locale: Locale

    @property
    def right_to_left(self) -> bool:
        """Whether lines run from right to left."""
        return self.direction == "rtl"


@cache
def language(code: str) -> Language:
    """Look a language up by its code.

    :raises UnknownLanguage: when there is no locale data for it.
    """
    try:
        locale = Locale.parse(_LOCALES.get(code, code.replace("-", "_")))
    except (UnknownLocaleError, ValueError) as error:
        raise UnknownLanguage(code) from error
    for table, width, number, spelling in _SPELLINGS.get(code, ()):
        for context in ("format", "stand-alone"):
            getattr(locale, table)[context][width][number] = spelling
    name = _OWN_NAMES.get(code) or locale.get_language_name(locale.language) or code
    return Language(code=code, own_name=name, direction=locale.text_direction, locale=locale)


def closest(requested: str, offered: tuple[str, ...]) -> str | None:
    """Match one language tag of a reader's wish with the languages that are offered, or return None."""
    tag = requested.strip().lower().replace("_", "-")
    for candidate in (tag, _ALIASES.get(tag, ""), tag.split("-")[0], _ALIASES.get(tag.split("-")[0], "")):
        if candidate in offered:
            return candidate
    return None
