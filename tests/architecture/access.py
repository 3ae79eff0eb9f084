"""Who may open what: one line for each address of the private side, one column for each character.

A new address fails the tests until it has its line here (P-10).
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests.characters import World


def nothing(world: World) -> Mapping[str, Any]:
    """For addresses that name no thing."""
    return {}


class Line(NamedTuple):
    """The status that each character gets; ``names`` makes the parts of the address from the world."""

    visitor: int
    coordinator: int
    coordinator_elsewhere: int
    operator: int
    names: Callable[[World], Mapping[str, Any]] = nothing
    method: str = "GET"


ACCESS: Mapping[str, Line] = {
    #                vis. coor. else. oper.
    "healthz": Line(200, 200, 200, 200),
}
