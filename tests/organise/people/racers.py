"""Processes that sign up at the same time. Run as a program, it forks racers and says what became of them.

Told on standard input (JSON): ``database`` (its name), ``admission``, ``mode`` and, for ``race``, how many
``processes`` sign up how many times (``each``). What is acknowledged is written as lines of JSON.

Modes: ``race`` (all start at once, some cancel again), ``unguarded`` (the same without transaction, lock and unique
number), ``flood`` (for each line on standard input, one more process signs up until it is killed) and ``early`` (a
flood that acknowledges before it commits).
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

MODULE = "tests.organise.people.racers"


def say(**what: Any) -> None:
    """One line, in one write, so that lines of several processes do not mix."""
    os.write(1, (json.dumps(what) + "\n").encode())


@contextmanager
def started(job: dict[str, Any]) -> Iterator["subprocess.Popen[str]"]:
    """The program, given its job. Its database is this process's."""
    path = os.pathsep.join([os.getcwd(), *filter(None, sys.path)])
    environment = {**os.environ, "PYTHONPATH": path, "MEMORY_KEY_OF_TADAMUN": "07" * 32}
    command = [sys.executable, "-m", MODULE]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin is not None
        told = {"database": str(connection.settings_dict["NAME"]), **job}
        print(json.dumps(told), file=process.stdin, flush=True)
        try:
            yield process
        finally:
            process.stdin.close()
            process.wait()


def set_up(database: str) -> None:
    """Django, on the given database instead of a new one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"]["NAME"] = database
    django.setup()


def race(job: dict[str, Any], number: int) -> None:
    """Sign up again and again; now and then cancel what one has."""
    from tests.organise.people.house import House, comes, leaves  # Django must be set up before

    chance = random.Random(job["seed"] * 100 + number)
    run = House(activity=None, pk=job["admission"], pair=None)
    while time.time() < job["start"]:
        time.sleep(0.001)
    mine = []
    for _ in range(job["each"]):
        answer = comes(run, guests=chance.choice([0, 0, 1]))
        mine.append(answer)
        say(told=answer.told, uid=str(answer.registration))
        if job["mode"] == "race" and chance.random() < 0.25:
            leaves(mine.pop(chance.randrange(len(mine))))


def flood(job: dict[str, Any], number: int) -> None:
    """Sign up until killed; say each nonce before, and its ticket once that is committed."""
    from tests.organise.people.house import House, comes, leaves  # Django must be set up before

    chance = random.Random()
    run = House(activity=None, pk=job["admission"], pair=None)
    while True:
        nonce = chance.randbytes(16)
        say(sends=nonce.hex())
        with transaction.atomic() if job["mode"] == "early" else _nothing():
            answer = comes(run, nonce=nonce, guests=chance.choice([0, 0, 1]))
            say(has=nonce.hex(), ticket=answer.ticket, told=answer.told)
            if job["mode"] == "early":
                time.sleep(0.02)
        if job["mode"] == "flood" and chance.random() < 0.2:
            leaves(answer)
            say(left=nonce.hex())


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def without_guard() -> None:
    """Take out what keeps sign-ups apart: transaction, lock, and the number that only one can have."""
    from tadamun.organise.people.services import registrations  # Django must be set up before

    QuerySet.select_for_update = lambda self, **options: self  # type: ignore[method-assign]  # that is the guard
    registrations.register = registrations.register.__wrapped__  # type: ignore[attr-defined]  # the function inside
    new = registrations._new

    def slow_and_anywhere(*args: Any) -> Any:
        registration = new(*args)
        registration.number = random.randrange(10**6, 10**9)
        time.sleep(0.01)
        return registration

    registrations._new = slow_and_anywhere


def fork(job: dict[str, Any], number: int) -> int:
    """Begin one process; returns its id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            (flood if job["mode"] in {"flood", "early"} else race)(job, number)
            status = 0
        except BaseException as error:  # noqa: BLE001  whatever it was, the test must hear of it
            say(error=repr(error))
        finally:
            os._exit(status)
    return child


def main() -> None:
    """Do the job on the first line."""
    job = json.loads(sys.stdin.readline())
    set_up(job["database"])
    if job["mode"] in {"race", "unguarded"}:
        if job["mode"] == "unguarded":
            without_guard()
        job["start"] = time.time() + 0.3
        for child in [fork(job, number) for number in range(job["processes"])]:
            os.waitpid(child, 0)
        return
    for number, _line in enumerate(sys.stdin):
        child = fork(job, number)
        say(child=child)
        os.waitpid(child, 0)
        say(dead=child)


if __name__ == "__main__":
    main()
