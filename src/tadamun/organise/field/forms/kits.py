"""The form for a new kit."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tadamun.organise.field.vocabulary import ON_PHONES
from tadamun.organise.programme.models import Activity
from tadamun.toolkit.forms import asked_because
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.templatetags.saying import said


class NewKitForm(forms.Form):
    """Where it is used, what for, until when. ``activities`` offers others of the week that the member carries."""

    label = asked_because(
        _("A word for the place, never a person’s name."),
        forms.CharField(label=_("What is it called?"), max_length=60),
    )
    role = forms.ChoiceField(label=_("What is it for?"), choices=[(role.value, role.label) for role in ON_PHONES])
    language = forms.ChoiceField(label=_("Language"))
    ends_on = asked_because(
        _("After that day it sends what it still has, and erases itself."),
        forms.DateField(label=_("Until when?"), widget=forms.DateInput(attrs={"type": "date"})),
    )
    also = forms.MultipleChoiceField(
        label=_("Also for these activities"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, others: Iterable[Activity], **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = {str(activity.uid): activity for activity in others}
        tongues = [(code, language(code).own_name) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = tongues  # type: ignore[attr-defined]  # a choice field
        choices = [(uid, said(activity.titles)) for uid, activity in self.others.items()]
        self.fields["also"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not self.others:
            del self.fields["also"]

    def chosen(self) -> list[Activity]:
        """The other activities that were ticked."""
        return [self.others[uid] for uid in self.cleaned_data.get("also", ())]

    def ends_at(self, zone: str) -> datetime:
        """The end of the last day, in the week's own zone."""
        return end_of(self.cleaned_data["ends_on"], zone)


def end_of(day: date, zone: str) -> datetime:
    """The moment at which a day is over there."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
