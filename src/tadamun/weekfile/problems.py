"""What is wrong in a week file: where, what, and what would be right. All of a file's problems are told together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

Path = tuple[str | int, ...]


def said(path: Path) -> str:
    """A path as people write it: ``activities[2].sittings[0].start``. Counting starts at 0, as machines do."""
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else step
    return words


@dataclass(frozen=True, order=True, kw_only=True)
class Problem:
    """One thing that is wrong. ``line`` and ``column`` count from 1; 0 means the file as a whole.

    A ``hint`` is worth a look but does not stop the import.
    """

    file: str
    line: int = 0
    column: int = 0
    path: str = ""
    wrong: str
    right: str = ""
    hint: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        sentence = f"{self.wrong} {self.right}".strip()
        return f"{place}: {self.path}: {sentence}" if self.path else f"{place}: {sentence}"


class WeekFileRefused(Exception):
    """A week file was not imported and nothing was written. ``problems`` are all of them, in the file's order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class WeekNotExported(Exception):
    """A week could not be written to a folder; ``str()`` says why and what to do."""


def one_of(allowed: Iterable[str], guess: str = "") -> str:
    """The remedy that names the closest allowed word, if there is one, and the allowed words."""
    listed = ", ".join(allowed)
    if guess:
        return _("Did you mean “%(guess)s”? Possible here: %(listed)s.") % {"guess": guess, "listed": listed}
    return _("Possible here: %(listed)s.") % {"listed": listed}
