"""Ground of all tests: the database asked for, no network but this machine."""

import os
import socket
import sys
from collections.abc import Iterator
from shutil import which
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS
from tadamun.toolkit.sqlite.base import library_version

# On a shared machine a slow example says nothing; in CI the same examples are tried every time.
settings.register_profile(
    "tadamun", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tadamun")

# How long a page may take on a busy machine before a test gives up; a test that holds never waits as long.
expect.set_options(timeout=20_000)

_connect = socket.socket.connect


def _only_this_machine(self: socket.socket, address: Any) -> None:
    if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise PermissionError(f"Tests talk to this machine only, not to {address[0]}.")
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    socket.socket.connect = _only_this_machine  # type: ignore[method-assign]  # that is the guard
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]  # and its end


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page asked for in Arabic leaves its thread speaking Arabic; the next test starts in its own language."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members' keys are wrapped at the least cost that is allowed; what the usual one costs, the vault's tests see."""
    monkeypatch.setattr(members, "COST", LIMITS.least)


CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
]


def chromium() -> str | None:
    """Where this machine has its Chromium, if it has one."""
    return which("chromium") or which("chromium-browser") or which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, one for the whole run; without one these tests are skipped, and say so."""
    path = chromium()
    if path is None:
        pytest.skip("No Chromium on this machine: nothing was tried in a browser.")
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # The driver keeps an event loop in this thread, which the database layer takes for an asynchronous one;
        # the database is used between its steps, never within one.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield started
        started.close()


DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "django_db_setup", "django_db_blocker"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what a run may ask for."""
    parser.addoption("--every-journey", action="store_true", help="plan the week in each language on each database")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches no database as pure: one run of it is enough for both databases."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") is None and not fixtures & DATABASE_FIXTURES:
            item.add_marker("pure")


def pytest_report_header() -> str:
    """Say which database this run is about."""
    from tests.settings import DATABASES

    engine = DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    library = ".".join(map(str, library_version()))
    return f"database: {engine}; SQLite library {library}; Python {sys.version.split()[0]}"
