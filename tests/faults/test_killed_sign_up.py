"""Killed with -9 in the midst of a flood of sign-ups, again and again: every confirmed ticket is there, once.

Twenty kills; ``KILLS=100`` in the environment asks for more.
"""

import json
import math
import os
import random
import signal
import time
from threading import Timer
from typing import Any

import pytest

from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import entries
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.safety.vault import tickets
from tests.organise.people.house import MINT, NOW, House, comes, house, wrongs
from tests.organise.people.racers import started

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KILLS = int(os.environ.get("KILLS", "20"))
CAPACITY = 60


def flooded(run: House, mode: str, kills: int) -> list[dict[str, Any]]:
    """Let one process after the other sign up until it is killed; returns all that they said."""
    chance = random.Random(20300301)
    said: list[dict[str, Any]] = []
    with started({"admission": run.pk, "mode": mode}) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        lines = map(json.loads, process.stdout)
        for _ in range(kills):
            print("next", file=process.stdin, flush=True)
            child, kill_at = 0, math.inf
            for line in lines:
                said.append(line)
                child = line.get("child", child)
                if "sends" in line and kill_at == math.inf:
                    kill_at = time.monotonic() + chance.uniform(0, 0.12)
                if child and time.monotonic() >= kill_at:
                    kill_at = math.inf
                    Timer(chance.uniform(0, 0.02), os.kill, (child, signal.SIGKILL)).start()
                    child = 0
                if "dead" in line:
                    break
    return said


def lost(run: House, said: list[dict[str, Any]]) -> list[str]:
    """The confirmed tickets that are not there, or that stand otherwise than was said."""
    left = {line["left"] for line in said if "left" in line}
    last_sent = {line["sends"] for line in said if "sends" in line}
    missing = []
    for line in said:
        if "has" not in line:
            continue
        assert line["has"] in last_sent
        secret = tickets.verify(MINT.signing.public, line["ticket"], activity=run.activity.uid, today=NOW.date()).secret
        rows = Registration.objects.filter(ticket_hash=tickets.ticket_hash(secret))
        if [bytes(row.form_mark) for row in rows] != [
            entries.form_mark(bytes.fromhex(line["has"]), activity=run.activity.uid)
        ] or (line["has"] in left and rows[0].standing != Standing.CANCELLED):
            missing.append(line["has"])
    return missing


def test_every_confirmed_ticket_is_there_once_and_the_house_is_never_overfull() -> None:
    run = house(CAPACITY)
    said = flooded(run, "flood", KILLS)
    assert [line["error"] for line in said if "error" in line] == []
    assert sum("dead" in line for line in said) == KILLS
    confirmed = [line["has"] for line in said if "has" in line]
    assert len(confirmed) >= KILLS, "they were killed before they did anything"
    assert lost(run, said) == []
    assert list(wrongs(run)) == []
    sent = {line["sends"] for line in said if "sends" in line}
    assert len(confirmed) <= len(run.rows()) <= len(sent)
    check_lost_answers(run, sorted(sent - set(confirmed)))


def check_lost_answers(run: House, unanswered: list[str]) -> None:
    """Who got no answer sends her form again: the one ticket, and no second place, whether or not it was stored."""
    before = {bytes(row.form_mark) for row in run.rows()}
    for nonce in unanswered:
        mark = entries.form_mark(bytes.fromhex(nonce), activity=run.activity.uid)
        answer = comes(run, nonce=bytes.fromhex(nonce))
        assert answer.again == (mark in before)
        assert comes(run, nonce=bytes.fromhex(nonce)).ticket == answer.ticket
    assert len(run.rows()) == len(before) + sum(
        entries.form_mark(bytes.fromhex(nonce), activity=run.activity.uid) not in before for nonce in unanswered
    )
    assert list(wrongs(run)) == []


def test_confirming_before_the_commit_loses_tickets() -> None:
    """The negative control: if this loses nothing, the test above could not have seen a loss."""
    run = house(CAPACITY)
    said = flooded(run, "early", 8)
    assert lost(run, said) != []
