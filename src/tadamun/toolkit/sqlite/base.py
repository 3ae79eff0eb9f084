"""SQLite as this product needs it: a current library, durable commits, one fair writer.

- The library comes from a wheel (``pysqlite3``): the system's may have the WAL-reset race, which can
  corrupt a database that two connections use (fixed in 3.51.3).
- ``synchronous=FULL``: an acknowledged commit survives a power cut. ``secure_delete``: what is deleted
  is overwritten.
- ``BEGIN IMMEDIATE`` and one lock for all threads of the process: writers take turns in the order in
  which they came, instead of sleeping and retrying against each other.
"""

import sys
from functools import lru_cache
from typing import Any

try:
    import pysqlite3

    # Two SQLite libraries on one file would each drop the other's locks, so the whole process uses one.
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:  # no wheel for this platform: `tadamun doctor` warns
    pass

import sqlite3

from django.db.backends.sqlite3 import base as django_sqlite

from tadamun.toolkit.sqlite.turns import Turns

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA busy_timeout=10000",
    "PRAGMA journal_size_limit=67108864",
)
FIRST_SAFE_VERSION = (3, 51, 3)
_ONE_WRITER = Turns()


def library_version() -> tuple[int, ...]:
    """The version of the SQLite library that this process uses."""
    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))


class Cursor(django_sqlite.SQLiteCursorWrapper):
    """Django's cursor, which remembers how it wrote the placeholders of the statements that come again and again."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """The statement with the library's own placeholders."""
        if param_names is None:
            return _with_marks(query)
        named: str = super().convert_query(query, param_names=param_names)  # type: ignore[misc]  # left out by the stubs
        return named


@lru_cache(maxsize=256)
def _with_marks(query: str) -> str:
    return str(django_sqlite.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """Django's SQLite backend with durable settings and a fair write lock."""

    def get_connection_params(self) -> dict[str, Any]:
        """Ask for immediate transactions: a writer knows at once that it may write."""
        self.settings_dict["OPTIONS"].setdefault("transaction_mode", "IMMEDIATE")
        params: dict[str, Any] = super().get_connection_params()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection and apply our settings to it."""
        connection = super().get_new_connection(conn_params)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor of ours."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        _ONE_WRITER.acquire()
        self._holds_write_lock = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # stubs leave out this hook of Django
        except BaseException:
            self._release_write_lock()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]  # stubs leave out this hook of Django
        finally:
            self._release_write_lock()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # stubs leave out this hook of Django
        finally:
            self._release_write_lock()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]  # stubs leave out this hook of Django
        finally:
            self._release_write_lock()

    def _release_write_lock(self) -> None:
        if getattr(self, "_holds_write_lock", False):
            self._holds_write_lock = False
            _ONE_WRITER.release()
