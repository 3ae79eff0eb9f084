"""Tickets: a random secret with a signature, so that a door knows a true one without any list.

A ticket says nothing about its holder. Signed with Ed25519 (RFC 8032) is

    format    1 byte    1
    activity 16 bytes   its UUID
    secret   16 bytes   random
    last day  2 bytes   the last day on which it is valid, in days since 1970-01-01 (up to 2149)

and the ticket's text is these 35 bytes and the 64 of the signature as 159 signs of `letters`: capital letters and
digits, which a QR code holds in its alphanumeric mode. Exactly one text stands for each ticket; a small letter is as
wrong as a flipped bit. The server stores `ticket_hash` of the secret and not the secret, so its disk gives no tickets
away. The signing key lies on the server, because sign-up is open to the public: who takes it can make tickets that a
door without a list believes, and learns no name.

Whether a ticket was cancelled or used before is not in the signature; that is for the list that the door has.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tadamun.organise.safety.vault import letters
from tadamun.organise.safety.vault.errors import (
    BadKey,
    ShortCodeUnreadable,
    TicketElsewhere,
    TicketForged,
    TicketPast,
    TicketUnreadable,
)

SECRET_BYTES = 16
TEXT_SIGNS = 159
SHORT_CODE_SIGNS = 8

_FORMAT = b"\x01"
_ACTIVITY_BYTES = 16
_DAY_BYTES = 2
_SIGNATURE_BYTES = 64
_PAYLOAD_BYTES = len(_FORMAT) + _ACTIVITY_BYTES + SECRET_BYTES + _DAY_BYTES
_DOMAIN = b"tadamun ticket 1\x00"
_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class SigningPair:
    """An Ed25519 pair as raw bytes of 32 each: the doors get `public`, the server keeps `private`."""

    public: bytes
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a true ticket says."""

    activity: UUID
    secret: bytes = field(repr=False)
    last_day: date


def generate_signing_pair() -> SigningPair:
    """A new pair from the system's random source."""
    key = Ed25519PrivateKey.generate()
    return SigningPair(public=key.public_key().public_bytes_raw(), private=key.private_bytes_raw())


def new_secret() -> bytes:
    """Sixteen random bytes for one ticket."""
    return secrets.token_bytes(SECRET_BYTES)


def issue(private_key: bytes, ticket: Ticket) -> str:
    """The text of a ticket, 159 signs. The same ticket always gives the same text, so a form sent twice is harmless.

    :raises BadKey: when the private key is not 32 bytes long.
    :raises ValueError: when the secret is not 16 bytes long or the last day is not between 1970 and 2149.
    """
    if len(ticket.secret) != SECRET_BYTES:
        raise ValueError(f"a ticket's secret has {SECRET_BYTES} bytes, not {len(ticket.secret)}")
    day = (ticket.last_day - _FIRST_DAY).days
    if not 0 <= day < 1 << 8 * _DAY_BYTES:
        raise ValueError(f"the last day of a ticket lies between 1970 and 2149, not in {ticket.last_day.year}")
    payload = _FORMAT + ticket.activity.bytes + ticket.secret + day.to_bytes(_DAY_BYTES, "big")
    try:
        key = Ed25519PrivateKey.from_private_bytes(private_key)
    except ValueError as error:
        raise BadKey from error
    return letters.encode(payload + key.sign(_DOMAIN + payload))


def verify(public_key: bytes, text: str, *, activity: UUID, today: date) -> Ticket:
    """What the ticket says, when it is a true one for this activity and day; needs no network and no list.

    :raises TicketUnreadable: when the text is not a ticket's.
    :raises TicketForged: when the signature does not fit: altered, or made with another key.
    :raises TicketElsewhere: when it is true but of another activity.
    :raises TicketPast: when its last day is before `today`.
    :raises BadKey: when the public key is not 32 bytes long.
    """
    try:
        signed = letters.decode(text, size=_PAYLOAD_BYTES + _SIGNATURE_BYTES)
    except ValueError:
        raise TicketUnreadable from None
    payload = signed[:_PAYLOAD_BYTES]
    _check_signature(public_key, payload, signed[_PAYLOAD_BYTES:])
    if not payload.startswith(_FORMAT):
        raise TicketUnreadable
    ticket = _read(payload)
    if ticket.activity != activity:
        raise TicketElsewhere
    if ticket.last_day < today:
        raise TicketPast(last_day=ticket.last_day.isoformat())
    return ticket


def ticket_hash(secret: bytes) -> bytes:
    """What the server stores of a ticket, 32 bytes: SHA-256 with a prefix of its own.

    A plain hash is enough, because 128 random bits cannot be guessed.
    """
    return hashlib.sha256(b"tadamun ticket secret 1\x00" + secret).digest()


def short_code(stored_hash: bytes) -> str:
    """Eight signs to type at a door whose camera fails, made from `ticket_hash`: like "7K2M-9QXD".

    They find a ticket on the door's list and prove nothing without one. Among 10,000 tickets the chance that any two
    share a code is about 1 in 22,000, so look for all that fit.
    """
    digest = hashlib.sha256(b"tadamun ticket code 1\x00" + stored_hash).digest()
    code = letters.encode(digest[: SHORT_CODE_SIGNS * letters.BITS // 8])
    return f"{code[:4]}-{code[4:]}"


def read_short_code(typed: str) -> str:
    """A typed short code as `short_code` writes it; small letters, spaces and digits of any script are understood.

    :raises ShortCodeUnreadable: when it cannot be one.
    """
    code = "".join(letters.as_typed(typed))
    if len(code) != SHORT_CODE_SIGNS or not set(code) <= set(letters.ALPHABET):
        raise ShortCodeUnreadable(expected=SHORT_CODE_SIGNS)
    return f"{code[:4]}-{code[4:]}"


def _check_signature(public_key: bytes, payload: bytes, signature: bytes) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
    except ValueError as error:
        raise BadKey from error
    try:
        key.verify(signature, _DOMAIN + payload)
    except InvalidSignature:
        raise TicketForged from None


def _read(payload: bytes) -> Ticket:
    rest = payload[len(_FORMAT) :]
    days = int.from_bytes(rest[_ACTIVITY_BYTES + SECRET_BYTES :], "big")
    return Ticket(
        activity=UUID(bytes=rest[:_ACTIVITY_BYTES]),
        secret=rest[_ACTIVITY_BYTES : _ACTIVITY_BYTES + SECRET_BYTES],
        last_day=_FIRST_DAY + timedelta(days=days),
    )
