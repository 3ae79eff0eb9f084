"""The week file's format as a JSON Schema, for editors that check while people write.

It is made from the structures in ``document``. ``docs/week-file.schema.json`` is this, printed.
"""

from datetime import date, datetime, time
from enum import Enum
from typing import Annotated, Any, get_args, get_origin

import msgspec

from tadamun.kinds.registry import KINDS
from tadamun.weekfile.converting import annotations, is_text
from tadamun.weekfile.document import FORMAT, Entry, Named, WeekDocument

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WORDS = "Words in the file's language, or one wording for each language code."


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a week file that was read as YAML 1.2 or JSON.

    Dates and times are texts there. What the rules say beyond structure is not in it.
    """
    kinds = sorted(KINDS)
    (root, *plans), parts = msgspec.json.schema_components(
        [WeekDocument, *(KINDS[code].plan for code in kinds)], ref_template="#/$defs/{name}", schema_hook=_words_of
    )
    parts = {name: _open(part) for name, part in parts.items()}
    parts["Text"] = {
        "description": _WORDS,
        "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
    }
    activity = parts["ActivityEntry"]
    activity["properties"]["kind"] = {"enum": kinds}
    activity["allOf"] = [
        {"if": {"properties": {"kind": {"const": code}}}, "then": {"properties": {"details": plan}}}
        for code, plan in zip(kinds, plans, strict=True)
    ]
    parts["WeekDocument"]["properties"]["format"] = {"const": FORMAT}
    return {"$schema": _DIALECT, "title": "Week file of Tadamun", **root, "$defs": dict(sorted(parts.items()))}


def printed() -> str:
    """The schema as it stands in ``docs``."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


def _words_of(struct: Any) -> dict[str, Any]:
    """The allowed words of a vocabulary.

    :raises NotImplementedError: for any other type, which then has no place in the format.
    """
    if isinstance(struct, type) and issubclass(struct, Enum):
        return {"enum": [word.value for word in struct]}
    raise NotImplementedError


def _open(part: Any) -> Any:
    """Let a plain string stand for a text, and an empty value for one that is not stated."""
    if isinstance(part, list):
        return [_open(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "object" and part.get("additionalProperties") == {"type": "string"}:
        rest = {key: value for key, value in part.items() if key not in {"type", "additionalProperties"}}
        return {**rest, "$ref": "#/$defs/Text"}
    return {key: _open(value) for key, value in part.items()}


def word_tables() -> str:
    """The words that the format allows, with their meaning, as Markdown: what stands in ``docs/week-file.md``."""
    used: dict[type[Enum], list[str]] = {}
    for struct in (WeekDocument, *_structures()):
        for name, annotation in annotations(struct).items():
            for words in _vocabularies(annotation):
                used.setdefault(words, []).append(name)
    tables = []
    for words, names in sorted(used.items(), key=lambda pair: pair[1][0]):
        fields = ", ".join(f"`{name}`" for name in dict.fromkeys(names))
        rows = [f"| `{word.value}` | {getattr(word, 'label', word.value)} |" for word in words]
        tables.append("\n".join([f"**{fields}**", "", "| word | meaning |", "|---|---|", *rows, ""]))
    return "\n".join(tables)


def kind_tables() -> str:
    """What may stand under ``details`` for each kind, as Markdown."""
    tables = []
    for code in sorted(KINDS):
        plan = KINDS[code].plan
        rows = [f"| `{name}` | {_told(annotation)} |" for name, annotation in annotations(plan).items()]
        tables.append("\n".join([f"**`{code}`**", "", "| name | value |", "|---|---|", *rows, ""]))
    return "\n".join(tables)


def _structures() -> list[type[Entry]]:
    return sorted([*Entry.__subclasses__(), *Named.__subclasses__()], key=lambda struct: struct.__name__)


def _vocabularies(annotation: Any) -> list[type[Enum]]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [annotation]
    return [words for argument in get_args(annotation) for words in _vocabularies(argument)]


def _told(annotation: Any) -> str:
    """The type of a value in the words of an organiser."""
    arguments = [argument for argument in get_args(annotation) if argument not in {type(None), Ellipsis}]
    if is_text(annotation):
        return "text"
    if get_origin(annotation) is Annotated:
        return _told(arguments[0])
    if get_origin(annotation) in {list, tuple}:
        return f"list of: {_told(arguments[0])}"
    if get_origin(annotation) is not None:
        return _told(arguments[-1])
    if issubclass(annotation, Enum):
        return ", ".join(f"`{word.value}`" for word in annotation)
    if issubclass(annotation, msgspec.Struct):
        return "; ".join(f"`{name}` ({_told(value)})" for name, value in annotations(annotation).items())
    return _PLAIN[annotation]


_PLAIN: dict[Any, str] = {
    str: "words",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "day",
    time: "time of day",
    datetime: "moment",
}
