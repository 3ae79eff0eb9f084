"""tadamun backup: everything in one file that only the backup code opens."""

import argparse
from pathlib import Path

from tadamun.config import installation
from tadamun.config.backup import PUBLIC_KEY, new_backup_key, write_backup
from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome

SENTENCE = "Write the whole installation to one sealed file; only the backup code opens it."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, or a new key."""
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
    parser.add_argument("--new-key", action="store_true", help="make a backup key and print its code, once")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Make a key, or a backup.

    :raises CannotGoOn: when neither is asked for, or the backup cannot be written.
    """
    installation.prepare(environment)
    if arguments.new_key:
        replaced = (environment.home / PUBLIC_KEY).exists()
        code = new_backup_key(environment.home)
        warning = " Earlier backups still need the earlier code." if replaced else ""
        return Outcome(
            sentence=f"Backup code: {code}\nWrite it down and keep it away from this machine; it is stored nowhere."
            f" Without it no backup can be opened.{warning}",
            facts={"code": code},
        )
    if arguments.file is None:
        raise CannotGoOn("Name the file to write: tadamun backup FILE")
    size = write_backup(home=environment.home, file=arguments.file)
    return Outcome(sentence=f"Written: {arguments.file} ({size} bytes)", facts={"file": arguments.file, "bytes": size})
