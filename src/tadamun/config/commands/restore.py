"""tadamun restore: from a sealed backup to a working installation."""

import argparse
import getpass
import sys
from pathlib import Path

from tadamun.config import installation
from tadamun.config.backup import restore_backup
from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome

SENTENCE = "Put a backup into an empty installation; asks for the backup code. Publish afterwards."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file. The code is asked for, or read from standard input: it is never an argument."""
    parser.add_argument("file", type=Path, metavar="FILE")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Restore.

    :raises CannotGoOn: when the installation is in use, the code is wrong or the file is damaged.
    """
    if not arguments.file.is_file():
        raise CannotGoOn(f"{arguments.file} is not a file.")
    installation.prepare(environment)
    code = getpass.getpass("Backup code: ") if sys.stdin.isatty() else sys.stdin.readline()
    rows = restore_backup(home=environment.home, file=arguments.file, code=code)
    return Outcome(sentence=f"Restored: {rows} rows. Now run: tadamun publish --all", facts={"rows": rows})
