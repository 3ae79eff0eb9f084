"""From the tree of a file to structures, by their annotations, with every problem in its place.

What is stated wrongly is noted and left out, so that one reading finds all mistakes. A structure that lost
something is remembered as damaged: later checks do not speak about what they cannot know.
"""

import difflib
import functools
import math
import operator
import re
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from django.utils.translation import gettext as _

from tadamun.toolkit.languages.registry import UnknownLanguage, language
from tadamun.weekfile.nodes import Listing, Mapping, Mark, Node, Scalar
from tadamun.weekfile.problems import Path, one_of

_NO_VALUE: Any = object()
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HOUR = re.compile(r"\d\d:\d\d(:\d\d)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")
_YEARS = range(1800, 2201)


@dataclass
class Found:
    """What one reading noted: problems in their places, where each structure stands, which ones are damaged."""

    note: Callable[[Mark, Path, str, str], None]
    places: dict[int, tuple[Path, Node, msgspec.Struct]] = field(default_factory=dict)
    damaged: set[int] = field(default_factory=set)
    lost_slugs: set[str] = field(default_factory=set)

    def stand(self, built: msgspec.Struct, path: Path, node: Node) -> None:
        """Remember where a structure stands. It is kept alive, so that its identity is not given to another."""
        self.places[id(built)] = (path, node, built)


