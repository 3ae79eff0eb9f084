"""A document as YAML that people like to read and that differs only where the week differs.

The order is that of the structures, texts are mappings by language, long ones stand as blocks, and nothing
that is left at its default is written.
"""

import re
from datetime import date, datetime, time
from typing import Any

import msgspec
import yaml

from tadamun.weekfile.document import WeekDocument

_LONG = 90
# A block begins and ends with words: one that ends with several breaks would be taken for the end of the file. Where
# it would not be faithful otherwise (blanks at the ends of lines, odd signs), PyYAML quotes the words by itself.
_BLOCK = re.compile(r"\S(.*\S)?\n?", flags=re.DOTALL)


class _Moment(str):
    """A time stamp that needs no quotes."""


class _Row(list[Any]):
    """A short list that stands in one line."""


class _Writer(yaml.CSafeDumper):
    """Writes no aliases: what stands in two places is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(document: WeekDocument) -> bytes:
    """The week file of a document: UTF-8, one blank line between the parts."""
    plain = _plain(msgspec.to_builtins(document, builtin_types=(date, datetime, time)))
    parts = [_shelf(name, part) if isinstance(part, list) else _dumped({name: part}) for name, part in plain.items()]
    return "\n".join(parts).encode()


def _shelf(name: str, entries: list[Any]) -> str:
    """A list of the document, with a blank line between its entries."""
    return f"{name}:\n" + "\n".join(_dumped([entry]) for entry in entries)


def _dumped(value: Any) -> str:
    words: str = yaml.dump(value, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=1_000_000, indent=2)
    return words


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        items = [_plain(item) for item in value]
        return _Row(items) if all(type(item) in {int, float} or _is_word(item) for item in items) else items
    if isinstance(value, datetime):
        return _Moment(value.isoformat().replace("+00:00", "Z"))
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return value


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9_-]{1,40}", value) is not None


def _words(dumper: Any, words: str) -> Any:
    block = ("\n" in words or len(words) > _LONG) and _BLOCK.fullmatch(words)
    style = "|" if block else '"' if "\n" in words else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)


_Writer.add_representer(str, _words)
_Writer.add_representer(
    _Moment, lambda dumper, moment: dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(moment))
)
_Writer.add_representer(
    _Row, lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)
)
