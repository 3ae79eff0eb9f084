"""What a command came to: a sentence for people, facts for machines, and whether it is good news."""

from dataclasses import dataclass, field
from typing import Any


class CannotGoOn(Exception):
    """The command did nothing, or nothing more; ``str()`` says why and what to do."""


@dataclass(frozen=True)
class Outcome:
    """The end of a command."""

    sentence: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    good: bool = True
