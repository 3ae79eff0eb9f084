"""What deleted rows leave behind in a database's files, and wiping it."""

from django.db import connection
from django.db.models import Model


def wipe_leftovers(*models: type[Model]) -> None:
    """Wipe what deleted rows of these tables left behind. Not within a transaction.

    SQLite overwrites deleted rows itself (``secure_delete``); older pages are still in the write-ahead log, which is
    written back and cut to nothing here. PostgreSQL writes the tables anew without them, and everybody waits
    for the table meanwhile; its own log keeps old pages until it is recycled, which it decides itself.
    """
    if connection.vendor == "sqlite":
        empty_log()
        return
    with connection.cursor() as cursor:
        for model in models:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"VACUUM (FULL) {table}")


def empty_log() -> None:
    """Write SQLite's log back and cut it to nothing; PostgreSQL sees to its own. Not within a transaction.

    Server processes keep their connections, so the log does not go by itself as when the last one closes it.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
