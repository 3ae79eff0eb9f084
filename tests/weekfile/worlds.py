"""Small week files for tests, and ways to import them."""

from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

from tadamun.organise.programme.models import Week
from tadamun.organise.safety.services.audit import Actor
from tadamun.weekfile.checking import problems_of
from tadamun.weekfile.document import WeekDocument
from tadamun.weekfile.importing import Imported, import_week
from tadamun.weekfile.problems import Problem, WeekFileRefused
from tadamun.weekfile.reading import read_week
from tadamun.weekfile.system import System

LAYLA = Actor("Layla, coordinator")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)

WEEK = """\
format: tadamun-week/1
week:
  slug: spring-week
  form: week
  titles: Spring week
  start: 2018-03-21
  end: 2018-03-28
  involvements:
    - type: organiser
      organisation: kahramana
organisations:
  - slug: kahramana
    kind: path
    names: {en: Kahramana, ar: كهرمانة}
places:
  - slug: baghdad
    kind: city
    names: Baghdad
activities:
  - slug: training
    kind: training
    titles: Training for candidates
    details:
      eligibility: Women who stand for election
    sittings:
      - start: 2018-03-22
        start_time: 10:00
        place: baghdad
    figures:
      - counted: attended
        quantity: 25
        group: women
  - slug: race
    kind: race
    titles: Kahramana Marathon
    sittings:
      - start: 2018-03-23
        place: baghdad
"""


def read(words: str) -> WeekDocument:
    """The document of a file that has nothing wrong in its structure."""
    reading = read_week(dedent(words).encode())
    assert reading.problems == ()
    assert reading.document is not None
    return reading.document


def told(words: str, system: System | None = None) -> list[str]:
    """What is told about a file that stands in an empty system, hints included: place, path and sentence."""
    try:
        problems: list[Problem] | tuple[Problem, ...] = problems_of(
            read_week(dedent(words).encode()), system=system or System()
        )
    except WeekFileRefused as error:
        problems = error.problems
    return [f"{problem.line}:{problem.column}: {problem.path}: {problem.wrong}" for problem in problems]


def week_file(folder: Path, words: str = WEEK, name: str = "week.yaml") -> Path:
    """Write a week file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def imported(folder: Path, words: str = WEEK, *, now: datetime = NOW) -> Imported:
    """Import a week file that is written for this."""
    return import_week(actor=LAYLA, path=week_file(folder, words), home=folder / "home", now=now)


def the_week(slug: str = "spring-week") -> Week:
    """The week as it stands in the database."""
    return Week.objects.get(slug=slug)
