"""Training: people learn something together and leave with a plan."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import Fact, FactMaker, Kind, Number
from tadamun.kinds.training.plan import TrainingPlan, mistakes


def facts(plan: TrainingPlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of a training. How a condition is proven stays inside."""
    yield from make.words("eligibility", _("Who it is for"), plan.eligibility, prominent=True)
    yield from make.words("conditions", _("Conditions"), *(condition.says for condition in plan.conditions))
    if plan.seats is not None:
        yield from make.fact("seats", _("Seats"), Number(plan.seats, detail=plan.seats_rule), prominent=True)
    if plan.hours is not None:
        yield from make.fact("hours", _("Hours"), Number(plan.hours))
    yield from make.words("modules", _("Programme"), *(module.title for module in plan.modules))
    yield from make.words("method", _("Method"), plan.method)
    yield from make.words("material", _("Material"), *plan.material)
    yield from make.words("language", _("Language"), plan.language)
    yield from make.words("project", _("Project"), plan.project)


KIND = Kind(
    code="training",
    name=_("Training"),
    mark="M3 4h18v11H3zM12 15v5M8 20h8M7 8h6M7 11h9",
    plan=TrainingPlan,
    facts=facts,
    mistakes=mistakes,
    schema_type="EducationEvent",
    category="LEARNING",
)
