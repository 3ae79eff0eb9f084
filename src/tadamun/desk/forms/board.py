"""Forms of the board: an activity with nothing but a title, a kind and a day; a day to move to."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadamun.kinds.registry import KINDS
from tadamun.organise.programme.forms.fields import DayField
from tadamun.weekfile.packed import LARGEST_ZIP


class AddActivityForm(forms.Form):
    """All that an activity needs to begin."""

    title = forms.CharField(label=_("Title"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind of activity"))
    day = DayField(label=_("Day"), required=False, help_text=_("Can wait until you know it."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [(code, found.name) for code, found in KINDS.items()]


class MoveForm(forms.Form):
    """Which sitting goes to which day. ``seen`` is the day on which the member saw it."""

    sitting = forms.IntegerField(required=False)
    seen = DayField(required=False)
    day = DayField(required=False)
    to = DayField(required=False)

    @property
    def wanted(self) -> date | None:
        """The day of the button that was pressed, else the one that was chosen."""
        return self.cleaned_data.get("to") or self.cleaned_data.get("day")


class WeekFileForm(forms.Form):
    """A week file, alone or packed with its photos."""

    file = forms.FileField(
        label=_("Week file, or a ZIP of its folder"), widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.zip"})
    )

    def clean_file(self) -> Any:
        """The file, when it is not larger than any that is taken."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_ZIP:
            says = gettext("The file is larger than %(limit)s MB.") % {"limit": LARGEST_ZIP // 1_000_000}
            raise forms.ValidationError(says)
        return file


def kind_names() -> dict[str, str]:
    """What the kinds of activity are called in the reader's language."""
    return {code: str(kind.name) for code, kind in KINDS.items()}


def errors_in_words(form: forms.Form) -> list[str]:
    """What is wrong with a form that has no page of its own."""
    return [str(error) for errors in form.errors.values() for error in errors]
