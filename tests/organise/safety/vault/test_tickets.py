"""A door tells a true ticket without a list (P-70), and a ticket tells nothing about its holder."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tadamun.organise.safety.vault import letters, tickets
from tadamun.organise.safety.vault.errors import (
    BadKey,
    ShortCodeUnreadable,
    TicketElsewhere,
    TicketForged,
    TicketPast,
    TicketRefused,
    TicketUnreadable,
)
from tadamun.organise.safety.vault.tickets import (
    SigningPair,
    Ticket,
    generate_signing_pair,
    issue,
    new_secret,
    read_short_code,
    short_code,
    ticket_hash,
    verify,
)

PAIR = generate_signing_pair()
ACTIVITY = UUID("5f0c3a3e-7c1b-4a53-9a7e-2f1d7a6c9b10")
TODAY = date(2026, 3, 8)
TICKET = Ticket(activity=ACTIVITY, secret=bytes(range(16)), last_day=TODAY)
TEXT = issue(PAIR.private, TICKET)
ORDER = 2**252 + 27742317777372353535851937790883648493  # of the Ed25519 group, RFC 8032 section 5.1


def _admit(text: str, *, activity: UUID = ACTIVITY, today: date = TODAY) -> Ticket:
    return verify(PAIR.public, text, activity=activity, today=today)


@given(
    activity=st.uuids(),
    secret=st.binary(min_size=16, max_size=16),
    last_day=st.dates(date(1970, 1, 1), date(2149, 6, 6)),
)
def test_true_ticket_is_admitted(activity: UUID, secret: bytes, last_day: date) -> None:
    ticket = Ticket(activity=activity, secret=secret, last_day=last_day)
    text = issue(PAIR.private, ticket)
    assert _admit(text, activity=activity, today=last_day) == ticket
    assert len(text) == tickets.TEXT_SIGNS
    assert issue(PAIR.private, ticket) == text


def test_every_flipped_bit_of_the_content_is_refused() -> None:
    signed = letters.decode(TEXT, size=99)
    assert letters.encode(signed) == TEXT
    for bit in range(len(signed) * 8):
        changed = bytearray(signed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(TicketForged):
            _admit(letters.encode(bytes(changed)))


def test_every_flipped_bit_of_the_text_is_refused() -> None:
    for bit in range(len(TEXT) * 8):
        changed = bytearray(TEXT.encode())
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(TicketRefused):
            _admit(changed.decode("latin-1"))


def test_without_the_signature_a_flipped_bit_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: with the signature unchecked a ticket with another secret is admitted."""
    monkeypatch.setattr(tickets, "_check_signature", lambda *_parts: None)
    changed = bytearray(letters.decode(TEXT, size=99))
    changed[20] ^= 1
    assert _admit(letters.encode(bytes(changed))).secret != TICKET.secret


def test_last_sign_has_one_form_only() -> None:
    """The text has three bits more than the content; they are zero and nothing else."""
    last = letters.value(TEXT[-1])
    assert last % 8 == 0
    for fill in range(1, 8):
        with pytest.raises(TicketUnreadable):
            _admit(TEXT[:-1] + letters.ALPHABET[last + fill])


def test_second_form_of_the_same_signature_is_refused() -> None:
    """Ed25519 verifiers that do not check the size of S would admit S plus the group order."""
    signed = letters.decode(TEXT, size=99)
    larger = int.from_bytes(signed[67:], "little") + ORDER
    with pytest.raises(TicketForged):
        _admit(letters.encode(signed[:67] + larger.to_bytes(32, "little")))


@given(text=st.one_of(st.text(max_size=200), st.text(letters.ALPHABET, min_size=159, max_size=159)))
def test_noise_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(TicketRefused) as refusal:
        _admit(text)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("text", [TEXT[:-1], TEXT + "0", TEXT.lower(), f" {TEXT}", ""])
def test_texts_read_badly_are_refused(text: str) -> None:
    with pytest.raises(TicketUnreadable):
        _admit(text)


def test_ticket_of_another_key_is_forged() -> None:
    with pytest.raises(TicketForged, match="Do not admit"):
        _admit(issue(generate_signing_pair().private, TICKET))


