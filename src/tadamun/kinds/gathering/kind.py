"""Gathering: people spend time together in the open, and get to know a group."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Kind
from tadamun.kinds.gathering.plan import GatheringPlan, mistakes
from tadamun.kinds.programme import item_labels, lines
from tadamun.toolkit.facts import Fact


def facts(plan: GatheringPlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of a gathering: all that is stated, except ways in that give the place away."""
    yield from make.words("programme", _("Programme"), *lines(plan.programme, make))
    yield from make.words("stalls", _("Stalls and exhibitions"), *plan.stalls)
    yield from make.words("bring", _("Bring along"), *plan.bring, prominent=True)
    if make.place_told:
        yield from make.words("access", _("Getting there and access"), plan.access)
    yield from make.words("if_it_rains", _("If the weather turns"), plan.if_it_rains)
    yield from make.words("stay_in_touch", _("Stay in touch"), plan.stay_in_touch)


KIND = Kind(
    code="gathering",
    name=_("Gathering"),
    mark="M12 20.5V8.5M12 13.5l3-2.5M12 11.5L9.5 9.5M4 20.5h16M12 15.5a6 6 0 1 1 0-12 6 6 0 0 1 0 12z",
    plan=GatheringPlan,
    facts=facts,
    mistakes=mistakes,
    labels={
        "programme": _("Programme"),
        **item_labels("programme"),
        "stalls": _("Stalls and exhibitions"),
        "bring": _("Bring along"),
        "access": _("Getting there and access"),
        "if_it_rains": _("If the weather turns"),
        "stay_in_touch": _("Stay in touch"),
    },
    schema_type="SocialEvent",
    category="COMMUNITY",
)
