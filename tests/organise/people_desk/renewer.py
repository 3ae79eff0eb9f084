"""A process that seals entries to their new keys until it is done or killed. Run as a program.

Told on standard input (JSON): ``database`` (its name), ``member`` and ``cookie`` of an open vault, ``organisation``.
After each batch that is committed it writes a line.
"""

import json
import os
import sys
from typing import Any

from tests.organise.people.racers import say, set_up

BATCH = 3


def main() -> None:
    """Renew, batch by batch."""
    job = json.loads(sys.stdin.readline())
    set_up(job["database"])
    from tadamun.organise.safety.services import members, renewing  # Django must be set up before
    from tadamun.organise.safety.services.audit import COMMAND_LINE
    from tadamun.toolkit import clock

    renewing.BATCH = BATCH
    batch = renewing._Run._batch

    def told(run: Any, after: int) -> int | None:
        done = batch(run, after)
        say(after=done)
        return done

    renewing._Run._batch = told  # type: ignore[method-assign]  # the same, and a line
    keyring = members.unlocked(job["cookie"], member=job["member"], now=clock.now())
    assert keyring
    done = renewing.renew_keys(
        actor=COMMAND_LINE, keyring=keyring, organisations=[job["organisation"]], now=clock.now(), seconds=120
    )
    say(waiting=done.waiting)
    os._exit(0)


if __name__ == "__main__":
    main()
