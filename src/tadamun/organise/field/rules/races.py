"""A race in the log: starts by waves, finishes on several phones, bibs; times and places from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tadamun.organise.field.rules.state import Conflict, Result, Side, Span, Stamped, State

OUT_OF_PLACES = frozenset({"dns", "dnf", "dsq"})


@dataclass
class Bib:
    """What was said of a bib."""

    category: str = ""
    wave: str = ""
    no_photo: bool = False
    ticket: str = ""
    status: str = ""
    shown: bool = False


@dataclass
class Race:
    """All that was said of starts, finishes and bibs, in the order of their corrected times."""

    starts: dict[str, list[Stamped]] = field(default_factory=dict)
    finishes: dict[str, list[Stamped]] = field(default_factory=dict)
    bibs: dict[str, Bib] = field(default_factory=dict)
    registered: dict[str, list[Stamped]] = field(default_factory=dict)

    def bib(self, number: str) -> Bib:
        """A bib, also one that nobody registered."""
        return self.bibs.setdefault(number, Bib())


def close_race(
    race: Race, state: State, decided: Mapping[str, str], *, waves: Sequence[Span] = (), categories: Sequence[Span] = ()
) -> None:
    """Times and places, and what has to be decided first: two starts of a wave, a bib at two finishes.

    A bib of which no phone said its wave or category belongs where its number lies.
    """
    starts = {
        wave: _chosen(f"start:{wave}", "start", wave, seen, state, decided)
        for wave, seen in sorted(race.starts.items())
    }
    state.starts = {wave: start.at for wave, start in starts.items()}
    finishes = {
        bib: _chosen(f"finish:{bib}", "finish", bib, seen, state, decided)
        for bib, seen in sorted(race.finishes.items())
    }
    for number, said in sorted(race.registered.items()):
        _check_categories(number, said, race, state, decided)
    for number in finishes:
        race.bib(number)
    results = []
    for number, bib in sorted(race.bibs.items()):
        bib.wave = bib.wave or spanning(number, waves)
        bib.category = bib.category or spanning(number, categories)
        time = _time(starts.get(bib.wave), finishes.get(number))
        results.append((number, bib, time if bib.status not in OUT_OF_PLACES else None))
    places = _places((number, bib.category, time) for number, bib, time in results)
    state.results = [
        Result(
            bib=number,
            category=bib.category,
            status=bib.status,
            time=time,
            place=places.get(number),
            shown=bib.shown,
            no_photo=bib.no_photo,
            ticket=bib.ticket,
            wave=bib.wave,
        )
        for number, bib, time in results
    ]


def spanning(number: str, spans: Iterable[Span]) -> str:
    """The code of the first span that a bib lies in; "" where there is none, or its number is not of digits."""
    if not number.isdecimal():
        return ""
    return next((span.code for span in spans if span.first <= int(number) <= span.last), "")


def _chosen(key: str, kind: str, about: str, seen: list[Stamped], state: State, decided: Mapping[str, str]) -> Stamped:
    """The one that holds: the first of a phone; of several phones the one that was decided for, else the earliest."""
    firsts: dict[str, Stamped] = {}
    for entry in seen:
        firsts.setdefault(entry.device, entry)
    sides = list(firsts.values())
    if len(sides) == 1:
        return sides[0]
    choice = decided.get(key, "")
    held = next((entry for entry in sides if entry.name == choice), None)
    state.conflicts.append(
        Conflict(
            key,
            kind,
            about,
            tuple(Side(entry.name, str(entry.at), entry.device, entry.at) for entry in sides),
            choice if held else "",
        )
    )
    return held or sides[0]


def _check_categories(number: str, said: list[Stamped], race: Race, state: State, decided: Mapping[str, str]) -> None:
    """Two phones that put a bib into different categories; until somebody decides the later one holds."""
    latest = {entry.device: entry for entry in said}
    categories = {str(entry.body.get("category", "")) for entry in latest.values()}
    if len(categories) < 2:
        return
    key = f"bib:{number}"
    sides = tuple(
        Side(entry.name, str(entry.body.get("category", "")), entry.device, entry.at) for entry in latest.values()
    )
    held = next((side for side in sides if side.choice == decided.get(key)), None)
    state.conflicts.append(Conflict(key, "bib", number, sides, held.choice if held else ""))
    if held:
        race.bib(number).category = held.says


def _time(start: Stamped | None, finish: Stamped | None) -> int | None:
    """Finish − start in milliseconds; one phone's own clock is exact, unless it was set back in between."""
    if start is None or finish is None:
        return None
    if start.device == finish.device and finish.clock >= start.clock:
        return finish.clock - start.clock
    return max(finish.at - start.at, 0)


def _places(results: Iterable[tuple[str, str, int | None]]) -> dict[str, int]:
    """Places in each category; equal times share one."""
    by_category: dict[str, list[tuple[int, str]]] = {}
    for number, category, time in results:
        if time is not None:
            by_category.setdefault(category, []).append((time, number))
    places = {}
    for finished in by_category.values():
        finished.sort()
        times = [time for time, _number in finished]
        for time, number in finished:
            places[number] = times.index(time) + 1
    return places
