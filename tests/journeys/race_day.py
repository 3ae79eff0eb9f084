"""An invented race day: what helpers do, step by step, the log kept beside it, and what is true by that log.

It is written as a helper with a pencil would: lines in the order in which things happened. What the product makes of
its own log is compared with what is counted here from these lines, by other and simpler ways.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

MORNING = datetime(2099, 3, 3, 5, tzinfo=UTC)
EVENING = MORNING + timedelta(hours=8)
# Baghdad has no summer time; paper is written in the hours of the place.
FROM_UTC = timedelta(hours=3)
WAVES = {"First wave": (1, 150), "Second wave": (151, 400)}
CATEGORIES = {"Women 5 km": (1, 100), "Men 5 km": (101, 250), "Children of the reeds": (251, 400)}
STARTS = {"First wave": timedelta(minutes=90), "Second wave": timedelta(minutes=100)}
FIRST_FINISH = timedelta(minutes=115)
# Entries at the door: of the phone by ticket, without sign-up, on paper. One in eight without sign-up gives a name.
BY_TICKET, WALK_INS, ON_PAPER = 360, 40, 100
# Of these: check-ins taken back, every second of which comes in again; who is ticked on paper too; who never comes.
TAKEN_BACK, ALSO_ON_PAPER, ABSENT = 10, 20, 20
GUESTS = BY_TICKET - TAKEN_BACK // 2 + ON_PAPER - ALSO_ON_PAPER + ABSENT
# Finishes: all, on paper; bibs mistyped and taken back; bibs typed twice; bibs on paper that the phone has too.
FINISHES, FINISHES_ON_PAPER, MISTYPED, TYPED_TWICE, BOTH = 300, 30, 10, 5, 2
DOOR, LINE, PAPER = "north gate", "finish line", "paper"
SEALED = "Kahramana Planted-{}"
Step = dict[str, Any]


@dataclass(frozen=True)
class Guest:
    """Somebody with a ticket: its text, its short code, and the hash by which phones know it."""

    ticket: str
    code: str
    hash: str


@dataclass
class Line:
    """A line of the log kept beside: who wrote it, when in truth (milliseconds), what, of whom."""

    who: str
    at: int
    what: str
    of: str
    undone: bool = False


@dataclass
class RaceDay:
    """All steps of the phones, all rows on paper, and the log of what happened. ``said`` is what phones should say."""

    guests: Sequence[Guest]
    chance: Random = field(default_factory=lambda: Random(20990303))
    lines: list[Line] = field(default_factory=list)
    at_door: list[Step] = field(default_factory=list)
    at_line: list[Step] = field(default_factory=list)
    ticked: list[Guest] = field(default_factory=list)
    written: list[tuple[str, int]] = field(default_factory=list)
    twice_finished: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let it all happen."""
        self._door()
        self._paper_door()
        self._hand_out()
        self._finishes()

    # ---- the door ------------------------------------------------------------------------------

    def _door(self) -> None:
        hours = count(_ms(MORNING) + 60_000, 8_750)
        again = TAKEN_BACK // 2
        comers = list(self.guests[: BY_TICKET - again])
        back = comers[5 :: len(comers) // TAKEN_BACK][:TAKEN_BACK]
        walks = self._walk_ins()
        for number, guest in enumerate(comers):
            self._checks(guest, next(hours), by_code=number % 12 == 0)
            if guest in back:
                self.at_door.append({"at": next(hours), "does": "back", "says": "Taken back"})
                self.lines[-1].undone = True
            elif number % 50 == 7:
                self.at_door.append(_step(next(hours), "check", "Already in", text=guest.ticket))
            if number % 8 == 3:
                self._walks(next(walks, None), next(hours))
        for guest in back[:again]:
            self._checks(guest, next(hours))
        for walk in walks:
            self._walks(walk, next(hours))

    def _checks(self, guest: Guest, at: int, *, by_code: bool = False) -> None:
        self.lines.append(Line(DOOR, at, "in", guest.hash))
        self.at_door.append(_step(at, "check", "Welcome", text=guest.code.lower() if by_code else guest.ticket))

    def _walk_ins(self) -> Iterator[Step]:
        for number in range(WALK_INS):
            if number % 8 == 0:
                yield {"does": "sealed", "name": SEALED.format(number), "says": "Saved and sealed"}
            else:
                yield {"does": "walk_in", "sex": self.chance.choice(("sex:woman", "sex:man")), "says": "Saved"}

    def _walks(self, walk: Step | None, at: int) -> None:
        if walk is not None:
            self.lines.append(Line(DOOR, at, "walk_in", ""))
            self.at_door.append({**walk, "at": at})

    def _paper_door(self) -> None:
        """Rows that are ticked: people of whom no phone knows, and some who came in by the phone as well."""
        of_phone = [line for line in self.lines if line.what == "in"]
        known = {guest.hash: guest for guest in self.guests}
        gone = [line.of for line in of_phone if line.undone]
        both = {gone[-1]: None} | dict.fromkeys(line.of for line in of_phone[:: len(of_phone) // ALSO_ON_PAPER])
        met = {line.of for line in of_phone}
        fresh = [guest for guest in self.guests if guest.hash not in met]
        twice = [known[one] for one in both][:ALSO_ON_PAPER]
        self.ticked = [*fresh[: ON_PAPER - len(twice)], *twice]
        self.lines += [Line(PAPER, _ms(MORNING), "in", guest.hash) for guest in self.ticked]

    # ---- the race ------------------------------------------------------------------------------

    def _hand_out(self) -> None:
        """Some bibs are handed out with a ticket; two runners want to be named, two want no photo."""
        for number, guest in zip(range(3, 15, 2), self.guests, strict=False):
            at = _ms(MORNING) + number * 10_000
            shown, no_photo = number in {3, 5}, number in {5, 9}
            self.at_line.append(
                _step(at, "hand_out", f"Bib saved: {number}", bib=str(number), ticket=guest.ticket)
                | {"shown": shown, "no_photo": no_photo}
            )
            self.lines.append(Line(LINE, at, "bib", str(number)))
            self.lines += [Line(LINE, at, "opt_in", str(number))] * shown
        for wave, after in STARTS.items():
            self.at_line.append(_step(_ms(MORNING + after), "start", "", wave=wave))
            self.lines.append(Line(LINE, _ms(MORNING + after), "start", wave))

    def _finishes(self) -> None:
        by_phone = FINISHES - FINISHES_ON_PAPER - MISTYPED - TYPED_TWICE
        bibs = [str(number) for number in range(1, by_phone + FINISHES_ON_PAPER - BOTH + 1)]
        self.chance.shuffle(bibs)
        self.twice_finished = [bibs[2], bibs[3]]
        late = iter(bibs[by_phone - MISTYPED :])
        errs = set(range(1, by_phone, by_phone // MISTYPED)[:MISTYPED])
        twice = set(range(4, by_phone, by_phone // TYPED_TWICE)[:TYPED_TWICE])
        now = _ms(MORNING + FIRST_FINISH)
        for number, bib in enumerate(bibs[:by_phone]):
            now += self.chance.randrange(2_000, 9_000)
            if number in errs:
                self._finishes_one(next(late), now - 900, undone=True)
            self._finishes_one(bib, now)
            if number in twice:
                says = f"Bib {bib} finished a second time"
                self.at_line.append(_step(now + 1_500, "finish", says, bib=bib))
                self.lines.append(Line(LINE, now + 1_500, "finish", bib))
        self._paper_finishes(bibs[by_phone:])
        self._out(bibs)

    def _finishes_one(self, bib: str, at: int, *, undone: bool = False) -> None:
        handed = any(line.what == "bib" and line.of == bib for line in self.lines)
        self.at_line.append(_step(at, "tap" if handed and not undone else "finish", f"Finish saved: {bib}", bib=bib))
        self.lines.append(Line(LINE, at, "finish", bib, undone))
        if undone:
            self.at_line.append(_step(at + 400, "unfinish", "", bib=bib))

    def _paper_finishes(self, bibs: Sequence[str]) -> None:
        """Whole seconds; two bibs stand there that the phone has too, one a minute later, one a minute earlier."""
        first = _ms(MORNING + FIRST_FINISH)
        times = {bib: first + 1_000 * self.chance.randrange(60, 1_200) for bib in bibs}
        for bib, away in zip(self.twice_finished, (65_000, -70_000), strict=True):
            own = next(line.at for line in self.lines if line.what == "finish" and line.of == bib)
            times[bib] = (own + away) // 1_000 * 1_000
        self.written = list(times.items())
        self.lines += [Line(PAPER, at, "finish", bib) for bib, at in self.written]

    def _out(self, bibs: Sequence[str]) -> None:
        """Who is out of the race: one who finished, one who did not."""
        for bib, status in ((bibs[7], "dsq"), (str(len(bibs) + 1), "dnf")):
            at = _ms(MORNING + FIRST_FINISH) + 4_000_000
            self.at_line.append(_step(at, "status", f"Bib saved: {bib}", bib=bib, status=status))
            self.lines.append(Line(LINE, at, status, bib))

    # ---- on paper ------------------------------------------------------------------------------

    def finishes_on_paper(self) -> str:
        """The sheet of the finish as it is keyed in: a bib and its hour there, a line each."""
        return "\n".join(f"{bib} {_moment(at) + FROM_UTC:%H:%M:%S}" for bib, at in self.written)

    # ---- what is true --------------------------------------------------------------------------

    def entries_of(self, who: str) -> int:
        """How many entries somebody wrote, takings back counted."""
        own = [line for line in self.lines if line.who == who]
        return len(own) + sum(line.undone for line in own)

    def _standing(self, what: str) -> list[Line]:
        return [line for line in self.lines if line.what == what and not line.undone]

    @property
    def came(self) -> set[str]:
        """Whose ticket let her in, by its hash."""
        return {line.of for line in self._standing("in")}

    @property
    def walked_in(self) -> int:
        """How many came in without sign-up."""
        return len(self._standing("walk_in"))

    @property
    def shown_again(self) -> int:
        """How often a ticket was shown that was in already."""
        return len(self._standing("in")) - len(self.came)

    def times(self, decided: dict[str, str]) -> dict[str, int]:
        """The time of each bib that has one, in milliseconds; ``decided`` says whose finish of a bib holds."""
        starts = {line.of: line.at for line in self._standing("start")}
        out = {line.of for line in self.lines if line.what in {"dsq", "dnf"}}
        found: dict[str, int] = {}
        for line in sorted(self._standing("finish"), key=lambda one: one.at):
            if line.of not in out and decided.get(line.of, line.who) == line.who:
                found.setdefault(line.of, line.at - starts[_within(WAVES, line.of)])
        return found

    def places(self, decided: dict[str, str]) -> dict[str, list[tuple[int, str, str]]]:
        """Of each category: place, bib and time as it is read out, the fastest first."""
        times, lists = self.times(decided), {}
        for category in CATEGORIES:
            own = sorted((time, int(bib)) for bib, time in times.items() if _within(CATEGORIES, bib) == category)
            lists[category] = [
                (1 + sum(other < time for other, _ in own), str(bib), _read_out(time)) for time, bib in own
            ]
        return {category: places for category, places in lists.items() if places}

    @property
    def bibs(self) -> set[str]:
        """All bibs of which anything was said that stands."""
        return {line.of for what in ("bib", "finish", "dsq", "dnf") for line in self._standing(what)}


def _within(spans: dict[str, tuple[int, int]], bib: str) -> str:
    return next(name for name, (first, last) in spans.items() if first <= int(bib) <= last)


def _read_out(milliseconds: int) -> str:
    return str(timedelta(seconds=milliseconds // 1000))


def _ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds // 1000, UTC)


def _step(at: int, does: str, says: str, **given: Any) -> Step:
    return {"at": at, "does": does, "says": says, **given}
