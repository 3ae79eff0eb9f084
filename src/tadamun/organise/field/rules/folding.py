"""What each kind of entry adds to the account of the day. Entries come here in the order of their corrected times."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tadamun.organise.field.rules.races import Race, close_race
from tadamun.organise.field.rules.state import (
    Arrival,
    Conflict,
    Double,
    Known,
    Shift,
    Side,
    Stamped,
    State,
    Stock,
)

HOUR = 3_600_000
MOST_AT_ONCE = 100_000
LONGEST = 60
CARRIED, GIVEN = "carried", "given"


class Unreadable(ValueError):
    """An entry of a known kind that does not say what its kind has to say."""


@dataclass
class Draft:
    """The account while it is written."""

    state: State
    known: Known
    decided: Mapping[str, str]
    race: Race
    arrivals: dict[str, list[Stamped]] = field(default_factory=dict)
    counts: dict[tuple[str, str], dict[str, Stamped]] = field(default_factory=dict)
    speaking_since: dict[str, Stamped] = field(default_factory=dict)


def fold(draft: Draft, entry: Stamped) -> None:
    """Add what an entry says; a kind that is not known adds nothing."""
    add = _KINDS.get(entry.kind)
    if add is None:
        return
    try:
        add(draft, entry)
    except Unreadable:
        draft.state.unreadable.append(entry)


def close(draft: Draft) -> None:
    """What can be said only when all is read."""
    _close_arrivals(draft)
    _close_counts(draft)
    _close_stock(draft)
    draft.state.speaks = set(draft.speaking_since)
    known = draft.known
    close_race(draft.race, draft.state, draft.decided, waves=known.waves, categories=known.categories)


def _text(body: Mapping[str, Any], name: str, *, default: str | None = None) -> str:
    value = body.get(name, default)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Unreadable(name)
    return value


def _whole(body: Mapping[str, Any], name: str, *, least: int = 0, default: int | None = None) -> int:
    value = body.get(name, default)
    if type(value) is not int or not least <= value <= MOST_AT_ONCE:
        raise Unreadable(name)
    return value


def _ticket(draft: Draft, body: Mapping[str, Any]) -> str:
    """Whose ticket is meant; a code that is not known stands for itself."""
    if "ticket" in body:
        return _text(body, "ticket")
    code = _text(body, "code")
    return draft.known.codes.get(code, code)


def _in(draft: Draft, entry: Stamped) -> None:
    ticket = _ticket(draft, entry.body)
    _whole(entry.body, "people", least=1, default=1)
    draft.arrivals.setdefault(ticket, []).append(entry)


def _close_arrivals(draft: Draft) -> None:
    """The first showing of a ticket lets in; later ones are doubles, and named when another phone let in as well."""
    state = draft.state
    for ticket, shown in draft.arrivals.items():
        first = shown[0]
        standing = draft.known.standing(ticket)
        if standing is None:
            state.unknown += [Double(ticket, entry.at, entry.device) for entry in shown]
            continue
        people = _whole(first.body, "people", least=1, default=1)
        state.came[ticket] = Arrival(first.at, first.device, people, standing)
        state.doubles += [Double(ticket, entry.at, entry.device) for entry in shown[1:]]
        if len({entry.device for entry in shown}) > 1:
            sides = tuple(Side(entry.name, "", entry.device, entry.at) for entry in shown)
            state.conflicts.append(Conflict(f"twice:{ticket}", "twice", ticket, sides, asks=False))
    for doubles in (state.doubles, state.unknown):
        doubles.sort(key=lambda double: (double.at, double.device, double.ticket))


def _walk_in(draft: Draft, entry: Stamped) -> None:
    """Persons: as many as one dimension counts ("sex:…", "age:…", or women, men and so on), or as stated."""
    cells = {
        name: _whole(entry.body, name)
        for name, value in entry.body.items()
        if name not in {"count", "row"} and type(value) is int
    }
    dimensions: dict[str, int] = {}
    for name, count in cells.items():
        dimension = name.partition(":")[0] if ":" in name else "sex"
        dimensions[dimension] = dimensions.get(dimension, 0) + count
    people = _whole(entry.body, "count", default=max(dimensions.values(), default=0))
    draft.state.walk_ins += max(people, *dimensions.values()) if dimensions else people
    for name, count in cells.items():
        draft.state.walk_in_cells[name] = draft.state.walk_in_cells.get(name, 0) + count


def _tally(draft: Draft, entry: Stamped) -> None:
    counter, by = _text(entry.body, "counter"), _whole(entry.body, "by", least=-MOST_AT_ONCE)
    hour = (counter, entry.at // HOUR)
    draft.state.tallies[counter] = draft.state.tallies.get(counter, 0) + by
    draft.state.hours[hour] = draft.state.hours.get(hour, 0) + by


def _stock(draft: Draft, entry: Stamped) -> None:
    act, count = _text(entry.body, "act"), _whole(entry.body, "n")
    item, area = _text(entry.body, "of"), _text(entry.body, "area", default="")
    stock = draft.state.stock.setdefault(item, Stock())
    if act == "out":
        stock.out += count
    elif act == "returned":
        stock.returned += count
    elif act == "given":
        stock.given += count
        spot = (area, entry.at // HOUR)
        stock.by_area[spot] = stock.by_area.get(spot, 0) + count
    else:
        raise Unreadable(act)


def _close_stock(draft: Draft) -> None:
    """More cannot be given than was carried."""
    for item, stock in draft.state.stock.items():
        if stock.given > stock.carried:
            key = f"stock:{item}"
            choice = draft.decided.get(key, "")
            sides = (Side(CARRIED, str(stock.carried), "", 0), Side(GIVEN, str(stock.given), "", 0))
            held = choice if choice in {CARRIED, GIVEN} else ""
            draft.state.conflicts.append(Conflict(key, "stock", item, sides, held))


def _shift(draft: Draft, entry: Stamped) -> None:
    which, who = _text(entry.body, "shift"), _text(entry.body, "who", default="")
    if who:
        shift = draft.state.duties.setdefault((which, who), Shift())
    else:
        shift = draft.state.shifts.setdefault(which, Shift())
    if entry.kind == "start_shift":
        shift.started = shift.started or entry.at
    elif entry.kind == "end_shift":
        shift.ended = entry.at
    elif entry.kind == "check_back":
        shift.back = shift.back or entry.at
    else:
        shift.briefed = shift.briefed or entry.at


def _race_start(draft: Draft, entry: Stamped) -> None:
    draft.race.starts.setdefault(_text(entry.body, "wave", default=""), []).append(entry)


def _finish(draft: Draft, entry: Stamped) -> None:
    draft.race.finishes.setdefault(_text(entry.body, "bib"), []).append(entry)


def _bib(draft: Draft, entry: Stamped) -> None:
    number = _text(entry.body, "bib")
    category, wave = _text(entry.body, "category", default=""), _text(entry.body, "wave", default="")
    ticket = _text(entry.body, "ticket", default="")
    bib = draft.race.bib(number)
    bib.category, bib.wave, bib.ticket = category, wave, ticket
    bib.no_photo = entry.body.get("no_photo") is True
    draft.race.registered.setdefault(number, []).append(entry)


def _status(draft: Draft, entry: Stamped) -> None:
    status = _text(entry.body, "status", default="")
    draft.race.bib(_text(entry.body, "bib")).status = status


def _opt_in(draft: Draft, entry: Stamped) -> None:
    draft.race.bib(_text(entry.body, "bib")).shown = entry.body.get("shown") is True


def _attend(draft: Draft, entry: Stamped) -> None:
    sitting = _text(entry.body, "sitting")
    if "counter" in entry.body:
        _whole(entry.body, "n", default=1)
        draft.counts.setdefault((sitting, _text(entry.body, "counter")), {})[entry.device] = entry
        return
    ticket = _ticket(draft, entry.body)
    if draft.known.standing(ticket) is not None:
        draft.state.attended.setdefault(sitting, set()).add(ticket)
    else:
        draft.state.unknown.append(Double(ticket, entry.at, entry.device))


def _close_counts(draft: Draft) -> None:
    """A number that one phone stated, its latest; two phones that differ have to be decided between."""
    for (sitting, counter), stated in draft.counts.items():
        numbers = {device: _whole(entry.body, "n", default=1) for device, entry in stated.items()}
        if len(set(numbers.values())) == 1:
            draft.state.stated[sitting, counter] = next(iter(numbers.values()))
            continue
        key = f"count:{sitting}:{counter}"
        choice = draft.decided.get(key, "")
        sides = tuple(Side(device, str(numbers[device]), device, entry.at) for device, entry in sorted(stated.items()))
        held = choice if choice in numbers else ""
        draft.state.conflicts.append(Conflict(key, "count", f"{sitting} {counter}", sides, held))
        draft.state.stated[sitting, counter] = numbers[held] if held else None


def _answer(draft: Draft, entry: Stamped) -> None:
    answer = (_text(entry.body, "question"), _text(entry.body, "choice"))
    draft.state.answers[answer] = draft.state.answers.get(answer, 0) + _whole(entry.body, "n", default=1)


def _speaker(draft: Draft, entry: Stamped) -> None:
    speaker, act = _text(entry.body, "speaker"), _text(entry.body, "act")
    since = draft.speaking_since
    if act == "start":
        since.setdefault(speaker, entry)
        return
    begun = since.pop(speaker, None)
    if begun is not None:
        spoken = draft.state.speaking.get(speaker, 0)
        draft.state.speaking[speaker] = spoken + entry.at - begun.at


def _question(draft: Draft, entry: Stamped) -> None:
    asker = _text(entry.body, "from", default="")
    draft.state.questions[asker] = draft.state.questions.get(asker, 0) + 1


def _told(draft: Draft, entry: Stamped) -> None:
    draft.state.told.append(entry)


_KINDS: dict[str, Callable[[Draft, Stamped], None]] = {
    "in": _in,
    "walk_in": _walk_in,
    "tally": _tally,
    "stock": _stock,
    "start_shift": _shift,
    "end_shift": _shift,
    "check_back": _shift,
    "brief": _shift,
    "race_start": _race_start,
    "finish": _finish,
    "bib": _bib,
    "status": _status,
    "opt_in": _opt_in,
    "attend": _attend,
    "answer": _answer,
    "speaker": _speaker,
    "question": _question,
    "statement": _told,
    "note": _told,
    "photo": _told,
    "incident": _told,
}
