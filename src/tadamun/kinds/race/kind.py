"""Race: people run in public, for sport and for the right to be there."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Kind, joined
from tadamun.kinds.race.plan import Distance, RacePlan, mistakes
from tadamun.toolkit.facts import Clock, Fact, Number
from tadamun.toolkit.languages.text import Text


def facts(plan: RacePlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of a race. The route is said only to those who may know the place."""
    distances = (_number(distance, make) for distance in sorted(plan.distances, key=lambda one: -one.km))
    yield from make.fact("distances", _("Distances"), *distances, prominent=True)
    yield from make.words("entrants", _("Who can run"), plan.entrants, prominent=True)
    yield from make.words("age", _("Age"), _age(plan, make), prominent=True)
    if plan.start_time is not None:
        yield from make.fact("start_time", _("Start of the race"), Clock(plan.start_time), prominent=True)
    if make.place_told:
        yield from make.words("route", _("Route"), plan.route)
    conditions = (make.label(condition.label) for condition in plan.conditions)
    yield from make.words("conditions", _("What makes it safe"), *conditions, *plan.more_conditions)
    yield from make.words("entry", _("How to enter"), plan.entry)
    yield from make.words("prizes", _("Prizes"), plan.prizes)
    yield from make.words("prepares_for", _("In preparation of"), plan.prepares_for)


def _number(distance: Distance, make: FactMaker) -> Number:
    details = list(distance.categories)
    if distance.start_time is not None:
        details.append(make.phrase(_("start at %(time)s"), time=f"{distance.start_time:%H:%M}"))
    return Number(distance.km, unit=make.label(_("km")), detail=joined(details))


def _age(plan: RacePlan, make: FactMaker) -> Text:
    low, high = str(plan.age_from), str(plan.age_to)
    if plan.age_from is None:
        return {} if plan.age_to is None else make.phrase(_("up to %(high)s years"), high=high)
    if plan.age_to is None:
        return make.phrase(_("from %(low)s years"), low=low)
    return make.phrase(_("from %(low)s to %(high)s years"), low=low, high=high)


KIND = Kind(
    code="race",
    name=_("Race"),
    mark="M6 20.5V4c4-2 8.5 2 12.5 0v9c-4 2-8.5-2-12.5 0M3.5 20.5h5M6 8.5c4-2 8.5 2 12.5 0M12.25 4v9",
    plan=RacePlan,
    facts=facts,
    mistakes=mistakes,
    labels={
        "distances": _("Distances"),
        "distances.km": _("Kilometres"),
        "distances.categories": _("Categories"),
        "distances.start_time": _("Start"),
        "entrants": _("Who can run"),
        "age_from": _("Age from"),
        "age_to": _("Age to"),
        "start_time": _("Start of the race"),
        "route": _("Route"),
        "conditions": _("What makes it safe"),
        "more_conditions": _("What else makes it safe"),
        "entry": _("How to enter"),
        "prizes": _("Prizes"),
        "prepares_for": _("In preparation of"),
    },
    long=frozenset({"route"}),
    schema_type="SportsEvent",
    category="SPORTS",
)
