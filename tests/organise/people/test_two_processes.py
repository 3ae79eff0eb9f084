"""Limits hold with two server processes (P-16): each has its share, because counters never leave its memory."""

import json
import os
import subprocess
import sys
from collections import Counter

import pytest

from tests.organise.people.two_processes import MODULE

pytestmark = [pytest.mark.pure, pytest.mark.slow]
TRIES = 100
# What one process alone lets through, whoever asks: the limits that people were promised.
LIMITS = {"sign-ups of a network": 15, "sign-ups at once": 20, "passphrases": 10, "resets": 4, "accounts": 60}


def let_through(processes: int, *, told: int) -> Counter[str]:
    """What ``processes`` servers let through together, each of which was told that there are ``told``."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tadamun.config.settings",
        "PYTHONPATH": os.pathsep.join([os.getcwd(), *filter(None, sys.path)]),
    }
    together: Counter[str] = Counter()
    for _process in range(processes):
        answer = subprocess.run(
            [sys.executable, "-m", MODULE, str(told), str(TRIES)],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        together.update(json.loads(answer.stdout))
    return together


def test_one_process_keeps_the_limits() -> None:
    assert let_through(1, told=1) == LIMITS


def test_two_processes_together_keep_them_too() -> None:
    together = let_through(2, told=2)
    assert all(limit - 1 <= together[what] <= limit for what, limit in LIMITS.items()), together


def test_two_that_know_nothing_of_each_other_would_let_twice_as_much_through() -> None:
    assert let_through(2, told=1) == {what: 2 * limit for what, limit in LIMITS.items()}
