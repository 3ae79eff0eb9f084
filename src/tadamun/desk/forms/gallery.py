"""The forms of the gallery: a field of each kind, empty, filled and wrong. Nothing of them is stored."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.organise.programme.vocabulary import InvolvementType
from tadamun.toolkit.forms import asked_because
from tadamun.toolkit.languages.asking import TextField

FILLED: dict[str, Any] = {
    "title": {"en": "Morning run", "ar": "سباق الصباح", "ckb": "ڕاکردنی بەیانی"},
    "say": "0780",
    "when": date(2026, 3, 20),
    "hour": time(9, 0),
    "number": 40,
    "part": "host",
    "parts": ["host"],
    "agreed": True,
}


class Sample(forms.Form):
    """A field of each kind, as forms of the desk have them."""

    title = TextField(label=_("Title"))
    text = TextField(label=_("Text"), lines=3, required=False)
    say = asked_because(
        _("The reason is written into the log."), forms.CharField(label=_("Number"), help_text=_("Any of its names"))
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    when = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}), required=False)
    number = forms.IntegerField(label=_("Number"), min_value=1, required=False)
    part = forms.ChoiceField(
        label=_("Partner"), choices=lambda: [(one.value, one.label) for one in list(InvolvementType)]
    )
    parts = forms.MultipleChoiceField(
        label=_("Partner"),
        choices=lambda: [(one.value, one.label) for one in list(InvolvementType)[:3]],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(
        label=_("Note that they agreed"),
        help_text=_("Nothing of this is forbidden. It helps to know it before you decide."),
        required=False,
    )
    file = forms.FileField(label=_("Choose a file"), required=False)


def sample(state: str, code: str) -> Sample:
    """The form ``empty``, ``filled`` or ``wrong``; ``code`` keeps the marks of several on one page apart."""
    marks = f"{state}-{code}-%s"
    if state == "wrong":
        return Sample({"number": "0", "email": "@"}, auto_id=marks)
    return Sample(initial=FILLED if state == "filled" else None, auto_id=marks)
