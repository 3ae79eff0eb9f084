"""The form for a file that a phone handed over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.toolkit.forms import asked_because

LARGEST_FILE = 8_000_000


class CarriedFileForm(forms.Form):
    """The file is read from memory and kept nowhere."""

    file = asked_because(
        _("What a phone made under “Carry”. Nobody but this server can read it."),
        forms.FileField(label=_("File of a phone"), widget=forms.FileInput(attrs={"accept": ".json,application/json"})),
    )


class LostKitForm(forms.Form):
    """What becomes of what a lost phone has not sent."""

    unsent = forms.ChoiceField(
        label=_("What it has not sent yet"),
        choices=(
            ("first", _("Take it in first: the kit is erased when somebody opens it")),
            ("lost", _("Erase at once, also locked: what it has not sent is lost")),
        ),
        initial="first",
        widget=forms.RadioSelect,
    )
