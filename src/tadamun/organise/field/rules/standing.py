"""What a locked kit asks with whether it is to be erased: sixteen bytes that only its phone and the server can make.

They are made from the kit's key one way (HMAC-SHA256, RFC 2104), so that a phone that lies open to its finder tells
neither the key nor anything that the key signs. The server keeps their hash alone.
"""

import hashlib

from tadamun.organise.field.rules import wire

TOKEN_BYTES = 16
_ASKS = b"tadamun standing 1"


def token_of(key: bytes) -> bytes:
    """The token of the kit with this key."""
    return wire.mac_of(key, _ASKS)[:TOKEN_BYTES]


def hash_of(token: bytes) -> bytes:
    """What the server keeps of a token."""
    return hashlib.sha256(_ASKS + b"\x00" + token).digest()
