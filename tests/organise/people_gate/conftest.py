"""Time stands still at the gate, and moves when a test says so."""

from datetime import datetime, timedelta

import pytest

from tadamun.organise.people.services import floods
from tadamun.toolkit import clock
from tests.organise.people_gate.world import NOW, Gate, make_gate


class Clock:
    """The time of a test: every reading is some seconds later, as for people who fill in forms."""

    def __init__(self) -> None:
        self.at = NOW
        self.step = timedelta(seconds=20)

    def now(self) -> datetime:
        self.at += self.step
        return self.at


@pytest.fixture(autouse=True)
def time_passes(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that the gate reads."""
    made = Clock()
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture(autouse=True)
def _calm() -> None:
    floods.networks.forget()
    floods.rushes.forget()


@pytest.fixture
def gate(db: None) -> Gate:
    """The training, with two places."""
    return make_gate()
