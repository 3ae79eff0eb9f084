"""A pack: entries that a phone closed for the server, so that others can carry them without reading them.

The plain text is its length (4 bytes, big-endian), that many bytes of DEFLATE (RFC 1951) of a JSON list of entries,
and zeros up to a step of sizes, so that a pack tells how much is in it only roughly. It is sealed as every text here is
(HPKE, RFC 9180), bound to the purpose "carry" and the field "entries". A file is
``{"format": "tadamun carry 2", "packs": [base64url, …]}``.
"""

import json
import struct
import zlib
from typing import Any

from tadamun.organise.field.rules import wire
from tadamun.organise.field.rules.wire import NotAnEntry
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.organise.safety.vault.keys import KeyPair
from tadamun.organise.safety.vault.sealing import Context, open_sealed, seal

FILE_FORMAT = "tadamun carry 2"
PLACE = Context(purpose="carry", field="entries")
MOST_ENTRIES = 500
MOST_PACKS = 1_000
LARGEST_PACK = 48 * 1024
LARGEST_OPENED = 1024 * 1024
_SMALLEST = 1024
_LENGTH = struct.Struct(">I")


class NotAPack(ValueError):
    """What came cannot be opened here: altered, closed for another server, or no pack."""


def opened(pair: KeyPair, text: Any) -> list[Any]:
    """The entries of a pack as they were closed; each still has to prove itself.

    :raises NotAPack: when it cannot be opened.
    """
    try:
        envelope = wire.decode(text)
        if len(envelope) > LARGEST_PACK:
            raise NotAPack("a pack is larger than packs are")
        plain = open_sealed(pair, envelope, context=PLACE)
        entries = wire.read_json(_inflated(plain))
    except (VaultError, NotAnEntry, zlib.error, struct.error) as error:
        raise NotAPack(str(error)) from error
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise NotAPack(f"a pack is a list of at most {MOST_ENTRIES} entries")
    return entries


def packs_in(content: bytes) -> list[Any]:
    """The packs of a file, unopened.

    :raises NotAPack: when it is no such file.
    """
    try:
        came = wire.read_json(content)
    except NotAnEntry as error:
        raise NotAPack(str(error)) from error
    packs = came.get("packs") if isinstance(came, dict) and came.get("format") == FILE_FORMAT else None
    if not isinstance(packs, list) or len(packs) > MOST_PACKS:
        raise NotAPack("it is no file of a kit")
    return packs


def closed(public: bytes, entries: list[Any]) -> str:
    """Close entries as phones do."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(json.dumps(entries, ensure_ascii=False).encode()) + packer.flush()
    plain = _LENGTH.pack(len(packed)) + packed
    return wire.encode(seal(public, plain + bytes(step_above(len(plain)) - len(plain)), context=PLACE))


def step_above(size: int) -> int:
    """The next of the sizes that packs have before they are sealed: 1, 1.5, 2, 3, 4, 6, 8, 12 … KB."""
    step = _SMALLEST
    while True:
        if size <= step:
            return step
        if size <= step * 3 // 2:
            return step * 3 // 2
        step *= 2


def _inflated(plain: bytes) -> bytes:
    (length,) = _LENGTH.unpack_from(plain)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    text = unpacker.decompress(plain[_LENGTH.size : _LENGTH.size + length], LARGEST_OPENED)
    if not unpacker.eof:
        raise NotAPack("it is cut short, or too large when it is opened")
    return text
