"""A sealed text opens for its recipient in its own place, and nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tadamun.organise.safety.vault import keys, sealing
from tadamun.organise.safety.vault.errors import BadKey, SealBroken, UnknownSuite, VaultError, WrongKey
from tadamun.organise.safety.vault.framing import framed
from tadamun.organise.safety.vault.keys import KeyPair, generate, key_id
from tadamun.organise.safety.vault.sealing import STEP, Context, open_sealed, recipient_of, seal, suite_of

PAIR = generate()
PLACE = Context(purpose="registration", activity="7", field="name", row="1")
NAME = "زينب كاظم عبد الحسين".encode()
TEXTS = st.binary(max_size=3 * STEP)
PLACES = st.builds(Context, purpose=st.text(), activity=st.text(), field=st.text(), row=st.text())


@given(text=TEXTS, place=PLACES)
def test_sealed_text_opens_as_it_was(text: bytes, place: Context) -> None:
    assert open_sealed(PAIR, seal(PAIR.public, text, context=place), context=place) == text


def test_sealing_twice_never_gives_the_same_envelope() -> None:
    envelopes = {seal(PAIR.public, NAME, context=PLACE) for _ in range(100)}
    assert len(envelopes) == 100


def test_envelope_shows_neither_name_nor_place() -> None:
    envelope = seal(PAIR.public, NAME, context=PLACE)
    assert NAME not in envelope
    assert b"registration" not in envelope


@given(place=PLACES, other=PLACES)
def test_envelope_of_another_place_is_refused(place: Context, other: Context) -> None:
    assume(place != other)
    assert place.encoded() != other.encoded()
    with pytest.raises(SealBroken):
        open_sealed(PAIR, seal(PAIR.public, NAME, context=place), context=other)


@pytest.mark.parametrize("part", ["purpose", "activity", "field", "row"])
def test_every_part_of_the_place_counts(part: str) -> None:
    envelope = seal(PAIR.public, NAME, context=PLACE)
    with pytest.raises(SealBroken):
        open_sealed(PAIR, envelope, context=replace(PLACE, **{part: "2"}))


def test_letters_cannot_move_between_the_parts_of_a_place() -> None:
    left, right = Context("r", activity="12", field="3"), Context("r", activity="1", field="23")
    assert left.encoded() != right.encoded()
    joined = [b"".join(part.encode() for part in ("r", place.activity, place.field)) for place in (left, right)]
    assert joined[0] == joined[1], "the control: without lengths the two places are the same"


@given(parts=st.lists(st.binary(max_size=9), max_size=5), others=st.lists(st.binary(max_size=9), max_size=5))
def test_framing_is_different_for_different_parts(parts: list[bytes], others: list[bytes]) -> None:
    assert (framed(*parts) == framed(*others)) == (parts == others)


def test_without_the_place_in_the_seal_a_moved_row_would_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the refusals above come from the bound place and from nothing else."""
    monkeypatch.setattr(Context, "encoded", lambda _self: b"")
    envelope = seal(PAIR.public, NAME, context=PLACE)
    assert open_sealed(PAIR, envelope, context=replace(PLACE, row="2")) == NAME


def test_every_flipped_bit_is_refused() -> None:
    envelope = seal(PAIR.public, NAME, context=PLACE)
    for bit in range(len(envelope) * 8):
        with pytest.raises((SealBroken, WrongKey, UnknownSuite)):
            open_sealed(PAIR, _flipped(envelope, bit), context=PLACE)


def test_every_cut_is_refused() -> None:
    envelope = seal(PAIR.public, NAME, context=PLACE)
    for length in range(len(envelope)):
        with pytest.raises(SealBroken):
            open_sealed(PAIR, envelope[:length], context=PLACE)
    with pytest.raises(SealBroken):
        open_sealed(PAIR, envelope + b"\x00", context=PLACE)


