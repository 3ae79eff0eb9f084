"""Statement: organisations say something together, and sign it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Kind
from tadamun.kinds.statement.plan import StatementPlan, Version, mistakes
from tadamun.toolkit.facts import Day, Fact, Number, Words


def facts(plan: StatementPlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of a statement: the wording in force, and since when; earlier wordings stay inside."""
    yield from make.words("addressed_to", _("Addressed to"), *plan.addressed_to, prominent=True)
    yield from make.fact("languages", _("Languages"), *make.tongues(plan.languages))
    if plan.closes_on is not None:
        yield from make.fact("closes_on", _("Open for signatures until"), Day(plan.closes_on), prominent=True)
    yield from make.words("how_to_sign", _("How to sign"), plan.how_to_sign)
    if plan.versions:
        yield from _wording(plan.versions[-1], make)
    if plan.handed_over_on is not None:
        yield from make.fact("handed_over_on", _("Handed over on"), Day(plan.handed_over_on))
    yield from make.words("answer", _("Answer"), plan.answer)


def _wording(version: Version, make: FactMaker) -> Iterable[Fact]:
    yield from make.fact("text", _("Wording"), Words(version.text))
    if version.number > 1:
        values: list[Number | Day | Words] = [Number(version.number)]
        values += [Day(version.on)] if version.on else []
        values += [Words(version.change)] if version.change else []
        yield from make.fact("version", _("Version"), *values)


KIND = Kind(
    code="statement",
    name=_("Statement"),
    mark=(
        "M18.5 11V3.5h-13v17h7M8.5 7.5h7M8.5 11h5M8.5 14.5h2.5"
        "M16.5 18.5a2.8 2.8 0 1 1 0-5.6 2.8 2.8 0 0 1 0 5.6zM15 18.2v3.3l1.5-1 1.5 1v-3.3"
    ),
    plan=StatementPlan,
    facts=facts,
    mistakes=mistakes,
    labels={
        "addressed_to": _("Addressed to"),
        "versions": _("Wordings, as they followed each other"),
        "versions.number": _("Number"),
        "versions.text": _("Wording"),
        "versions.on": _("Of which day"),
        "versions.change": _("What changed"),
        "languages": _("Languages"),
        "how_to_sign": _("How to sign"),
        "closes_on": _("Open for signatures until"),
        "handed_over_on": _("Handed over on"),
        "answer": _("Answer"),
    },
    long=frozenset({"versions.text", "answer"}),
    category="MOVEMENTS_POLITICS",
)
