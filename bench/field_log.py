"""What the log of a large day costs: merging 100,000 entries of 50 phones; sending a day's entries over a thin line."""

import gzip
import json
import random
import time
import tracemalloc

from bench.table import Row, show
from tadamun.organise.field.rules import wire
from tadamun.organise.field.rules.clocks import Met
from tadamun.organise.field.rules.merging import merge
from tadamun.organise.field.rules.state import Known, Logged

ENTRIES, PHONES = 100_000, 50
A_DAY, PIECE = 2_000, 32 * 1024
BITS, ROUND_TRIP = 120_000, 0.8
# A request brings headers of about this size besides its body, its answer about as much again.
HEADERS = 700
T0 = 1_900_000_000_000
KEY = bytes(32)


def measure() -> None:
    """Merge, and compute what a day's entries take at 120 kbit/s and 800 ms."""
    _merging()
    _sending()


def _body(kind: str, chance: random.Random) -> dict[str, object]:
    bodies: dict[str, dict[str, object]] = {
        "in": {"ticket": f"{chance.randrange(20_000):016x}"},
        "tally": {"counter": chance.choice(("women", "men")), "by": 1},
        "finish": {"bib": str(chance.randrange(3_000))},
    }
    return bodies[kind]


def _day(count: int, phones: int) -> tuple[list[Logged], list[Met]]:
    chance = random.Random(1)
    skews = [chance.randrange(-172_800_000, 172_800_000) for _ in range(phones)]
    entries, contacts = [], []
    for number in range(count):
        phone = number % phones
        clock = T0 + number * 300 + skews[phone]
        kind = chance.choices(("in", "tally", "finish"), (5, 4, 1))[0]
        entries.append(Logged(f"phone-{phone:02}", number // phones + 1, clock, kind, _body(kind, chance)))
    for phone, skew in enumerate(skews):
        contacts += [Met(f"phone-{phone:02}", T0 + skew + hour * 3_600_000, T0 + hour * 3_600_000) for hour in range(9)]
    chance.shuffle(entries)
    return entries, contacts


def _merging() -> None:
    entries, contacts = _day(ENTRIES, PHONES)
    known = Known(tickets={f"{number:016x}": "in" for number in range(20_000)})
    began = time.process_time()
    state = merge(entries, contacts, known=known)
    took = time.process_time() - began
    tracemalloc.start()
    merge(entries, contacts, known=known)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    show(
        f"merging {ENTRIES:,} entries of {PHONES} phones",
        [
            Row("processor time", f"{took:.2f} s"),
            Row("entries a second", f"{ENTRIES / took:,.0f}"),
            Row("memory above the entries themselves", f"{most / 2**20:.0f} MB"),
            Row("people let in, shown again", f"{state.inside:,}, {len(state.doubles):,}"),
        ],
    )


def _sending() -> None:
    chance = random.Random(2)
    device, activity = "0d9c1f5e-6f0e-4f6e-9b6a-2f6d3c1b2a10", "7b1e2f3a-4c5d-4e6f-8a9b-0c1d2e3f4a5b"
    log = [
        json.dumps(
            wire.signed(KEY, [device, n, T0 + n * 9_000, "in", activity, _body("in", chance)]), separators=(",", ":")
        )
        for n in range(1, A_DAY + 1)
    ]
    pieces, size = [], PIECE
    for entry in log:
        if size + len(entry) + 1 > PIECE:
            pieces.append(0)
            size = 60
        size += len(entry) + 1
        pieces[-1] = size
    told = [[device, number] for number in range(1, A_DAY // len(pieces) + 1)]
    answer = json.dumps({"now": T0, "taken": told}, separators=(",", ":")).encode()
    packed = len(gzip.compress(answer))
    sent = sum(pieces) + HEADERS * len(pieces)
    back = (packed + HEADERS) * len(pieces)
    line = (sent + back) * 8 / BITS
    show(
        f"sending a day's {A_DAY:,} check-ins at {BITS // 1000} kbit/s and {ROUND_TRIP * 1000:.0f} ms (computed)",
        [
            Row("bytes of an entry", f"{sum(map(len, log)) / A_DAY:.0f}"),
            Row("pieces", str(len(pieces))),
            Row("bytes sent", f"{sent:,}"),
            Row("bytes of an answer, and packed", f"{len(answer):,}, {packed:,}"),
            Row("time on the line", f"{line + ROUND_TRIP * (len(pieces) + 2):.0f} s", aim="60 s at 64 kbit/s (P-76)"),
            Row("at 64 kbit/s", f"{(sent + back) * 8 / 64_000 + ROUND_TRIP * (len(pieces) + 2):.0f} s"),
        ],
    )
