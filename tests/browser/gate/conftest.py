"""The gate in a real browser: a phone, no script, Arabic first."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tadamun.organise.people.services import floods
from tadamun.toolkit import clock
from tests.browser.serving import served
from tests.organise.people_gate.conftest import Clock
from tests.organise.people_gate.world import Gate, make_gate


@pytest.fixture
def time_passes(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Nobody fills in a form as quickly as a program does: here each reading of the clock is seconds later."""
    made = Clock()
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture
def gate(browser: Browser, transactional_db: None, time_passes: Clock) -> Gate:
    """The training, with one place."""
    floods.networks.forget()
    floods.rushes.forget()
    return make_gate(capacity=1)


@pytest.fixture
def server(gate: Gate) -> Iterator[str]:
    """Where the gate is served, style sheets included: by the product itself, not by a helper of the test runner."""
    with served() as address:
        yield address
