"""What only a race has: distances, who runs, the route, and what makes it safe.

“Marathon” is a name, not a distance. How many entered, started and finished are figures with their sources.
"""

from collections.abc import Iterable
from datetime import time

from django.utils.translation import gettext as _

from tadamun.kinds.contract import Mistake, Plan
from tadamun.kinds.race.vocabulary import SafeCondition
from tadamun.toolkit.languages.text import Text

LONGEST_KM = 250


class Distance(Plan, frozen=True):
    """A distance in kilometres with its categories (“women”, “under 18”) and its own start, if it has one."""

    km: float
    categories: tuple[Text, ...] = ()
    start_time: time | None = None


class RacePlan(Plan, frozen=True):
    """A race. ``age_from`` and ``age_to`` (years, both included) are the band for which it is meant."""

    distances: tuple[Distance, ...] = ()
    entrants: Text = {}
    age_from: int | None = None
    age_to: int | None = None
    start_time: time | None = None
    route: Text = {}
    conditions: tuple[SafeCondition, ...] = ()
    more_conditions: tuple[Text, ...] = ()
    entry: Text = {}
    prizes: Text = {}
    prepares_for: Text = {}


def mistakes(plan: RacePlan) -> Iterable[Mistake]:
    """Distances and ages that cannot be meant."""
    seen: set[float] = set()
    for index, distance in enumerate(plan.distances):
        where = f"distances[{index}].km"
        if distance.km <= 0:
            yield Mistake(where, _("a distance is more than 0 km; leave the distance out when it is not stated"))
        elif distance.km > LONGEST_KM:
            yield Mistake(
                where,
                _("%(km)s km is further than anybody runs; write kilometres, not metres") % {"km": f"{distance.km:g}"},
            )
        elif distance.km in seen:
            yield Mistake(
                where,
                _("%(km)s km is stated twice; put all its categories into one entry") % {"km": f"{distance.km:g}"},
            )
        seen.add(distance.km)
    yield from _age_mistakes(plan)
    if len(set(plan.conditions)) != len(plan.conditions):
        yield Mistake("conditions", _("a condition is stated twice; state it once"))


def _age_mistakes(plan: RacePlan) -> Iterable[Mistake]:
    for field, age in (("age_from", plan.age_from), ("age_to", plan.age_to)):
        if age is not None and not 0 < age < 120:
            yield Mistake(field, _("an age lies between 1 and 119 years"))
    if plan.age_from is not None and plan.age_to is not None and plan.age_from > plan.age_to:
        yield Mistake(
            "age_to",
            _("the age band runs from %(low)d down to %(high)d; turn it round")
            % {"low": plan.age_from, "high": plan.age_to},
        )