@given(noise=st.binary(max_size=250))
def test_noise_is_refused_with_a_sentence(noise: bytes) -> None:
    with pytest.raises(VaultError) as refusal:
        open_sealed(PAIR, noise, context=PLACE)
    assert str(refusal.value).endswith(".")


def test_another_key_is_named_as_the_reason() -> None:
    with pytest.raises(WrongKey, match="another key"):
        open_sealed(generate(), seal(PAIR.public, NAME, context=PLACE), context=PLACE)


def test_another_key_is_refused_even_when_the_envelope_names_it() -> None:
    thief = generate()
    envelope = bytearray(seal(PAIR.public, NAME, context=PLACE))
    envelope[7:15] = key_id(thief.public)
    with pytest.raises(SealBroken):
        open_sealed(thief, bytes(envelope), context=PLACE)


def test_unknown_suite_and_format_ask_for_an_update() -> None:
    envelope = seal(PAIR.public, NAME, context=PLACE)
    chacha = envelope[:6] + b"\x03" + envelope[7:]
    for newer in (chacha, b"\x02" + envelope[1:]):
        with pytest.raises(UnknownSuite, match="Update the program"):
            open_sealed(PAIR, newer, context=PLACE)
    assert suite_of(chacha) == bytes.fromhex("002000010003")


def test_envelope_tells_suite_and_recipient_without_a_key() -> None:
    envelope = seal(PAIR.public, NAME, context=PLACE)
    assert suite_of(envelope) == sealing.X25519_AES256
    assert recipient_of(envelope) == key_id(PAIR.public)
    with pytest.raises(SealBroken):
        recipient_of(b"")


@given(text=TEXTS, other=TEXTS)
def test_length_is_told_only_in_steps(text: bytes, other: bytes) -> None:
    sealed = [len(seal(PAIR.public, each, context=PLACE)) for each in (text, other)]
    assert (sealed[0] == sealed[1]) == (len(text) // STEP == len(other) // STEP)


def test_names_phones_and_addresses_have_one_length(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        b"",
        b"Ali",
        b"+9647701234567",
        NAME,
        "شەهین محەممەد ئەحمەد عەبدولڕەحمان حەمەساڵح".encode(),
        b"a.long.address@example.org",
    ]
    assert len({len(seal(PAIR.public, text, context=PLACE)) for text in texts}) == 1
    monkeypatch.setattr(sealing, "STEP", 1)
    lengths = {len(seal(PAIR.public, text, context=PLACE)) for text in texts}
    assert len(lengths) == len(texts), "the control: without padding each text has its own length"


@pytest.mark.parametrize(
    "padded", [b"", bytes(STEP), b"x" * STEP, b"x\x80", b"\x80" + bytes(STEP), b"\x80" + b"y" * (STEP - 1)]
)
def test_padding_that_is_none_is_refused(padded: bytes) -> None:
    with pytest.raises(SealBroken):
        sealing.unpad(padded)


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33), bytes(32), b"\x01" + bytes(31)])
def test_unusable_public_keys_are_refused(key: bytes) -> None:
    """Zero and one are points of small order: the secret would be the same for everybody."""
    with pytest.raises(BadKey):
        seal(key, NAME, context=PLACE)


def test_pair_belongs_together_and_hides_its_private_key() -> None:
    pair = generate()
    assert KeyPair.of_private(pair.private) == pair
    assert len(pair.public) == len(pair.private) == keys.KEY_BYTES
    assert repr(pair.private) not in repr(pair)
    assert pair.private.hex() not in repr(pair)
    with pytest.raises(BadKey):
        KeyPair.of_private(b"short")


def test_key_id_names_the_key_and_is_not_part_of_it() -> None:
    assert key_id(PAIR.public) == key_id(PAIR.public)
    assert len({key_id(generate().public) for _ in range(50)}) == 50
    assert key_id(PAIR.public) not in PAIR.public


def _flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
