"""SQLite keeps what it acknowledged, forgets what was deleted, and lets every writer have its turn."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.utils import ConnectionHandler

from tadamun.toolkit.sqlite import base

pytestmark = pytest.mark.pure  # it brings its own database

ALIAS = "aside"
WRITERS = 8
EACH = 50


@dataclass(frozen=True)
class Database:
    """A database file of its own, reached by the product's backend."""

    path: Path

    def run(self, sql: str, *values: str) -> list[tuple[object, ...]]:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def pragma(self, name: str) -> object:
        return self.run(f"PRAGMA {name}")[0][0]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: object) -> Iterator[Database]:
    path = tmp_path / "aside.sqlite3"
    entry = ConnectionHandler({"default": {}, ALIAS: {"ENGINE": "tadamun.toolkit.sqlite", "NAME": path}}).settings[
        ALIAS
    ]
    monkeypatch.setitem(connections.settings, ALIAS, entry)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django gives it no type
        database = Database(path)
        database.run("CREATE TABLE line (number INTEGER PRIMARY KEY, words TEXT UNIQUE)")
        yield database
        connections[ALIAS].close()
        del connections[ALIAS]


def in_threads(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run ``work`` in so many threads at once; returns what went wrong."""
    failures: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as error:  # noqa: BLE001  handed to the test, which judges it
            failures.append(error)
        finally:
            connections[ALIAS].close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_library_is_one_without_the_wal_reset_race() -> None:
    assert base.library_version() >= base.FIRST_SAFE_VERSION == (3, 51, 3)


def test_whole_process_uses_one_library(database: Database) -> None:
    used_by_django = database.run("SELECT sqlite_version()")[0][0]
    assert used_by_django == sqlite3.connect(":memory:").execute("SELECT sqlite_version()").fetchone()[0]
    assert tuple(int(part) for part in str(used_by_django).split(".")) == base.library_version()


# What SQLite answers for each of the settings that this product needs.
IN_FORCE = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "secure_delete": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "busy_timeout": 10_000,
    "journal_size_limit": 67_108_864,
}


def test_settings_are_in_force(database: Database) -> None:
    assert {name: database.pragma(name) for name in IN_FORCE} == IN_FORCE


def test_settings_are_in_force_in_every_thread_and_after_reconnecting(database: Database) -> None:
    seen: list[dict[str, object]] = []
    assert in_threads(3, lambda _: seen.append({name: database.pragma(name) for name in IN_FORCE})) == []
    connections[ALIAS].close()
    seen.append({name: database.pragma(name) for name in IN_FORCE})
    assert seen == [IN_FORCE] * 4


def test_plain_connection_lacks_them_so_the_test_sees_something(database: Database) -> None:
    plain = sqlite3.connect(database.path)
    assert plain.execute("PRAGMA foreign_keys").fetchone()[0] == 0
    assert plain.execute("PRAGMA busy_timeout").fetchone()[0] != IN_FORCE["busy_timeout"]
    plain.close()


def test_foreign_keys_hold(database: Database) -> None:
    database.run("CREATE TABLE child (line INTEGER NOT NULL REFERENCES line (number))")
    with pytest.raises(IntegrityError):
        database.run("INSERT INTO child VALUES (99)")


def test_transaction_asks_for_the_lock_when_it_begins(database: Database) -> None:
    other = sqlite3.connect(database.path, timeout=0)
    with transaction.atomic(using=ALIAS), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def write_lines(database: Database) -> Callable[[int], None]:
    def write(writer: int) -> None:
        for number in range(EACH):
            with transaction.atomic(using=ALIAS):
                database.run("INSERT INTO line (words) VALUES (%s)", f"{writer}/{number}")

    return write


def most_overtaken(database: Database) -> int:
    """How many transactions of others were done, at most, while one that had asked before was waiting."""
    done: list[int] = []

    def write(writer: int) -> None:
        database.run("SELECT 1")
        for number in range(EACH):
            before = len(done)
            with transaction.atomic(using=ALIAS):
                database.run("INSERT INTO line (words) VALUES (%s)", f"{writer}/{number}")
                overtakers.append(len(done) - before)
                done.append(writer)

    overtakers: list[int] = []
    assert in_threads(WRITERS, write) == []
    return max(overtakers)


def test_no_writer_starves(database: Database) -> None:
    assert most_overtaken(database) < 3 * WRITERS


class NoLock:
    """The backend without its guard."""

    def acquire(self) -> None:
        """Let everyone in."""

    def release(self) -> None:
        """Nothing to give back."""


def test_without_the_lock_some_writer_starves(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_ONE_WRITER", NoLock())
    assert most_overtaken(database) > 5 * WRITERS


def test_single_statements_and_transactions_get_along(database: Database) -> None:
    def write(writer: int) -> None:
        for number in range(EACH):
            if writer % 2:
                database.run("INSERT INTO line (words) VALUES (%s)", f"{writer}/{number}")
            else:
                with transaction.atomic(using=ALIAS):
                    database.run("INSERT INTO line (words) VALUES (%s)", f"{writer}/{number}")

    assert in_threads(WRITERS, write) == []
    assert database.run("SELECT count(*) FROM line") == [(WRITERS * EACH,)]


def test_failed_transaction_leaves_nothing_and_gives_the_lock_back(database: Database) -> None:
    def fail(_: int) -> None:
        with transaction.atomic(using=ALIAS):
            database.run("INSERT INTO line (words) VALUES ('kept out')")
            database.run("INSERT INTO line (words) VALUES ('kept out')")

    assert [type(failure) for failure in in_threads(4, fail)] == [IntegrityError] * 4
    assert database.run("SELECT count(*) FROM line") == [(0,)]
    assert in_threads(2, write_lines(database)) == []


def test_broken_connection_gives_the_lock_back(database: Database) -> None:
    def break_off(_: int) -> None:
        with transaction.atomic(using=ALIAS):
            connections[ALIAS].close()
            raise ConnectionAbortedError

    assert [type(failure) for failure in in_threads(1, break_off)] == [ConnectionAbortedError]
    assert in_threads(2, write_lines(database)) == []


def remains(database: Database, marker: str) -> bool:
    """Whether a deleted marker is still in the file."""
    database.run("INSERT INTO line (words) VALUES (%s)", marker)
    database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    assert marker.encode() in database.path.read_bytes()
    database.run("DELETE FROM line WHERE words = %s", marker)
    database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    return marker.encode() in database.path.read_bytes() + Path(f"{database.path}-wal").read_bytes()


def test_deleted_words_are_overwritten(database: Database) -> None:
    assert not remains(database, "a name that was deleted")


def test_without_secure_delete_they_would_remain(database: Database) -> None:
    database.run("PRAGMA secure_delete=OFF")
    assert remains(database, "a name that was deleted")
