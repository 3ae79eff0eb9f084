"""A server with a guard taken out (``FAULTS_WEAKENED``): what the negative controls run.

``early`` answers before it stores, ``forgetful`` does not know a form again, ``early_sync`` answers phones before it
stores what they sent.
"""

import os
import secrets
import time
from pathlib import Path
from threading import Thread
from typing import Any

from django.apps import AppConfig
from django.db import connection, transaction

_LATE_SECONDS = 0.05
# Phones wait between their pieces, and a busy machine answers them slowly: a kill must find something that waits.
_LATE_FOR_PHONES = 0.4


class Weakened(AppConfig):
    """Takes the guard out as soon as the server's parts are there."""

    name = "weakened"
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        """Take it out."""
        {"early": _answer_early, "forgetful": _forget_forms, "early_sync": _answer_phones_early}[
            os.environ["FAULTS_WEAKENED"]
        ]()


def _answer_early() -> None:
    from tadamun.organise.people.services import letters  # the apps must be ready

    stored = letters.sign_up

    def early(**options: Any) -> Any:
        with transaction.atomic():
            answer = stored(**options)
            transaction.set_rollback(True)

        def store() -> None:
            time.sleep(_LATE_SECONDS)
            stored(**options)
            connection.close()

        Thread(target=store).start()
        return answer

    letters.sign_up = early


def _forget_forms() -> None:
    from tadamun.organise.people.services import entries  # the apps must be ready

    entries.form_mark = lambda nonce, *, activity: secrets.token_bytes(32)
    entries.ticket_secret_for = lambda nonce, *, seed, activity: secrets.token_bytes(16)


def _answer_phones_early() -> None:
    from tadamun.organise.field.services import taking_in  # the apps must be ready

    stored = taking_in.take_in

    def early(**options: Any) -> Any:
        with transaction.atomic():
            answer = stored(**options)
            transaction.set_rollback(True)

        def store() -> None:
            time.sleep(_LATE_FOR_PHONES)
            stored(**options)
            connection.close()

        Thread(target=store).start()
        return answer

    taking_in.take_in = early
