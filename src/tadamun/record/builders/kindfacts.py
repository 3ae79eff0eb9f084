"""What is special to an activity's kind, as that kind tells it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from tadamun.kinds.contract import FactMaker, Kind, Plan
from tadamun.kinds.registry import UnknownKind, kind_of
from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Activity, Sitting
from tadamun.record.audiences import is_guarded
from tadamun.record.builders.bodies import Bodies
from tadamun.record.builders.places import place_is_told
from tadamun.record.builders.telling import Telling
from tadamun.record.structs import KindRecord
from tadamun.toolkit.facts import Fact, Number, Reference
from tadamun.toolkit.languages.fields import label_in

Facts = tuple[Fact, ...]


class UnreadablePlan(Exception):
    """The details of an activity do not fit its kind; ``str()`` names the activity, the field and the remedy."""


def kind_record(code: str, languages: tuple[str, ...]) -> KindRecord:
    """The kind of an activity; of one that is no longer installed only the code is known."""
    kind = _kind(code)
    if kind is None:
        return KindRecord(code=code, name={}, mark="")
    return KindRecord(
        code=code,
        name=label_in(languages, kind.name),
        mark=kind.mark,
        schema_type=kind.schema_type,
        category=kind.category,
    )


def facts_of(activity: Activity, sittings: Iterable[Sitting], telling: Telling) -> Facts:
    """What the kind tells this audience, given whether it may know the exact place of every sitting.

    :raises UnreadablePlan: when the activity's details do not fit its kind.
    """
    kind = _kind(activity.kind)
    if kind is None:
        return ()
    place_told = not is_guarded(activity.safety, telling.audience) and all(
        place_is_told(activity, sitting, telling) for sitting in sittings
    )
    make = FactMaker(languages=telling.languages, audience=telling.audience, today=telling.today, place_told=place_told)
    return tuple(_canonical(fact) for fact in kind.facts(_plan(kind, activity), make))


def with_known_references(
    facts: Mapping[int, Facts], *, bodies: Bodies, hidden_activities: Collection[str]
) -> dict[int, Facts]:
    """Take out references to bodies that are held back and to activities of the week that are not told."""
    slugs = {value.slug for value in _references(facts) if value.to == "organisation"}
    organisations = {row.slug: row for row in Organisation.objects.filter(slug__in=slugs)}

    def is_known(value: Any) -> bool:
        if not isinstance(value, Reference):
            return True
        if value.to == "organisation" and value.slug in organisations:
            return bodies.name(organisations[value.slug]) is not None
        return not (value.to == "activity" and value.slug in hidden_activities)

    return {key: tuple(_kept(of_one, is_known)) for key, of_one in facts.items()}


def _kept(facts: Facts, is_known: Any) -> Iterator[Fact]:
    for fact in facts:
        values = tuple(value for value in fact.values if is_known(value))
        if values:
            yield msgspec.structs.replace(fact, values=values)


def _canonical(fact: Fact) -> Fact:
    """Quantities as the record's type has them, so that 25 and 25.0 are the same bytes."""
    values = (Number(float(v.quantity), v.unit, v.detail) if isinstance(v, Number) else v for v in fact.values)
    return msgspec.structs.replace(fact, values=tuple(values))


def _references(facts: Mapping[int, Facts]) -> Iterator[Reference]:
    for of_one in facts.values():
        for fact in of_one:
            yield from (value for value in fact.values if isinstance(value, Reference))


def _plan(kind: Kind, activity: Activity) -> Plan:
    try:
        return msgspec.convert(activity.details, kind.plan)
    except msgspec.ValidationError as error:
        raise UnreadablePlan(
            f"The details of “{activity.slug}” do not fit the kind “{kind.code}”: {error}. "
            "Correct them in the week file and import it again."
        ) from error


def _kind(code: str) -> Kind | None:
    try:
        return kind_of(code)
    except UnknownKind:
        return None
