"""Ten thousand scripted sign-ups never hold more than the set share of places, and the door stays polite (P-14)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tadamun.organise.people import rules
from tadamun.organise.people.services import floods
from tadamun.organise.people.vocabulary import Promotion, Standing
from tests.organise.people.house import NOW, comes, house, wrongs

CAPACITY, FLOOD = 100, 10_000
SHARE = int(CAPACITY * floods.RUSH_SHARE)


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    floods.networks.forget()
    floods.rushes.forget()
    yield
    floods.networks.forget()
    floods.rushes.forget()


def suspected(network: str | None, *, now: datetime = NOW, trapped: bool = False) -> bool:
    return floods.is_suspicious(activity=UUID(int=7), capacity=CAPACITY, network=network, trapped=trapped, now=now)


def standing(*, suspicious: bool, taken: int) -> Standing | None:
    """What the rules make of somebody who comes while so many places are taken."""
    places = rules.House(capacity=CAPACITY, taken=taken, held_for_groups=0, taken_by_groups=0)
    return rules.standing_of(
        rules.Newcomer(
            approval=False,
            waiting_list=True,
            promotion=Promotion.AUTOMATIC,
            suspicious=suspicious,
            somebody_waits=False,
            seat=rules.seat(places, party=1),
        )
    )


def places_of_a_flood(networks: int) -> tuple[int, Standing | None]:
    """How many places ten thousand bots get within ten minutes, and how a person in their midst stands."""
    taken, person = 0, None
    for number in range(FLOOD):
        at = NOW + timedelta(minutes=9) * (number / FLOOD)
        taken += standing(suspicious=suspected(f"net {number % networks}", now=at), taken=taken) == Standing.PLACED
        if number == FLOOD // 2:
            person = standing(suspicious=suspected("hers", now=at), taken=taken)
    return taken, person


@pytest.mark.pure
@pytest.mark.parametrize("networks", [1, 10, 1000])
def test_a_flood_never_holds_more_than_its_share(networks: int) -> None:
    held, person = places_of_a_flood(networks)
    assert 0 < held <= min(SHARE, networks * floods.FROM_ONE_NETWORK)
    assert person == Standing.QUARANTINED, "she is taken in, and an organiser looks"


@pytest.mark.pure
def test_without_the_limits_the_flood_takes_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "FROM_ONE_NETWORK", FLOOD)
    monkeypatch.setattr(floods, "rush_limit", lambda capacity: FLOOD)
    assert places_of_a_flood(10)[0] == CAPACITY


@pytest.mark.pure
def test_a_calm_day_suspects_nobody_and_a_filled_trap_always_does() -> None:
    assert not any(suspected(f"net {n}", now=NOW + timedelta(minutes=n)) for n in range(200))
    assert suspected("another", now=NOW + timedelta(days=1), trapped=True)


@pytest.mark.pure
def test_people_without_a_network_of_their_own_are_counted_by_activity_alone() -> None:
    assert sum(suspected(None) for _ in range(FLOOD)) == FLOOD - SHARE


@pytest.mark.django_db
def test_the_flooded_house_has_room_for_people_and_a_waiting_list_for_none_of_the_bots() -> None:
    run = house(CAPACITY)
    for number in range(120):
        comes(run, suspicious=suspected(f"net {number}"))
    assert (run.admission.taken, len(run.rows(Standing.QUARANTINED))) == (SHARE, 120 - SHARE)
    assert comes(run, suspicious=suspected("hers", now=NOW + timedelta(minutes=11))).told == Standing.PLACED
    assert list(wrongs(run)) == []
