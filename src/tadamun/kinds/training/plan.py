"""What only a training has: who may take part and how that is shown, modules, seats, what it leaves behind."""

from collections.abc import Iterable
from enum import Enum

from tadamun.kinds.contract import Mistake, Plan
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


class Module(Plan, frozen=True):
    """A part of the programme; ``day`` counts from 1."""

    title: Text
    day: int | None = None
    minutes: int | None = None


class TrainingPlan(Plan, frozen=True):
    """A training, workshop or training of trainers."""

    eligibility: Text = {}
    conditions: tuple[Condition, ...] = ()
    modules: tuple[Module, ...] = ()
    method: Text = {}
    material: tuple[Text, ...] = ()
    seats: int | None = None
    seats_rule: Text = {}
    hours: float | None = None
    language: Text = {}
    project: Text = {}


def mistakes(plan: TrainingPlan) -> Iterable[Mistake]:
    """Numbers that cannot be meant."""
    if plan.seats is not None and plan.seats < 1:
        yield Mistake("seats", "a training has at least one seat; leave it out when the number is not stated")
    for index, module in enumerate(plan.modules):
        if module.day is not None and module.day < 1:
            yield Mistake(f"modules[{index}].day", "days are counted from 1")
