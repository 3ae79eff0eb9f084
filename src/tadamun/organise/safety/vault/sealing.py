"""Sealing: anybody who has the public key closes a text, only the private key opens it.

HPKE (RFC 9180), base mode, single shot, with the library's implementation; the suite is DHKEM(X25519, HKDF-SHA256),
HKDF-SHA256, AES-256-GCM. An envelope is

    format   1 byte    1
    suite    6 bytes   KEM, KDF and AEAD numbers of the IANA registry of RFC 9180, two bytes each
    key id   8 bytes   of the recipient's public key
    enc     32 bytes   the encapsulated key
    sealed             the padded text and its 16-byte tag

The first fifteen bytes and the context (what for, which activity, which field, which row) are HPKE's `info`: they go
into the key itself, so an envelope that is moved to another row or given another header does not open. `aad` is left
empty: with one message per key it would bind the same things a second time. Base mode does not say who sealed a text;
whoever can write to the database can put in texts of her own.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tadamun.organise.safety.vault.errors import BadKey, SealBroken, UnknownSuite, WrongKey
from tadamun.organise.safety.vault.framing import framed_text
from tadamun.organise.safety.vault.keys import KEY_BYTES, KEY_ID_BYTES, KeyPair, key_id

FORMAT = b"\x01"
X25519_AES256 = bytes.fromhex("002000010002")
SUITES = {X25519_AES256: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)}
# A full name in Arabic script takes 50 to 80 bytes of UTF-8: with steps of 64 the long names would stand out.
STEP = 128

# Where an envelope names its recipient: byte positions, from 0, the end not included.
KEY_ID_FROM = len(FORMAT) + len(X25519_AES256)
KEY_ID_UNTIL = KEY_ID_FROM + KEY_ID_BYTES
_TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class Context:
    """The place that a sealed text belongs to; an envelope opens in its own place only.

    `purpose` says what kind of thing is sealed ("registration", "key"); the others are the ids of the activity, the
    field and the row, as stable texts, or empty where there is none. The places are compared byte by byte.
    """

    purpose: str
    activity: str = ""
    field: str = ""
    row: str = ""

    def encoded(self) -> bytes:
        """The place as bytes, different for every two different places."""
        return framed_text("tadamun seal 1", self.purpose, self.activity, self.field, self.row)


def seal(public_key: bytes, plaintext: bytes, *, context: Context) -> bytes:
    """Close `plaintext` (any length, also none) for the owner of `public_key`; returns the envelope.

    Its length tells the text's length only in steps of `STEP` bytes.

    :raises BadKey: when the public key is not one, or a point that gives no secret.
    """
    header = FORMAT + X25519_AES256 + key_id(public_key)
    try:
        body = SUITES[X25519_AES256].encrypt(
            pad(plaintext), X25519PublicKey.from_public_bytes(public_key), header + context.encoded()
        )
    except ValueError as error:
        raise BadKey from error
    return header + body


def open_sealed(pair: KeyPair, envelope: bytes, *, context: Context) -> bytes:
    """The text in an envelope that was sealed to `pair` for `context`.

    :raises UnknownSuite: when the format or suite is not known here.
    :raises WrongKey: when the envelope names another recipient.
    :raises SealBroken: when it was altered, cut, or sealed for another place.
    """
    suite = SUITES.get(suite_of(envelope))
    if suite is None:
        raise UnknownSuite
    if recipient_of(envelope) != key_id(pair.public):
        raise WrongKey
    header, body = envelope[:KEY_ID_UNTIL], envelope[KEY_ID_UNTIL:]
    try:
        private = X25519PrivateKey.from_private_bytes(pair.private)
        padded = suite.decrypt(body, private, header + context.encoded())
    except (InvalidTag, ValueError):
        raise SealBroken from None
    return unpad(padded)


def suite_of(envelope: bytes) -> bytes:
    """The six suite bytes of an envelope, to find what must be sealed again when a suite is given up.

    :raises SealBroken: when it is too short for an envelope.
    :raises UnknownSuite: when its format is not known here.
    """
    if len(envelope) < KEY_ID_UNTIL + KEY_BYTES + _TAG_BYTES:
        raise SealBroken
    if not envelope.startswith(FORMAT):
        raise UnknownSuite
    return envelope[len(FORMAT) : KEY_ID_FROM]


def recipient_of(envelope: bytes) -> bytes:
    """The id of the key that an envelope was sealed to, as `key_id` gives it; same errors as `suite_of`."""
    suite_of(envelope)
    return envelope[KEY_ID_FROM:KEY_ID_UNTIL]


def pad(plaintext: bytes) -> bytes:
    """The text, a byte 0x80, and zeros up to the next multiple of `STEP` (the padding of ISO/IEC 7816-4)."""
    marked = plaintext + b"\x80"
    return marked + bytes(-len(marked) % STEP)


def unpad(padded: bytes) -> bytes:
    """What `pad` was given.

    :raises SealBroken: when it is not padded so. Only a recipient's own program can have made such a text.
    """
    text, mark, rest = padded.rpartition(b"\x80")
    if not mark or rest.strip(b"\x00") or len(padded) % STEP:
        raise SealBroken
    return text
