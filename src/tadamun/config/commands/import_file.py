"""tadamun import: take in a week file or a site file."""

import argparse
from pathlib import Path

from tadamun.config import installation
from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.desk.releases import mark_imported
from tadamun.organise.safety.services.audit import COMMAND_LINE
from tadamun.toolkit import clock
from tadamun.weekfile.importing import Imported, import_week
from tadamun.weekfile.problems import WeekFileRefused
from tadamun.weekfile.site import take_site

SENTENCE = "Take in a week file (week.yaml) or a site file: all of it, or nothing and a list of what to mend."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the week file, or the folder that holds week.yaml")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Import the file.

    :raises CannotGoOn: with every problem of the file; nothing was written then.
    """
    installation.prepare(environment)
    if arguments.file.name == "site.yaml":
        changed = take_in_site(arguments.file)
        return Outcome(
            sentence="The site was described anew." if changed else "Nothing changed.", facts={"changed": changed}
        )
    imported = take_in(arguments.file, environment)
    return Outcome(sentence=imported.sentence(), facts=imported.facts())


def take_in(path: Path, environment: Environment) -> Imported:
    """Import one file for the operator; the next ``tadamun publish`` lets the week out.

    :raises CannotGoOn: with every problem of the file; nothing was written then.
    """
    try:
        imported = import_week(
            actor=COMMAND_LINE,
            path=path / "week.yaml" if path.is_dir() else path,
            home=environment.home,
            now=clock.now(),
            languages=environment.languages,
        )
    except WeekFileRefused as error:
        raise CannotGoOn(f"{error}\nNothing was written. Mend the file and import it again.") from error
    mark_imported(imported.week)
    return imported


def take_in_site(path: Path) -> bool:
    """Describe the site from a file; returns whether anything changed.

    :raises CannotGoOn: with every problem of the file; nothing was written then.
    """
    try:
        return take_site(actor=COMMAND_LINE, path=path, now=clock.now())
    except WeekFileRefused as error:
        raise CannotGoOn(f"{error}\nNothing was written. Mend the file and import it again.") from error
