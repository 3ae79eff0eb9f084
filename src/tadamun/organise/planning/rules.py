"""Decisions about what is planned: how heavy a risk is, what is late, what money is left. Pure functions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision
from django.utils.translation import gettext_lazy as _

from tadamun.organise.planning.models import BudgetLine, Permit, Receipt, Risk, Task
from tadamun.organise.planning.vocabulary import PERMITS_THAT_WAIT, Degree, Verdict
from tadamun.toolkit.rulings import ALLOWED, Ruling

# A matrix of three by three, as in ISO 31010: what is likely and harmful weighs most.
_HEAVY, _NOT_LIGHT = 6, 3
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Sum:
    """What is planned, spent and left in one currency; what is given in kind apart from money."""

    currency: str
    planned: Decimal
    spent: Decimal
    in_kind: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be spent; negative when too much was."""
        return self.planned - self.spent


def today_in(timezone: str, now: datetime) -> date:
    """The day that it is where the week takes place."""
    return now.astimezone(ZoneInfo(timezone)).date()


def weight(risk: Risk) -> Degree:
    """How heavy a risk is in all."""
    product = risk.likelihood * risk.harm
    return Degree.HIGH if product >= _HEAVY else Degree.MIDDLE if product >= _NOT_LIGHT else Degree.LOW


def task_is_late(task: Task, today: date) -> bool:
    """Whether a task is not done though its day is over."""
    return task.done_at is None and task.due_on is not None and task.due_on < today


def permit_waits(permit: Permit) -> bool:
    """Whether somebody still has to get it."""
    return permit.state in PERMITS_THAT_WAIT


def permit_is_late(permit: Permit, today: date) -> bool:
    """Whether it is not there though its deadline is over."""
    return permit_waits(permit) and permit.deadline is not None and permit.deadline < today


def reasons_suffice(verdict: str, reasons: object) -> Ruling:
    """Whether a verdict says why: whoever stops or moves something owes the others a reason."""
    if verdict != Verdict.GO and not reasons:
        return Ruling(_("Say why: the others have to explain it."))
    return ALLOWED


def amount_fits(amount: Decimal | None, currency: str) -> Ruling:
    """Whether an amount has no smaller part than its currency's coins: dinars have none (CLDR)."""
    if amount is not None and amount != round(amount, get_currency_precision(currency)):
        return Ruling(_("This currency has no such small coins. Leave the decimals out."))
    return ALLOWED


def sums(lines: Iterable[BudgetLine], receipts: Iterable[Receipt]) -> list[Sum]:
    """What is planned, spent and given in kind, by currency. The receipts must be of these lines."""
    planned: defaultdict[str, Decimal] = defaultdict(Decimal)
    spent: defaultdict[str, Decimal] = defaultdict(Decimal)
    in_kind: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        (in_kind if line.in_kind else planned)[line.currency] += line.planned or 0
    for receipt in receipts:
        spent[receipt.line.currency] += receipt.amount or 0
    return [
        Sum(currency, planned[currency], spent[currency], in_kind[currency])
        for currency in sorted({*planned, *spent, *in_kind})
    ]
