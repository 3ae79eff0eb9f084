"""The kinds of planned rows: what each is called, how it is said in a line, its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency
from django.conf import settings
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.planning.forms.money import BudgetLineForm, ClosedReceiptForm, ReceiptForm
from tadamun.organise.planning.forms.safety import PermitForm, RiskForm, RoundForm
from tadamun.organise.planning.forms.work import MaterialForm, PrintedMatterForm, TaskForm
from tadamun.organise.planning.models import BudgetLine, Material, Permit, PrintedMatter, Receipt, Risk, Round, Task
from tadamun.organise.planning.vocabulary import SeenBy
from tadamun.organise.programme.forms.rows import RowKind
from tadamun.organise.programme.models import Activity, Week
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.templatetags.saying import said


@dataclass(frozen=True, kw_only=True)
class SomeRows(RowKind):
    """A kind that offers only those rows of its model that have certain values."""

    only: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, week: Week, activity: Activity | None) -> "models.QuerySet[Any]":
        """Those of the activity, or of the week as a whole. One query."""
        return super().rows(week, activity).filter(**self.only)


def short_day(value: date | None) -> str:
    """A day without its year: 21 March."""
    return (
        format_date(value, "d MMMM", locale=language(get_language() or settings.LANGUAGE_CODE).locale) if value else ""
    )


def money(amount: Decimal | None, currency: str) -> SafeString:
    """An amount with its currency, as the reader's language writes it, kept apart from the words around it.

    A dash when it is not stated.
    """
    if amount is None:
        return format_html("<bdi>{}</bdi>", "—")
    # Fractions stay away where there are none: budgets are read by people.
    pattern = "#,##0 ¤¤" if amount == amount.to_integral() else "#,##0.00 ¤¤"
    locale = language(get_language() or settings.LANGUAGE_CODE).locale
    words = format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
    return format_html("<bdi>{}</bdi>", words)


def _how_many(thing: Material) -> SafeString:
    amount = "" if thing.quantity is None else f"{thing.quantity} × "
    return format_html("{}{} {}", amount, said(thing.what), said(thing.unit))


PERMITS = RowKind(
    code="permits",
    model=Permit,
    form=PermitForm,
    title=_("Permits"),
    one=_("Permit"),
    add=_("Add a permit"),
    empty=_("Who has to allow this? If nobody, write that down too."),
    says=lambda permit: said(permit.what),
    related=("responsible", "authority"),
)
RISKS = RowKind(
    code="risks",
    model=Risk,
    form=RiskForm,
    title=_("Risks"),
    one=_("Risk"),
    add=_("Add a risk"),
    empty=_("What could happen here, and what would you do?"),
    says=lambda risk: said(risk.what),
    related=("responsible",),
)
ROUNDS = SomeRows(
    code="go",
    model=Round,
    form=RoundForm,
    title=_("Safety"),
    one=_("Go or no-go"),
    add=_("Ask for go or no-go"),
    empty=_("Nobody was asked to decide yet."),
    says=lambda round_: said(round_.criteria),
    related=("responsible",),
    only={"verdict": ""},
)
TASKS = RowKind(
    code="tasks",
    model=Task,
    form=TaskForm,
    title=_("Tasks"),
    one=_("Task"),
    add=_("Add a task"),
    empty=_("No task yet. Begin with the usual list, or write your own."),
    says=lambda task: said(task.what),
    related=("owner",),
)
MATERIAL = RowKind(
    code="material",
    model=Material,
    form=MaterialForm,
    title=_("Material"),
    one=_("Material"),
    add=_("Add material"),
    empty=_("Nothing is needed yet."),
    says=_how_many,
    related=("brought_by", "lent_by"),
)
PRINTED = RowKind(
    code="printed",
    model=PrintedMatter,
    form=PrintedMatterForm,
    title=_("Leaflets and posters"),
    one=_("Leaflet or poster"),
    add=_("Add a version"),
    empty=_("One line for each language and version: who approved it, how many were printed."),
    says=lambda printed: format_html("{} · {}", said(printed.what), language(printed.language).own_name),
    related=("approved_by",),
)
# Those for coordinators come first: the history calls a row by the kind that was told last.
BUDGET_CLOSED = SomeRows(
    code="budget-closed",
    model=BudgetLine,
    form=BudgetLineForm,
    title=_("Money that only coordinators see"),
    one=_("Budget line for coordinators"),
    add=_("Add a line for coordinators"),
    empty="",
    says=lambda line: said(line.purpose),
    begin=lambda line: setattr(line, "seen_by", SeenBy.COORDINATORS),
    related=("source",),
    permission=Permission.INVITE,
    only={"seen_by": SeenBy.COORDINATORS},
)
BUDGET = SomeRows(
    code="budget",
    model=BudgetLine,
    form=BudgetLineForm,
    title=_("Money"),
    one=_("Budget line"),
    add=_("Add a budget line"),
    empty=_("Nothing is planned yet: money, or gifts in kind with what they are worth."),
    says=lambda line: said(line.purpose),
    related=("source",),
    only={"seen_by": SeenBy.EDITORS},
)
RECEIPTS_CLOSED = SomeRows(
    code="receipts-closed",
    model=Receipt,
    form=ClosedReceiptForm,
    title=_("Receipts that only coordinators see"),
    one=_("Receipt for coordinators"),
    add=_("Add a receipt for coordinators"),
    empty="",
    says=lambda receipt: format_html("<bdi>{}</bdi>", receipt.what),
    related=("line",),
    permission=Permission.INVITE,
    only={"line__seen_by": SeenBy.COORDINATORS},
)
RECEIPTS = SomeRows(
    code="receipts",
    model=Receipt,
    form=ReceiptForm,
    title=_("Receipts"),
    one=_("Receipt"),
    add=_("Add a receipt"),
    empty=_("Nothing was paid yet."),
    says=lambda receipt: format_html("<bdi>{}</bdi>", receipt.what),
    related=("line",),
    only={"line__seen_by": SeenBy.EDITORS},
)

PLANNED_ROWS: Mapping[str, RowKind] = {
    kind.code: kind
    for kind in (
        PERMITS, RISKS, ROUNDS, TASKS, MATERIAL, PRINTED, BUDGET, BUDGET_CLOSED, RECEIPTS, RECEIPTS_CLOSED,
    )
}  # fmt: skip
