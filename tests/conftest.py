"""Ground of all tests: the database asked for, a home of their own, no network but this machine."""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOME = Path(tempfile.mkdtemp(prefix="tadamun-tests-"))
os.environ["TADAMUN_HOME"] = str(HOME)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
for name in list(os.environ):
    if name.startswith("TADAMUN_") and name != "TADAMUN_HOME":
        del os.environ[name]

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


def pytest_report_header() -> str:
    """Say which database this run is about."""
    from tests.settings import DATABASES

    import sqlite3

    engine = DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    return f"database: {engine}; SQLite library {sqlite3.sqlite_version}; Python {sys.version.split()[0]}"
