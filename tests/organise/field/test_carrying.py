"""What goes from phone to phone is closed to all but the server, which takes it in once, whoever brings it (P-78)."""

import base64
import json
from typing import Any

import pytest

from tadamun.organise.field.models import Contact, Entry, Tampered
from tadamun.organise.field.rules import packs, wire
from tadamun.organise.field.rules.packs import NotAPack
from tadamun.organise.field.services.carry_key import carry_pair
from tadamun.organise.safety.vault.keys import generate
from tests.organise.field.phones import Phone, enrolled
from tests.organise.field.test_syncing import stored, tallies, written
from tests.organise.people.house import House

pytestmark = pytest.mark.django_db


def packed(phone: Phone, entries: list[Any] | None = None) -> str:
    """What a phone hands over, closed with the key of its kit."""
    return packs.closed(wire.decode(phone.kit["carry_key"]), phone.log if entries is None else entries)


def file_of(*found: Any) -> bytes:
    return json.dumps({"format": packs.FILE_FORMAT, "packs": list(found)}).encode()


def readable(content: bytes) -> bytes:
    """All that a finder gets out of a file without a key: its text, and what its base64 says."""
    came = json.loads(content)
    return content + b"".join(base64.urlsafe_b64decode(one + "=" * (-len(one) % 4)) for one in came["packs"])


def test_any_kit_brings_a_pack_unread_and_it_counts_once(run: House) -> None:
    carries, lost = enrolled(run.activity), tallies(enrolled(run.activity, label="door 2"), 3)
    pack = packed(lost)
    assert carries.sends([], packs=[pack])["packs"] == [{"why": "", "new": 3, "known": 0, "refused": 0}]
    assert carries.sends([], packs=[pack, pack])["packs"] == [{"why": "", "new": 0, "known": 3, "refused": 0}] * 2
    assert stored() == written(lost)
    assert lost.row.met_at is None, "it was not heard of itself"
    assert len(lost.sends()["taken"]) == 3
    assert Entry.objects.count() == 3


def test_a_file_says_nothing_to_its_finder(run: House) -> None:
    phone = tallies(enrolled(run.activity), 2)
    phone.writes("in", {"ticket": "0123456789abcdef"})
    said = [phone.device, phone.activity, "tally", "women", "0123456789abcdef", phone.log[0][6]]
    assert [one for one in said if one.encode() in readable(file_of(packed(phone)))] == []
    plain = wire.encode(json.dumps(phone.log).encode())
    assert [one for one in said if one.encode() not in readable(file_of(plain))] == [], "the control"


def test_a_pack_tells_how_much_is_in_it_in_steps_only(run: House) -> None:
    phone = tallies(enrolled(run.activity), 6)
    assert len({len(packed(phone, phone.log[:count])) for count in range(7)}) == 1
    assert [packs.step_above(size) for size in (0, 1024, 1025, 1537, 2049, 3073)] == [
        1024,
        1024,
        1536,
        2048,
        3072,
        4096,
    ]


def test_what_in_a_pack_does_not_prove_itself_is_refused_alone(run: House) -> None:
    carries, phone = enrolled(run.activity), tallies(enrolled(run.activity), 2)
    altered = [*phone.log[0][:5], {"counter": "women", "by": 500}, phone.log[0][6]]
    pack = packed(phone, [altered, "nonsense", phone.log[1]])
    assert carries.sends([], packs=[pack])["packs"] == [{"why": "", "new": 1, "known": 0, "refused": 2}]
    assert Entry.objects.get().number == 2
    assert Tampered.objects.get().brought_by == carries.row


@pytest.mark.parametrize("wrong", ["bit", "key", "place", "cut", "list", "nothing", "bomb"])
def test_a_pack_that_is_not_for_us_is_named_and_holds_nothing_back(run: House, wrong: str) -> None:
    carries, phone = enrolled(run.activity), tallies(enrolled(run.activity), 1)
    good = wire.decode(packed(phone))
    spoilt: dict[str, Any] = {
        "bit": wire.encode(good[:-1] + bytes([good[-1] ^ 1])),
        "key": packs.closed(generate().public, phone.log),
        "place": wire.encode(good[:7] + bytes(8) + good[15:]),
        "cut": wire.encode(good[:40]),
        "list": packs.closed(carry_pair().public, {"entries": phone.log}),  # type: ignore[arg-type]  # wrong on purpose
        "nothing": None,
        "bomb": packs.closed(carry_pair().public, ["x" * (packs.LARGEST_OPENED + 1)]),
    }
    told = carries.sends([], packs=[spoilt[wrong], packed(phone)])["packs"]
    assert [(one["why"], one["new"]) for one in told] == [("sealed", 0), ("", 1)]


def test_too_many_packs_are_no_piece(run: House) -> None:
    assert enrolled(run.activity).sends([], packs=["x"] * 5, status=400)["reason"] == "shape"


def test_a_kit_that_was_taken_back_still_hands_over_what_it_carries(run: House) -> None:
    carries, phone = enrolled(run.activity), tallies(enrolled(run.activity), 1)
    carries.row.__class__.objects.filter(uid=carries.device).update(erase=True, revoked_at="2030-01-01T00:00Z")
    contacts = Contact.objects.count()
    assert carries.sends([], packs=[packed(phone)], status=401)["packs"][0]["new"] == 1
    assert Contact.objects.count() == contacts


def test_a_pack_of_more_entries_than_packs_have_is_refused() -> None:
    with pytest.raises(NotAPack):
        packs.opened(carry_pair(), packs.closed(carry_pair().public, [1] * (packs.MOST_ENTRIES + 1)))
