"""A form about one row of a week, and the kinds of rows that a page offers to add, change and take away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.db import models
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.services.changes import Both, Plain, plain, values_of

_SALT = "tadamun.programme.seen"


class DayField(forms.DateField):
    """A calendar day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)


class HourField(forms.TimeField):
    """A time of day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, input_formats=["%H:%M", "%H:%M:%S"], **options)


class RowForm(forms.ModelForm):  # type: ignore[type-arg]  # the model is the subclass's
    """A form about a row. It carries what the member saw, so that a change by somebody else meanwhile is noticed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, week: Week, activity: Activity | None, **options: Any) -> None:
        self.week, self.activity = week, activity
        super().__init__(*args, **options)
        self.initial["seen"] = signing.dumps(values_of(self.instance, self.entered), salt=_SALT, compress=True)
        self.before = values_of(self.instance, self.entered)

    @property
    def entered(self) -> list[str]:
        """The names of the model's fields that this form asks for."""
        return list(self._meta.fields or ())

    def clean_seen(self) -> Plain:
        """What the member saw when she opened the form."""
        try:
            seen: Plain = signing.loads(self.cleaned_data["seen"] or self.initial["seen"], salt=_SALT)
        except signing.BadSignature:
            raise forms.ValidationError(_("Open this page again; what you wrote is still here to copy.")) from None
        return seen

    @property
    def wanted(self) -> Plain:
        """What the member sends, as plain values."""
        return {name: plain(self.cleaned_data[name]) for name in self.entered}

    def show_both(self, both: tuple[Both, ...]) -> None:
        """Tell of fields that somebody else changed meanwhile; sending again knowingly writes over them."""
        fresh = values_of(type(self.instance)._default_manager.get(pk=self.instance.pk), self.entered)
        sent = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        sent[self.add_prefix("seen")] = signing.dumps(fresh, salt=_SALT, compress=True)
        self.data = sent
        for clash in both:
            self.add_error(clash.field, _changed_meanwhile(clash))


def _changed_meanwhile(clash: Both) -> forms.ValidationError:
    theirs = clash.theirs
    words = " · ".join(theirs.values()) if isinstance(theirs, dict) else str(theirs if theirs is not None else "—")
    return forms.ValidationError(
        _(
            "%(who)s changed this while you wrote. Stored now: “%(theirs)s”. "
            "Yours is in the field; send what shall hold."
        ),
        params={"who": clash.by or _("Somebody"), "theirs": words},
    )


@dataclass(frozen=True, kw_only=True)
class RowKind:
    """A kind of rows that a week or an activity has, as pages offer it.

    ``code`` stands in the address. ``says`` puts a row into one line. ``begin`` sets what a new row starts with.
    """

    code: str
    model: type[models.Model]
    form: type[RowForm]
    title: "str | Promise"
    one: "str | Promise"
    add: "str | Promise"
    empty: "str | Promise"
    says: Callable[[Any], "str | SafeString"]
    beside: Callable[[Any], "str | Promise | SafeString"] = lambda _row: ""
    asks: Callable[[Any], bool] = lambda _row: False
    begin: Callable[[Any], None] = lambda _row: None
    related: tuple[str, ...] = ()
    permission: Permission = Permission.EDIT

    def rows(self, week: Week, activity: Activity | None) -> "models.QuerySet[Any]":
        """The rows of the activity, or those of the week that are about no single activity. One query."""
        names = {field.name for field in self.model._meta.concrete_fields}
        scope: dict[str, Any] = {"activity": activity} if "activity" in names else {}
        if "week" in names:
            scope["week"] = week
        return self.model._default_manager.filter(**scope).select_related(*self.related)

    def new(self, week: Week, activity: Activity | None) -> Any:
        """A row that is not stored yet."""
        names = {field.name for field in self.model._meta.concrete_fields}
        row: Any = self.model()
        if "week" in names:
            row.week = week
        if "activity" in names:
            row.activity = activity
        self.begin(row)
        return row
