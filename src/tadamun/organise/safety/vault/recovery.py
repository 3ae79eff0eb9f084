"""Recovery codes: a secret of 128 bits on paper, for the day the passphrase is forgotten.

Seven groups of five signs (see `letters`): four carry the secret and a 12-bit checksum of the whole, the fifth checks
its group, so that a typing error is found at once and at its place. The check sign is a linear sum over GF(32) with a
different weight for each sign and a different constant for each group: one wrong sign in a group, or two signs of a
group exchanged, or a group in another's place, is always found; of other errors one in 32 per group gets by, and of
those one in 4096 gets by the checksum. What still gets by does not open the key.
"""

import hashlib
import secrets

from tadamun.organise.safety.vault import letters
from tadamun.organise.safety.vault.errors import (
    CodeGroupLength,
    CodeLength,
    CodeMistyped,
    CodeUnreadable,
    CodeWrong,
)

SECRET_BYTES = 16
GROUPS = 7
GROUP_SIGNS = 5
_DATA_SIGNS = GROUP_SIGNS - 1
_CHECKSUM_BITS = GROUPS * _DATA_SIGNS * letters.BITS - SECRET_BYTES * 8
_REDUCER = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)


def new_secret() -> bytes:
    """A new secret of 16 random bytes; show it once with `code_text`, then keep only what it wraps."""
    return secrets.token_bytes(SECRET_BYTES)


def code_text(secret: bytes) -> str:
    """The secret as it is printed: seven groups of five signs with dashes between.

    :raises ValueError: when the secret is not 16 bytes long.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a recovery secret has {SECRET_BYTES} bytes, not {len(secret)}")
    number = int.from_bytes(secret, "big") << _CHECKSUM_BITS | _checksum(secret)
    data = letters.encode_number(number, signs=GROUPS * _DATA_SIGNS)
    parts = [data[start : start + _DATA_SIGNS] for start in range(0, len(data), _DATA_SIGNS)]
    return "-".join(part + _check_sign(part, position) for position, part in enumerate(parts))


def read_code(typed: str) -> bytes:
    """The secret in a code as a person typed it; small letters, spaces and digits of any script are understood.

    :raises CodeUnreadable: for a sign that no code has, with its group.
    :raises CodeGroupLength: when one group is too short or long.
    :raises CodeLength: when the whole is too short or long.
    :raises CodeMistyped: when groups fail their check, with their numbers.
    :raises CodeWrong: when all groups are well formed but do not belong together.
    """
    groups = _groups(typed)
    wrong = [
        number
        for number, group in enumerate(groups, start=1)
        if _check_sign(group[:_DATA_SIGNS], number - 1) != group[_DATA_SIGNS]
    ]
    if wrong:
        raise CodeMistyped(groups=", ".join(map(str, wrong)))
    data = "".join(group[:_DATA_SIGNS] for group in groups)
    number = letters.decode_number(data, signs=GROUPS * _DATA_SIGNS)
    secret = (number >> _CHECKSUM_BITS).to_bytes(SECRET_BYTES, "big")
    if number & ((1 << _CHECKSUM_BITS) - 1) != _checksum(secret):
        raise CodeWrong
    return secret


def _groups(typed: str) -> list[str]:
    """Seven groups of five known signs, whether or not the person typed the dashes."""
    groups = letters.as_typed(typed)
    if len(groups) == GROUPS:
        for number, group in enumerate(groups, start=1):
            if len(group) != GROUP_SIGNS:
                raise CodeGroupLength(group=number, expected=GROUP_SIGNS, found=len(group))
    signs = "".join(groups)
    if len(signs) != GROUPS * GROUP_SIGNS:
        raise CodeLength(expected=GROUPS * GROUP_SIGNS, found=len(signs))
    for place, sign in enumerate(signs):
        if sign not in letters.ALPHABET:
            raise CodeUnreadable(group=place // GROUP_SIGNS + 1, sign=sign)
    return [signs[start : start + GROUP_SIGNS] for start in range(0, len(signs), GROUP_SIGNS)]


def _checksum(secret: bytes) -> int:
    digest = hashlib.sha256(b"tadamun recovery code 1\x00" + secret).digest()
    return int.from_bytes(digest[:2], "big") >> (16 - _CHECKSUM_BITS)


def _check_sign(data: str, position: int) -> str:
    """The fifth sign of a group: x^4 a + x^3 b + x^2 c + x d + position over GF(32)."""
    total = 0
    for sign in data:
        total = _times_x(total ^ letters.value(sign))
    return letters.ALPHABET[total ^ position]


def _times_x(number: int) -> int:
    doubled = number << 1
    return doubled ^ _REDUCER if doubled & 0b100000 else doubled
