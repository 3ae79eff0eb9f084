"""What a page that is made of several apps is put together from: panels, of lines that lead on."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.functional import Promise
from django.utils.safestring import SafeString


class Mark(str, Enum):
    """How loud a line is; the style sheet has a class for each."""

    CALM = "calm"
    ASKS = "asks"
    WARNS = "warns"


@dataclass(frozen=True)
class Tick:
    """A box that one tap ticks or empties: ``address`` takes the POST, with ``ticked`` as it shall be (1 or empty)."""

    label: "str | Promise"
    address: str
    ticked: bool


@dataclass(frozen=True)
class Line:
    """A line of a panel: what it says, a short word beside it, the address where it is worked on, a box to tick."""

    says: "str | Promise | SafeString"
    beside: "str | Promise | SafeString" = ""
    address: str = ""
    mark: Mark = Mark.CALM
    tick: Tick | None = None


@dataclass(frozen=True)
class Need:
    """Something that waits for the member: a line, and the day by which it is wanted (None when no day presses)."""

    line: Line
    on: date | None = None


@dataclass(frozen=True)
class Way:
    """A link or button of a panel."""

    label: "str | Promise"
    address: str


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of a page: a heading, its lines, ways on, and what it says while it is empty."""

    code: str
    title: "str | Promise"
    lines: tuple[Line, ...] = ()
    ways: tuple[Way, ...] = ()
    empty: "str | Promise" = ""

    @property
    def asks(self) -> int:
        """How many of its lines want something."""
        return sum(line.mark is not Mark.CALM for line in self.lines)
