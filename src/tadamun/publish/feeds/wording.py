"""What feeds say in one language, as plain text that can break no format.

The phrases are those of the pages, without their markup, so a date reads alike on a page and in a calendar.
"""

import re
from pathlib import Path

from tadamun.publish.site import catalogue
from tadamun.publish.site.calendar import Calendar
from tadamun.publish.site.phrases import Phrases
from tadamun.publish.site.voice import Voice
from tadamun.record.structs import InvolvementRecord, PlaceRecord, PostponementRecord, SiteRecord, When
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.languages.text import Spoken, Text, spoken

# Line ends of all kinds become one; controls, halves of surrogate pairs and non-characters have no place in any feed.
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HELD_TIMES = 4096
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def plain(words: str) -> str:
    """Remove what no feed may carry: control characters, broken characters, and line ends but the plain one."""
    return _UNSPEAKABLE.sub("", _LINE_ENDS.sub("\n", words)) if not words.isprintable() else words


def is_language_tag(code: str) -> bool:
    """Whether a code has the form of a BCP 47 tag, so that it may stand in an attribute or parameter."""
    return _TAG.fullmatch(code) is not None


class Wording:
    """One language of a site's feeds. ``digest`` changes with the interface's words."""

    def __init__(self, *, site: SiteRecord, code: str, locale_folder: Path) -> None:
        self.code = code
        spoken_in = language(code)
        words = catalogue.load(code, locale_folder)
        self.digest = words.digest
        self._fallbacks = tuple(other for other in site.languages if other != code)
        voice = Voice(spoken_in=spoken_in, fallbacks=site.languages, translations=words.translations)
        self._comma = voice.comma
        self._phrases = Phrases(voice, Calendar(spoken_in))
        self._times: dict[tuple[object, ...], str] = {}

    def say(self, text: Text | None) -> Spoken:
        """Choose a wording, cleaned, with the language it is really in."""
        if text and (own := text.get(self.code)):
            return Spoken(plain(own), self.code)
        chosen = spoken(text, self.code, self._fallbacks)
        code = chosen.language if is_language_tag(chosen.language) else self.code
        return Spoken(plain(chosen.words), code)

    def words(self, text: Text | None) -> str:
        """Choose a wording, cleaned, where its language cannot be told."""
        if not text:
            return ""
        return plain(text.get(self.code) or spoken(text, self.code, self._fallbacks).words)

    def place(self, place: PlaceRecord | None) -> str:
        """Write a place from the landmark outwards, or nothing. It says no more than the record does."""
        if place is None:
            return ""
        parts: dict[str, None] = {}
        for text in (place.landmark, place.names, *place.within):
            if words := self.words(text):
                parts.setdefault(words)
        return self._comma.join(parts)

    def place_told_later(self, place: PlaceRecord | None, timezone: str) -> str:
        """Say when the exact place is told, if it is not told yet."""
        return plain(self._phrases.exact_place(place, timezone).striptags())

    def postponement(self, moved: PostponementRecord) -> str:
        """Tell which date was announced and which one came in its place, and why."""
        told = plain(self._phrases.postponement(moved).striptags())
        reason = self.words(moved.reason)
        return f"{told} {reason}" if reason else told

    def credits(self, involvements: tuple[InvolvementRecord, ...]) -> str:
        """Write the agreed lines of credit, each once, one beneath the other."""
        return "\n".join(dict.fromkeys(words for part in involvements if (words := self.words(part.line))))

    def when(self, when: When) -> str:
        """Write a time as exactly as it was stated: "2 days between 25 and 27 March 2018"."""
        # The part of the day is a mapping and cannot be looked up by; its words depend on its code and label alone.
        part = tuple(when.part_of_day.label.items()) if when.part_of_day else ()
        key = (when.start, when.end, when.precision, when.days, when.start_time, when.end_time, part)
        words = self._times.get(key)
        if words is None:
            if len(self._times) >= _HELD_TIMES:
                self._times.clear()
            words = self._times[key] = plain(self._phrases.when(when).striptags())
        return words
