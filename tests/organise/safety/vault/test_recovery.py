"""A recovery code can be typed by a tired person: her errors are found, and at their place."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.organise.safety.vault import letters, recovery
from tadamun.organise.safety.vault.errors import (
    CodeGroupLength,
    CodeLength,
    CodeMistyped,
    CodeUnreadable,
    CodeWrong,
    VaultError,
)
from tadamun.organise.safety.vault.recovery import code_text, new_secret, read_code

SECRETS = st.binary(min_size=16, max_size=16)
SECRET = bytes.fromhex("00112233445566778899aabbccddeeff")
CODE = code_text(SECRET)
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@given(secret=SECRETS)
def test_printed_code_reads_back(secret: bytes) -> None:
    code = code_text(secret)
    assert read_code(code) == secret
    assert [len(group) for group in code.split("-")] == [5] * 7
    assert set(code) <= set(letters.ALPHABET) | {"-"}


def test_codes_of_today_open_tomorrow() -> None:
    """Printed codes lie in drawers for years: the form must not change unnoticed."""
    assert CODE == "008J4-4CT4B-ANK72-F24SZ-NAXWF-SQFE0-ZZNJW"


def test_new_secrets_have_128_bits_and_differ() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert len(new_secret()) * 8 == 128
    with pytest.raises(ValueError, match="16 bytes"):
        code_text(b"short")


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f"  {CODE}\n",
        CODE.replace("-", " \u2013 "),
        " ".join(CODE.replace("-", "")),
        CODE.translate(ARABIC_DIGITS),
        CODE.translate(PERSIAN_DIGITS).lower(),
        CODE.replace("0", "O").replace("1", "l"),
        f"\u2067{CODE}\u2069\u200f",
        "".join(chr(ord(sign) + 0xFEE0) if sign != "-" else "\uff0d" for sign in CODE),
    ],
)
def test_ways_of_typing_a_code_are_understood(typed: str) -> None:
    assert read_code(typed) == SECRET


def test_every_single_typing_error_is_found_in_its_group() -> None:
    signs = CODE.replace("-", "")
    for place, sign in enumerate(signs):
        for other in set(letters.ALPHABET) - {sign}:
            with pytest.raises(CodeMistyped) as refusal:
                read_code(signs[:place] + other + signs[place + 1 :])
            assert refusal.value.details["groups"] == str(place // 5 + 1)


@given(secret=SECRETS)
def test_every_exchange_within_a_group_is_found_in_its_group(secret: bytes) -> None:
    groups = code_text(secret).split("-")
    for number, group in enumerate(groups):
        for one, other in itertools.combinations(range(5), 2):
            if group[one] == group[other]:
                continue
            signs = list(group)
            signs[one], signs[other] = signs[other], signs[one]
            with pytest.raises(CodeMistyped) as refusal:
                read_code("-".join([*groups[:number], "".join(signs), *groups[number + 1 :]]))
            assert refusal.value.details["groups"] == str(number + 1)


def test_exchanged_groups_are_both_named() -> None:
    groups = CODE.split("-")
    groups[1], groups[4] = groups[4], groups[1]
    with pytest.raises(CodeMistyped, match=r"2, 5"):
        read_code("-".join(groups))


def test_groups_of_two_codes_are_refused_together() -> None:
    """Each group is well formed, so only the checksum over the whole can see it; the control reads one code."""
    other = code_text(bytes(16)).split("-")
    mixed = [*CODE.split("-")[:3], *other[3:]]
    with pytest.raises(CodeWrong, match="do not belong together"):
        read_code("-".join(mixed))
    assert read_code("-".join(other)) == bytes(16)


def test_missing_and_extra_signs_are_found() -> None:
    groups = CODE.split("-")
    with pytest.raises(CodeGroupLength, match="Group 3 of the recovery code needs 5 letters and digits, 4"):
        read_code("-".join([*groups[:2], groups[2][:4], *groups[3:]]))
    with pytest.raises(CodeLength, match="35 letters and digits, 30 were typed"):
        read_code("-".join(groups[:6]))
    with pytest.raises(CodeLength, match="0 were typed"):
        read_code(" ")


@pytest.mark.parametrize("sign", ["U", "ب", "É", "€"])
def test_unknown_signs_are_shown_with_their_group(sign: str) -> None:
    signs = CODE.replace("-", "")
    with pytest.raises(CodeUnreadable) as refusal:
        read_code(signs[:12] + sign + signs[13:])
    assert refusal.value.details == {"group": 3, "sign": sign}


@given(typed=st.text(max_size=60))
def test_noise_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(VaultError) as refusal:
        read_code(typed)
    assert str(refusal.value)


def test_without_check_signs_typing_errors_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: with the checks off a wrong code reads as another secret."""
    monkeypatch.setattr(recovery, "_check_sign", lambda data, _position: data[0])
    monkeypatch.setattr(recovery, "_checksum", lambda _secret: 0)
    code = code_text(SECRET)
    assert read_code(code[0] + ("3" if code[1] != "3" else "4") + code[2:]) != SECRET
