"""The kinds of activity of this installation. A new kind is a new folder and one line here."""

from collections.abc import Mapping
from types import MappingProxyType

from tadamun.kinds.contract import Kind
from tadamun.kinds.training.kind import KIND as TRAINING

KINDS: Mapping[str, Kind] = MappingProxyType({kind.code: kind for kind in (TRAINING,)})


class UnknownKind(LookupError):
    """There is no such kind of activity."""


def kind_of(code: str) -> Kind:
    """The kind with this code.

    :raises UnknownKind: when there is none.
    """
    try:
        return KINDS[code]
    except KeyError:
        raise UnknownKind(code) from None
