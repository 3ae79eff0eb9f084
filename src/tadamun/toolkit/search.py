"""Finding words however they were typed: Arabic and Kurdish letters that people use for one another count as one.

The folding is for comparing only, never for showing. It takes away what writers leave out or add at will (vowel
signs, tatweel, zero-width signs, the article al-), makes one of the forms of alef, yeh, kaf and heh, and reads
Arabic-Indic digits. It folds more than spelling allows, because a search that finds one too many is better than one
that misses her.
"""

import re
import unicodedata
from collections.abc import Iterable

_ONE_FOR_ANOTHER = str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳٵ", "ا"),
        **dict.fromkeys("ىئیېےۍ", "ي"),
        **dict.fromkeys("ۆؤۇۈ", "و"),
        **dict.fromkeys("کڪگ", "ك"),
        # Sorani writes its vowel e with ae, or with heh and a zero-width non-joiner.
        **dict.fromkeys("ةەهھۀہۃ", "ه"),
        "ڕ": "ر",
        "ڵ": "ل",
        "ء": None,
        "ـ": None,
    }
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NOT_OF_WORDS = re.compile(r"[^\w+@.]+")
_ARTICLE = re.compile(r"^ال(?=\w{2})")
_LATIN_ARTICLE = re.compile(r"^(?:al|el|as|ash|ar|an|at|az)[-‐‑'’]\s*(?=\w{2})")


def digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits written as 0 to 9."""
    return text.translate(_DIGITS)


def folded(text: str) -> str:
    """The text as it is compared: one space between words, none around."""
    plain = unicodedata.normalize("NFKC", text).translate(_DIGITS).casefold()
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if unicodedata.category(sign) not in _LEFT_OUT)
    words = (_without_article(word) for word in unicodedata.normalize("NFKC", bare).split())
    return " ".join(" ".join(words).split())


def finds(query: str, texts: Iterable[str]) -> bool:
    """Whether every word of the query stands somewhere in the texts. Nothing asked finds everything."""
    asked = folded(query).split()
    heap = " ".join(folded(text) for text in texts)
    packed = heap.replace(" ", "")
    return all(word in heap or word in packed for word in asked)


# Marks such as tashkeel and hamza above, and format signs such as zero-width ones.
_LEFT_OUT = frozenset({"Mn", "Me", "Cf", "Cc"})


def _without_article(word: str) -> str:
    latin = _LATIN_ARTICLE.sub("", word)
    arabic = _ARTICLE.sub("", latin.translate(_ONE_FOR_ANOTHER))
    return _NOT_OF_WORDS.sub(" ", arabic)
