"""What an import did, told to people and to machines."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tadamun.weekfile.problems import Problem


@dataclass
class Imported:
    """What an import did: how many of each sort of thing. ``problems`` are hints; nothing stopped the import."""

    week: str
    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether the import changed anything at all."""
        return bool(self.created or self.changed or self.removed)

    def sentence(self) -> str:
        """What the import did, for people."""
        told = [
            f"{word} {', '.join(f'{number} {sort}' for sort, number in tally.items())}"
            for word, tally in ((_("made"), self.created), (_("changed"), self.changed), (_("removed"), self.removed))
            if tally
        ]
        done = "; ".join(told) or _("nothing changed")
        return _("Week “%(week)s”: %(done)s.") % {"week": self.week, "done": done}

    def facts(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "week": self.week,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "hints": [str(problem) for problem in self.problems],
        }

    def count(self, sort: str, *, created: int = 0, changed: int = 0, unchanged: int = 0, removed: int = 0) -> None:
        """Add to the numbers of one sort of thing."""
        numbers = (created, changed, unchanged, removed)
        for tally, number in zip((self.created, self.changed, self.unchanged, self.removed), numbers, strict=True):
            if number:
                tally[sort] = tally.get(sort, 0) + number
