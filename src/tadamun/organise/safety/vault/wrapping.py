"""A member's private key, wrapped for storage: once under her passphrase, once under her printed recovery code.

Under a passphrase: Argon2id (RFC 9106), then AES-256-GCM. Under a recovery code, which is 128 random bits and needs no
slowing down: HKDF-SHA256 (RFC 5869), then AES-256-GCM. A wrap is

    format   1 byte    1
    kind     1 byte    1 passphrase, 2 recovery code
    cost     9 bytes   memory in KiB (4), passes (4), lanes (1); only for a passphrase
    salt    16 bytes   random
    nonce   12 bytes   random
    sealed  48 bytes   the private key and its tag

Everything before `sealed` and the owner's id are authenticated, so a wrap cannot be given to another member or another
cost. The stored cost is checked against limits before any work is done: a hostile row cannot eat the server's memory.
"""

import secrets
import struct
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tadamun.organise.safety.vault import recovery
from tadamun.organise.safety.vault.errors import BadCost, BadPassphrase, WrapBroken, WrongSecret
from tadamun.organise.safety.vault.framing import framed_text
from tadamun.organise.safety.vault.keys import KEY_BYTES, KeyPair

LONGEST_PASSPHRASE = 4096

_BY_PASSPHRASE = b"\x01\x01"
_BY_CODE = b"\x01\x02"
_COST = struct.Struct(">IIB")
_SALT_BYTES = 16
_NONCE_BYTES = 12
_SEALED_BYTES = KEY_BYTES + 16


@dataclass(frozen=True, slots=True)
class Cost:
    """The work of one Argon2id: memory in KiB, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most work that is accepted."""

    least: Cost
    most: Cost

    def check(self, cost: Cost) -> None:
        """Refuse a cost outside the limits.

        :raises BadCost: naming the cost; also when the memory is below Argon2's own least, 8 KiB a lane.
        """
        pairs = (
            (self.least.memory, cost.memory, self.most.memory),
            (self.least.passes, cost.passes, self.most.passes),
            (self.least.lanes, cost.lanes, self.most.lanes),
            (8 * cost.lanes, cost.memory, self.most.memory),
        )
        if not all(least <= asked <= most for least, asked, most in pairs):
            raise BadCost(memory=cost.memory, passes=cost.passes, lanes=cost.lanes)


# The second recommendation of RFC 9106 section 4 (64 MiB, 3 passes, 4 lanes).
COST = Cost(memory=64 * 1024, passes=3, lanes=4)
# At least what the OWASP password storage cheat sheet asks (19 MiB, 2 passes); at most what a small server can bear.
LIMITS = Limits(least=Cost(memory=19 * 1024, passes=2, lanes=1), most=Cost(memory=256 * 1024, passes=10, lanes=8))


def wrap_with_passphrase(
    pair: KeyPair, passphrase: str, *, owner: str, cost: Cost = COST, limits: Limits = LIMITS
) -> bytes:
    """The private key, closed by `passphrase`, for the row of the member with the id `owner`.

    :raises BadPassphrase: when it is empty, too long or no text. How strong it must be is decided elsewhere.
    :raises BadCost: when the cost is outside the limits.
    """
    limits.check(cost)
    header = _BY_PASSPHRASE + _COST.pack(cost.memory, cost.passes, cost.lanes) + secrets.token_bytes(_SALT_BYTES)
    return _close(header, _stretch(passphrase, header[-_SALT_BYTES:], cost), pair, owner)


def unwrap_with_passphrase(wrap: bytes, passphrase: str, *, owner: str, limits: Limits = LIMITS) -> KeyPair:
    """The key pair in a wrap.

    :raises WrongSecret: when the passphrase is not right (or the row was altered: the two cannot be told apart).
    :raises WrapBroken: when it is no wrap of a passphrase, or its cost is outside the limits.
    :raises BadPassphrase: when the passphrase is empty, too long or no text.
    """
    header, rest = _split(wrap, _BY_PASSPHRASE, _COST.size)
    cost = cost_of(wrap)
    try:
        limits.check(cost)
    except BadCost:
        raise WrapBroken from None
    return _open(header, rest, _stretch(passphrase, header[-_SALT_BYTES:], cost), owner)


def cost_of(wrap: bytes) -> Cost:
    """The cost that a passphrase wrap was made with: when it is below `COST`, wrap again at the next sign-in.

    :raises WrapBroken: when it is no wrap of a passphrase.
    """
    header, _ = _split(wrap, _BY_PASSPHRASE, _COST.size)
    memory, passes, lanes = _COST.unpack_from(header, len(_BY_PASSPHRASE))
    return Cost(memory=memory, passes=passes, lanes=lanes)


def wrap_with_code(pair: KeyPair, code: str, *, owner: str) -> bytes:
    """The private key, closed by a recovery code as `recovery.code_text` wrote it or a person typed it.

    :raises VaultError: one of the `Code…` errors of `recovery.read_code`.
    """
    header = _BY_CODE + secrets.token_bytes(_SALT_BYTES)
    return _close(header, _derive(recovery.read_code(code), header[-_SALT_BYTES:]), pair, owner)


def unwrap_with_code(wrap: bytes, code: str, *, owner: str) -> KeyPair:
    """The key pair in a wrap.

    :raises VaultError: one of the `Code…` errors of `recovery.read_code`, for a typing error.
    :raises WrongSecret: when it is another code.
    :raises WrapBroken: when it is no wrap of a recovery code.
    """
    header, rest = _split(wrap, _BY_CODE, 0)
    return _open(header, rest, _derive(recovery.read_code(code), header[-_SALT_BYTES:]), owner)


def _split(wrap: bytes, form: bytes, cost_bytes: int) -> tuple[bytes, bytes]:
    """The header up to the salt, and the rest."""
    header_bytes = len(form) + cost_bytes + _SALT_BYTES
    if not wrap.startswith(form) or len(wrap) != header_bytes + _NONCE_BYTES + _SEALED_BYTES:
        raise WrapBroken
    return wrap[:header_bytes], wrap[header_bytes:]


def _close(header: bytes, key: bytes, pair: KeyPair, owner: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return header + nonce + AESGCM(key).encrypt(nonce, pair.private, _bound(header, owner))


def _open(header: bytes, rest: bytes, key: bytes, owner: str) -> KeyPair:
    nonce, sealed = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
    try:
        private = AESGCM(key).decrypt(nonce, sealed, _bound(header, owner))
    except InvalidTag:
        raise WrongSecret from None
    return KeyPair.of_private(private)


def _bound(header: bytes, owner: str) -> bytes:
    return framed_text("tadamun wrap 1", owner) + header


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Argon2id over the passphrase in form NFKC, so that every keyboard's way of writing it is the same."""
    try:
        typed = unicodedata.normalize("NFKC", passphrase).encode()
    except UnicodeEncodeError:
        raise BadPassphrase(longest=LONGEST_PASSPHRASE) from None
    if not 0 < len(typed) <= LONGEST_PASSPHRASE:
        raise BadPassphrase(longest=LONGEST_PASSPHRASE)
    hasher = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    return hasher.derive(typed)


def _derive(secret: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), length=KEY_BYTES, salt=salt, info=b"tadamun recovery wrap 1").derive(secret)
