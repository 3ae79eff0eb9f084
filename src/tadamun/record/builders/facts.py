"""Facts that are locked in texts, written out: the one place where a token becomes words, before all printing."""

from typing import Any, TypeVar

import msgspec

from tadamun.organise.programme.queries.locked import names_in_words
from tadamun.record.structs import Record
from tadamun.toolkit.languages.locked import OPENING, printed

AnyRecord = TypeVar("AnyRecord", bound=Record)


def with_facts_in_words(record: AnyRecord) -> AnyRecord:
    """The record with every locked fact written out. No query when there is none, one for each name otherwise."""
    written: AnyRecord = _written(record, names_in_words())
    return written


def _written(value: Any, name: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        fields = {field: getattr(value, field) for field in value.__struct_fields__}
        changed = {field: new for field, old in fields.items() if (new := _written(old, name)) is not old}
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        items = tuple(_written(item, name) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, dict) and any(isinstance(words, str) and OPENING in words for words in value.values()):
        return printed(value, name)
    return value
