"""tadamun publish: compile the public site."""

import argparse

from tadamun.config import installation
from tadamun.config.environment import Environment
from tadamun.config.house import publishing_house
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.config.progress import shown
from tadamun.desk import publication
from tadamun.organise.safety.services.audit import COMMAND_LINE
from tadamun.publish.bundle.errors import BundleError
from tadamun.toolkit import clock

SENTENCE = "Let out what was imported, compile what changed into the public site, sign it, and put it in place at once."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whether changes that wait go out."""
    parser.add_argument("--all", action="store_true", help="let out what waits in the weeks that are public, too")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Publish.

    :raises CannotGoOn: when the site could not be compiled; the old one stands then.
    """
    installation.prepare(environment)
    published = now_publish(environment, everything=arguments.all)
    return Outcome(sentence=published.sentence(), facts=published.facts())


def now_publish(environment: Environment, *, everything: bool = False) -> publication.Published:
    """Publish for the operator.

    :raises CannotGoOn: when the site could not be compiled; the old one stands then.
    """
    with shown("Compiling") as progress:
        try:
            return publication.publish_for_operator(
                actor=COMMAND_LINE,
                house=publishing_house(environment),
                now=clock.now(),
                everything=everything,
                progress=progress,
            )
        except BundleError as error:
            raise CannotGoOn(f"{error}\nThe site as it was still stands.") from error
