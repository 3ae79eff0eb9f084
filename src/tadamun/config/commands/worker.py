"""tadamun worker: what has to happen by itself, where the server does not do it."""

import argparse
import signal
import sys
from threading import Event

from tadamun.config import housekeeping, installation
from tadamun.config.environment import Environment
from tadamun.config.outcome import Outcome
from tadamun.toolkit import clock

SENTENCE = "Do what has to happen by itself: end names, lapse offers, publish what is due."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to do it once."""
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Work until stopped, or once."""
    installation.prepare(environment)
    if arguments.once:
        failed = housekeeping.once(environment, holder="worker --once", now=clock.now())
        housekeeping.give_up_lease(duty=housekeeping.DUTY, holder="worker --once")
        if failed is None:
            return Outcome(sentence="Another process does this at the moment.", facts={"done": False})
        sentence = f"Not done: {', '.join(failed)}." if failed else "Everything that was due is done."
        return Outcome(sentence=sentence, facts={"done": not failed, "failed": failed}, good=not failed)
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    print(f"Looking every {housekeeping.EVERY_SECONDS} s for what is due (Ctrl+C stops)", file=sys.stderr)
    housekeeping.keep_house(environment, stop=stop)
    return Outcome(sentence="Stopped.", facts={})
