"""One way to write an entry as bytes: the same on the phone, and whatever is changed in it breaks its seal."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tadamun.organise.field.rules import wire
from tadamun.organise.field.rules.wire import NotAnEntry

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
KEY = wire.decode(VECTORS["key"])
TEXTS = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
BODIES = some.dictionaries(
    some.text(some.characters(max_codepoint=127, exclude_characters="\x00"), max_size=9),
    some.recursive(
        some.none() | some.booleans() | some.integers(-(2**53), 2**53) | TEXTS,
        lambda inner: some.lists(inner, max_size=3),
        max_leaves=5,
    ),
)


@pytest.mark.parametrize("vector", VECTORS["entries"], ids=lambda vector: vector["entry"][3])
def test_the_vectors_hold_for_this_side(vector: dict[str, Any]) -> None:
    entry = wire.read_entry(vector["entry"])
    assert entry.canonical.decode() == vector["canonical"]
    mac = hmac.new(bytes(range(32)), vector["canonical"].encode(), hashlib.sha256).digest()
    assert vector["entry"][6] == base64.urlsafe_b64encode(mac).decode().rstrip("=")
    assert wire.fits(KEY, entry.mac, entry.canonical)


def test_the_vector_of_a_request_holds() -> None:
    asked = VECTORS["request"]
    message = wire.sync_message(asked["clock"], asked["body"].encode())
    assert message.decode() == asked["message"]
    assert wire.encode(wire.mac_of(KEY, message)) == asked["mac"]


@given(body=BODIES)
def test_an_entry_survives_the_way_whatever_order_its_keys_came_in(body: dict[str, Any]) -> None:
    one = VECTORS["entries"][0]["entry"]
    entry = wire.signed(KEY, [one[0], 1, 5, "note", one[4], body])
    turned = {key: body[key] for key in reversed(list(body))}
    came = wire.read_entry(wire.read_json(json.dumps([*entry[:5], turned, entry[6]]).encode()))
    assert wire.fits(KEY, came.mac, came.canonical)
    assert came.body == body


@given(bit=some.integers(0, 255))
def test_a_flipped_bit_of_the_seal_breaks_it(bit: int) -> None:
    entry = wire.read_entry(VECTORS["entries"][0]["entry"])
    altered = bytearray(entry.mac)
    altered[bit // 8] ^= 1 << bit % 8
    assert not wire.fits(KEY, bytes(altered), entry.canonical)


@pytest.mark.parametrize("text", ["AA=", "AA==", "A", "A*", "AB", "é", 5, None])
def test_binary_parts_are_written_in_one_way_only(text: Any) -> None:
    with pytest.raises(NotAnEntry):
        wire.decode(text)
