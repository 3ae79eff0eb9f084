"""Processes that take places of one shift at the same time. Run as a program, it forks racers and says what became.

Told on standard input (JSON): ``database`` (its name), ``crew``, ``shift``, ``mode`` and how many ``processes`` sign up
how many times (``each``). Modes: ``race`` (some give their place up again), ``unguarded`` (no transaction, no lock).
"""

import json
import os
import random
import subprocess
import sys
import time
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from tests.organise.people.racers import say, set_up

MODULE = "tests.organise.volunteers.racers"


def raced(**job: Any) -> list[dict[str, Any]]:
    """Let the processes race in this process's database; what they said."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.getcwd(), *filter(None, sys.path)])}
    answer = subprocess.run(
        [sys.executable, "-m", MODULE],
        input=json.dumps({"database": str(connection.settings_dict["NAME"]), **job}),
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return [json.loads(line) for line in answer.stdout.splitlines()]


def race(job: dict[str, Any], number: int) -> None:
    """Sign up again and again; now and then give the place up."""
    from tadamun.organise.people.services.entries import Entry  # Django must be set up before
    from tadamun.organise.volunteers.models import Crew
    from tadamun.organise.volunteers.services import joining
    from tadamun.toolkit.rulings import Refused
    from tests.organise.volunteers.crews import NOW, duty_of

    chance = random.Random(job["seed"] * 100 + number)
    crew = Crew(pk=job["crew"])
    while time.time() < job["start"]:
        time.sleep(0.001)
    for _ in range(job["each"]):
        form = joining.SignUp(entry=Entry(), nonce=chance.randbytes(16), language="en", shifts=[job["shift"]])
        try:
            text = joining.sign_up(crew=crew, form=form, seed=b"s" * 32, now=NOW)
        except Refused:
            say(full=True)
            continue
        say(has=text)
        if job["mode"] == "race" and chance.random() < 0.25:
            joining.give_up(secret=joining.secret_of(text), duty=duty_of(text).uid, now=NOW)
            say(left=text)


def without_guard() -> None:
    """Take out what keeps sign-ups apart: the transaction and the crew's lock."""
    from tadamun.organise.volunteers.services import joining  # Django must be set up before

    QuerySet.select_for_update = lambda self, **options: self  # type: ignore[method-assign]  # that is the guard
    joining.sign_up = joining.sign_up.__wrapped__  # type: ignore[attr-defined]  # the function inside
    room, new = joining._require_room, joining._new

    def slowly(shifts: Any) -> None:
        room(shifts)
        time.sleep(0.05)

    def anywhere(*args: Any) -> Any:
        helper = new(*args)
        helper.number = random.randrange(10**6, 10**9)
        return helper

    joining._require_room, joining._new = slowly, anywhere


def fork(job: dict[str, Any], number: int) -> int:
    """Begin one process; returns its id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            race(job, number)
            status = 0
        except BaseException as error:  # noqa: BLE001  whatever it was, the test must hear of it
            say(error=repr(error))
        finally:
            os._exit(status)
    return child


def main() -> None:
    """Do the job on standard input."""
    job = json.loads(sys.stdin.read())
    set_up(job["database"])
    if job["mode"] == "unguarded":
        without_guard()
    job["start"] = time.time() + 0.3
    for child in [fork(job, number) for number in range(job["processes"])]:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
