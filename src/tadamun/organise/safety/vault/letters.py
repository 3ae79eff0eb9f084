"""Bytes and numbers as letters that people can read, print and type.

The 32 signs are digits and capital letters without I, L, O and U (Douglas Crockford's Base 32): all of them are in
the alphanumeric set of QR codes, which takes 5.5 bits a sign. This module is about the signs alone; what a code means
and how it is checked is said where the code is made.
"""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_LOOK_ALIKE = {"O": "0", "I": "1", "L": "1"}


def signs_for(size: int) -> int:
    """How many signs `size` bytes take."""
    return -(-size * 8 // BITS)


def encode(data: bytes) -> str:
    """`data` as signs, most significant bit first, filled up with zero bits at the end."""
    count = signs_for(len(data))
    number = int.from_bytes(data, "big") << (count * BITS - len(data) * 8)
    return encode_number(number, signs=count)


def decode(text: str, *, size: int) -> bytes:
    """The `size` bytes that `encode` wrote as `text`; exactly one text stands for each value.

    :raises ValueError: for another length, another sign (also a small letter) or fill bits that are not zero.
    """
    number = decode_number(text, signs=signs_for(size))
    spare = signs_for(size) * BITS - size * 8
    if number & ((1 << spare) - 1):
        raise ValueError("the fill bits at the end are not zero")
    return (number >> spare).to_bytes(size, "big")


def encode_number(number: int, *, signs: int) -> str:
    """`number` as exactly `signs` signs, filled up with zeros on the left."""
    if number < 0 or number >> (signs * BITS):
        raise ValueError(f"the number does not fit into {signs} signs")
    return "".join(ALPHABET[number >> shift & 31] for shift in range((signs - 1) * BITS, -1, -BITS))


def decode_number(text: str, *, signs: int) -> int:
    """The number that `encode_number` wrote.

    :raises ValueError: for another length or another sign.
    """
    if len(text) != signs:
        raise ValueError(f"{signs} signs were expected, not {len(text)}")
    number = 0
    for sign in text:
        if sign not in _VALUES:
            raise ValueError("a sign is not in the alphabet")
        number = number << BITS | _VALUES[sign]
    return number


def value(sign: str) -> int:
    """The number 0 to 31 of one sign of the alphabet."""
    return _VALUES[sign]


def as_typed(text: str) -> list[str]:
    """What a person typed, as groups of capital signs.

    Groups end at spaces, dashes and other punctuation. Small letters, full-width letters and the digits of every
    script (Arabic-Indic ones, too) are understood, O is taken for 0, I and L for 1. Invisible marks, as those for
    the writing direction, are dropped. Signs that are in no code are kept, so that the caller can name them.
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    groups, current = [], ""
    for sign in folded:
        category = unicodedata.category(sign)
        if category[0] in "ZP" or category == "Cc":
            groups.append(current)
            current = ""
        elif category == "Nd":
            current += str(unicodedata.digit(sign))
        elif category != "Cf":
            current += _LOOK_ALIKE.get(sign, sign)
    return [group for group in [*groups, current] if group]
