"""What all forms about planned rows have in common: members to choose from, amounts that fit their currency."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Account
from tadamun.organise.planning import rules
from tadamun.organise.programme.forms.rows import RowForm
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.queries.reach import carriers_of, carriers_of_week

_MEMBERS = ("responsible", "owner", "brought_by", "approved_by", "account")


class MoneyField(forms.DecimalField):
    """An amount of money, kept with two decimals whatever its currency has."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"})
        super().__init__(**{"max_digits": 14, "decimal_places": 2, **options, "widget": widget})

    def clean(self, value: Any) -> Decimal | None:
        """The amount; separators of thousands may be written."""
        amount: Decimal | None = super().clean(value.replace(",", "") if isinstance(value, str) else value)
        return amount.quantize(rules.CENT) if amount is not None else None

    def prepare_value(self, value: Any) -> Any:
        """Print no decimals where there are none."""
        return value.quantize(Decimal(1)) if isinstance(value, Decimal) and value == value.to_integral() else value


class PlannedForm(RowForm):
    """A form about a planned row. Members are those of the organisations that carry it."""

    def __init__(self, *args: Any, week: Week, activity: Activity | None, **options: Any) -> None:
        super().__init__(*args, week=week, activity=activity, **options)
        asked = [name for name in _MEMBERS if name in self.fields]
        if asked:
            carriers = carriers_of(activity) if activity else carriers_of_week(week)
            now_named = [getattr(self.instance, f"{name}_id") for name in asked]
            mine = Q(memberships__organisation__slug__in=carriers, is_active=True) | Q(pk__in=now_named)
            members = Account.objects.filter(mine).distinct().order_by("shown_name", "pk")
            for name in asked:
                field: Any = self.fields[name]
                field.queryset, field.empty_label = members, _("nobody yet")
        for name in ("authority", "lent_by", "source"):
            if name in self.fields:
                setattr(self.fields[name], "empty_label", _("none"))  # noqa: B010  the field's class is hidden
