"""Sending what was recorded: in any order, any number of times, by whoever carries it; nothing foreign gets in."""

import gzip
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tadamun.organise.field.models import Contact, Device, Entry, Tampered
from tadamun.organise.field.rules import wire
from tadamun.organise.field.services import kits, taking_in
from tadamun.toolkit import clock
from tests.organise.field.phones import HAWRE, Phone, enrolled
from tests.organise.people.house import House, comes, house

pytestmark = pytest.mark.django_db


def stored() -> set[tuple[str, int, int, str]]:
    return {(str(one.device.uid), one.number, one.clock, one.kind) for one in Entry.objects.select_related("device")}


def written(*phones: Phone) -> set[tuple[str, int, int, str]]:
    return {(entry[0], entry[1], entry[2], entry[3]) for phone in phones for entry in phone.log}


def tallies(phone: Phone, count: int) -> Phone:
    for _ in range(count):
        phone.writes("tally", {"counter": "women", "by": 1})
    return phone


def test_an_entry_is_stored_as_it_was_written(run: House) -> None:
    phone = enrolled(run.activity)
    phone.writes("note", {"words": 'الماء نفد " \\ \n 😀', "deep": [{"a": None, "b": True}]})
    assert phone.sends()["taken"] == [[phone.device, 1]]
    entry = Entry.objects.get()
    assert (entry.body, entry.activity, entry.clock) == (phone.log[0][5], run.activity, phone.log[0][2])


def test_the_same_piece_three_times_and_out_of_order_counts_once(run: House) -> None:
    phone = tallies(enrolled(run.activity), 30)
    pieces = [phone.log[20:], phone.log[:10], phone.log[10:20], phone.log[5:25]]
    for piece in (*pieces, *reversed(pieces), phone.log):
        assert {tuple(one) for one in phone.sends(list(reversed(piece)))["taken"]} == {(e[0], e[1]) for e in piece}
    assert stored() == written(phone)
    assert Entry.objects.count() == 30


def test_one_phone_carries_what_another_recorded(run: House) -> None:
    carries, lost = enrolled(run.activity), tallies(enrolled(run.activity, label="door 2"), 3)
    assert len(carries.sends(lost.log)["taken"]) == 3
    assert stored() == written(lost)
    assert lost.row.met_at is None, "it was not heard of itself"


@pytest.mark.parametrize(
    ("part", "other"), [(1, 2), (2, 5), (3, "walk_in"), (5, {"counter": "men", "by": 1}), (6, "A" * 43)]
)
def test_an_altered_entry_is_refused_and_shown(run: House, part: int, other: Any) -> None:
    phone = tallies(enrolled(run.activity), 1)
    altered = [*phone.log[0]]
    altered[part] = other
    for _ in range(3):
        assert phone.sends([altered])["refused"] == [[phone.device, altered[1], "mac"]]
    assert not Entry.objects.exists()
    assert Tampered.objects.get().why == "mac"


def test_a_second_entry_with_the_same_number_is_kept_aside(run: House) -> None:
    phone = tallies(enrolled(run.activity), 1)
    phone.sends()
    phone.number = 0
    other = phone.writes("tally", {"counter": "women", "by": 500})
    assert phone.sends([other])["refused"] == [[phone.device, 1, "other"]]
    assert Entry.objects.get().body["by"] == 1
    assert '"by":500' in Tampered.objects.get().wire
    assert phone.sends([phone.log[0]])["taken"] == [[phone.device, 1]], "the first one stands"


def test_a_kit_writes_about_its_own_activities_only(run: House) -> None:
    other, phone = house(), enrolled(run.activity)
    phone.activity = str(other.activity.uid)
    phone.writes("tally", {"counter": "women", "by": 1})
    assert phone.sends()["refused"] == [[phone.device, 1, "activity"]]
    assert not Entry.objects.exists()


