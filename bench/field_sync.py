"""How long a phone needs to send a day's check-ins: over a thin line to the real server, beside a line without limits.

The server is the product on SQLite, the phone a program that does what the kit does: it is enrolled, writes its log,
and sends it in pieces of 32 KB over one connection, each when the one before was answered.
"""

import gzip
import hashlib
import hmac
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from typing import Any

from bench.serving import free_port, wait_for
from bench.table import Row, show
from bench.thin_line import Way, thin_line
from tadamun.organise.field.rules import wire

SCANS = int(os.environ.get("BENCH_SCANS", "2000"))
PIECE = 32 * 1024
# Bits a second each way, and seconds there and back; the first has no limits.
LINES = {"without limits": (0, 0.0), "120 kbit/s, 800 ms": (120_000, 0.8), "64 kbit/s, 100 ms": (64_000, 0.1)}
AIMS = {"64 kbit/s, 100 ms": "< 60 s (P-76)"}
# What a browser sends along with each request.
HEADERS = {
    "Content-Type": "application/json",
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "ar-IQ,ar;q=0.9,en;q=0.8",
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile",
    "Sec-Fetch-Dest": "empty",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Site": "same-origin",
}


def measure() -> None:
    """Send the same day over each line, each to a server of its own."""
    found = {name: _measured(name) for name in LINES}
    bare = found["without limits"]
    rows = [
        Row(
            name,
            f"{one['seconds']:.1f} s for {one['pieces']} pieces, {one['sent']:,} bytes",
            f"{one['seconds'] / bare['seconds']:.1f} of the first",
            AIMS.get(name, ""),
        )
        for name, one in found.items()
    ]
    rows += [
        Row(f"  getting the kit: {name}", f"{one['kit']:.1f} s, {one['kit_bytes']:,} bytes")
        for name, one in found.items()
    ]
    thin = found["120 kbit/s, 800 ms"]
    rows.append(Row("  bytes on the thin line, there and back", f"{thin['there']:,}, {thin['back']:,}"))
    show(f"Sending a day's {SCANS:,} check-ins of one phone", rows)


def _measured(line: str) -> dict[str, Any]:
    """One line's measurement, in a process and a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "TADAMUN_HOME": home,
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "tadamun.config.settings",
        }
        command = [sys.executable, "-m", "bench.field_sync", line]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The measurement failed:\n{done.stdout}\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


class Phone:
    """A kit as a program, at the far end of a line."""

    def __init__(self, port: int) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.device, self.key = "", b""

    def enrol(self, secret: str) -> int:
        """Get the kit; how many bytes that were."""
        status, content = self._post("/field/enrol", json.dumps({"secret": secret}).encode(), {})
        if status != 200:
            raise SystemExit(f"No kit: {status} {content!r}")
        told = json.loads(content)
        self.device, self.key, self.have = told["device"], wire.decode(told["key"]), told["kit"]["revision"]
        self.activity = told["kit"]["activities"][0]["uid"]
        self.tickets = list(told["kit"]["activities"][0]["tickets"])
        return len(content)

    def works(self) -> list[str]:
        """A day: everybody comes in, every nine seconds somebody."""
        began = time.time_ns() // 1_000_000 - 9_000 * len(self.tickets)
        entries = (
            [self.device, number, began + 9_000 * number, "in", self.activity, {"ticket": ticket}]
            for number, ticket in enumerate(self.tickets, 1)
        )
        return [json.dumps(wire.signed(self.key, entry), separators=(",", ":")) for entry in entries]

    def sends(self, piece: list[str], left: int) -> int:
        """Send a piece and hear that all of it was taken; how many bytes it was."""
        body = f'{{"have":{self.have},"unsent":{left},"entries":[{",".join(piece)}],"packs":[]}}'.encode()
        moment = time.time_ns() // 1_000_000
        message = f"tadamun sync 1\n{moment}\n{hashlib.sha256(body).hexdigest()}".encode()
        proof = wire.encode(hmac.digest(self.key, message, "sha256"))
        status, content = self._post("/field/sync", body, {"Authorization": f"Kit {self.device}:{moment}:{proof}"})
        told = json.loads(content)
        if status != 200 or len(told["taken"]) != len(piece):
            raise SystemExit(f"Not taken: {status} {content[:300]!r}")
        if told["kit"]:
            self.have = told["kit"]["revision"]
        return len(body)

    def _post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        self.link.request("POST", path, body, HEADERS | headers)
        answer = self.link.getresponse()
        content = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return answer.status, gzip.decompress(content) if packed else content


def pieces_of(log: list[str]) -> list[list[str]]:
    """The log in pieces, as the kit cuts it."""
    pieces: list[list[str]] = []
    size = PIECE
    for entry in log:
        size += len(entry) + 1
        if size > PIECE:
            pieces.append([])
            size = 200 + len(entry) + 1
        pieces[-1].append(entry)
    return pieces


def sent(port: int, secret: str) -> dict[str, Any]:
    """Get the kit, then send the day; how long both took."""
    phone, began = Phone(port), time.perf_counter()
    kit_bytes = phone.enrol(secret)
    got = time.perf_counter()
    pieces = pieces_of(phone.works())
    left = sum(map(len, pieces))
    # Between getting the kit and sending its day the phone was away: the connection is a new one.
    phone.link.close()
    started, size = time.perf_counter(), 0
    for piece in pieces:
        left -= len(piece)
        size += phone.sends(piece, left)
    spent = time.perf_counter() - started
    return {"kit": got - began, "kit_bytes": kit_bytes, "seconds": spent, "pieces": len(pieces), "sent": size}


def main(name: str) -> None:
    """Measure one line and print it as JSON."""
    import django  # noqa: PLC0415  slow import, and only this process needs it

    django.setup()
    from bench.field_house import issued_kit, who_came  # noqa: PLC0415  Django must be set up before

    secret = issued_kit(SCANS)
    port, (bits, round_trip) = free_port(), LINES[name]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "--no-access-log", "--log-level", "error",
        "--workers-kill-timeout", "3", "tadamun.config.wsgi:application",
    ]  # fmt: skip
    with subprocess.Popen(command) as server:
        try:
            wait_for(port)
            unlimited = nullcontext((port, Way(1, 0), Way(1, 0)))
            line = thin_line(port, bits=bits, round_trip=round_trip) if bits else unlimited
            with line as (far_end, there, back):
                found = sent(far_end, secret)
            found |= {"there": there.carried, "back": back.carried}
        finally:
            server.terminate()
    if (came := who_came()) != SCANS:
        raise SystemExit(f"{came} of {SCANS} came.")
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
