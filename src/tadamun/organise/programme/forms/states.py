"""What is asked when an activity goes on, is postponed or cancelled."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tadamun.organise.programme.forms.fields import DayField
from tadamun.toolkit.languages.asking import TextField

LONGEST_NOTE = 500


class NoteForm(forms.Form):
    """Why a step is made, for those who work on the activity."""

    note = forms.CharField(label=gettext_lazy("Note for those who work on it"), required=False, max_length=LONGEST_NOTE)


class WeekStepForm(NoteForm):
    """A step of a week; ``ideas`` is how many of its activities are ideas."""

    with_ideas = forms.BooleanField(required=False, initial=True)
    field_order = ("with_ideas", "note")

    def __init__(self, *args: Any, ideas: int, **options: Any) -> None:
        super().__init__(*args, **options)
        label = ngettext(
            "Its %(count)d activity that is an idea is planned, too",
            "Its %(count)d activities that are ideas are planned, too",
            ideas,
        )
        self.fields["with_ideas"].label = label % {"count": ideas}
        if not ideas:
            del self.fields["with_ideas"]


class TellingForm(NoteForm):
    """A step of which everybody who signed up is told; ``people`` is how many they are."""

    reason = TextField(label=gettext_lazy("Reason, for everybody"), required=False)
    tell = forms.BooleanField(required=False, initial=True)
    field_order = ("start", "reason", "tell", "note")

    def __init__(self, *args: Any, people: int, **options: Any) -> None:
        super().__init__(*args, **options)
        label = ngettext("Tell %(count)d person who signed up", "Tell the %(count)d people who signed up", people)
        self.fields["tell"].label = label % {"count": people}
        self.fields["tell"].help_text = _("The message waits under “Messages” until somebody opens the addresses.")
        if not people:
            del self.fields["tell"]

    @property
    def tells(self) -> bool:
        """Whether everybody shall be told."""
        return bool(self.cleaned_data.get("tell"))


class CancelForm(TellingForm):
    """An activity that does not take place."""


class PostponeForm(TellingForm):
    """A new first day, or none."""

    start = DayField(
        label=gettext_lazy("New first day"),
        required=False,
        help_text=gettext_lazy("All its days move along. Leave it empty if there is no new date yet."),
    )


class NewDateForm(TellingForm):
    """The new first day of what was put off without one."""

    start = DayField(label=gettext_lazy("New first day"))
