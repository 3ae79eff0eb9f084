"""One at a time, across all processes: a named lock that ends with the transaction."""

import hashlib

from django.db import connection


def hold(name: str) -> None:
    """Wait for the lock ``name`` and keep it until the transaction ends.

    PostgreSQL has locks for this. SQLite needs none: there a transaction that may write is alone anyway.

    :raises RuntimeError: outside a transaction, where the lock would end at once.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A lock is held within a transaction.")
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