@cache
def annotations(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """The fields of a structure with their types."""
    return get_type_hints(struct, include_extras=True)


def is_text(annotation: Any) -> bool:
    """Whether this is a text in several languages: a mapping from words to words."""
    return get_origin(annotation) is dict and get_args(annotation) == (str, str)


@dataclass
class Converter:
    """Converts nodes; ``plain_language`` is that of a text that is given as a plain string."""

    found: Found
    plain_language: str
    mistakes: int = 0

    def struct(self, node: Node, struct: type[msgspec.Struct], path: Path) -> Any:
        """Build a structure, or return no value when a part without which it means nothing is missing or wrong."""
        if not isinstance(node, Mapping):
            return self.wrong(
                node.mark, path, _("Names with values are expected here."), _("Write “name: value” lines.")
            )
        values: dict[str, Any] = {}
        mistaken: set[str] = set()
        for name, (mark, value) in node.pairs.items():
            known = annotations(struct)
            if name not in known:
                self.unknown_name(mark, (*path, name), name, known)
            elif not _is_unstated(value):
                own = self.mistakes
                converted = self.value(value, known[name], (*path, name))
                if converted is _NO_VALUE or (self.mistakes > own and not _holds_structures(known[name])):
                    mistaken.add(name)
                if converted is not _NO_VALUE:
                    values[name] = converted
        complete = self.required(node, struct, path, values, mistaken)
        if not complete:
            self.remember_slug(node)
            return _NO_VALUE
        built = struct(**values)
        self.found.stand(built, path, node)
        if mistaken or node.pairs.keys() - annotations(struct).keys():
            self.found.damaged.add(id(built))
        return built

    def required(
        self, node: Mapping, struct: type[msgspec.Struct], path: Path, values: dict[str, Any], mistaken: set[str]
    ) -> bool:
        """Whether everything is there that a structure cannot do without. An empty text is not there."""
        complete = True
        for entry in msgspec.structs.fields(struct):
            if not entry.required:
                continue
            empty = is_text(annotations(struct)[entry.name]) and not any(
                words.strip() for words in values.get(entry.name, {}).values()
            )
            if entry.name in values and not empty:
                continue
            complete = False
            if entry.name not in mistaken:
                wrong = _("“%(name)s” is missing.") if entry.name not in values else _("“%(name)s” is empty.")
                self.wrong(node.mark, (*path, entry.name), wrong % {"name": entry.name}, _("State it."))
        return complete

    def remember_slug(self, node: Mapping) -> None:
        """Keep the slug of what could not be built, so that those who refer to it are not blamed."""
        _mark, slug = node.pairs.get("slug", (None, None))
        if isinstance(slug, Scalar):
            self.found.lost_slugs.add(slug.words)

    def unknown_name(self, mark: Mark, path: Path, name: str, known: Iterable[str]) -> None:
        wrong = _("There is no “%(name)s” here.") % {"name": name}
        self.wrong(mark, path, wrong, one_of(sorted(known), closest(name, known)))

    def value(self, node: Node, annotation: Any, path: Path) -> Any:
        """Convert any value."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.value(node, arguments[0], path)
        if origin in {Union, types.UnionType} and type(None) in arguments:
            rest = [argument for argument in arguments if argument is not type(None)]
            return self.value(node, functools.reduce(operator.or_, rest), path)
        if is_text(annotation):
            return self.text(node, path)
        if origin is list or (origin is tuple and arguments[-1] is ...):
            return self.listing(node, arguments[0], origin, path)
        if origin is tuple:
            return self.fixed(node, arguments, path)
        if origin is dict:
            return self.mapping(node, arguments, path)
        if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
            return self.struct(node, annotation, path)
        if annotation is Any or not isinstance(node, Scalar):
            return self.anything(node, annotation, path)
        return self.scalar(node, annotation, path)

    def text(self, node: Node, path: Path) -> Any:
        """A text: wordings by language, or one wording in the file's language. Empty wordings are left out."""
        if isinstance(node, Scalar):
            return {self.plain_language: node.words} if node.words else {}
        if isinstance(node, Listing):
            right = _("Write the text itself, or one line for each language, such as “ar: …”.")
            return self.wrong(node.mark, path, _("A list cannot be a text."), right)
        wordings = {}
        for code, (mark, words) in sorted(node.pairs.items()):
            if not is_language(code):
                right = _("Use codes such as en, ar, ckb, kmr.")
                self.wrong(mark, (*path, code), _("“%(code)s” is not a language.") % {"code": code}, right)
            elif not isinstance(words, Scalar):
                self.wrong(words.mark, (*path, code), _("A wording is expected here."), _("Write one text."))
            elif words.stated and words.words:
                wordings[code] = words.words
        return wordings

    def listing(self, node: Node, annotation: Any, make: Callable[[Iterable[Any]], Any], path: Path) -> Any:
        if not isinstance(node, Listing):
            return self.wrong(node.mark, path, _("A list is expected here."), _("Start each entry with “- ”."))
        values = []
        for index, item in enumerate(node.items):
            if _is_unstated(item):
                self.wrong(item.mark, (*path, index), _("This entry is empty."), _("Fill it in or remove it."))
                continue
            value = self.value(item, annotation, (*path, index))
            if value is not _NO_VALUE:
                values.append(value)
        return make(values)

    def fixed(self, node: Node, annotations: tuple[Any, ...], path: Path) -> Any:
        if not isinstance(node, Listing) or len(node.items) != len(annotations):
            wrong = _("A list of exactly %(count)s values is expected here.") % {"count": len(annotations)}
            return self.wrong(node.mark, path, wrong, _("Write them in brackets, such as [33.31, 44.37]."))
        values = [self.value(item, annotations[at], (*path, at)) for at, item in enumerate(node.items)]
        return _NO_VALUE if _NO_VALUE in values else tuple(values)

    def mapping(self, node: Node, arguments: tuple[Any, ...], path: Path) -> Any:
        if not isinstance(node, Mapping):
            return self.wrong(
                node.mark, path, _("Names with values are expected here."), _("Write “name: value” lines.")
            )
        values = {}
        for name, (mark, item) in node.pairs.items():
            key = self.value(Scalar(mark, name), arguments[0], (*path, name))
            value = _NO_VALUE if _is_unstated(item) else self.value(item, arguments[1], (*path, name))
            if key is not _NO_VALUE and value is not _NO_VALUE:
                values[key] = value
        return values

    def anything(self, node: Node, annotation: Any, path: Path) -> Any:
        """A value whose annotation this converter does not know: let msgspec judge it as a whole."""
        try:
            return msgspec.convert(plain(node), annotation, strict=False)
        except msgspec.ValidationError as error:
            return self.wrong(node.mark, path, f"{error}.", _("See docs/week-file.md."))

    def scalar(self, node: Scalar, annotation: Any, path: Path) -> Any:
        """One value: read it as what is expected, or say what would be right."""
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return self.word(node, annotation, path)
        read, expected = _EXPECTED.get(annotation, (None, ""))
        if read is None:
            return self.anything(node, annotation, path)
        try:
            return read(node.words)
        except (ValueError, msgspec.ValidationError):
            wrong = _("“%(words)s” cannot be used here.") % {"words": shortened(node.words)}
            return self.wrong(node.mark, path, wrong, _("Right would be %(expected)s.") % {"expected": _(expected)})

    def word(self, node: Scalar, words: type[Enum], path: Path) -> Any:
        allowed = [word.value for word in words]
        if node.words in allowed:
            return words(node.words)
        wrong = _("“%(words)s” is not one of the words for this.") % {"words": shortened(node.words)}
        return self.wrong(node.mark, path, wrong, one_of(allowed, closest(node.words, allowed)))

    def wrong(self, mark: Mark, path: Path, wrong: str, right: str) -> Any:
        """Note a problem; returns no value."""
        self.mistakes += 1
        self.found.note(mark, path, wrong, right)
        return _NO_VALUE


def stated(value: Any) -> bool:
    """Whether a conversion brought a value."""
    return value is not _NO_VALUE


def is_language(code: str) -> bool:
    """Whether there is a language with this code, written the way that files write it."""
    try:
        language(code)
    except UnknownLanguage:
        return False
    return len(code) <= 10 and "_" not in code


def plain(node: Node) -> Any:
    """The tree as plain lists, mappings and texts."""
    if isinstance(node, Scalar):
        return node.words if node.stated else None
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {name: plain(item) for name, (_mark, item) in node.pairs.items()}


def closest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word that was probably meant, or nothing."""
    likely = difflib.get_close_matches(word.lower().replace("-", "_").replace(" ", "_"), list(allowed), n=1, cutoff=0.7)
    return likely[0] if likely else ""


def shortened(words: str) -> str:
    """Enough of a text to find it again."""
    return words if len(words) <= 60 else words[:59] + "…"


def _holds_structures(annotation: Any) -> bool:
    """Whether mistakes below belong to structures of their own, rather than to the one that has this field."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return True
    return any(_holds_structures(argument) for argument in get_args(annotation))


def _is_unstated(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.stated


def _matching(pattern: re.Pattern[str], words: str) -> str:
    if not pattern.fullmatch(words) or not words.isascii():
        raise ValueError
    return words


def _day(words: str) -> date:
    day = date.fromisoformat(_matching(_DAY, words))
    _refuse_other_times(day.year)
    return day


def _moment(words: str) -> datetime:
    moment = datetime.fromisoformat(_matching(_MOMENT, words).replace(" ", "T"))
    _refuse_other_times(moment.year)
    return moment


def _refuse_other_times(year: int) -> None:
    if year not in _YEARS:
        raise ValueError


def _hour(words: str) -> time:
    return time.fromisoformat(_matching(_HOUR, words))


def _number(words: str) -> float:
    number = msgspec.convert(words, float, strict=False)
    if not math.isfinite(number):
        raise ValueError
    return number


def _whole(words: str) -> int:
    return msgspec.convert(words, int, strict=False)


def _truth(words: str) -> bool:
    if words.lower() not in {"true", "yes", "false", "no"}:
        raise ValueError
    return words.lower() in {"true", "yes"}


def N_(sentence: str) -> str:  # noqa: N802 - the name that catalogues are made by
    """Mark a sentence for the translators; it is translated where it is used."""
    return sentence


_EXPECTED: dict[Any, tuple[Callable[[str], Any], str]] = {
    str: (str, ""),
    date: (_day, N_("a day such as 2018-03-21")),
    datetime: (
        _moment,
        N_("a moment such as 2018-03-21T16:30, in the week’s time zone, or with its own such as +03:00"),
    ),
    time: (_hour, N_("a time of day such as 16:30")),
    int: (_whole, N_("a whole number such as 25")),
    float: (_number, N_("a number such as 2.5")),
    bool: (_truth, N_("true or false")),
}