def test_an_entry_of_no_kit_of_ours_is_refused(run: House) -> None:
    phone = enrolled(run.activity)
    stranger = Phone(str(uuid4()), bytes(32), {}, phone.activity)
    stranger.writes("tally", {"counter": "women", "by": 1})
    assert phone.sends(stranger.log)["refused"] == [[stranger.device, 1, "device"]]


@pytest.mark.parametrize(
    "malformed",
    [
        *(None, [], {}, "entry", [1] * 7, [["x"] * 7]),
        ["{device}", 0, 5, "tally", "{activity}", {}, "A" * 43],
        ["\ud800", 1],
        ["{device}", 10**400],
        ["{device}", True, 5, "tally", "{activity}", {}, "A" * 43],
        ["{device}", 1, -5, "tally", "{activity}", {}, "A" * 43],
        ["{device}", 1, 5, "Tally!", "{activity}", {}, "A" * 43],
        ["{device}", 1, 5, "tally", "{activity}", {"words": "\x00"}, "A" * 43],
        ["{device}", 1, 5, "tally", "{activity}", {"words": "\ud800"}, "A" * 43],
        ["{device}", 1, 5, "tally", "{activity}", {"ن": 1}, "A" * 43],
        ["{device}", 1, 5, "tally", "{activity}", {}, "short"],
        ["{device}", 1, 5, "tally", "{activity}", {"a": [[[[[[[[[[]]]]]]]]]]}, "A" * 43],
    ],
)
def test_one_malformed_entry_holds_no_other_back(run: House, malformed: Any) -> None:
    phone = tallies(enrolled(run.activity), 1)
    if isinstance(malformed, list) and len(malformed) == 7:
        malformed = [
            phone.device if one == "{device}" else phone.activity if one == "{activity}" else one for one in malformed
        ]
    answer = phone.sends([malformed, *phone.log])
    assert (len(answer["taken"]), [one[2] for one in answer["refused"]]) == (1, ["shape"])


@pytest.mark.parametrize(
    "body", [b"", b"5", b'{"entries": 5}', b'{"entries": [], "have": -1}', b'{"entries": [1.5]}', b"[" * 60_000]
)
def test_nonsense_gets_a_reason_and_changes_nothing(run: House, body: bytes) -> None:
    phone = enrolled(run.activity)
    request = phone.request()
    moment = clock.milliseconds()
    mac = wire.encode(wire.mac_of(phone.key, wire.sync_message(moment, body)))
    request |= {"data": body, "headers": {"Authorization": f"Kit {phone.device}:{moment}:{mac}"}}
    answer = Client().post(**request)
    assert (answer.status_code, json.loads(answer.content)["reason"]) == (400, "shape")
    assert not Contact.objects.exists()


def test_a_piece_is_not_larger_than_64_kb(run: House) -> None:
    phone = enrolled(run.activity)
    answer = Client().post(**phone.request([], filler="x" * 64 * 1024))
    assert (answer.status_code, json.loads(answer.content)) == (413, {"reason": "size", "largest": 65_536})


@pytest.mark.parametrize("wrong", ["body", "clock", "key", "device", "none"])
def test_a_request_that_its_kit_did_not_sign_changes_nothing(run: House, wrong: str) -> None:
    phone = tallies(enrolled(run.activity), 1)
    request = phone.request()
    said = request["headers"]["Authorization"]
    if wrong == "body":
        request["data"] += b" "
    elif wrong == "key":
        request = Phone(phone.device, bytes(32), {}, phone.activity, log=phone.log).request()
    else:
        forged = {
            "clock": said.replace(said.split(":")[1], "5"),
            "device": said.replace(phone.device, str(uuid4())),
            "none": "",
        }
        request["headers"] = {"Authorization": forged[wrong]}
    answer = Client().post(**request)
    assert (answer.status_code, json.loads(answer.content)) == (401, {"reason": "kit", "erase": False})
    assert not Entry.objects.exists()
    assert not Contact.objects.exists()


