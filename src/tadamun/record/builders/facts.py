"""Facts that are locked in texts, written out: the one place where a token becomes words, before all printing."""

from typing import Any, TypeVar

import msgspec

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Campaign, Occasion, Place
from tadamun.record.structs import Record
from tadamun.toolkit.languages.locked import OPENING, Token, printed
from tadamun.toolkit.languages.text import Text

AnyRecord = TypeVar("AnyRecord", bound=Record)
_TABLES: dict[str, Any] = {
    "place": Place,
    "organisation": Organisation,
    "occasion": Occasion,
    "campaign": Campaign,
}


def with_facts_in_words(record: AnyRecord) -> AnyRecord:
    """The record with every locked fact written out. No query when there is none, one for each name otherwise."""
    names: dict[Token, Text] = {}

    def name(token: Token) -> Text:
        if token not in names:
            row = _TABLES[token.kind].objects.filter(slug=token.value).first()
            names[token] = row.names if row else {}
        return names[token]

    written: AnyRecord = _written(record, name)
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
