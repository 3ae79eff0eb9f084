"""An unlocked key for the time of a session, split so that neither the server nor the browser has it alone.

The browser's cookie holds a random secret of 256 bits, the server's session row the private key under a key derived
from it (HKDF-SHA256, AES-256-GCM). Who takes the disk has no key; who takes the cookie has to ask the server while the
session lasts. The owner and the end of the time are authenticated, so the row cannot be given more time or to another
session. The end is a rule of this program, not of arithmetic: who has both parts can open them with another program,
so the row must be deleted when its time is over and at sign-out.

The server's part is: format (1 byte, 1), end (8 bytes, seconds since 1970), nonce (12), private key and tag (48).
"""

import base64
import binascii
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tadamun.organise.safety.vault.errors import SessionExpired, SessionLocked
from tadamun.organise.safety.vault.framing import framed_text
from tadamun.organise.safety.vault.keys import KEY_BYTES, KeyPair

LIFETIME = timedelta(minutes=30)
LONGEST = timedelta(hours=12)

_FORMAT = b"\x01"
_END_BYTES = 8
_NONCE_BYTES = 12
_HEADER_BYTES = len(_FORMAT) + _END_BYTES
_STORED_BYTES = _HEADER_BYTES + _NONCE_BYTES + KEY_BYTES + 16
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class SessionLock:
    """The two parts: `cookie` (43 letters, for a cookie that scripts cannot read) and `stored` (for the server)."""

    cookie: str = field(repr=False)
    stored: bytes
    ends_at: datetime


def lock_for_session(pair: KeyPair, *, owner: str, now: datetime, lifetime: timedelta = LIFETIME) -> SessionLock:
    """Split an opened key for the session named `owner` (for example member id and session id), until `now + lifetime`.

    `now` knows its time zone. Locking again gives two new parts.

    :raises ValueError: when the lifetime is not above zero or is above `LONGEST`, or `now` has no time zone.
    """
    if not timedelta(0) < lifetime <= LONGEST:
        raise ValueError(f"a session lasts more than nothing and at most {LONGEST}, not {lifetime}")
    end = int(_seconds(now) + lifetime.total_seconds())
    secret, nonce = secrets.token_bytes(_SECRET_BYTES), secrets.token_bytes(_NONCE_BYTES)
    header = _FORMAT + end.to_bytes(_END_BYTES, "big")
    sealed = AESGCM(_key(secret)).encrypt(nonce, pair.private, _bound(header, owner))
    cookie = base64.urlsafe_b64encode(secret).rstrip(b"=").decode()
    return SessionLock(cookie=cookie, stored=header + nonce + sealed, ends_at=datetime.fromtimestamp(end, now.tzinfo))


def unlock_from_session(cookie: str, stored: bytes, *, owner: str, now: datetime) -> KeyPair:
    """The key pair, while the time lasts.

    :raises SessionExpired: when `now` is at or after the end, or more than `LONGEST` before it (a clock set back).
    :raises SessionLocked: when the parts do not belong together, were altered, or belong to another owner.
    """
    if len(stored) != _STORED_BYTES or not stored.startswith(_FORMAT):
        raise SessionLocked
    header, nonce = stored[:_HEADER_BYTES], stored[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES]
    remaining = int.from_bytes(header[len(_FORMAT) :], "big") - _seconds(now)
    if not 0 < remaining <= LONGEST.total_seconds():
        raise SessionExpired
    try:
        sealed = stored[_HEADER_BYTES + _NONCE_BYTES :]
        private = AESGCM(_key(_secret(cookie))).decrypt(nonce, sealed, _bound(header, owner))
    except (InvalidTag, ValueError):
        raise SessionLocked from None
    return KeyPair.of_private(private)


def _secret(cookie: str) -> bytes:
    """The cookie's 32 bytes; exactly one text stands for each secret.

    :raises ValueError: when it is none.
    """
    try:
        secret = base64.b64decode(cookie.encode("ascii") + b"=", altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("the cookie is not base64url") from error
    if len(secret) != _SECRET_BYTES or base64.urlsafe_b64encode(secret).rstrip(b"=").decode() != cookie:
        raise ValueError("the cookie is not a secret written by this module")
    return secret


def _key(secret: bytes) -> bytes:
    return HKDF(SHA256(), length=KEY_BYTES, salt=None, info=b"tadamun session 1").derive(secret)


def _bound(header: bytes, owner: str) -> bytes:
    return framed_text("tadamun session 1", owner) + header


def _seconds(now: datetime) -> float:
    if now.tzinfo is None:
        raise ValueError("now must know its time zone")
    return now.timestamp()
