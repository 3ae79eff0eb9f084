"""The command ``tadamun``: everything an operator does.

Each command is a module of ``config.commands`` with a sentence, its arguments and what it does. Every
error says what to do; ``--json`` prints the outcome for machines.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

import django

from tadamun.config import last_resort
from tadamun.config.environment import BadEnvironment, Environment
from tadamun.config.outcome import CannotGoOn, Outcome


class Command(Protocol):
    """A module of ``config.commands``."""

    SENTENCE: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def carry_out(self, arguments: argparse.Namespace, environment: Environment) -> Outcome:
        """Do it.

        :raises CannotGoOn: with a sentence that says what to do.
        """


MODULES = {
    "backup": "backup",
    "demo": "demo",
    "doctor": "doctor",
    "export": "export_week",
    "import": "import_file",
    "init": "init",
    "mirror": "mirror",
    "publish": "publish",
    "restore": "restore",
    "run": "run",
    "shred": "shred",
    "user": "user_add",
    "verify": "verify",
    "worker": "worker",
}


def _commands(wanted: str) -> dict[str, Command]:
    """The command that is wanted, or all of them when that is none of ours: loading all takes a while."""
    names = [wanted] if wanted in MODULES else list(MODULES)
    return {name: cast(Command, import_module(f"tadamun.config.commands.{MODULES[name]}")) for name in names}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0, or 1 when it could not be done, or 2 when it was called wrongly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadamun.config.settings")
    try:
        environment = Environment.read()
        django.setup()
    except BadEnvironment as error:
        print(f"tadamun cannot start:\n{error}", file=sys.stderr)
        return 2
    words = list(sys.argv[1:] if arguments is None else arguments)
    commands = _commands(words[0] if words else "")
    parsed = _parser(commands).parse_args(words)
    try:
        outcome = commands[parsed.command].carry_out(parsed, environment)
    except CannotGoOn as error:
        _say_error(error, as_json=parsed.json)
        return 1
    except last_resort.FORESEEN as error:
        _say_error(CannotGoOn(last_resort.sentence(error, environment)), as_json=parsed.json)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    if parsed.json:
        print(json.dumps(outcome.facts, ensure_ascii=False, default=str))
    elif outcome.sentence:
        print(outcome.sentence)
    return 0 if outcome.good else 1


def _parser(commands: dict[str, Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tadamun", description="Weeks of action, from plan to public record.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in commands.items():
        sub = subparsers.add_parser(name, help=command.SENTENCE, description=command.SENTENCE)
        sub.add_argument("--json", action="store_true", help="print the outcome as JSON")
        command.arguments(sub)
    return parser


def _say_error(error: CannotGoOn, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"error": str(error)}, ensure_ascii=False))
    else:
        print(error, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
