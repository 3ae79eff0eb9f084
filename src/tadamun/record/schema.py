"""A week's record as JSON: how it is written and read, and the JSON Schema that describes it to others."""

from typing import Any

import msgspec

from tadamun.record.structs import WeekRecord

# RFC 3986 leaves the base to the reader, so that every site's schema stands beside its data.
SCHEMA_ID = "/data/schema.json"

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(WeekRecord)


def encode(record: WeekRecord) -> bytes:
    """Write a record as JSON (UTF-8, no spaces). Equal records are equal bytes: mappings are sorted by key."""
    return _ENCODER.encode(record)


def decode(content: bytes) -> WeekRecord:
    """Read what ``encode`` wrote.

    :raises msgspec.DecodeError: when it is not JSON or not such a record; the message names the place.
    """
    return _DECODER.decode(content)


def week_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a week's record."""
    schema = msgspec.json.schema(WeekRecord)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Record of a week of action",
        **schema,
    }