def test_signature_for_another_purpose_is_no_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "_DOMAIN", b"tadamun manifest 1\x00")
    elsewhere = issue(PAIR.private, TICKET)
    monkeypatch.undo()
    with pytest.raises(TicketForged):
        _admit(elsewhere)


def test_signed_ticket_of_a_newer_format_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "_FORMAT", b"\x02")
    newer = issue(PAIR.private, TICKET)
    monkeypatch.undo()
    with pytest.raises(TicketUnreadable):
        _admit(newer)


@given(other=st.uuids())
def test_ticket_of_another_activity_is_told_apart_from_a_forged_one(other: UUID) -> None:
    assume(other != ACTIVITY)
    with pytest.raises(TicketElsewhere):
        _admit(TEXT, activity=other)


def test_ticket_is_valid_through_its_last_day() -> None:
    assert _admit(TEXT, today=TODAY - timedelta(days=30)) == TICKET
    with pytest.raises(TicketPast, match="2026-03-08"):
        _admit(TEXT, today=TODAY + timedelta(days=1))


def test_qr_code_and_server_keep_no_more_than_they_need() -> None:
    assert set(TEXT) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert TICKET.secret not in ticket_hash(TICKET.secret)
    assert repr(TICKET.secret) not in repr(TICKET)
    assert PAIR.private.hex() not in repr(PAIR)
    assert repr(PAIR.private) not in repr(PAIR)


def test_form_of_tickets_does_not_change_unnoticed() -> None:
    """Tickets are printed: a new version must admit the old ones."""
    text = issue(bytes(range(32)), Ticket(activity=UUID(int=7), secret=bytes(range(16)), last_day=date(2026, 3, 14)))
    assert text == (
        "040000000000000000000000003G00820C20A1G7104GM2RC1M70YM1EDMG9X7KS23ZPB316W10WZK7XBZ"
        "ASK6G81HZ0W44B3HESDWXEJ1KVP3D87A23D1EHH986P2X2TPMGBN3JYD8AG84HZ58YNVCTGZNXG3R"
    )
    stored = ticket_hash(bytes(range(16)))
    assert stored.hex() == "075167e1cd102a477ea50d7e4bc63d3251a593ece0096267954abe3dc8e87f3c"
    assert short_code(stored) == "WFEG-SF7E"


def test_secrets_differ_and_so_do_their_hashes_and_codes() -> None:
    secrets = {new_secret() for _ in range(500)}
    assert len(secrets) == len({ticket_hash(secret) for secret in secrets}) == 500
    assert len({short_code(ticket_hash(secret)) for secret in secrets}) == 500


@pytest.mark.parametrize(
    "typed", ["WFEG-SF7E", "wfegsf7e", " wfeg sf7e ", "WFEG\u2013SF\u0667E", "\u2067WFEG-SF7E\u2069"]
)
def test_short_code_is_understood_as_typed(typed: str) -> None:
    assert read_short_code(typed) == "WFEG-SF7E"


@pytest.mark.parametrize("typed", ["", "WFEG-SF7", "WFEG-SF7EE", "WFEG-SF7U", "زينب كاظم"])
def test_short_code_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(ShortCodeUnreadable, match="8 letters"):
        read_short_code(typed)


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match="16 bytes, not 5"):
        issue(PAIR.private, Ticket(activity=ACTIVITY, secret=b"short", last_day=TODAY))
    for last_day in (date(1969, 12, 31), date(2149, 6, 7)):
        with pytest.raises(ValueError, match="1970 and 2149"):
            issue(PAIR.private, Ticket(activity=ACTIVITY, secret=bytes(16), last_day=last_day))
    with pytest.raises(BadKey):
        issue(b"short", TICKET)
    with pytest.raises(BadKey):
        verify(b"short", TEXT, activity=ACTIVITY, today=TODAY)


def test_pairs_are_new_each_time() -> None:
    pairs: list[SigningPair] = [generate_signing_pair() for _ in range(20)]
    assert len({pair.private for pair in pairs}) == 20
