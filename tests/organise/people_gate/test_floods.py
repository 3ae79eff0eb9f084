"""Floods are taken in politely and hold no more than a share; who comes in between is still served (P-14)."""

from datetime import timedelta

import pytest
from django.test import Client

from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import floods
from tests.organise.people_gate.conftest import Clock
from tests.organise.people_gate.world import Gate, filled, post, registration_of, sign_up, slip_of


@pytest.fixture
def roomy(gate: Gate) -> Gate:
    Admission.objects.update(capacity=60)
    return gate


def bots(client: Client, gate: Gate, count: int, *, networks: int) -> list[str]:
    """Sign up ``count`` times from so many networks; returns how each stands."""
    found = []
    for number in range(count):
        address = f"198.{number % networks}.7.{number % 250 + 1}"
        slip = slip_of(client.get(gate.address()))
        answer = post(client, gate.address(), filled(contact="") | {"slip": slip}, REMOTE_ADDR=address)
        assert answer.status_code == 303, "the door stays polite"
        found.append(registration_of(answer["Location"]).standing)
    return found


def test_one_network_holds_no_more_than_its_share(roomy: Gate, client: Client, time_passes: Clock) -> None:
    time_passes.step = timedelta(seconds=60)  # slow enough that it is no rush
    assert bots(client, roomy, 20, networks=1).count("placed") == floods.FROM_ONE_NETWORK
    answer = sign_up(client, roomy, contact="")
    assert "You have a place" in client.get(answer["Location"]).content.decode()


def test_many_networks_together_hold_no_more_than_half(roomy: Gate, client: Client, time_passes: Clock) -> None:
    time_passes.step = timedelta(seconds=2)
    assert bots(client, roomy, 40, networks=200).count("placed") == 30 == floods.rush_limit(60)
    assert roomy.fresh().taken == 30
    time_passes.at += floods.RUSH_WINDOW
    answer = sign_up(client, roomy, contact="")
    assert "You have a place" in client.get(answer["Location"]).content.decode()


def test_without_the_guard_a_flood_would_take_the_whole_house(
    gate: Gate, client: Client, time_passes: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    Admission.objects.update(capacity=20)
    monkeypatch.setattr(floods, "is_suspicious", lambda **_facts: False)
    assert bots(client, gate, 20, networks=1).count("placed") == 20


def test_the_field_that_people_do_not_see_gives_a_program_away(gate: Gate, client: Client) -> None:
    answer = sign_up(client, gate, website="http://spam.example")
    assert answer.status_code == 303
    assert "Your sign-up is being looked at" in client.get(answer["Location"]).content.decode()
    assert gate.fresh().taken == 0


def test_counters_hold_no_address_and_a_bounded_number_of_keys(roomy: Gate, client: Client) -> None:
    bots(client, roomy, 3, networks=3)
    assert "198." not in repr(vars(floods.networks))
    window = floods.Window(timedelta(hours=1))
    for number in range(10_050):
        window.count(number, now=roomy.activity.changed_at, most=5)
    assert len(window._seen) == 10_000
    assert Registration.objects.count() == 3
