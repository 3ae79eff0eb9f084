"""tadamun demo: a newcomer's first look, with the example week and an invented present."""

import argparse
import re
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

from tadamun.config import installation, server
from tadamun.config.commands import demonstration
from tadamun.config.commands.import_file import take_in, take_in_site
from tadamun.config.commands.publish import now_publish
from tadamun.config.commands.user_add import DEMO_PASSPHRASE
from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.toolkit import clock
from tadamun.weekfile.reading import read_week

SENTENCE = "Load the example week and an upcoming one, compile the site and serve it."
WEEKS_AHEAD = 3
_DATE = re.compile(r"\b20[3-9]\d-\d\d-\d\d(?!\d)")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to serve at the end."""
    parser.add_argument("--no-serve", action="store_true", help="load and compile, then stop")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Prepare the demo and serve it.

    :raises CannotGoOn: when the examples are not there, or the address is taken.
    """
    examples = examples_folder()
    if not arguments.no_serve:
        server.must_be_free(environment)
    installation.prepare(environment)
    take_in(examples / "kahramana-week", environment)
    upcoming = dated_from_today(examples / "upcoming", environment.home / "demo" / "upcoming", clock.now().date())
    take_in(upcoming, environment)
    take_in_site(examples / "site.yaml")
    demonstration.prepare(now=clock.now())
    published = now_publish(environment)
    if not arguments.no_serve:
        _say_where_to_look(environment)
        server.serve(environment)
    return Outcome(sentence=published.sentence(), facts=published.facts())


def examples_folder() -> Path:
    """The examples of the checkout.

    :raises CannotGoOn: in an installation without them.
    """
    folder = Path(__file__).resolve().parents[4] / "examples"
    if not folder.is_dir():
        raise CannotGoOn("The examples are part of the source; run the demo from a checkout, with make demo.")
    return folder


def dated_from_today(source: Path, target: Path, today: date) -> Path:
    """Copy an example whose week starts in 2030 or later, moved by whole weeks to start about three weeks from today.

    Weekdays stay true, and the copy of one day equals the copy of the next six.

    :raises CannotGoOn: when the example cannot be read.
    """
    text = (source / "week.yaml").read_text(encoding="utf-8")
    stated = read_week(text.encode()).document
    if stated is None:
        raise CannotGoOn(f"{source / 'week.yaml'} cannot be read; run: tadamun import {source}")
    shift = (today + timedelta(weeks=WEEKS_AHEAD) - stated.week.start).days // 7 * 7
    moved = _DATE.sub(lambda found: str(date.fromisoformat(found.group()) + timedelta(days=shift)), text)
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(source, target)
    (target / "week.yaml").write_text(moved, encoding="utf-8")
    return target


def _say_where_to_look(environment: Environment) -> None:
    base = server.address(environment)
    lines = [
        "",
        f"  Tadamun is at {base}",
        "",
        f"  the example week   {base}/en/weeks/kahramana-week-2018/",
        f"  بالعربية            {base}/ar/weeks/kahramana-week-2018/",
        f"  بە کوردی            {base}/ckb/weeks/kahramana-week-2018/",
        f"  an upcoming week   {base}/en/",
        "",
        f"  sign up, in Arabic {base}/gate/ar/{demonstration.WEEK}/{demonstration.TRAINING}/",
        f"  organise           {base}/desk/",
        *(f"                     {member[0]}" for member in demonstration.MEMBERS),
        f"                     passphrase: {DEMO_PASSPHRASE}",
        "",
        f"  What you see is plain files in {environment.home / 'bundle' / 'current'}",
        "  Ctrl+C stops.",
        "",
    ]
    print("\n".join(lines), file=sys.stderr)
