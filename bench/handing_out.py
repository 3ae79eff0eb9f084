"""How long it takes to open a roster, and to hand out a long list; and how much memory.

Everything is as in use: entries sealed by the product on SQLite, the roster through its page, the list approved by a
second member and locked. Each measurement is a process of its own, so that its peak memory is its own.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from typing import Any

from bench.table import Row, show

ROSTER = int(os.environ.get("BENCH_ROSTER", "10000"))
LIST = int(os.environ.get("BENCH_LIST", "100000"))
MOST_MEMORY = "< 150 MB"
MEASURED = ("opened", "page", "plain", "csv", "xlsx")


def measure() -> None:
    """Make the house, then measure each thing in its own process."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "TADAMUN_HOME": home,
            "DATABASE_URL": "",
            "TADAMUN_OPENINGS_PER_HOUR": "1000000",
            "DJANGO_SETTINGS_MODULE": "tadamun.config.settings",
        }
        made = measured("make", environment)
        environment["BENCH_COOKIE"] = made["cookie"]
        found = {name: measured(name, environment) for name in MEASURED}
    bare, plain = found["opened"], found["plain"]
    rows = [
        _row("the same entries opened bare", bare, bare),
        _row("found by searching the page", found["page"], bare),
        _memory(found["page"], bare),
    ]
    sealed = f"sealing {ROSTER + LIST} entries for this took {made['seconds']:.0f} s"
    show(f"Opening a roster of {ROSTER} people on SQLite ({sealed})", rows)
    rows = [_row("csv.writer alone, same cells", plain, plain)]
    for kind in ("csv", "xlsx"):
        rows += [_row(f"{kind.upper()}, opened, marked, locked", found[kind], plain), _memory(found[kind], plain)]
    show(f"Handing out a list of {LIST} people on SQLite", rows)


def _row(what: str, one: dict[str, float], bare: dict[str, float]) -> Row:
    spent = f"{one['seconds']:.2f} s, of processor {one['processor']:.2f} s"
    return Row(what, spent, f"{one['processor'] / bare['processor']:.1f} of bare")


def _memory(one: dict[str, float], bare: dict[str, float]) -> Row:
    return Row("  peak memory", f"{one['megabytes']:.0f} MB", f"bare {bare['megabytes']:.0f} MB", MOST_MEMORY)


def measured(name: str, environment: dict[str, str]) -> dict[str, Any]:
    """One task in a process of its own: seconds, megabytes at its peak, and what it says itself."""
    command = [sys.executable, "-m", "bench.handing_out", name]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The measurement failed:\n{done.stdout}\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(name: str) -> None:
    """Do one task and print it as JSON."""
    import django  # noqa: PLC0415  slow import, and only this process needs it

    django.setup()
    from bench.list_tasks import TASKS  # noqa: PLC0415  Django must be set up before

    started = time.perf_counter()
    found = {"seconds": 0.0} | TASKS[name]()
    found["seconds"] = found["seconds"] or time.perf_counter() - started
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
