"""A member's private key opens with her passphrase or her recovery code, for her alone, at a bounded cost."""

import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tadamun.organise.safety.vault import recovery, wrapping
from tadamun.organise.safety.vault.errors import (
    BadCost,
    BadPassphrase,
    CodeMistyped,
    VaultError,
    WrapBroken,
    WrongSecret,
)
from tadamun.organise.safety.vault.keys import KeyPair, generate
from tadamun.organise.safety.vault.wrapping import (
    COST,
    LIMITS,
    Cost,
    Limits,
    cost_of,
    unwrap_with_code,
    unwrap_with_passphrase,
    wrap_with_code,
    wrap_with_passphrase,
)

CHEAP = Cost(memory=64, passes=1, lanes=1)
CHEAP_LIMITS = Limits(least=CHEAP, most=Cost(memory=128, passes=2, lanes=2))
PAIR = generate()
PASSPHRASES = st.text(min_size=1, max_size=40)
CODE = recovery.code_text(bytes(range(16)))


def _wrap(passphrase: str, *, owner: str = "member:1", cost: Cost = CHEAP) -> bytes:
    return wrap_with_passphrase(PAIR, passphrase, owner=owner, cost=cost, limits=CHEAP_LIMITS)


def _unwrap(wrap: bytes, passphrase: str, *, owner: str = "member:1") -> KeyPair:
    return unwrap_with_passphrase(wrap, passphrase, owner=owner, limits=CHEAP_LIMITS)


@given(passphrase=PASSPHRASES, owner=st.text(max_size=10))
def test_key_comes_back_with_the_passphrase(passphrase: str, owner: str) -> None:
    assert _unwrap(_wrap(passphrase, owner=owner), passphrase, owner=owner) == PAIR


@given(passphrase=PASSPHRASES, other=PASSPHRASES)
def test_another_passphrase_gives_one_clear_error(passphrase: str, other: str) -> None:
    assume(unicodedata.normalize("NFKC", passphrase) != unicodedata.normalize("NFKC", other))
    with pytest.raises(WrongSecret, match="not the right one"):
        _unwrap(_wrap(passphrase), other)


def test_usual_cost_works_and_takes_the_time_it_should() -> None:
    wrap = wrap_with_passphrase(PAIR, "بغداد ٢٠٢٦ شمس", owner="member:1")
    assert cost_of(wrap) == COST
    started = time.perf_counter()
    assert unwrap_with_passphrase(wrap, "بغداد ٢٠٢٦ شمس", owner="member:1") == PAIR
    assert time.perf_counter() - started > 0.02, "a guess must not be cheap"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caf\u00e9 du matin", "cafe\u0301 du matin"),
        ("\ufedf\ufeea", "\u0644\u0647"),
        ("\ufb01re", "fire"),
        ("\uff11\uff12\uff13", "123"),
    ],
)
def test_ways_of_writing_the_same_passphrase_are_the_same(one: str, other: str) -> None:
    assert one != other
    assert _unwrap(_wrap(one), other) == PAIR


def test_long_passphrases_are_not_cut() -> None:
    long = "خ" * 2000
    with pytest.raises(WrongSecret):
        _unwrap(_wrap(long + "a"), long + "b")


@pytest.mark.parametrize("passphrase", ["", "x" * 4097, "\ud800"])
def test_passphrases_that_cannot_be_handled_are_refused(passphrase: str) -> None:
    with pytest.raises(BadPassphrase):
        _wrap(passphrase)
    with pytest.raises(BadPassphrase):
        _unwrap(_wrap("right"), passphrase)


def test_wrap_of_another_member_is_refused() -> None:
    with pytest.raises(WrongSecret):
        _unwrap(_wrap("same words", owner="member:1"), "same words", owner="member:2")


