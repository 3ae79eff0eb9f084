"""The form about who is called. Name and number pass through it into the seal; it never shows them again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.organise.planning.forms.planned import PlannedForm
from tadamun.organise.planning.models import Contact
from tadamun.organise.planning.services.contacts import Reach


class ContactForm(PlannedForm):
    """Somebody to call: for what, as which in turn, by role; a member, or a name and number that are sealed."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    number = forms.CharField(label=_("Number"), max_length=60, required=False, widget=forms.TextInput({"type": "tel"}))

    class Meta:
        model = Contact
        fields = ("call_for", "role", "turn", "account")

    more = ("turn",)
    field_order = ("call_for", "role", "account", "name", "number", "turn")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # passed on as they came
        for name in ("name", "number"):
            self.fields[name].widget.attrs.update({"autocomplete": "off", "dir": "auto"})

    @property
    def reach(self) -> Reach:
        """What is to be sealed; empty when nothing was written."""
        return Reach(name=self.cleaned_data["name"], number=self.cleaned_data["number"])
