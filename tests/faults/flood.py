"""People who sign up at a real server that dies again and again, and what they were told."""

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.urls import reverse

from tadamun.toolkit import clock
from tadamun.toolkit.gate import slips
from tests.organise.people.house import House

PATIENCE = 30.0
SERVED = Path(__file__).parent / "served"
_LINK_LOST = (OSError, http.client.HTTPException)


class Unexpected(Exception):
    """The server answered something that it never should."""


@dataclass
class Person:
    """Somebody with one form: the tickets that she was answered with, and how often an answer did not come."""

    slip: str
    contact: str
    guests: int
    tickets: list[str] = field(default_factory=list)
    unanswered: int = 0
    left: bool = False

    @property
    def form(self) -> bytes:
        """Her form, as a browser sends it."""
        fields = {"slip": self.slip, "agreed": "on", "name": "زينب", "contact": self.contact, "guests": self.guests}
        return urlencode(fields).encode()


@dataclass
class Server:
    """``tadamun run`` on a port and a home of its own; ``weakened`` names the guard that is taken out."""

    home: Path
    weakened: str = ""
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Begin anew after everything was killed, and wait for its first answer."""
        self.port = self.port or _free_port()
        connection.close()  # the test's own view of the database begins anew, too
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TADAMUN_")},
            "TADAMUN_HOME": str(self.home),
            "TADAMUN_SECRET_KEY": settings.SECRET_KEY,
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "served_settings",
            "FAULTS_DATABASE": str(connection.settings_dict["NAME"]),
            "FAULTS_WEAKENED": self.weakened,
            "PYTHONPATH": os.pathsep.join([str(SERVED), *filter(None, sys.path)]),
        }
        with (self.home / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tadamun.config.commandline", "run"],
                env=environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                link.request("GET", "/healthz")
                if link.getresponse().status == 200:
                    return
            except _LINK_LOST:
                time.sleep(0.02)
            finally:
                link.close()
        raise AssertionError(f"The server does not answer; it said: {(self.home / 'said').read_text()[-2000:]}")

    def workers(self) -> list[int]:
        """The processes of its group but the first."""
        return [pid for pid in _group(self.leader) if pid != self.leader]

    @property
    def leader(self) -> int:
        """The process that started the others."""
        assert self.process is not None
        return self.process.pid

    def kill_worker(self) -> None:
        """Kill who answers; the leader must bring another."""
        before = set(self.workers())
        for pid in before:
            _kill(pid)
        until = time.monotonic() + PATIENCE
        while not set(self.workers()) - before and time.monotonic() < until:
            time.sleep(0.01)
        self.wait()

    def kill_all(self) -> None:
        """Kill the whole group in one moment."""
        with suppress(ProcessLookupError):  # it may not have come up at all
            os.killpg(self.leader, signal.SIGKILL)
        self._gone()

    def kill_leader(self, *, orphans_for: float) -> None:
        """Kill the first process; its orphans go on for a moment before they are killed too."""
        _kill(self.leader)
        time.sleep(orphans_for)
        for pid in _group(self.leader):
            _kill(pid)
        self._gone()

    def _gone(self) -> None:
        assert self.process is not None
        self.process.wait(timeout=PATIENCE)
        while _group(self.leader):
            time.sleep(0.005)


@dataclass
class Crowd:
    """Several people at a time, each sending her form until she is answered; a share of them leaves again."""

    server: Server
    house: House
    most: int
    leaving: float = 0.2
    people: list[Person] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    enough: Event = field(default_factory=Event)
    in_vain: Event = field(default_factory=Event)

    @contextmanager
    def coming(self) -> Iterator[None]:
        """They come as long as this lasts; whoever has begun is answered before it ends, unless it ends in an error."""
        threads = [Thread(target=self._come, args=(random.Random(number),)) for number in range(self.most)]
        for thread in threads:
            thread.start()
        try:
            yield
        except BaseException:
            self.in_vain.set()
            raise
        finally:
            self.enough.set()
            for thread in threads:
                thread.join(timeout=PATIENCE)

    @property
    def answered(self) -> int:
        """How many have a ticket by now."""
        return sum(bool(person.tickets) for person in list(self.people))

    def _come(self, chance: random.Random) -> None:
        while not self.enough.is_set() and not self.wrong:
            slip = slips.new_slip(about=f"sign-up {self.house.activity.uid}", now=clock.now() - timedelta(minutes=1))
            person = Person(slip, f"{chance.randbytes(8).hex()}@example.org", chance.choice([0, 0, 1]))
            self.people.append(person)
            try:
                self._signs_up(person)
                if chance.random() < 0.1:
                    self._signs_up(person)  # a double click
                if chance.random() < self.leaving:
                    self._leaves(person)
            except Unexpected as error:
                self.wrong.append(str(error))

    def _signs_up(self, person: Person) -> None:
        week, activity = self.house.activity.week.slug, self.house.activity.slug
        path = reverse("gate_sent", kwargs={"lang": "ar", "week": week, "activity": activity})
        while (answer := self._sent("POST", path, person.form)) is None:
            person.unanswered += 1
        status, location, text = answer
        if status != 303:
            raise Unexpected(f"{status} to a form: {text[:300]}")
        person.tickets.append(location.rpartition("/")[2])

    def _leaves(self, person: Person) -> None:
        path = reverse("ticket_cancel", kwargs={"ticket": person.tickets[0]})
        while (page := self._sent("GET", path)) is None:
            pass
        found = re.search(r'name="slip" value="([^"]+)"', page[2])
        if found is None:
            raise Unexpected(f"{page[0]} instead of a page to cancel with: {page[2][:300]}")
        form, before = urlencode({"slip": found[1]}).encode(), 0
        while (answer := self._sent("POST", path, form)) is None:
            before += 1
        # Somebody whose answer was lost may hear that she has cancelled already.
        person.left = answer[0] == 303 or (answer[0] == 409 and before > 0)
        if not person.left:
            raise Unexpected(f"{answer[0]} to a cancellation: {answer[2][:300]}")

    def _sent(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str, str] | None:
        """Status, location and text; None when the server died over it."""
        if self.in_vain.is_set():
            raise Unexpected("the server did not come back")
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        try:
            link.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = link.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        except _LINK_LOST:
            time.sleep(0.02)
            return None
        finally:
            link.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _group(leader: int) -> list[int]:
    """The living processes of a group."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == leader and fields[0] != "Z":
                found.append(int(folder.name))
    return found


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
