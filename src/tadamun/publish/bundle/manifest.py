"""The list of all files of a bundle with their hashes; what the signature is over.

``manifest.json`` is one JSON object with an entry a line, so that two editions can be compared by eye::

    {"format":"tadamun-bundle/1",
    "published_at":"2026-03-21T10:00:00.000000Z",
    "public_key":"<base64 of the raw Ed25519 key>",
    "files":{
    "en/index.html":{"sha256":"<64 hex digits>","size":123},
    ...
    }}

Files stand in order of their names, each followed by its compressed siblings. The manifest and its signature are
not in it.
Only this one form is read: what does not come out the same when written again is refused, so that two readers can
never understand one signed text differently (a name given twice, for example).
"""

import base64
import binascii
import hashlib
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import NamedTuple

import msgspec

from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.paths import MANIFEST, SIGNATURE, fault_in, folder_of, refuse_collisions, with_ancestors

FORMAT = "tadamun-bundle/1"
LARGEST = 128 * 1024 * 1024

_BODY = b'"files":{\n'
_BETWEEN = b",\n"
_END = b"\n}}\n"
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_HASH = re.compile(r"[0-9a-f]{64}")
_encode = msgspec.json.Encoder().encode

Piece = bytes | memoryview


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One file: SHA-256 in hex digits, size in bytes."""

    sha256: str
    size: int

    def holds(self, body: bytes) -> bool:
        """Say whether these are the bytes."""
        return len(body) == self.size and hashlib.sha256(body).hexdigest() == self.sha256


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    published_at: str
    public_key: str
    files: dict[str, File]


class Manifest(NamedTuple):
    """A manifest that was read and found well-formed; that says nothing of its signature."""

    published_at: datetime
    public_key: bytes
    files: dict[str, File]


def head(published_at: datetime, public_key: bytes) -> bytes:
    """Return the beginning of a manifest, up to its first entry."""
    moment = published_at.astimezone(UTC).strftime(_MOMENT)
    key = base64.b64encode(public_key).decode()
    return f'{{"format":"{FORMAT}",\n"published_at":"{moment}",\n"public_key":"{key}",\n"files":{{\n'.encode()


def line(path: str, sha256: str, size: int) -> bytes:
    """Return one entry, ended with a comma and a line end."""
    return b'%b:{"sha256":"%b","size":%d},\n' % (_encode(path), sha256.encode(), size)


def whole(beginning: bytes, entries: Sequence[Piece]) -> bytes:
    """Put a manifest together from its ``head`` and its entries."""
    if not entries:
        return beginning[:-1] + _END
    return b"".join([beginning, *entries[:-1], entries[-1][: -len(_BETWEEN)], _END])


class Editor:
    """Makes a new manifest out of an old one that was written here, copying what stays in pieces as long as possible.

    ``spans`` gives the length of the entries of each leaf of the old one, in the order in which they stand.
    """

    def __init__(self, old: bytes, spans: Mapping[str, int]) -> None:
        self._paths = list(spans)
        self._starts = list(accumulate(spans.values(), initial=0))
        body = old.find(_BODY) + len(_BODY)
        self._kept = memoryview(old)[body : body + self._starts[-1]]

    def entries(self, changed: Mapping[str, bytes]) -> list[Piece]:
        """Return all entries, with those of each ``changed`` leaf put in their place; empty bytes take a leaf out."""
        pieces: list[Piece] = []
        here = 0
        for path in sorted(changed):
            place = bisect_left(self._paths, path, here)
            pieces += [*self._between(here, place), changed[path]]
            here = place + (place < len(self._paths) and self._paths[place] == path)
        pieces += self._between(here, len(self._paths))
        return [piece for piece in pieces if piece]

    def _between(self, first: int, last: int) -> list[Piece]:
        piece = self._kept[self._starts[first] : self._starts[last]]
        if first < last == len(self._paths):
            # The old manifest ends here, with its end in the place of a separator.
            return [piece[: -len(_BETWEEN)], _BETWEEN]
        return [piece]


def parse(written: bytes) -> Manifest:
    """Read a manifest from an untrusted source; raises ``BundleError`` with what is wrong with it."""
    if len(written) > LARGEST:
        raise BundleError(f"{MANIFEST}: is larger than {LARGEST} bytes.")
    try:
        read = msgspec.json.decode(written, type=_Written)
        moment = datetime.strptime(read.published_at, _MOMENT).replace(tzinfo=UTC)
        key = base64.b64decode(read.public_key, validate=True)
    except (msgspec.MsgspecError, ValueError, binascii.Error, RecursionError) as error:
        raise BundleError(f"{MANIFEST}: cannot be read ({error}).") from error
    if read.format != FORMAT:
        raise BundleError(f"{MANIFEST}: is of the format {read.format[:40]!r}; this version reads {FORMAT!r}.")
    if len(key) != 32:
        raise BundleError(f"{MANIFEST}: its public key is not 32 bytes long.")
    _refuse_faults(read.files)
    if whole(head(moment, key), [line(path, file.sha256, file.size) for path, file in read.files.items()]) != written:
        raise BundleError(f"{MANIFEST}: is not in the one form that is read; a name may be given twice.")
    return Manifest(moment, key, read.files)


def _refuse_faults(files: dict[str, File]) -> None:
    for path, file in files.items():
        fault = fault_in(path)
        if path in {MANIFEST, SIGNATURE}:
            fault = "must not be listed"
        elif file.size < 0 or not _HASH.fullmatch(file.sha256):
            fault = fault or "has no proper hash or size"
        if fault:
            raise BundleError(f"{MANIFEST}: the entry {path[:200]!r} {fault}.")
    try:
        refuse_collisions(with_ancestors({folder_of(path) for path in files}) - {""}, files)
    except BundleError as error:
        raise BundleError(f"{MANIFEST}: {error}") from error
