"""What the log says altogether, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as it was written."""

    device: str
    number: int
    clock: int
    kind: str
    body: Mapping[str, Any]
    mac: bytes = b""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the desk decided about a conflict; of several about one the one with the highest ``order`` holds."""

    conflict: str
    choice: str
    order: int


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers of bibs, both ends included, that belong to a wave or a category."""

    code: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Known:
    """What sign-up knows: how tickets stand, by hash, and whose a short code is; and which bibs belong where.

    When its entries are destroyed (``ended``) it knows none any more; what was let in then stays counted.
    """

    tickets: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    ended: bool = False
    waves: Sequence[Span] = ()
    categories: Sequence[Span] = ()

    def standing(self, ticket: str) -> str | None:
        """How a ticket stands; None for one that nobody signed up with."""
        return self.tickets.get(ticket, "in" if self.ended else None)


@dataclass(frozen=True, slots=True)
class Stamped:
    """An entry with its corrected time, in milliseconds since 1970."""

    at: int
    device: str
    number: int
    clock: int
    kind: str
    body: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Which entry this is."""
        return f"{self.device}:{self.number}"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: what is chosen with it, what it says, who says so and when."""

    choice: str
    says: str
    device: str
    at: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that cannot both be true. ``asks`` when a person has to decide; ``decided`` is what she chose."""

    key: str
    kind: str
    about: str
    sides: tuple[Side, ...]
    decided: str = ""
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody came in by her ticket: when, where, and how many with her, herself included."""

    at: int
    device: str
    people: int
    standing: str


@dataclass(frozen=True, slots=True)
class Double:
    """A ticket that was shown again, or one that nobody signed up with."""

    ticket: str
    at: int
    device: str


@dataclass
class Stock:
    """What was carried out, given and brought back of one thing; given by area and hour (UTC, since 1970)."""

    out: int = 0
    given: int = 0
    returned: int = 0
    by_area: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def carried(self) -> int:
        """How much was carried at most."""
        return self.out - self.returned


@dataclass
class Shift:
    """When a shift began and ended, whether whoever had it is back, and when she was briefed."""

    started: int | None = None
    ended: int | None = None
    back: int | None = None
    briefed: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A bib in the race: its time in milliseconds (None without both ends), its place in its category."""

    bib: str
    category: str
    status: str
    time: int | None
    place: int | None
    shown: bool
    no_photo: bool
    ticket: str
    wave: str = ""


@dataclass
class State:
    """All that the log says. Counts are of persons where nothing else is said.

    ``duties`` are by shift and a helper's short code, ``shifts`` what was said of a shift alone.
    """

    entries: int = 0
    devices: set[str] = field(default_factory=set)
    unmet: set[str] = field(default_factory=set)
    last_at: int = 0
    came: dict[str, Arrival] = field(default_factory=dict)
    doubles: list[Double] = field(default_factory=list)
    unknown: list[Double] = field(default_factory=list)
    walk_ins: int = 0
    walk_in_cells: dict[str, int] = field(default_factory=dict)
    tallies: dict[str, int] = field(default_factory=dict)
    hours: dict[tuple[str, int], int] = field(default_factory=dict)
    stock: dict[str, Stock] = field(default_factory=dict)
    shifts: dict[str, Shift] = field(default_factory=dict)
    duties: dict[tuple[str, str], Shift] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    attended: dict[str, set[str]] = field(default_factory=dict)
    stated: dict[tuple[str, str], int | None] = field(default_factory=dict)
    answers: dict[tuple[str, str], int] = field(default_factory=dict)
    speaking: dict[str, int] = field(default_factory=dict)
    speaks: set[str] = field(default_factory=set)
    questions: dict[str, int] = field(default_factory=dict)
    told: list[Stamped] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    late: list[Stamped] = field(default_factory=list)
    unreadable: list[Stamped] = field(default_factory=list)

    @property
    def inside(self) -> int:
        """How many persons came in at the door: by ticket, with their company, and without."""
        return sum(arrival.people for arrival in self.came.values()) + self.walk_ins

    @property
    def open_conflicts(self) -> list[Conflict]:
        """Those that somebody has to decide."""
        return [conflict for conflict in self.conflicts if conflict.asks and not conflict.decided]
