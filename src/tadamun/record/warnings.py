"""What a hostile reader would find in a public record: warnings, each with the place where it is mended.

A warning hinders nobody from publishing. Rules keep back what the plan says must be kept back; what people write into
free words no rule can keep back, so here those words are looked through for it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from tadamun.record.changes import Part, Sentence
from tadamun.record.structs import Record, WeekRecord
from tadamun.toolkit.facts import Fact, Words
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.search import digits, folded

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
# International numbers, and Iraqi mobile numbers as people write them.
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)\d[\d ().-]{7,}\d|07\d[\d -]{6,}\d)")
_NUMBER = re.compile(r"(?<![\d.,:/])\d{2,}(?![\d.,:/]*\d)")
_ADDRESS = re.compile(r"https?://\S+")
_SHORTEST = 4
# Labels of the code, and what is told by rules of its own.
_NOT_FREE = frozenset({"names", "label", "within", "landmark", "short_names", "aliases", "publisher", "title", "line"})


class Severity(Enum):
    """How bad it may be: somebody in danger, somebody wronged, a blemish."""

    DANGER = "danger"
    CARE = "care"
    BLEMISH = "blemish"


class Mend(Enum):
    """What is to be mended: it leads to the panel of the activity or of the week where that is done."""

    TEXTS = "texts"
    PLACES = "places"
    PARTNERS = "partners"
    FIGURES = "figures"
    PHOTOS = "photos"
    DATES = "dates"


class Name(NamedTuple):
    """Something that has a name which must not be told: all its wordings, and how we call it."""

    wordings: tuple[str, ...]
    title: Text
    activity: str = ""


class Number(NamedTuple):
    """A quantity that is withheld."""

    quantity: int
    activity: str = ""


class Shown(NamedTuple):
    """A photo by its caption; ``until`` is the last day of the consent."""

    title: Text
    activity: str = ""
    until: date | None = None


class Election(NamedTuple):
    """A vote and its days."""

    names: Text
    start: date
    end: date


@dataclass(frozen=True)
class Hidden:
    """What a plan knows and the public is not told; ``activity`` is a uid, empty for the week."""

    places: tuple[Name, ...] = ()
    people: tuple[Name, ...] = ()
    bodies: tuple[Name, ...] = ()
    numbers: tuple[Number, ...] = ()
    photos_kept: tuple[Shown, ...] = ()
    faces: tuple[Shown, ...] = ()
    ending: tuple[Shown, ...] = ()
    elections: tuple[Election, ...] = ()


@dataclass(frozen=True)
class Caution:
    """One warning: a sentence, about which activity (uid; empty: the week), and what is to be mended."""

    severity: Severity
    sentence: Sentence
    activity: str
    mend: Mend


class _Free(NamedTuple):
    """Words that somebody wrote freely, and the activity they stand in."""

    text: Text
    activity: str


def warnings_about(record: WeekRecord, hidden: Hidden, *, languages: tuple[str, ...]) -> tuple[Caution, ...]:
    """All warnings about a public record, the worst first."""
    free = list(_free(record))
    found = [
        *_names_told(free, hidden),
        *_contacts(free),
        *_small_numbers(free, hidden.numbers),
        *_funders(record),
        *_photos(hidden),
        *_elections(record, hidden.elections),
        *_languages_differ(free, languages),
        *_wordings_missing(free, languages),
    ]
    order = list(Severity)
    unique = {(one.activity, str(one.sentence.pattern), str(one.sentence.parts)): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: order.index(one.severity)))


def _free(record: WeekRecord) -> Iterator[_Free]:
    for activity in record.activities:
        yield from (_Free(text, activity.uid) for text in _texts(activity))
    for name in record.__struct_fields__:
        if name not in {"activities", "organisations", "places"}:
            yield from (_Free(text, "") for text in _texts(getattr(record, name), name))


def _texts(node: Any, name: str = "") -> Iterator[Text]:
    """Every text that somebody wrote; names of places, bodies and occasions and labels of the code aside."""
    if isinstance(node, dict):
        if node and name not in _NOT_FREE:
            yield node
    elif isinstance(node, tuple):
        for one in node:
            yield from _texts(one, name)
    elif isinstance(node, Fact | Words):
        yield from _texts(node.values if isinstance(node, Fact) else node.text, "values")
    elif isinstance(node, Record):
        for field in node.__struct_fields__:
            yield from _texts(getattr(node, field), field)


def _names_told(free: Iterable[_Free], hidden: Hidden) -> Iterator[Caution]:
    kinds = (
        (hidden.places, Severity.DANGER, Mend.PLACES, _("A text names %(name)s, a place that is not told yet.")),
        (hidden.people, Severity.DANGER, Mend.TEXTS, _("A text names %(name)s, who chose not to be named.")),
        (hidden.bodies, Severity.CARE, Mend.PARTNERS, _("A text names %(name)s, which has not agreed to be named.")),
    )
    heaps = [(f" {_plain(one.text)} ", one.activity) for one in free]
    for names, severity, mend, pattern in kinds:
        for name in names:
            wanted = {word for wording in name.wordings if len(word := _plain({"": wording})) >= _SHORTEST}
            for words, activity in heaps:
                if any(f" {word} " in words for word in wanted):
                    yield Caution(severity, Sentence(pattern, {"name": name.title}), activity, mend)


def _plain(text: Text) -> str:
    """Words alone, folded as a search folds them, one space between two."""
    return " ".join(re.findall(r"\w+", folded(" ".join(text.values()))))


def _contacts(free: Iterable[_Free]) -> Iterator[Caution]:
    for text, activity in free:
        for words in text.values():
            found = [*_MAIL.findall(words), *_PHONE.findall(digits(words))]
            for contact in found:
                sentence = Sentence(
                    _("A text holds a contact that anybody can copy: %(contact)s"), {"contact": contact}
                )
                yield Caution(Severity.DANGER, sentence, activity, Mend.TEXTS)


def _small_numbers(free: Iterable[_Free], numbers: Iterable[Number]) -> Iterator[Caution]:
    texts = [(text, activity, re.findall(r"\d+", _all_words(text))) for text, activity in free]
    for number in numbers:
        for text, activity, stated in texts:
            if activity == number.activity and str(number.quantity) in stated:
                parts: dict[str, Part] = {"number": number.quantity, "words": _start(text)}
                sentence = Sentence(
                    _("“%(words)s” says %(number)s, a number that is withheld because few people are meant."), parts
                )
                yield Caution(Severity.CARE, sentence, activity, Mend.FIGURES)


def _funders(record: WeekRecord) -> Iterator[Caution]:
    scopes = [("", record.involvements), *((one.uid, one.involvements) for one in record.activities)]
    for activity, involvements in scopes:
        for one in involvements:
            if one.type.code == "funder":
                sentence = Sentence(_("A funder is named in public: “%(line)s”."), {"line": one.line or one.type.label})
                yield Caution(Severity.CARE, sentence, activity, Mend.PARTNERS)


def _photos(hidden: Hidden) -> Iterator[Caution]:
    kinds = (
        (hidden.faces, Severity.CARE, _("People can be recognised in “%(photo)s”, in a careful activity.")),
        (hidden.ending, Severity.BLEMISH, _("The consent for “%(photo)s” ends on %(day)s.")),
        (hidden.photos_kept, Severity.BLEMISH, _("“%(photo)s” is not shown: there is no consent for the public.")),
    )
    for photos, severity, pattern in kinds:
        for photo in photos:
            day = photo.until.isoformat() if photo.until else ""
            sentence = Sentence(pattern, {"photo": photo.title, "day": day})
            yield Caution(severity, sentence, photo.activity, Mend.PHOTOS)


def _elections(record: WeekRecord, elections: Iterable[Election]) -> Iterator[Caution]:
    """Many electoral laws silence campaigns on the day before a vote and on its days; which, the member must know."""
    for election in elections:
        first = election.start - timedelta(days=1)
        for activity in record.activities:
            if any(one.when.start <= election.end and one.when.end >= first for one in activity.sittings):
                sentence = Sentence(
                    _("It lies within a day of %(name)s. Check whether the law asks for silence then."),
                    {"name": election.names},
                )
                yield Caution(Severity.CARE, sentence, activity.uid, Mend.DATES)


def _languages_differ(free: Iterable[_Free], languages: tuple[str, ...]) -> Iterator[Caution]:
    """Numbers from ten up; smaller ones are often written in words."""
    for text, activity in free:
        stated = {
            code: set(_NUMBER.findall(_ADDRESS.sub("", digits(text[code])))) for code in languages if code in text
        }
        differing = set().union(*stated.values()) - set.intersection(*stated.values()) if len(stated) > 1 else set()
        if differing:
            parts: dict[str, Part] = {"words": _start(text), "numbers": ", ".join(sorted(differing))}
            sentence = Sentence(_("“%(words)s”: not every language says %(numbers)s."), parts)
            yield Caution(Severity.CARE, sentence, activity, Mend.TEXTS)


def _numbers(words: str) -> set[str]:
    return set(_NUMBER.findall(_ADDRESS.sub("", digits(words))))


def _wordings_missing(free: Iterable[_Free], languages: tuple[str, ...]) -> Iterator[Caution]:
    counts: dict[tuple[str, str], int] = {}
    for text, activity in free:
        for code in languages:
            if code not in text:
                counts[activity, code] = counts.get((activity, code), 0) + 1
    for (activity, code), number in counts.items():
        parts: dict[str, Part] = {"language": language(code).own_name, "number": number}
        sentence = Sentence(_("Texts without wording in “%(language)s”: %(number)s"), parts)
        yield Caution(Severity.BLEMISH, sentence, activity, Mend.TEXTS)


def _all_words(text: Text) -> str:
    return digits(" ".join(text.values()))


def _start(text: Text) -> Text:
    """The first words of each wording, to know it again."""
    return {code: words if len(words) <= 60 else f"{words[:60].rsplit(' ', 1)[0]} …" for code, words in text.items()}
