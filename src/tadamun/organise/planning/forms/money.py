"""Forms about money: lines of the budget, receipts."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tadamun.organise.planning import rules
from tadamun.organise.planning.forms.planned import MoneyField, PlannedForm
from tadamun.organise.planning.models import BudgetLine, Receipt
from tadamun.organise.planning.vocabulary import SeenBy
from tadamun.organise.programme.forms.rows import DayField
from tadamun.organise.programme.models import Activity, Week
from tadamun.toolkit.languages.text import spoken


class BudgetLineForm(PlannedForm):
    """A line of the budget."""

    more = ("in_kind", "source", "source_words")

    class Meta:
        model = BudgetLine
        fields = ("purpose", "planned", "currency", "in_kind", "source", "source_words")
        field_classes = {"planned": MoneyField}

    def clean(self) -> dict[str, Any]:
        """No coins that the currency does not have, no negative plan."""
        given = super().clean() or {}
        planned, currency = given.get("planned"), given.get("currency")
        if planned is not None and planned < 0:
            self.add_error("planned", _("A plan is not negative."))
        elif currency and not (ruling := rules.amount_fits(planned, currency)):
            self.add_error("planned", str(ruling.reason))
        return given


def _line_and_currency(line: BudgetLine) -> str:
    here, known = get_language() or settings.LANGUAGE_CODE, [code for code, _name in settings.LANGUAGES]
    return f"{spoken(line.purpose, here, known).words or '—'} ({line.currency})"


class ReceiptForm(PlannedForm):
    """Something that was paid, on a line that everybody who may edit sees."""

    seen_by = SeenBy.EDITORS
    more = ("number",)

    class Meta:
        model = Receipt
        fields = ("line", "amount", "day", "what", "number")
        field_classes = {"amount": MoneyField, "day": DayField}
        help_texts = {"amount": _("In the currency of its line. Money that came back has a minus.")}

    def __init__(self, *args: Any, week: Week, activity: Activity | None, **options: Any) -> None:
        super().__init__(*args, week=week, activity=activity, **options)
        field: Any = self.fields["line"]
        field.queryset = BudgetLine.objects.filter(week=week, activity=activity, seen_by=self.seen_by)
        field.label_from_instance = _line_and_currency
        for name in ("amount", "day"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """No coins that the currency does not have."""
        given = super().clean() or {}
        line, amount = given.get("line"), given.get("amount")
        if line and not (ruling := rules.amount_fits(amount, line.currency)):
            self.add_error("amount", str(ruling.reason))
        return given


class ClosedReceiptForm(ReceiptForm):
    """Something that was paid, on a line that only coordinators see."""

    seen_by = SeenBy.COORDINATORS
