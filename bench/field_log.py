"""What the log of a large day costs: merging 100,000 entries of 50 phones."""

import random
import time
import tracemalloc

from bench.table import Row, show
from tadamun.organise.field.rules.clocks import Met
from tadamun.organise.field.rules.merging import merge
from tadamun.organise.field.rules.state import Known, Logged

ENTRIES, PHONES = 100_000, 50
T0 = 1_900_000_000_000


def measure() -> None:
    """Merge, and count memory."""
    _merging()


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
