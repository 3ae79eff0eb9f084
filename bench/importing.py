"""How fast a large week file is read, checked and written, on SQLite with durable commits."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.table import Row, show

ACTIVITIES = 500


def measure() -> None:
    """Import a week of 500 activities into an empty home, then the same file again."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / "week.yaml"
        file.write_text(_week_file(), encoding="utf-8")
        environment = {**os.environ, "TADAMUN_HOME": str(home / "home")}
        _tadamun(environment, "init")
        start = _tadamun(environment, "verify", str(home), check=False)
        first = _tadamun(environment, "import", str(file)) - start
        again = _tadamun(environment, "import", str(file)) - start
    show(
        f"Importing one week of {ACTIVITIES} activities ({file.name}, start of the command taken off)",
        [
            Row("first import", f"{first:.2f} s", f"{ACTIVITIES / first:.0f} activities/s"),
            Row("the same file again", f"{again:.2f} s", f"{again / first:.2f} of the first"),
        ],
    )


def _tadamun(environment: dict[str, str], *arguments: str, check: bool = True) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "tadamun.config.commandline", *arguments]
    subprocess.run(command, env=environment, check=check, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _week_file() -> str:
    head = """format: tadamun-week/1
week: {slug: measured-week, form: week, start: 2018-03-21, end: 2018-03-28, titles: {en: Measured, ar: قياس}}
organisations:
  - {slug: kahramana, kind: path, names: {en: Kahramana, ar: كهرمانة}}
places:
  - {slug: baghdad, kind: city, names: {en: Baghdad, ar: بغداد}}
activities:
"""
    activity = """  - slug: activity-{n}
    kind: talk
    titles: {{en: Talk {n}, ar: حديث {n}}}
    summary: {{en: People tell each other what worked., ar: يحكي الناس بعضهم لبعض ما نجح.}}
    sittings: [{{start: 2018-03-2{d}, place: baghdad}}]
    involvements: [{{type: cooperation, organisation: kahramana, sign_off: accepted}}]
    figures: [{{counted: attended, quantity: {q}, parts: {{sex: {{women: {q}}}}}}}]
"""
    return head + "".join(activity.format(n=n, d=1 + n % 8, q=20 + n % 30) for n in range(ACTIVITIES))
