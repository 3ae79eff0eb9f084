"""A locked phone asks whether it is to be erased, by what tells its finder nothing; the order says what it costs."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tadamun.organise.field.models import Contact, Device
from tadamun.organise.field.rules import wire
from tadamun.organise.field.rules.standing import hash_of, token_of
from tadamun.organise.field.services import kits
from tadamun.organise.field.services.standing import ASKS_A_MINUTE
from tadamun.toolkit import clock
from tests.organise.field.phones import HAWRE, Phone, enrolled
from tests.organise.field.test_syncing import tallies
from tests.organise.people.house import House

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_asking_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def asks(token: Any, *, status: int = 200) -> dict[str, Any]:
    answer = Client().post("/field/standing", json.dumps({"token": token}), content_type="application/json")
    assert answer.status_code == status, answer.content
    told: dict[str, Any] = json.loads(answer.content)
    return told


def token(phone: Phone) -> str:
    return wire.encode(token_of(phone.key))


def takes_back(phone: Phone, *, unopened: bool) -> None:
    kits.revoke_kit(actor=HAWRE, device=phone.row, now=clock.now(), unopened=unopened)


def test_a_locked_phone_is_erased_only_by_the_order_to_erase_it_unopened(run: House) -> None:
    phone, other = enrolled(run.activity), enrolled(run.activity, label="door 2")
    assert asks(token(phone)) == {"erase": False}
    takes_back(phone, unopened=False)
    assert asks(token(phone)) == {"erase": False}, "it has to send first"
    takes_back(phone, unopened=True)
    assert asks(token(phone)) == {"erase": True}
    assert asks(token(other)) == {"erase": False}


def test_an_opened_phone_that_was_ordered_erased_still_hands_over(run: House) -> None:
    phone = tallies(enrolled(run.activity), 2)
    takes_back(phone, unopened=True)
    answer = phone.sends(status=401)
    assert (answer["erase"], len(answer["taken"])) == (True, 2)


def test_a_token_of_no_kit_is_answered_as_one_of_a_kit_that_stays(run: House) -> None:
    assert asks(token(enrolled(run.activity))) == asks(wire.encode(bytes(16)))


def test_the_token_opens_nothing_else_and_the_server_keeps_its_hash(run: House) -> None:
    phone = enrolled(run.activity)
    row = Device.objects.get(uid=phone.device)
    assert bytes(row.standing or b"") == hash_of(token_of(phone.key))
    thief = Phone(phone.device, token_of(phone.key), {}, phone.activity)
    assert thief.sends([], status=401)["reason"] == "kit"


def test_asking_writes_nothing_and_costs_one_query(run: House) -> None:
    phone = enrolled(run.activity)
    said = token(phone)
    with CaptureQueriesContext(connection) as seen:
        asks(said)
    assert len(seen) == 1
    assert not Contact.objects.exists()


@pytest.mark.parametrize("wrong", [None, 5, "", "short", "A" * 43, ["x"]])
def test_what_is_no_token_is_told_apart_by_its_form_alone(wrong: Any) -> None:
    assert asks(wrong, status=400) == {"reason": "shape"}


def test_one_token_is_answered_six_times_a_minute(run: House) -> None:
    phone, other = enrolled(run.activity), enrolled(run.activity, label="door 2")
    for _ in range(ASKS_A_MINUTE):
        asks(token(phone))
    assert asks(token(phone), status=429) == {"reason": "later"}
    assert asks(token(other)) == {"erase": False}
