"""The HTTP server killed with -9 during a flood of sign-ups: every confirmed ticket is there, once, and nobody is
placed too many.

Six kills; ``KILLS=100`` in the environment asks for more. In turn die the worker that answers, the whole group at
once, and the leader whose orphans go on for a moment.
"""

import os
import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.programme.models import Sitting, Week
from tadamun.organise.safety.vault import tickets
from tests.faults.flood import Crowd, Server
from tests.organise.people.house import House, comes, house, wrongs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KILLS = int(os.environ.get("KILLS", "6"))
FAR = date(2099, 3, 21)
OPEN_PLACES, ONE_PARTY = 10, 8000


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home that the server and the test share, for the key of the tickets."""
    with override_settings(HOME=tmp_path):
        yield tmp_path


def large_house() -> House:
    """Ten places beside one party of thousands: so large that many sign-ups are no flood to be looked at first."""
    run = house(ONE_PARTY + OPEN_PLACES, guests_max=ONE_PARTY)
    comes(run, guests=ONE_PARTY - 1)
    Admission.objects.filter(pk=run.pk).update(guests_max=3)
    Sitting.objects.update(start=FAR, end=FAR)
    Week.objects.update(start=FAR, end=FAR)
    return run


def flooded(run: House, home: Path, *, kills: int, weakened: str = "", leaving: float = 0.2) -> Crowd:
    """Let people come while the server is killed ``kills`` times; all who began are answered in the end."""
    chance = random.Random(20300301)
    server = Server(home, weakened)
    crowd = Crowd(server, run, most=4, leaving=leaving)
    try:
        server.start()
        with crowd.coming():
            for number in range(kills):
                _let_some_in(crowd, chance)
                if number % 3 == 0:
                    server.kill_worker()
                    continue
                if number % 3 == 1:
                    server.kill_all()
                else:
                    server.kill_leader(orphans_for=chance.uniform(0, 0.05))
                server.start()
            _let_some_in(crowd, chance)
    finally:
        server.kill_all()
    return crowd


def _let_some_in(crowd: Crowd, chance: random.Random) -> None:
    before, until = crowd.answered, time.monotonic() + 20
    while crowd.answered == before and time.monotonic() < until:
        assert crowd.wrong == []
        time.sleep(0.005)
    time.sleep(chance.uniform(0.05, 0.25))


def found_wrong(run: House, crowd: Crowd) -> dict[str, list[Any]]:
    """What does not agree with what people were told: tickets that are lost, forms that count twice."""
    lost: list[str] = []
    twice: list[str] = []
    hashes: set[bytes] = set()
    for person in crowd.people:
        mine = {_hash(run, ticket) for ticket in person.tickets}
        hashes |= mine
        rows = list(Registration.objects.filter(ticket_hash__in=mine))
        if not rows or (person.left and rows[0].standing != Standing.CANCELLED):
            lost.append(person.contact)
        if len(mine) > 1:
            twice.append(person.contact)
    nobodys = Registration.objects.filter(admission=run.pk, number__gt=1).exclude(ticket_hash__in=hashes).count()
    return {"lost": lost, "twice": twice + ["nobody's"] * nobodys, "counts": list(wrongs(run))}


def _hash(run: House, ticket: str) -> bytes:
    today = date(2026, 1, 1)
    true = tickets.verify(ticket_mint().signing.public, ticket, activity=run.activity.uid, today=today)
    return tickets.ticket_hash(true.secret)


def test_every_confirmed_ticket_is_there_once_and_the_house_is_never_overfull(home: Path) -> None:
    run = large_house()
    crowd = flooded(run, home, kills=KILLS)
    unanswered = [person for person in crowd.people if person.unanswered]
    left = sum(person.left for person in crowd.people)
    print(f"{KILLS} kills, {len(crowd.people)} people, {len(unanswered)} without a first answer, {left} left again")
    assert crowd.wrong == []
    assert all(person.tickets for person in crowd.people)
    assert len(unanswered) >= KILLS / 2, "it was hardly ever killed over somebody's form"
    assert found_wrong(run, crowd) == {"lost": [], "twice": [], "counts": []}
    assert Admission.objects.get(pk=run.pk).taken == ONE_PARTY + OPEN_PLACES, "the house did not even fill up"


def test_answering_before_storing_loses_tickets(home: Path) -> None:
    """The negative control: if this loses nothing, the test above could not have seen a loss."""
    run = large_house()
    crowd = flooded(run, home, kills=3, weakened="early", leaving=0)
    assert found_wrong(run, crowd)["lost"] != []


def test_not_knowing_a_form_again_counts_people_twice(home: Path) -> None:
    """The negative control: if nobody is counted twice here, the test above could not have seen it."""
    run = large_house()
    crowd = flooded(run, home, kills=1, weakened="forgetful", leaving=0)
    assert found_wrong(run, crowd)["twice"] != []
