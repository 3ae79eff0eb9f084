"""Open data: each week's whole public record, an index of the weeks, and the schema that describes them."""

from collections.abc import Callable, Iterator
from functools import partial
from inspect import cleandoc
from typing import Any

import msgspec

from tadamun.publish.bundle.store import Leaf
from tadamun.publish.feeds.scopes import Feeds, Shelf, digest
from tadamun.record.structs import WeekRecord

SCHEMA_PATH = "data/schema.json"
INDEX_FORMAT = "tadamun-weeks/1"


def opendata_leaves(feeds: Feeds, shelf: Shelf) -> Iterator[Leaf]:
    """List ``data/weeks/{week}.json``, ``data/weeks.json`` and ``data/schema.json``."""
    base = digest(b"data", feeds.base(feeds.site.languages[0]))
    for week in feeds.weeks:
        load = partial(shelf.record, week)
        yield Leaf(f"data/weeks/{week.slug}.json", digest(base, week.fingerprint), partial(_week, load))
    fingerprint = digest(base, *(week.fingerprint for week in feeds.weeks))
    yield Leaf("data/weeks.json", fingerprint, partial(_index, feeds))
    yield Leaf(SCHEMA_PATH, base, partial(_written, record_schema(feeds.addresses.file(SCHEMA_PATH))))


def record_schema(address: str) -> dict[str, Any]:
    """Describe a week's record as JSON Schema (2020-12). ``address`` is where the schema is published."""
    (root,), components = msgspec.json.schema_components([WeekRecord], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "Tadamun: the public record of a week",
        **root,
        "$defs": {name: part | {"description": cleandoc(part["description"])} for name, part in components.items()},
    }


def _week(load: Callable[[], WeekRecord]) -> bytes:
    return _written(load())


def _index(feeds: Feeds) -> bytes:
    weeks = []
    for week in feeds.weeks:
        card = week.card
        told = {
            "slug": card.slug,
            "uid": card.uid,
            "titles": card.titles,
            "form": card.form.code,
            "state": card.state.code,
            "start": card.start,
            "end": card.end,
            "changed_at": card.changed_at,
            "activities": len(card.activities),
            "record": feeds.addresses.file(f"data/weeks/{card.slug}.json"),
            "pages": {code: feeds.addresses.page(code, "weeks", card.slug) for code in feeds.site.languages},
        }
        weeks.append({name: value for name, value in told.items() if value is not None})
    index = {
        "format": INDEX_FORMAT,
        "schema": feeds.addresses.file(SCHEMA_PATH),
        "languages": feeds.site.languages,
        "publisher": feeds.site.name,
        "weeks": weeks,
    }
    return _written(index)


def _written(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
