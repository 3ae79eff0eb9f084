"""The kinds of activity of this installation. A new kind is a new folder and one line here."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tadamun.kinds.contract import Kind
from tadamun.kinds.debate.kind import KIND as DEBATE
from tadamun.kinds.gathering.kind import KIND as GATHERING
from tadamun.kinds.outreach.kind import KIND as OUTREACH
from tadamun.kinds.race.kind import KIND as RACE
from tadamun.kinds.seminar.kind import KIND as SEMINAR
from tadamun.kinds.statement.kind import KIND as STATEMENT
from tadamun.kinds.talk.kind import KIND as TALK
from tadamun.kinds.training.kind import KIND as TRAINING
from tadamun.kinds.visit.kind import KIND as VISIT


class UnknownKind(LookupError):
    """There is no such kind of activity."""


def registered(kinds: Iterable[Kind]) -> Mapping[str, Kind]:
    """Kinds by their code, in the order in which they are offered.

    :raises ValueError: when two kinds have the same code.
    """
    by_code: dict[str, Kind] = {}
    for kind in kinds:
        if kind.code in by_code:
            raise ValueError(f"two kinds of activity have the code {kind.code!r}; give one of them another")
        by_code[kind.code] = kind
    return MappingProxyType(by_code)


KINDS = registered((GATHERING, TRAINING, RACE, TALK, OUTREACH, DEBATE, STATEMENT, SEMINAR, VISIT))


def kind_of(code: str) -> Kind:
    """The kind with this code.

    :raises UnknownKind: when there is none.
    """
    try:
        return KINDS[code]
    except KeyError:
        raise UnknownKind(code) from None
