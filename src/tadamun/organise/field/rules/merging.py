"""From a log of many phones to one account of the day.

The account depends on the sets of entries, contacts and decisions alone, not on the order in which they came, nor on
how often or in which pieces: each entry is taken once, and all are read in the order of their corrected times.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeVar

from tadamun.organise.field.rules import folding
from tadamun.organise.field.rules.clocks import Clocks, Met
from tadamun.organise.field.rules.races import Race
from tadamun.organise.field.rules.state import Conflict, Known, Logged, Settled, Side, Stamped, State

UNDO = "undo"
COUNT, LEAVE = "count", "leave"
NOTHING = Known()
Writer = TypeVar("Writer", bound=Hashable)


def merge(
    entries: Iterable[Logged],
    contacts: Iterable[Met] = (),
    settlements: Iterable[Settled] = (),
    *,
    known: Known = NOTHING,
    revoked: Mapping[str, int] | None = None,
) -> State:
    """All that the entries say together.

    ``revoked`` says when kits were taken back (milliseconds since 1970): what they say to have recorded later waits
    for a decision.
    """
    decided = _decisions(settlements)
    clocks = Clocks.of(contacts)
    stamped = _in_order(entries, clocks)
    state = State(devices={entry.device for entry in stamped})
    state.unmet = {device for device in state.devices if not clocks.knows(device)}
    counted = _without_late(stamped, revoked or {}, decided, state)
    standing = _without_undone(counted)
    state.entries = len(standing)
    state.last_at = max((entry.at for entry in standing), default=0)
    draft = folding.Draft(state, known, decided, Race())
    for entry in standing:
        folding.fold(draft, entry)
    folding.close(draft)
    state.conflicts.sort(key=lambda conflict: conflict.key)
    return state


def _decisions(settlements: Iterable[Settled]) -> dict[str, str]:
    latest: dict[str, tuple[int, str]] = {}
    for one in settlements:
        latest[one.conflict] = max((one.order, one.choice), latest.get(one.conflict, (one.order, one.choice)))
    return {conflict: choice for conflict, (_order, choice) in latest.items()}


def _in_order(entries: Iterable[Logged], clocks: Clocks) -> list[Stamped]:
    """Each once, by corrected time; a tie is broken by kit and number, so that it is always broken alike."""
    once: dict[tuple[str, int], Logged] = {}
    for entry in entries:
        name = (entry.device, entry.number)
        other = once.get(name)
        if other is None or entry.mac < other.mac:
            once[name] = entry
    stamped = [
        Stamped(
            clocks.corrected(entry.device, entry.clock), entry.device, entry.number, entry.clock, entry.kind, entry.body
        )
        for entry in once.values()
    ]
    stamped.sort(key=lambda entry: (entry.at, entry.device, entry.number))
    return stamped


def _without_late(
    stamped: list[Stamped], revoked: Mapping[str, int], decided: Mapping[str, str], state: State
) -> list[Stamped]:
    """Without what a kit says to have recorded after it was taken back; each such kit is a conflict to be decided."""
    if not revoked:
        return stamped
    late = [entry for entry in stamped if entry.device in revoked and entry.at > revoked[entry.device]]
    state.late = late
    for device in sorted({entry.device for entry in late}):
        own = [entry for entry in late if entry.device == device]
        key = f"late:{device}"
        sides = (Side(COUNT, str(len(own)), device, own[0].at), Side(LEAVE, "0", device, revoked[device]))
        choice = decided.get(key, "")
        state.conflicts.append(Conflict(key, "late", device, sides, choice if choice in {COUNT, LEAVE} else ""))
    left_out = {entry.name for entry in late if decided.get(f"late:{entry.device}") != COUNT}
    return [entry for entry in stamped if entry.name not in left_out]


def _without_undone(stamped: list[Stamped]) -> list[Stamped]:
    """Without what its own kit took back, wherever the taking back stands; a taking back is not taken back."""
    undone = taken_back((entry.device, entry.body) for entry in stamped if entry.kind == UNDO)
    return [entry for entry in stamped if entry.kind != UNDO and (entry.device, entry.number) not in undone]


def taken_back(undos: Iterable[tuple[Writer, Mapping[str, Any]]]) -> set[tuple[Writer, int]]:
    """Which entries, by kit and number, these kits took back with entries of these bodies; phones say what they like.

    Whatever a body says instead of a number takes nothing back.
    """
    return {(writer, body["of"]) for writer, body in undos if type(body.get("of")) is int}
