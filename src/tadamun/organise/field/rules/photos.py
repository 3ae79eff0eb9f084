"""What a phone says of a photo that it took, read strictly: a phone in wrong hands says what it likes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tadamun.organise.archive.vocabulary import Care, ConsentState
from tadamun.organise.safety.vocabulary import EVERYONE, Audience

LARGEST = 3_000_000
LONGEST_WORDS = 300
INSIDE = "inside"
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Said:
    """A photo as its entry announces it: bytes, agreement, for whom, what to keep in mind, words for a caption."""

    size: int
    consent: ConsentState
    audiences: tuple[str, ...]
    care: tuple[str, ...]
    words: dict[str, str]


def read(body: Mapping[str, Any], *, languages: frozenset[str]) -> Said | None:
    """What an entry of kind ``photo`` says; None when it announces no picture that could come.

    Whatever is not known as an agreement is none, and nobody agreed who wants no photo.
    """
    size = body.get("size")
    if type(size) is not int or not 0 < size <= LARGEST:
        return None
    care = tuple(code.value for code in Care if body.get(code.value) is True)
    said = "" if Care.NO_PHOTO in care else body.get("consent")
    consent, audiences = _CONSENTS.get(said if isinstance(said, str) else "", (ConsentState.NOT_ASKED, EVERYONE))
    words, language = body.get("words"), body.get("language")
    caption = {}
    if isinstance(words, str) and isinstance(language, str) and language in languages and words.strip():
        caption[language] = " ".join(words.split())[:LONGEST_WORDS]
    return Said(size, consent, tuple(audiences), care, caption)


_CONSENTS: Mapping[str, tuple[ConsentState, list[str]]] = {
    ConsentState.NOBODY_SHOWN.value: (ConsentState.NOBODY_SHOWN, EVERYONE),
    ConsentState.GIVEN.value: (ConsentState.GIVEN, EVERYONE),
    INSIDE: (ConsentState.GIVEN, [Audience.COALITION.value]),
}
