"""A named lock makes transactions of all processes take turns."""

import threading
import time

import pytest
from django.db import connection, transaction

from tadamun.toolkit.locks import hold


@pytest.mark.django_db(transaction=True)
def test_lock_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="within a transaction"):
        hold("week file")


@pytest.mark.django_db(transaction=True)
def test_second_holder_waits_for_the_end_of_the_first_transaction() -> None:
    told: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait(5)
        try:
            with transaction.atomic():
                hold("week file")
                told.append("second")
        finally:
            connection.close()

    waiting = threading.Thread(target=second)
    waiting.start()
    with transaction.atomic():
        hold("week file")
        inside.set()
        time.sleep(0.2)
        told.append("first")
    waiting.join(5)
    assert told == ["first", "second"]
