"""Short ways to say what a plan is and who reads it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from tadamun.kinds.contract import FactMaker, Kind
from tadamun.organise.safety.vocabulary import Audience
from tadamun.toolkit.facts import Fact

TODAY = date(2018, 4, 2)


def reader(audience: Audience = Audience.PUBLIC, *, today: date = TODAY, place_told: bool = True) -> FactMaker:
    """Somebody who reads English and Arabic."""
    return FactMaker(languages=("en", "ar"), audience=audience, today=today, place_told=place_told)


def plan_of(kind: Kind, **details: Any) -> Any:
    """The plan as it stands under ``details:`` in a week file, where every scalar is text."""
    return msgspec.convert(details, kind.plan, strict=False)


def told(kind: Kind, make: FactMaker, **details: Any) -> list[Fact]:
    """The facts that ``make``'s audience reads."""
    return list(kind.facts(plan_of(kind, **details), make))


def spoken_of(facts: Iterable[Fact]) -> dict[str, Any]:
    """Facts by key, as plain data, in English; a key that comes twice gives a list."""
    read: dict[str, Any] = {}
    for fact in facts:
        values = [_plain(value) for value in msgspec.to_builtins(fact.values)]
        read[fact.key] = [*read[fact.key], *values] if fact.key in read else values
    return read


def _plain(value: dict[str, Any]) -> Any:
    if value["is"] == "words":
        return value["text"].get("en")
    if value["is"] == "number":
        parts = [f"{value['quantity']:g}", value.get("unit", {}).get("en"), value.get("detail", {}).get("en")]
        return " ".join(part for part in parts if part)
    return value.get("on") or value.get("at")


def mistakes_in(kind: Kind, **details: Any) -> list[str]:
    """Where a plan is wrong."""
    return [mistake.where for mistake in kind.mistakes(plan_of(kind, **details))]
