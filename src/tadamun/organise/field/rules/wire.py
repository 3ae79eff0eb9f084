"""An entry on its way: one way to write it as bytes, its seal, and how what came is read.

``[device, number, clock, kind, activity, body, mac]``: the mac is HMAC-SHA256 (RFC 2104, FIPS 180-4) with the kit's
key over the UTF-8 bytes of the first six as JSON with sorted keys, without spaces, with nothing escaped but what JSON
wants. Numbers are whole. Binary parts are base64url without padding (RFC 4648 §5).
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

MAC_BYTES = 32
LARGEST_NUMBER = 2**31 - 1
LARGEST_CLOCK = 2**53 - 1
DEEPEST = 8
_KIND = re.compile(r"[a-z_]{1,20}")
_PARTS = 7
# PostgreSQL stores no NUL, and half of a surrogate pair is no sign.
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")


class NotAnEntry(ValueError):
    """What came has not the form of an entry."""


@dataclass(frozen=True, slots=True)
class Wire:
    """An entry as it came; its mac is not checked yet."""

    device: UUID
    number: int
    clock: int
    kind: str
    activity: UUID
    body: dict[str, Any]
    mac: bytes

    @property
    def canonical(self) -> bytes:
        """What the mac is over."""
        return canonical([str(self.device), self.number, self.clock, self.kind, str(self.activity), self.body])


def canonical(value: Any) -> bytes:
    """The one way to write a value as bytes.

    :raises NotAnEntry: when it holds what the wire does not know: fractions, lone halves of a sign, too deep nesting.
    """
    _check(value, DEEPEST)
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except (UnicodeEncodeError, TypeError) as error:
        raise NotAnEntry(str(error)) from error


def mac_of(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac.new(key, message, hashlib.sha256).digest()


def signed(key: bytes, unsigned: Sequence[Any]) -> list[Any]:
    """An entry for the wire: its six parts and their mac."""
    return [*unsigned, encode(mac_of(key, canonical(list(unsigned))))]


def fits(key: bytes, mac: bytes, message: bytes) -> bool:
    """Whether the mac is that of the message; takes the same time for every wrong one."""
    return hmac.compare_digest(mac, mac_of(key, message))


def read_entry(came: Any) -> Wire:
    """What came, as an entry.

    :raises NotAnEntry: when it is none.
    """
    if not isinstance(came, list) or len(came) != _PARTS:
        raise NotAnEntry("seven parts are expected")
    device, number, clock, kind, activity, body, mac = came
    if not _whole(number, 1, LARGEST_NUMBER) or not _whole(clock, 0, LARGEST_CLOCK):
        raise NotAnEntry("number or clock is out of range")
    if not isinstance(kind, str) or not _KIND.fullmatch(kind) or not isinstance(body, dict):
        raise NotAnEntry("kind or body is none")
    entry = Wire(_uid(device), number, clock, kind, _uid(activity), body, decode(mac))
    if len(entry.mac) != MAC_BYTES:
        raise NotAnEntry("the mac has not its length")
    _check(body, DEEPEST)
    return entry


def sync_message(clock: int, body: bytes) -> bytes:
    """What the mac of a request is over."""
    return f"tadamun sync 1\n{clock}\n{hashlib.sha256(body).hexdigest()}".encode()


def photo_message(clock: int, sha256: str, start: str, body: bytes) -> bytes:
    """What the mac of a piece of a photo is over."""
    return f"tadamun photo 1\n{clock}\n{sha256}\n{start}\n{hashlib.sha256(body).hexdigest()}".encode()


def read_json(body: bytes) -> Any:
    """JSON without fractions.

    :raises NotAnEntry: when it is none.
    """
    try:
        return json.loads(body, parse_float=_no_fraction, parse_constant=_no_fraction)
    except (ValueError, RecursionError) as error:
        raise NotAnEntry(str(error)) from error


def encode(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: Any) -> bytes:
    """What `encode` wrote; exactly one text stands for each value.

    :raises NotAnEntry: for anything else.
    """
    if not isinstance(text, str):
        raise NotAnEntry("base64url is expected")
    try:
        data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotAnEntry(str(error)) from error
    if encode(data) != text:
        raise NotAnEntry("base64url is expected")
    return data


def _uid(text: Any) -> UUID:
    try:
        uid = UUID(text)
    except (ValueError, TypeError, AttributeError) as error:
        raise NotAnEntry(str(error)) from error
    if str(uid) != text:
        raise NotAnEntry("a UUID is written with small letters and dashes")
    return uid


def _whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _no_fraction(text: str) -> Any:
    raise ValueError(f"{text} is not a whole number")


def _check(value: Any, deep: int) -> None:
    """Only whole numbers, texts, yes and no, nothing, lists and objects, and not too deep."""
    if deep < 0:
        raise NotAnEntry("nested too deep")
    if isinstance(value, dict):
        for key, part in value.items():
            # Programs agree about the order of these only.
            if not isinstance(key, str) or not key.isascii():
                raise NotAnEntry("a key must be of ASCII signs")
            _check(part, deep - 1)
    elif isinstance(value, list):
        for part in value:
            _check(part, deep - 1)
    elif isinstance(value, float) or not isinstance(value, str | int | bool | None):
        raise NotAnEntry("only whole numbers, texts, yes, no and nothing")
    elif isinstance(value, str) and _UNSTORABLE.search(value):
        raise NotAnEntry("a text holds a sign that is none")
