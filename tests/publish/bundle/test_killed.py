"""Killed at any moment, a compile leaves a whole site, and the next one needs no repair by hand."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tadamun.publish.bundle.verifying import verify
from tests.publish.bundle.conftest import files_in, page, publish

pytestmark = pytest.mark.pure

KILLS = 30
PAGES = 60


def site(edition: int) -> dict[str, bytes]:
    """Return a site of which a third differs from the edition before; every page says its edition or its group."""
    common = {f"en/weeks/w{number}/index.html": page(f"Week {number}") for number in range(PAGES)}
    new = {f"ar/weeks/w{number}/index.html": page(f"أسبوع {number} {edition}") for number in range(PAGES // 2)}
    return common | new | {"en/index.html": page(f"Edition {edition}")}


def compile_until_killed(root: Path, edition: int) -> None:
    """Compile one edition after the other."""
    while True:
        publish(root, site(edition), minutes=edition, grace=0)
        edition += 1


def main(root: Path) -> None:
    """For each number on standard input, begin a process that compiles from that edition on, and say its id."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            compile_until_killed(root, int(line))
        print(child, flush=True)
        os.waitpid(child, 0)
        print("dead", flush=True)


def test_killed_at_any_moment_the_site_is_whole(root):
    pace = publish(root, site(0)).seconds
    chance = random.Random(20260321)
    seen: set[int] = set()
    edition = 0
    command = [sys.executable, "-m", "tests.publish.bundle.test_killed", str(root)]
    path = os.pathsep.join(sys.path)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path}
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        kills = 0
        while kills < KILLS or (len(seen) < 5 and kills < 10 * KILLS):
            kills += 1
            print(edition + 1, file=parent.stdin, flush=True)
            child = int(parent.stdout.readline())
            time.sleep(chance.uniform(0, 2 * pace))
            os.kill(child, signal.SIGKILL)
            assert parent.stdout.readline() == "dead\n"
            verdict = verify(root / "current")
            assert verdict.sound, verdict
            found = files_in(root / "current")
            edition = int(found["en/index.html"].split(b"Edition ")[1].split(b"<")[0])
            assert found == site(edition), "one edition, not a mix of two"
            seen.add(edition)
        parent.stdin.close()
    assert len(seen) >= 5, "the children were killed before they did anything"
    publish(root, site(999), minutes=999, grace=0)
    publish(root, site(999), minutes=1001, grace=0)
    assert len(list((root / "trees").iterdir())) == 5 + PAGES + PAGES // 2, "nothing is left of the killed ones"
    assert verify(root / "current").sound


if __name__ == "__main__":
    main(Path(sys.argv[1]))