def test_every_flipped_bit_of_a_wrap_is_refused() -> None:
    cases: list[tuple[bytes, Callable[[bytes], KeyPair]]] = [
        (_wrap("right"), lambda each: _unwrap(each, "right")),
        (wrap_with_code(PAIR, CODE, owner="m"), lambda each: unwrap_with_code(each, CODE, owner="m")),
    ]
    for wrap, opener in cases:
        assert opener(wrap) == PAIR
        for bit in range(len(wrap) * 8):
            changed = bytearray(wrap)
            changed[bit // 8] ^= 1 << bit % 8
            with pytest.raises((WrongSecret, WrapBroken)):
                opener(bytes(changed))


@given(noise=st.binary(max_size=120))
def test_noise_and_cuts_are_refused(noise: bytes) -> None:
    wrap = _wrap("right")
    for damaged in (noise, wrap[: len(noise) % len(wrap)], wrap + b"\x00"):
        with pytest.raises(WrapBroken):
            _unwrap(damaged, "right")
        with pytest.raises(WrapBroken):
            unwrap_with_code(damaged, CODE, owner="member:1")


@pytest.mark.parametrize(
    "cost",
    [
        Cost(memory=2**32 - 1, passes=3, lanes=4),
        Cost(memory=64 * 1024, passes=2**32 - 1, lanes=4),
        Cost(memory=64 * 1024, passes=3, lanes=255),
        Cost(memory=0, passes=0, lanes=0),
        Cost(memory=8, passes=1, lanes=1),
    ],
)
def test_hostile_cost_is_refused_before_any_work(cost: Cost, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = wrap_with_passphrase(PAIR, "right", owner="m")
    hostile = honest[:2] + wrapping._COST.pack(cost.memory, cost.passes, cost.lanes) + honest[11:]
    assert cost_of(hostile) == cost
    work: list[Cost] = []

    def stretched(_passphrase: str, _salt: bytes, asked: Cost) -> bytes:
        work.append(asked)
        return bytes(32)

    monkeypatch.setattr(wrapping, "_stretch", stretched)
    with pytest.raises(WrapBroken):
        unwrap_with_passphrase(hostile, "right", owner="m")
    with pytest.raises(BadCost, match=str(cost.memory)):
        wrap_with_passphrase(PAIR, "right", owner="m", cost=cost)
    assert work == []
    with pytest.raises(WrongSecret):
        unwrap_with_passphrase(honest, "right", owner="m")
    assert work == [COST], "the control: an honest cost is worked off"


def test_limits_of_argon2_itself_are_a_clear_error() -> None:
    tight = Cost(memory=64, passes=1, lanes=20)
    with pytest.raises(BadCost):
        wrap_with_passphrase(PAIR, "right", owner="m", cost=tight, limits=Limits(least=CHEAP, most=COST))
    wide = Limits(least=CHEAP, most=Cost(memory=128, passes=2, lanes=50))
    with pytest.raises(BadCost):
        wrap_with_passphrase(PAIR, "right", owner="m", cost=tight, limits=wide)


def test_usual_cost_lies_within_the_limits() -> None:
    LIMITS.check(COST)
    with pytest.raises(BadCost):
        LIMITS.check(CHEAP)


@settings(max_examples=30)
@given(secret=st.binary(min_size=16, max_size=16), other=st.binary(min_size=16, max_size=16))
def test_key_comes_back_with_the_recovery_code_alone(secret: bytes, other: bytes) -> None:
    wrap = wrap_with_code(PAIR, recovery.code_text(secret), owner="m")
    assert unwrap_with_code(wrap, recovery.code_text(secret).lower().replace("-", " "), owner="m") == PAIR
    assume(secret != other)
    with pytest.raises(WrongSecret):
        unwrap_with_code(wrap, recovery.code_text(other), owner="m")


def test_typing_error_in_a_code_is_told_apart_from_another_code() -> None:
    wrap = wrap_with_code(PAIR, CODE, owner="m")
    with pytest.raises(CodeMistyped):
        unwrap_with_code(wrap, ("2" if CODE[0] != "2" else "3") + CODE[1:], owner="m")
    with pytest.raises(WrongSecret):
        unwrap_with_code(wrap, CODE, owner="another member")


def test_wrap_of_another_format_is_told_apart_from_a_wrong_passphrase() -> None:
    with pytest.raises(WrapBroken, match="backup"):
        _unwrap(b"\x02" + _wrap("right")[1:], "right")
    with pytest.raises(WrapBroken):
        unwrap_with_code(b"\x02" + wrap_with_code(PAIR, CODE, owner="m")[1:], CODE, owner="m")


def test_two_wraps_of_one_key_have_nothing_in_common() -> None:
    one, other = _wrap("right"), _wrap("right")
    for part in (slice(11, 27), slice(27, 39), slice(39, None)):
        assert one[part] != other[part], "salt, nonce and sealed key are new each time"
    assert PAIR.private not in one


def test_errors_show_no_secret() -> None:
    for call in (lambda: _unwrap(_wrap("right"), "hunter2"), lambda: _wrap("hunter2" * 1000)):
        with pytest.raises(VaultError) as refusal:
            call()
        assert "hunter2" not in str(refusal.value) + repr(refusal.value.details)
