"""What a figure of the record should say, as the log comes to it."""

from dataclasses import dataclass, field

from tadamun.organise.programme.vocabulary import Counted, Unit
from tadamun.toolkit.languages.text import Text


@dataclass(frozen=True)
class Cell:
    """A cell of a figure's split: the group's code and name, how many."""

    group: str
    names: Text
    quantity: int


@dataclass(frozen=True)
class Count:
    """A figure as it should stand, with its split."""

    counted: Counted
    unit: Unit
    quantity: int
    group: str = ""
    names: Text = field(default_factory=dict)
    cells: tuple[Cell, ...] = ()
