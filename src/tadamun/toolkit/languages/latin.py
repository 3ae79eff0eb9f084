"""Words in Arabic letters written in Latin ones, readably, for addresses: Arabic and Sorani.

A letter for a letter, close to how names are written on Iraqi road signs; nothing scholarly. Sorani writes its vowels.
Arabic leaves short ones out and nobody can guess them, so what comes of it is a proposal that people may change.
"""

import re
import unicodedata

from tadamun.toolkit.search import digits

_LETTERS = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch",
    "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ڕ": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ك": "k", "ک": "k", "گ": "g",
    "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ه": "h", "ھ": "h", "ە": "e", "ة": "a", "و": "w", "ۆ": "o", "ؤ": "u",
    "ي": "y", "ی": "y", "ى": "a", "ێ": "e", "ئ": "", "ء": "", "ـ": "",
}  # fmt: skip
_ARTICLE = re.compile(r"\bال(?=\w{2})")
# A letter that is both vowel and consonant is a vowel between two consonants and at the end: نور, بهار, شوێن.
_VOWELS = frozenset("اأإآٱةەۆؤىێ")
_DOUBLE = {"و": "u", "ي": "i", "ی": "i"}


def latin(words: str) -> str:
    """The words in Latin letters; what is in no known letter stays as it is.

    >>> latin("سباق الناصرية")
    'sbaq al-nasriya'
    >>> latin("گۆڕەپانی کەهرەمانە")
    'gorepani kehremane'
    """
    plain = unicodedata.normalize("NFKC", words).translate({ord("\u200c"): None})
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    # Sorani writes a long u with two letters.
    return " ".join(_word(word) for word in _ARTICLE.sub("ال-", digits(plain).replace("وو", "و")).split())


def _word(word: str) -> str:
    article, _dash, rest = word.rpartition("-") if word.startswith("ال-") else ("", "", word)
    return ("al-" if article else "") + "".join(_sign(rest, at) for at in range(len(rest)))


def _sign(word: str, at: int) -> str:
    sign = word[at]
    before, after = word[at - 1 : at] if at else "", word[at + 1 : at + 2]
    if sign == "ي" and after == "ة":
        return "iy"
    if sign in _DOUBLE and before and not _speaks(before) and not _speaks(after):
        return _DOUBLE[sign]
    return _LETTERS.get(sign, sign)


def _speaks(sign: str) -> bool:
    return sign in _VOWELS
