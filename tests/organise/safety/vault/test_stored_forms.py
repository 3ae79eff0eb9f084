"""What lies in databases and drawers opens for ever: bytes written by the first version, opened by this one."""

from datetime import UTC, datetime

import argon2
import pytest

from tadamun.organise.safety.vault import recovery, wrapping
from tadamun.organise.safety.vault.keys import KeyPair, key_id
from tadamun.organise.safety.vault.sealing import Context, open_sealed
from tadamun.organise.safety.vault.sessions import unlock_from_session
from tadamun.organise.safety.vault.wrapping import Cost, Limits, unwrap_with_code, unwrap_with_passphrase

PAIR = KeyPair.of_private(bytes(range(32)))
CHEAP = Cost(memory=64, passes=1, lanes=1)
BY_PASSPHRASE = bytes.fromhex(
    "0101000000400000000101f99698795335374139a0087782bed9b51332ec1c8e809d11942c5c2732cc094eecd8e66284c2995755f5730d534b"
    "f65648cd6ecc8ea4dc7adbbc669182cc4e31efd3f62f16f723439ec415b2"
)
BY_CODE = bytes.fromhex(
    "0102184c3021f7f327c9d7bec0eee2f190c795555a2856b4cc4c1a26388001e4a06c0a33b47f2a738fcbda3435cd61aa3fc0e1668d518fadcd"
    "8f26920b8613c7c03ee024a1ed34c5371fa80fd778"
)
COOKIE = "5yJOfA2yOWO4Gv4zgpIlSp8NuG8dFc3FvK45b4wSkXw"
SESSION = bytes.fromhex(
    "010000000069acc30863f745df1a6ec9f39e197213817b93f6dab6a6ecbca26ea968d31a97679c586d3eb2d0a6820290c421c21734f1473ec7"
    "74f1f9ea29dfd56699c5e93d"
)
SEALED = bytes.fromhex(
    "01002000010002c831bcefea71c4de4af954c7f8e01bb4ae14005883134b0cd3979402409ec8238ac53bc834553c6dde5263a81d67753ceb3f"
    "322c6621f0ce327744ddf7c535bb2730d3b6accb04fd802587e8abc710f6ebdebd6de9f3d674e41c052f8f464642353bf1f281bf244c9c9bbe"
    "5e41d55a435e9d283272ac6bf6daa8d7c5b3576de4b3d555a974073085861cbef2385a64556a38c7e4c197dd8e672ae44aa8073c00d06daf1e"
    "8e5b227fe2405daf7c16cff4bba9d143aece489e"
)


def test_sealed_text_of_the_first_version_opens() -> None:
    place = Context(purpose="registration", activity="7", field="name", row="1")
    assert open_sealed(PAIR, SEALED, context=place).decode() == "شهد"


def test_wraps_of_the_first_version_open() -> None:
    limits = Limits(least=CHEAP, most=CHEAP)
    assert unwrap_with_passphrase(BY_PASSPHRASE, "شمس بغداد", owner="member:1", limits=limits) == PAIR
    assert unwrap_with_code(BY_CODE, recovery.code_text(bytes(range(16))), owner="member:1") == PAIR


def test_session_of_the_first_version_opens() -> None:
    now = datetime(2026, 3, 8, tzinfo=UTC)
    assert unlock_from_session(COOKIE, SESSION, owner="member:1", now=now) == PAIR


def test_key_id_of_the_first_version_stays() -> None:
    assert key_id(bytes(range(32))).hex() == "6f168172f7e5b098"


@pytest.mark.parametrize("cost", [CHEAP, Cost(memory=256, passes=3, lanes=4)])
def test_passphrase_is_stretched_by_argon2id_as_others_compute_it(cost: Cost) -> None:
    """Two libraries, one answer, so that another program can read a wrap."""
    salt, words = bytes(range(16)), "شمس بغداد"
    other = argon2.low_level.hash_secret_raw(
        words.encode(), salt, cost.passes, cost.memory, cost.lanes, 32, argon2.low_level.Type.ID
    )
    assert wrapping._stretch(words, salt, cost) == other
