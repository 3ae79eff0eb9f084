"""tadamun run: serve the public site and the private side."""

import argparse
import sys

from tadamun.config import installation, server
from tadamun.config.environment import Environment
from tadamun.config.outcome import Outcome

SENTENCE = "Serve the public site and the private side."


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own: the environment says where to listen."""


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Serve until stopped.

    :raises CannotGoOn: when the address is taken.
    """
    server.must_be_free(environment)
    installation.prepare(environment)
    print(f"Serving {server.address(environment)} (Ctrl+C stops)", file=sys.stderr)
    server.serve(environment)
