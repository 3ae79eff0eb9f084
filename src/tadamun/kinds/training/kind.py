"""Training: people learn something together and leave with a plan."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Kind
from tadamun.kinds.programme import item_labels, lines
from tadamun.kinds.training.plan import TrainingPlan, mistakes
from tadamun.toolkit.facts import Fact, Number


def facts(plan: TrainingPlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of a training. How a condition is proven stays inside."""
    yield from make.words("eligibility", _("Who it is for"), plan.eligibility, prominent=True)
    yield from make.words("conditions", _("Conditions"), *(condition.says for condition in plan.conditions))
    if plan.seats is not None:
        yield from make.fact("seats", _("Seats"), Number(plan.seats, detail=plan.seats_rule), prominent=True)
    else:
        yield from make.words("seats", _("Seats"), plan.seats_rule)
    if plan.hours is not None:
        yield from make.fact("hours", _("Length"), Number(plan.hours, unit=make.label(_("hours"))))
    yield from make.words("modules", _("Programme"), *lines(plan.modules, make))
    yield from make.words("method", _("Method"), plan.method)
    yield from make.words("laws", _("Legal basis"), *plan.laws)
    yield from make.words("material", _("Material"), *plan.material)
    yield from make.fact("languages", _("Languages"), *make.tongues(plan.languages))
    yield from make.words("project", _("Project"), plan.project)


KIND = Kind(
    code="training",
    name=_("Training"),
    mark="M3.5 4.5h17v11h-17zM12 15.5v5M8 20.5h8M7 8.5h6M7 11.5h9",
    plan=TrainingPlan,
    facts=facts,
    mistakes=mistakes,
    labels={
        "eligibility": _("Who it is for"),
        "conditions": _("Conditions"),
        "conditions.says": _("In words"),
        "conditions.field": _("Field of the form, for machines"),
        "conditions.value": _("Its value"),
        "conditions.proof": _("How it is shown"),
        "conditions.proof.declared": _("they say so"),
        "conditions.proof.vouched": _("somebody vouches for them"),
        "conditions.proof.code": _("by a code"),
        "modules": _("Programme"),
        **item_labels("modules"),
        "method": _("Method"),
        "laws": _("Legal basis"),
        "material": _("Material"),
        "seats": _("Seats"),
        "seats_rule": _("How seats are shared out"),
        "hours": _("Length in hours"),
        "languages": _("Languages"),
        "project": _("Project"),
    },
    schema_type="EducationEvent",
    category="LEARNING",
)
