"""Whether a passphrase is among the first that anybody would try, in any of the site's scripts.

No rules of composition: spaces, one case, Arabic letters, sixty-four signs and more are all welcome. What is refused is
what stands on lists of stolen passwords, what is made of words that belong to the place, and what is only a pattern.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import cache
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator

LEAST_LEFT = 8
LEAST_DIFFERENT = 5
LONGEST_PERIOD = 6
SHORTEST_WORD = 4
MOST_STEPS_IN_A_ROW = 0.7

# What Arabic and Kurdish keyboards write in more than one way.
_SAME = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ی": "ي", "ێ": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ھ": "ه", "ڵ": "ل", "ڕ": "ر", "ۆ": "و"}
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "قوەرتیئحۆپ", "اسدفگهژکل")
# First guesses of this region that lists of other countries do not have.
_FIRST_GUESSES = (
    "كلمة السر", "كلمة المرور", "كلمه سر", "بسم الله الرحمن الرحيم", "السلام عليكم", "الحمد لله رب العالمين",
    "لا اله الا الله", "الله اكبر", "حبيبي حبيبي", "العراق العراق", "وشەی نهێنی", "وشەی تێپەڕ", "خۆشم دەوێیت",
    "ژن ژیان ئازادی", "jin jiyan azadi", "women life freedom", "امرأة حياة حرية", "bismillah", "salam aleikum",
    "i love you so much", "let me in", "open sesame", "افتح يا سمسم", "correct horse battery staple",
    "la password", "parola d'ordine", "lorem ipsum dolor sit amet", "to be or not to be",
)  # fmt: skip


class Easy(Enum):
    """Why a passphrase is easy to guess."""

    COMMON = "common"
    LOCAL = "local"
    PATTERN = "pattern"


def easy(passphrase: str, *, words: Iterable[str] = ()) -> Easy | None:
    """Why the passphrase is easy to guess, or None. ``words`` are names of the place, the people, the program."""
    plain = folded(passphrase)
    without_digits = re.sub(r"\d", "", plain)
    if _pattern(plain):
        return Easy.PATTERN
    if {plain, plain[: _period(plain)]} & _common() or (
        without_digits in _common() and len(plain) - len(without_digits) < LEAST_LEFT
    ):
        return Easy.COMMON
    rest = plain
    for word in sorted({folded(word) for word in words}, key=len, reverse=True):
        if len(word) >= SHORTEST_WORD:
            rest = rest.replace(word, "")
    if rest != plain and (len(rest) < LEAST_LEFT or rest in _common()):
        return Easy.LOCAL
    return None


def folded(text: str) -> str:
    """Letters and digits alone, in one case and one spelling."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(sign for sign in spread if unicodedata.category(sign)[0] in "LN" and sign != "ـ")
    return unicodedata.normalize("NFKC", letters).translate(_SAME)


@cache
def _common() -> frozenset[str]:
    return frozenset(map(folded, [*CommonPasswordValidator().passwords, *_FIRST_GUESSES]))


def _pattern(plain: str) -> bool:
    if len(set(plain)) < LEAST_DIFFERENT or _period(plain) <= LONGEST_PERIOD:
        return True
    pairs = list(pairwise(plain))
    steps = sum(abs(ord(first) - ord(second)) <= 1 or _neighbours(first, second) for first, second in pairs)
    return steps > MOST_STEPS_IN_A_ROW * len(pairs)


def _period(text: str) -> int:
    """The length of the shortest piece whose repetition, perhaps cut, gives the text."""
    return next((size for size in range(1, len(text)) if text[size:] == text[:-size]), len(text) or 1)


def _neighbours(first: str, second: str) -> bool:
    return any(first + second in row or second + first in row for row in _ROWS)
