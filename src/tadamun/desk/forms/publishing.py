"""The desk's forms about publishing: when, and under which conditions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.organise.programme.forms.fields import MomentField


class LetOutForm(forms.Form):
    """Publish: at once when no moment is given. It carries what the member looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    at = MomentField(label=_("At this moment"), required=False, help_text=_("By the clock where the week is."))

    def __init__(self, *args: Any, timezone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["at"].set_zone(timezone)  # type: ignore[attr-defined]  # it is a MomentField


class ConditionsForm(forms.Form):
    """Under which conditions a week may be published."""

    two_people = forms.BooleanField(label=_("A second member must agree each time"), required=False)
    embargo_until = MomentField(
        label=_("Embargo until"),
        required=False,
        help_text=_("Before this moment nobody can publish anything of it."),
    )

    def __init__(self, *args: Any, timezone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["embargo_until"].set_zone(timezone)  # type: ignore[attr-defined]  # it is a MomentField
