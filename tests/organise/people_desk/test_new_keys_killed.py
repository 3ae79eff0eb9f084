"""The process that seals entries anew is killed again and again: no entry is lost, and the work comes to its end."""

import json
import os
import random
import subprocess
import sys

import pytest
from django.db import connection

from tadamun.organise.people.models import Registration
from tadamun.organise.safety.services import openings, renewing
from tadamun.organise.safety.vault.keys import key_id
from tadamun.organise.safety.vault.sealing import recipient_of
from tests.organise.people_desk.houses import House, make_house
from tests.organise.people_desk.test_new_keys import let_go, names, rana_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MODULE = "tests.organise.people_desk.renewer"
PEOPLE, MOST_KILLS = 60, 40


def renewer(house: House) -> "subprocess.Popen[str]":
    """The process, at work."""
    path = os.pathsep.join([os.getcwd(), *filter(None, sys.path)])
    process = subprocess.Popen(
        [sys.executable, "-m", MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert process.stdin
    job = {
        "database": str(connection.settings_dict["NAME"]),
        "member": house.layla.subject,
        "cookie": house.cookie,
        "organisation": house.world.ours.subject,
    }
    print(json.dumps(job), file=process.stdin, flush=True)
    return process


def killed_after(house: House, lines: int) -> bool:
    """Kill the process after so many batches; whether it had finished before."""
    with renewer(house) as process:
        assert process.stdout
        for number, line in enumerate(process.stdout, start=1):
            if "waiting" in json.loads(line):
                return True
            if number >= lines:
                process.kill()
                break
    return False


def sealed_to_the_new_key(house: House) -> int:
    new = key_id(openings.public_key_of(house.admission.key_subject))
    rows = Registration.objects.values_list("sealed", flat=True)
    return sum(recipient_of(bytes(sealed)) == new for sealed in rows)


def test_no_entry_is_lost_however_often_the_process_is_killed() -> None:
    chance, house = random.Random(20260321), make_house()
    written = [f"Person {number}" for number in range(PEOPLE)]
    for name in written:
        house.sign_up(name)
    leaver = rana_of(house)
    let_go(house, leaver)
    assert sealed_to_the_new_key(house) == 0
    progress = []
    for _kill in range(MOST_KILLS):
        done = killed_after(house, chance.randint(1, 4))
        progress.append(sealed_to_the_new_key(house))
        assert names(house) == written, "whatever was done, who stays reads every entry"
        if done:
            break
    assert len(progress) > 3, "it was killed in the middle of the work, not after it"
    assert 0 < progress[0] < PEOPLE
    assert progress == sorted(progress), "what was done stays done"
    assert progress[-1] == PEOPLE
    assert renewing.keys_waiting([house.world.ours.subject]) == 0
    assert not leaver.reads_anything(house)
