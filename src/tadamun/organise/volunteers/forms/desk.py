"""The desk's forms about shifts, and the kind of rows that they are."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Account
from tadamun.organise.programme.forms.fields import MomentField
from tadamun.organise.programme.forms.rows import RowForm, RowKind
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.queries.reach import carriers_of
from tadamun.organise.volunteers.models import Crew, Shift
from tadamun.organise.volunteers.services.crews import SETTINGS
from tadamun.toolkit.languages.asking import TextField
from tadamun.toolkit.templatetags.saying import said

_MOST_HOURS, _MOST_MINUTES, _MOST_DAYS = 24, 24 * 60, 365


class ShiftForm(RowForm):
    """A shift."""

    more = ("where", "lead", "briefing")
    briefing = TextField(
        label=_("Briefing"),
        required=False,
        lines=5,
        help_text=_("What everybody in this shift has to know. Helpers read it on their page and say that they did."),
    )

    class Meta:
        model = Shift
        fields = ("what", "start", "end", "needed", "where", "lead", "briefing")
        field_classes = {"start": MomentField, "end": MomentField}

    def __init__(self, *args: Any, week: Week, activity: Activity | None, **options: Any) -> None:
        super().__init__(*args, week=week, activity=activity, **options)
        carriers = carriers_of(activity) if activity else []
        mine = Q(memberships__organisation__slug__in=carriers, is_active=True) | Q(pk=self.instance.lead_id)
        field: Any = self.fields["lead"]
        field.queryset, field.empty_label = (
            Account.objects.filter(mine).distinct().order_by("shown_name"),
            _("nobody yet"),
        )
        field.help_text = _("This member is told when somebody has not checked back.")

    def clean(self) -> dict[str, Any]:
        """A shift ends after it begins, and lasts a day at most."""
        values = super().clean() or {}
        start, end = values.get("start"), values.get("end")
        if start and end and end <= start:
            self.add_error("end", _("A shift ends after it begins."))
        elif start and end and (end - start).total_seconds() > _MOST_HOURS * 3600:
            self.add_error("end", _("A shift lasts 24 hours at most. Make several."))
        if values.get("needed") == 0:
            self.add_error("needed", _("At least one person is needed."))
        return values


class CrewForm(forms.ModelForm):  # type: ignore[type-arg]  # the model is the Meta's
    """What is asked of helpers, and the rules of rest."""

    class Meta:
        model = Crew
        fields = SETTINGS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        hints = {
            "rest_hours": _("Shifts with less time between them count as one working day."),
            "day_hours": _("Nobody can take more hours than this without such a rest."),
            "back_minutes": _("After the end of a shift. Then its lead is told who has not checked back."),
            "retention_days": _("Counted from the last shift or day of the activity."),
        }
        most = {"rest_hours": _MOST_HOURS, "day_hours": _MOST_HOURS, "back_minutes": _MOST_MINUTES}
        for name, hint in hints.items():
            field: Any = self.fields[name]
            field.help_text = hint
            self.fields[name] = forms.IntegerField(
                label=field.label, help_text=hint, min_value=1, max_value=most.get(name, _MOST_DAYS)
            )


SHIFTS = RowKind(
    code="shifts",
    model=Shift,
    form=ShiftForm,
    title=_("Helpers"),
    one=_("Shift"),
    add=_("Add a shift"),
    empty=_("No shift yet. Say when hands are needed, and how many."),
    says=lambda shift: said(shift.what),
    related=("lead",),
)
KINDS = {SHIFTS.code: SHIFTS}
