"""An unlocked key needs both the browser's part and the server's part, and ends in time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.organise.safety.vault import sessions
from tadamun.organise.safety.vault.errors import SessionExpired, SessionLocked
from tadamun.organise.safety.vault.keys import generate
from tadamun.organise.safety.vault.sessions import LIFETIME, LONGEST, lock_for_session, unlock_from_session

PAIR = generate()
NOW = datetime(2026, 3, 8, 17, 0, tzinfo=timezone(timedelta(hours=3)))
LOCK = lock_for_session(PAIR, owner="member:1 session:a", now=NOW)
SECOND = timedelta(seconds=1)


def test_both_parts_open_the_key_until_the_end() -> None:
    for now in (NOW, NOW + LIFETIME - SECOND, (NOW + LIFETIME - SECOND).astimezone(UTC)):
        assert unlock_from_session(LOCK.cookie, LOCK.stored, owner="member:1 session:a", now=now) == PAIR
    assert LOCK.ends_at == NOW + LIFETIME


def test_key_is_locked_from_the_end_on() -> None:
    for now in (NOW + LIFETIME, NOW + timedelta(days=400)):
        with pytest.raises(SessionExpired, match="Enter your passphrase"):
            unlock_from_session(LOCK.cookie, LOCK.stored, owner="member:1 session:a", now=now)


def test_clock_set_back_does_not_prolong_a_session_beyond_the_longest() -> None:
    for now in (NOW - LONGEST, datetime(1990, 1, 1, tzinfo=UTC)):
        with pytest.raises(SessionExpired):
            unlock_from_session(LOCK.cookie, LOCK.stored, owner="member:1 session:a", now=now)
    hour_back = NOW - timedelta(hours=1)
    assert unlock_from_session(LOCK.cookie, LOCK.stored, owner="member:1 session:a", now=hour_back) == PAIR


def test_stored_row_cannot_be_given_more_time() -> None:
    longer = lock_for_session(PAIR, owner="member:1 session:a", now=NOW, lifetime=LONGEST)
    stretched = longer.stored[:9] + LOCK.stored[9:]
    with pytest.raises(SessionLocked):
        unlock_from_session(LOCK.cookie, stretched, owner="member:1 session:a", now=NOW + LIFETIME)


def test_without_the_bound_end_more_time_would_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: it is the bound header that refuses the stretched row."""
    monkeypatch.setattr(sessions, "_bound", lambda _header, _owner: b"")
    lock = lock_for_session(PAIR, owner="a", now=NOW)
    stretched = lock_for_session(PAIR, owner="a", now=NOW, lifetime=LONGEST).stored[:9] + lock.stored[9:]
    assert unlock_from_session(lock.cookie, stretched, owner="a", now=NOW + LIFETIME) == PAIR


def test_parts_of_two_sessions_do_not_fit() -> None:
    other = lock_for_session(PAIR, owner="member:1 session:a", now=NOW)
    with pytest.raises(SessionLocked):
        unlock_from_session(other.cookie, LOCK.stored, owner="member:1 session:a", now=NOW)
    with pytest.raises(SessionLocked):
        unlock_from_session(LOCK.cookie, LOCK.stored, owner="member:2 session:a", now=NOW)


def test_neither_part_holds_the_key() -> None:
    assert PAIR.private not in LOCK.stored
    assert len(LOCK.cookie) == 43
    assert LOCK.cookie not in repr(LOCK)


def test_every_flipped_bit_and_cut_of_the_stored_part_is_refused() -> None:
    for bit in range(len(LOCK.stored) * 8):
        changed = bytearray(LOCK.stored)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((SessionLocked, SessionExpired)):
            unlock_from_session(LOCK.cookie, bytes(changed), owner="member:1 session:a", now=NOW)
    for length in range(len(LOCK.stored)):
        with pytest.raises(SessionLocked):
            unlock_from_session(LOCK.cookie, LOCK.stored[:length], owner="member:1 session:a", now=NOW)


def test_every_other_letter_in_the_cookie_is_refused() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place, letter in enumerate(LOCK.cookie):
        for other in set(letters) - {letter}:
            cookie = LOCK.cookie[:place] + other + LOCK.cookie[place + 1 :]
            with pytest.raises(SessionLocked):
                unlock_from_session(cookie, LOCK.stored, owner="member:1 session:a", now=NOW)


@given(cookie=st.text(max_size=60))
def test_noise_in_the_cookie_is_refused(cookie: str) -> None:
    with pytest.raises(SessionLocked):
        unlock_from_session(cookie, LOCK.stored, owner="member:1 session:a", now=NOW)


@pytest.mark.parametrize("lifetime", [timedelta(0), -SECOND, LONGEST + SECOND])
def test_unreasonable_lifetimes_are_refused(lifetime: timedelta) -> None:
    with pytest.raises(ValueError, match="at most"):
        lock_for_session(PAIR, owner="a", now=NOW, lifetime=lifetime)


def test_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        lock_for_session(PAIR, owner="a", now=NOW.replace(tzinfo=None))
