"""Five phones send at once to a server that is killed with -9 again and again: all that was answered is there, once.

Four kills; ``KILLS=50`` in the environment asks for more. Each phone sends its log in small pieces, shuffled, and each
piece until it is answered; some pieces three times, some of another phone's.
"""

import http.client
import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.test import override_settings

from tadamun.organise.field.models import Entry, Tampered
from tadamun.organise.field.queries.account import account_of
from tests.faults.flood import Server
from tests.organise.field.phones import Phone, enrolled
from tests.organise.people.house import House, house

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KILLS = int(os.environ.get("KILLS", "4"))
PHONES, ENTRIES, PIECE = 5, 60, 4
PATIENCE = 60


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home that the server and the test share."""
    with override_settings(HOME=tmp_path):
        yield tmp_path


@dataclass
class Sender:
    """A phone that sends its pieces until each was answered, and remembers what it was told."""

    phone: Phone
    pieces: list[list[Any]]
    server: Server
    enough: Event
    told: set[tuple[str, int]] = field(default_factory=set)
    cut: int = 0
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Send all pieces, over and over until it is enough."""
        for piece in self.pieces:
            until = time.monotonic() + PATIENCE
            while not self._sent(piece):
                if time.monotonic() > until:
                    self.wrong.append("no answer")
                    return
                time.sleep(0.02)
            # Long enough that the server is killed while there is still something to send.
            self.enough.wait(0.02)

    def _sent(self, piece: list[Any]) -> bool:
        request = self.phone.request(piece)
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=5)
        try:
            link.request(
                "POST", request["path"], request["data"], {"Content-Type": "application/json", **request["headers"]}
            )
            answer = link.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException):
            self.cut += 1
            return False
        finally:
            link.close()
        if answer.status != 200:
            self.cut += answer.status >= 500
            if answer.status < 500:
                self.wrong.append(f"{answer.status} {said[:200]!r}")
            return answer.status < 500
        told = json.loads(said)
        self.told |= {(device, number) for device, number in told["taken"]}
        self.wrong += [str(one) for one in told["refused"]]
        return True


@contextmanager
def sending(senders: list[Sender]) -> Iterator[None]:
    """All phones at once."""
    threads = [Thread(target=sender.run) for sender in senders]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()


def day(run: House, home: Path, *, kills: int, weakened: str = "") -> list[Sender]:
    """A day's entries of five phones, sent while the server is killed."""
    chance, server, enough = random.Random(20300324), Server(home, weakened), Event()
    phones = [enrolled(run.activity, label=f"door {number}") for number in range(PHONES)]
    for phone in phones:
        for _ in range(ENTRIES):
            phone.writes("tally", {"counter": "women", "by": 1})
    senders = []
    for number, phone in enumerate(phones):
        pieces = [phone.log[start : start + PIECE] for start in range(0, ENTRIES, PIECE)]
        pieces += [*chance.choices(pieces, k=6), phones[number - 1].log[:PIECE]]
        chance.shuffle(pieces)
        senders.append(Sender(phone, pieces, server, enough))
    try:
        server.start()
        with sending(senders):
            for number in range(kills):
                time.sleep(chance.uniform(0.1, 0.35))
                if number % 2:
                    server.kill_all()
                    server.start()
                else:
                    server.kill_worker()
            enough.set()
    finally:
        server.kill_all()
    return senders


def stored() -> set[tuple[str, int]]:
    return {(str(uid), number) for uid, number in Entry.objects.values_list("device__uid", "number")}


def test_what_was_answered_is_there_and_everything_counts_once(home: Path) -> None:
    run = house()
    senders = day(run, home, kills=KILLS)
    cut = sum(sender.cut for sender in senders)
    print(f"{KILLS} kills, {PHONES * ENTRIES} entries, {cut} requests without an answer")
    assert [wrong for sender in senders for wrong in sender.wrong] == []
    assert cut >= 1, "it was never killed over a phone's request"
    told = set().union(*(sender.told for sender in senders))
    assert told - stored() == set()
    assert stored() == {(entry[0], entry[1]) for sender in senders for entry in sender.phone.log}
    assert account_of(run.activity).state.tallies == {"women": PHONES * ENTRIES}
    assert not Tampered.objects.exists()


def test_answering_before_storing_loses_entries(home: Path) -> None:
    """The negative control: if this loses nothing, the test above could not have seen a loss."""
    senders = day(house(), home, kills=KILLS, weakened="early_sync")
    assert set().union(*(sender.told for sender in senders)) - stored() != set()