def test_a_request_that_is_played_again_moves_no_clock(run: House) -> None:
    phone = tallies(enrolled(run.activity, skew=-172_800_000), 1)
    request = phone.request()
    Client().post(**request)
    first = Contact.objects.get()
    Contact.objects.update(at=first.at - 3_600_000)
    Client().post(**request)
    assert Contact.objects.get().at == first.at - 3_600_000


def test_a_kit_that_was_taken_back_erases_itself_and_loses_nothing(run: House) -> None:
    phone = tallies(enrolled(run.activity), 2)
    phone.sends(phone.log[:1])
    kits.revoke_kit(actor=HAWRE, device=phone.row, now=clock.now())
    contacts = Contact.objects.count()
    answer = phone.sends(status=401)
    assert (answer["erase"], answer["kit"], len(answer["taken"])) == (True, None, 2)
    assert stored() == written(phone)
    assert Contact.objects.count() == contacts, "a stolen phone must not move the times"


def test_a_kit_after_its_end_sends_what_it_has_and_gets_nothing_new(run: House) -> None:
    phone = tallies(enrolled(run.activity), 2)
    kits.end_kit(actor=HAWRE, device=phone.row, now=clock.now())
    answer = phone.sends()
    assert (answer["ended"], answer["erase"], answer["kit"], len(answer["taken"])) == (True, False, None, 2)


def test_shutting_down_takes_back_the_kits_of_those_organisations_alone(run: House) -> None:
    here = enrolled(run.activity)
    assert kits.revoke_all(actor=HAWRE, now=clock.now(), organisations=["somebody-else"]) == 0
    assert here.sends()["erase"] is False
    assert kits.revoke_all(actor=HAWRE, now=clock.now()) == 1
    assert here.sends(status=401)["erase"] is True


def test_a_kit_is_sent_again_when_it_has_changed_and_not_for_each_change(run: House) -> None:
    phone = enrolled(run.activity)
    revision = phone.kit["revision"]
    assert phone.sends(have=revision)["kit"] is None
    comes(run)
    assert phone.sends(have=revision)["kit"] is None, "it was renewed a moment ago"
    Device.objects.update(sent_at=clock.now() - taking_in.RENEWED_AT_MOST_EVERY - timedelta(seconds=1))
    kit = phone.sends(have=revision)["kit"]
    assert (kit["revision"], len(kit["activities"][0]["tickets"])) == (revision + 1, 1)
    assert phone.sends(have=revision)["kit"]["revision"] == revision + 1, "the answer was lost"
    assert phone.sends(have=revision + 1)["kit"] is None


def test_what_is_sealed_stands_apart_and_the_entry_stays_the_same(run: House) -> None:
    phone = enrolled(run.activity)
    phone.writes("incident", {"sealed": wire.encode(b"envelope"), "level": "low"})
    for _ in range(2):
        assert phone.sends()["taken"] == [[phone.device, 1]]
    entry = Entry.objects.get()
    assert (bytes(entry.sealed), entry.body) == (b"envelope", {"level": "low"})


def test_an_answer_is_packed_for_who_can_unpack_it(run: House) -> None:
    for _ in range(40):
        comes(run)
    phone = enrolled(run.activity)
    request = phone.request(have=0)
    request["headers"]["Accept-Encoding"] = "gzip"
    answer = Client().post(**request)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(answer.content))["kit"]["activities"][0]["tickets"]) == 40


def test_a_piece_costs_the_same_number_of_queries_however_much_it_brings(run: House) -> None:
    phones = [tallies(enrolled(run.activity, label=f"door {n}"), 10) for n in range(5)]
    counted = []
    for entries in (phones[0].log[:1], [entry for phone in phones for entry in phone.log]):
        piece = taking_in.Piece(clock.milliseconds() + len(entries), 0, 0, tuple(entries))
        with CaptureQueriesContext(connection) as seen:
            taking_in.take_in(device=phones[0].row, piece=piece, at=clock.milliseconds())
        counted.append(len(seen))
    assert counted[0] == counted[1]
