"""tadamun init: make the home of an installation."""

import argparse

from tadamun.config import installation
from tadamun.config.environment import Environment
from tadamun.config.outcome import Outcome

SENTENCE = "Make the home of a new installation: folders, keys, database. Safe to repeat."


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Make what is missing, change nothing that is there."""
    made = installation.prepare(environment)
    return Outcome(
        sentence=f"Ready: {environment.home}" + (f" (new: {', '.join(made)})" if made else " (nothing was missing)"),
        facts={"home": str(environment.home), "made": made},
    )
