"""One at a time, across all processes: a named lock that ends with the transaction."""

import hashlib

from django.db import connection

_ALONE = "SELECT pg_advisory_xact_lock(%s)"
_SHARED = "SELECT pg_advisory_xact_lock_shared(%s)"


def hold(name: str, *, shared: bool = False) -> None:
    """Wait for the lock ``name`` and keep it until the transaction ends. Those who share it wait for no other sharer.

    PostgreSQL has locks for this. SQLite needs none: there a transaction that may write is alone anyway.

    :raises RuntimeError: outside a transaction, where the lock would end at once.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A lock is held within a transaction.")
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute(_SHARED if shared else _ALONE, [number])
