"""What else happens when everything is shut down at once: apps that stand higher say so at the start of the program."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from tadamun.organise.safety.services.audit import Actor

# Takes actor, now, and organisations (slugs; None for the whole installation), by name; in the caller's transaction.
Shut = Callable[..., Any]
_ALSO: dict[str, Shut] = {}


def also_shut(name: str, shut: Shut) -> None:
    """Say what ``name`` does when there is danger."""
    _ALSO[name] = shut


def shut_the_rest(*, actor: Actor, now: datetime, organisations: Collection[str] | None) -> None:
    """Do all that was said."""
    for shut in _ALSO.values():
        shut(actor=actor, now=now, organisations=organisations)
