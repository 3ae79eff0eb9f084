"""Bytes as letters: one text for each value, and nothing that cannot be told apart in print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.organise.safety.vault import letters
from tadamun.organise.safety.vault.letters import as_typed, decode, decode_number, encode, encode_number


@given(data=st.binary(max_size=120))
def test_bytes_come_back(data: bytes) -> None:
    text = encode(data)
    assert decode(text, size=len(data)) == data
    assert len(text) == letters.signs_for(len(data))


def test_known_texts() -> None:
    assert encode(b"") == ""
    assert encode(b"\x00") == "00"
    assert encode(b"\xff") == "ZW"
    assert encode(b"foobar") == "CSQPYRK1E8"


@given(data=st.binary(min_size=1, max_size=12), place=st.integers(0, 19), sign=st.characters())
def test_another_text_is_another_value_or_none(data: bytes, place: int, sign: str) -> None:
    text = encode(data)
    changed = text[: place % len(text)] + sign + text[place % len(text) + 1 :]
    try:
        assert (decode(changed, size=len(data)) == data) == (changed == text)
    except ValueError:
        assert changed != text


@pytest.mark.parametrize("text", ["ZX", "zw", "Z", "ZWZ", "Z=", "OO"])
def test_texts_that_nobody_wrote_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"fill bits|alphabet|were expected"):
        decode(text, size=1)


def test_numbers_keep_their_places() -> None:
    assert encode_number(33, signs=4) == "0011"
    assert decode_number("0011", signs=4) == 33
    for number in (-1, 32**4):
        with pytest.raises(ValueError, match="4 signs"):
            encode_number(number, signs=4)


def test_alphabet_has_32_signs_of_the_qr_set_and_no_look_alikes() -> None:
    qr_alphanumeric = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert len(set(letters.ALPHABET)) == 32
    assert set(letters.ALPHABET) <= qr_alphanumeric - set("ILOU")


def test_typed_groups_end_at_every_kind_of_gap() -> None:
    assert as_typed("ab-cd ef\tgh\u2013ij.kl") == ["AB", "CD", "EF", "GH", "1J", "K1"]
    assert as_typed("٢٣ ۴۵ \uff14\uff15 o") == ["23", "45", "45", "0"]
    assert as_typed("\u200fa\u200db\u2069") == ["AB"]
