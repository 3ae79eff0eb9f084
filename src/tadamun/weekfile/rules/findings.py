"""What a rule looks at and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from tadamun.weekfile.document import Entry, WeekDocument
from tadamun.weekfile.references import entries
from tadamun.weekfile.system import System

_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True)
class Ground:
    """The document, what stands in the system, and the slugs of entries that could not be read."""

    document: WeekDocument
    system: System
    lost_slugs: frozenset[str] = frozenset()

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """All entries, in the file's order."""
        return list(entries(self.document))

    def all(self, struct: type[_E]) -> Sequence[_E]:
        """All entries of one structure, in the file's order."""
        return [entry for entry in self.entries if isinstance(entry, struct)]


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
