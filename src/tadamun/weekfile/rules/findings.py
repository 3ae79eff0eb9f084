"""What a rule looks at and what it says."""

from dataclasses import dataclass

from tadamun.weekfile.document import Entry, WeekDocument
from tadamun.weekfile.system import System


@dataclass(frozen=True)
class Ground:
    """The document, what stands in the system, and the slugs of entries that could not be read."""

    document: WeekDocument
    system: System
    lost_slugs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """Something wrong with ``entry``, at ``steps`` below it. A hint does not stop the import."""

    entry: Entry
    steps: tuple[str | int, ...]
    wrong: str
    right: str
    hint: bool = False


def wrong(entry: Entry, *steps: str | int, says: str, right: str) -> Finding:
    """A finding that stops the import."""
    return Finding(entry, steps, says, right)


def hint(entry: Entry, *steps: str | int, says: str, right: str) -> Finding:
    """A finding that is worth a look."""
    return Finding(entry, steps, says, right, hint=True)
