"""The gate in a real browser: a phone, no script, Arabic first."""

from collections.abc import Iterator
from shutil import which
from typing import Any

import pytest
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, sync_playwright

from tadamun.organise.people.services import floods
from tadamun.toolkit import clock
from tests.browser.site.conftest import ARGUMENTS
from tests.organise.people_gate.conftest import Clock
from tests.organise.people_gate.world import Gate, make_gate


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without one these tests are skipped, and say so."""
    path = which("chromium") or which("chromium-browser") or which("google-chrome")
    if path is None:
        pytest.skip("No Chromium on this machine: the gate was NOT tried in a browser.")
    # The driver keeps an event loop in this thread, which the database layer takes for an asynchronous one.
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def time_passes(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Nobody fills in a form as quickly as a program does: here each reading of the clock is seconds later."""
    made = Clock()
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture
def gate(chromium: Browser, transactional_db: None, time_passes: Clock) -> Gate:
    """The training, with one place."""
    floods.networks.forget()
    floods.rushes.forget()
    return make_gate(capacity=1)


@pytest.fixture
def server(gate: Gate) -> Iterator[str]:
    """Where the gate is served, style sheets included: by the product itself, not by a helper of the test runner."""

    def as_it_is(application: Any) -> Any:
        return application

    thread = LiveServerThread("127.0.0.1", as_it_is)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
