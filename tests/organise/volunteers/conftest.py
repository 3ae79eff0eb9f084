"""Ground of the helpers' tests: an activity that Layla coordinates, her vault open; time stands still."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tadamun.organise.people.services import floods
from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS
from tadamun.organise.volunteers.models import Crew
from tadamun.organise.volunteers.services.crews import open_crew
from tadamun.toolkit import clock
from tests.organise.people_desk.houses import House, make_house
from tests.organise.volunteers.crews import ACTOR, NOW


class Clock:
    """The time of a test: every reading is some seconds later, as for people who fill in forms."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        self.at += timedelta(seconds=20)
        return self.at


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "COST", LIMITS.least)


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    yield
    floods.networks.forget()
    floods.rushes.forget()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that pages read; ``time.at`` moves it."""
    made = Clock()
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture
def house(db: None) -> House:
    """An activity of our coalition on 3 March 2099."""
    return make_house()


@pytest.fixture
def crew(house: House) -> Crew:
    """People can sign up to help with it."""
    return open_crew(actor=ACTOR, activity=house.activity, now=NOW)
