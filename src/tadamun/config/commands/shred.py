"""tadamun shred: destroy what people entered for an activity."""

import argparse
import sys

from tadamun.config import installation
from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.organise.people.models import Admission
from tadamun.organise.people.services import endings
from tadamun.organise.safety.services.audit import COMMAND_LINE
from tadamun.organise.safety.vocabulary import Ending
from tadamun.toolkit import clock

SENTENCE = "Destroy all that people entered for an activity; the counts stay."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which activity, and that it is meant."""
    parser.add_argument("activity", metavar="WEEK/ACTIVITY", help="as in the address of its page")
    parser.add_argument("--yes", action="store_true", help="do not ask; for scripts")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Ask, destroy, and name the certificate.

    :raises CannotGoOn: when there is no such sign-up, or it was not confirmed.
    """
    installation.prepare(environment)
    week, _slash, activity = arguments.activity.partition("/")
    admission = Admission.objects.filter(activity__week__slug=week, activity__slug=activity).first()
    if admission is None:
        raise CannotGoOn(f"{arguments.activity}: there is no sign-up with this name. Write it like week-2026/run.")
    if admission.emptied_at is not None:
        return Outcome(sentence="Everything was destroyed before.", facts={"certificate": None})
    many = admission.registrations.count()
    if not arguments.yes and not _meant(arguments.activity, many):
        raise CannotGoOn("Nothing was destroyed: the answer was not the name of the activity.")
    number = endings.retire(
        actor=COMMAND_LINE,
        admission=admission,
        how=Ending.BY_HAND,
        now=clock.now(),
        small_cell=environment.small_cell,
    )
    return Outcome(
        sentence=f"{many} entries are destroyed. Certificate: {number}", facts={"entries": many, "certificate": number}
    )


def _meant(name: str, many: int) -> bool:
    print(f"{many} entries and their key will be destroyed. Nobody can bring them back.", file=sys.stderr)
    print(f"Type {name} to go on: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() == name
