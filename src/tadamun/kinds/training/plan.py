"""What only a training has: who may take part and how that is shown, modules, seats, what it is based on.

Trainers are people in the role of trainer, the group's plan or list is an outcome, a repeat in another
city is a promise: those stand beside the plan, as for every kind.
"""

from collections.abc import Iterable
from enum import Enum

from django.utils.translation import gettext as _

from tadamun.kinds.contract import Mistake, Plan, Tongue, unknown_languages
from tadamun.kinds.programme import Item, programme_mistakes
from tadamun.toolkit.languages.text import Text


class Proof(str, Enum):
    """How a condition is shown to hold; only the answer is kept."""

    DECLARED = "declared"
    VOUCHED = "vouched"
    CODE = "code"


class Condition(Plan, frozen=True):
    """One predicate of the eligibility rule: ``says`` for people, ``field`` and ``value`` for machines."""

    says: Text
    field: str = ""
    value: str = ""
    proof: Proof = Proof.DECLARED


class TrainingPlan(Plan, frozen=True):
    """A training, workshop or training of trainers. ``laws`` are the legal texts that it works with."""

    eligibility: Text = {}
    conditions: tuple[Condition, ...] = ()
    modules: tuple[Item, ...] = ()
    method: Text = {}
    laws: tuple[Text, ...] = ()
    material: tuple[Text, ...] = ()
    seats: int | None = None
    seats_rule: Text = {}
    hours: float | None = None
    languages: tuple[Tongue, ...] = ()
    project: Text = {}


def mistakes(plan: TrainingPlan) -> Iterable[Mistake]:
    """Numbers that cannot be meant, and conditions that only half say what they check."""
    if plan.seats is not None and plan.seats < 1:
        yield Mistake("seats", _("a training has at least one seat; leave it out when the number is not stated"))
    if plan.hours is not None and plan.hours <= 0:
        yield Mistake("hours", _("a training has a length; leave it out when it is not stated"))
    for index, condition in enumerate(plan.conditions):
        if not condition.says:
            yield Mistake(f"conditions[{index}].says", _("say the condition in words that participants understand"))
        if bool(condition.field) != bool(condition.value):
            yield Mistake(f"conditions[{index}]", _("give both field and value, or neither"))
    yield from programme_mistakes(plan.modules, "modules")
    yield from unknown_languages(plan.languages, "languages")
