"""From bytes to a tree of scalars, lists and mappings, each with its place in the file.

A week file may come from anybody. So only the plain part of YAML is read: no anchors and aliases (they make
a small file grow without end), no tags (they name types of a program), no merge keys, no second document.
All limits hold before anything is built, and every scalar stays the text that it was written as.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

LARGEST = 5_000_000
DEEPEST = 30
MOST_NODES = 200_000

# What neither XML nor PostgreSQL can hold, and what is no text: control characters, halves of pairs, non-characters.
_NO_TEXT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_STATED = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file; both count from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    """A text as it was written. ``stated`` is false for an empty value and for an unquoted ``null`` or ``~``."""

    mark: Mark
    words: str
    stated: bool = True


@dataclass(slots=True)
class Listing:
    """A list."""

    mark: Mark
    items: "list[Node]"


@dataclass(slots=True)
class Mapping:
    """A mapping: key → place of the key and value."""

    mark: Mark
    pairs: "dict[str, tuple[Mark, Node]]"


Node = Scalar | Listing | Mapping


class Unreadable(Exception):
    """The file cannot be read at all. ``wrong`` and ``right`` are sentences; ``mark`` may be missing."""

    def __init__(self, wrong: str, right: str, mark: Mark | None = None) -> None:
        super().__init__(wrong)
        self.wrong, self.right, self.mark = wrong, right, mark


def read_tree(data: bytes) -> Mapping:
    """Read the plain YAML in ``data``.

    :raises Unreadable: at the first thing that is not plain YAML in UTF-8 within the limits.
    """
    if len(data) > LARGEST:
        raise too_large()
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mark = Mark(data.count(b"\n", 0, error.start) + 1, error.start - data.rfind(b"\n", 0, error.start))
        wrong = _("This is not text in UTF-8.")
        raise Unreadable(wrong, _("Save the file with the encoding UTF-8."), mark) from None
    try:
        return _Builder(yaml.parse(words.encode(), Loader=yaml.CSafeLoader)).document()
    except yaml.MarkedYAMLError as error:
        found = error.problem_mark or error.context_mark
        explained = "; ".join(part for part in (error.context, error.problem) if part)
        raise Unreadable(
            _("This is not YAML: %(explained)s.") % {"explained": explained},
            _("Check the indentation, quotes and colons here and in the line above."),
            Mark(found.line + 1, found.column + 1) if found else None,
        ) from None
    except yaml.reader.ReaderError as error:
        place = words.encode()[: error.position].decode(errors="ignore")
        mark = Mark(place.count("\n") + 1, len(place) - place.rfind("\n"))
        raise _no_text(error.character, mark) from None


def too_large() -> Unreadable:
    """The refusal of a file that is larger than any week can be."""
    wrong = _("The file is larger than %(limit)s MB.") % {"limit": LARGEST // 1_000_000}
    return Unreadable(wrong, _("Photos stay in files beside it; split the week if it is really that long."))


class _Builder:
    """Builds the tree from the parser's events, counting nodes and depth as it goes."""

    def __init__(self, events: Any) -> None:
        self.events = events
        self.nodes = 0

    def document(self) -> Mapping:
        next(self.events)  # the stream's start
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            raise Unreadable(_("The file is empty."), _("A week file starts with “format: tadamun-week/1”."))
        root = self.node(next(self.events), 0)
        next(self.events)  # the document's end
        following = next(self.events)
        if not isinstance(following, yaml.StreamEndEvent):
            wrong = _("The file holds more than one document.")
            raise Unreadable(
                wrong, _("Remove the line “---” and put each week in a file of its own."), _mark(following)
            )
        if not isinstance(root, Mapping):
            wrong = _("The file is not a mapping of names to values.")
            raise Unreadable(wrong, _("A week file starts with “format: tadamun-week/1”."), root.mark)
        return root

    def node(self, event: Any, depth: int) -> Node:
        mark = _mark(event)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            wrong = _("The file has more than %(limit)s values.") % {"limit": MOST_NODES}
            raise Unreadable(wrong, _("Split the week into several."), mark)
        if depth > DEEPEST:
            wrong = _("Values are nested more than %(limit)s deep here.") % {"limit": DEEPEST}
            raise Unreadable(wrong, _("No part of a week file is nested that deep: check the brackets."), mark)
        _refuse_references(event, mark)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return Listing(mark, self.items(depth))
        return Mapping(mark, self.pairs(depth))

    def items(self, depth: int) -> list[Node]:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return items

    def pairs(self, depth: int) -> dict[str, tuple[Mark, Node]]:
        pairs: dict[str, tuple[Mark, Node]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                wrong = _("A list or mapping cannot be a name.")
                raise Unreadable(wrong, _("Write “name: value”; check the brackets and the “?”."), key.mark)
            self.refuse_key(key, event, pairs)
            pairs[key.words] = (key.mark, self.node(next(self.events), depth + 1))
        return pairs

    @staticmethod
    def refuse_key(key: Scalar, event: Any, pairs: dict[str, tuple[Mark, Node]]) -> None:
        if key.words == "<<" and event.implicit[0]:
            wrong = _("Merge keys (“<<”) are not read.")
            raise Unreadable(wrong, _("Write the values out where they belong."), key.mark)
        if key.words in pairs:
            line = pairs[key.words][0].line
            wrong = _("“%(key)s” stands twice in the same mapping, first in line %(line)s.")
            right = _("Keep one; several entries are a list, each starting with “-”.")
            raise Unreadable(wrong % {"key": key.words, "line": line}, right, key.mark)


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _refuse_references(event: Any, mark: Mark) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        wrong = _("Anchors and aliases (“&%(name)s”, “*%(name)s”) are not read.") % {"name": event.anchor}
        raise Unreadable(wrong, _("Write the value out, or put the text in quotes if it starts with “&” or “*”."), mark)
    if event.tag is not None:
        wrong = _("Tags (“%(name)s”) are not read.") % {"name": event.tag}
        raise Unreadable(wrong, _("Remove the tag, or put the text in quotes if it starts with “!”."), mark)


def _scalar(event: Any, mark: Mark) -> Scalar:
    words: str = event.value
    if found := _NO_TEXT.search(words):
        raise _no_text(ord(found[0]), mark)
    return Scalar(mark, words, stated=not (event.implicit[0] and words in _NOT_STATED))


def _no_text(code: Any, mark: Mark) -> Unreadable:
    wrong = _("A character that is no text (U+%(code)04X) stands here.") % {"code": code}
    return Unreadable(wrong, _("Remove it."), mark)
