"""tadamun export: write a week as a file that another group can import."""

import argparse
from pathlib import Path

from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.organise.programme.models import Week
from tadamun.weekfile.exporting import export_week
from tadamun.weekfile.problems import WeekNotExported

SENTENCE = "Write a week, with its photos, as a folder that can be imported elsewhere."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which week, and where to."""
    parser.add_argument("week", metavar="WEEK", help="the slug of the week")
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder to write (default: ./WEEK)")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Export the week.

    :raises CannotGoOn: when there is no such week, photos are lost, or the folder is another’s or cannot be written.
    """
    try:
        week = Week.objects.get(slug=arguments.week)
    except Week.DoesNotExist:
        known = ", ".join(Week.objects.values_list("slug", flat=True)[:20]) or "none yet"
        raise CannotGoOn(f"There is no week {arguments.week!r}. Weeks here: {known}.") from None
    folder: Path = arguments.to or Path(arguments.week)
    if folder.exists() and not folder.is_dir():
        raise CannotGoOn(f"{folder} is a file; name a folder with --to.")
    if folder.exists() and not (folder / "week.yaml").exists() and any(folder.iterdir()):
        raise CannotGoOn(f"{folder} holds something else; name an empty folder with --to.")
    try:
        export_week(week=week, folder=folder, home=environment.home)
    except WeekNotExported as error:
        raise CannotGoOn(str(error)) from error
    return Outcome(sentence=f"Written: {folder / 'week.yaml'}", facts={"file": str(folder / "week.yaml")})
