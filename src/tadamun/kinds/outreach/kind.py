"""Outreach: people carry a message to others, from hand to hand."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Kind
from tadamun.kinds.outreach.plan import Material, OutreachPlan, mistakes
from tadamun.toolkit.facts import Fact, Number, Words
from tadamun.toolkit.languages.text import Text


def facts(plan: OutreachPlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of outreach. Where the teams go is said only to those who may know the place."""
    for material in plan.materials:
        yield from make.fact("material", material.kind.label, *_about(material, make))
    yield from make.words("slogans", _("Slogans"), *plan.slogans)
    if make.place_told:
        yield from make.words("areas", _("Where in the city"), *plan.areas)
    yield from make.words("hashtags", _("Hashtags"), *(_as_written(hashtag, make) for hashtag in plan.hashtags))
    yield from make.words("join", _("How to join in"), plan.join)


def _about(material: Material, make: FactMaker) -> list[Words | Number]:
    values: list[Words | Number] = [Words(text) for text in (material.title, material.message) if text]
    values += make.tongues(material.languages)
    if material.print_run is not None:
        values.append(Number(material.print_run, unit=make.label(_("copies"))))
    return values


def _as_written(word: str, make: FactMaker) -> Text:
    return dict.fromkeys(make.languages, word)


KIND = Kind(
    code="outreach",
    name=_("Outreach"),
    mark="M8.5 3.5h11v13h-11zM11.5 7h5M11.5 10h5M11.5 13h2.5M8.5 7.5h-4v13h11v-4",
    plan=OutreachPlan,
    facts=facts,
    mistakes=mistakes,
    labels={
        "materials": _("Material"),
        "materials.kind": _("What it is"),
        "materials.title": _("Title"),
        "materials.message": _("Message"),
        "materials.languages": _("Languages"),
        "materials.print_run": _("Copies printed"),
        "slogans": _("Slogans"),
        "areas": _("Where in the city"),
        "hashtags": _("Hashtags"),
        "join": _("How to join in"),
    },
    long=frozenset({"materials.message"}),
    category="CAUSES",
)
