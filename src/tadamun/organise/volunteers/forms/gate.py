"""The gate's forms for helpers: which shifts, and who she is as far as it is asked. They keep nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tadamun.organise.people.forms import parts
from tadamun.organise.people.services.contacts import plain_contact
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.vocabulary import Asked
from tadamun.organise.volunteers.models import Crew
from tadamun.toolkit.forms import asked_because

TRAP = "website"
_LONGEST_LINK = 400
Choice = tuple[int, SafeString]


class EntryForm(forms.Form):
    """Name and how to reach her, as far as they are asked for; a note."""

    def __init__(self, *args: Any, crew: Crew, code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.crew, self.code = crew, code
        self.label_suffix = ""
        self.fields.update(self._asked())

    def _asked(self) -> Mapping[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        if self.crew.name != Asked.NEVER:
            required = self.crew.name == Asked.REQUIRED
            field = parts.line(_("Name"), required=required, autocomplete="name")
            found["name"] = asked_because(_("So that whoever leads the shift can greet you. Any name will do."), field)
        if self.crew.contact != Asked.NEVER:
            reach = parts.line(_("E-mail or phone number"), required=self.crew.contact == Asked.REQUIRED)
            reach.widget.attrs |= {"dir": "ltr", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
            found["contact"] = asked_because(
                _("To tell you when a shift changes, and to look for you after it."), reach
            )
        return found | parts.note()

    def clean_contact(self) -> str:
        """In one spelling, so that the same address is known again."""
        return plain_contact(self.cleaned_data["contact"])

    def entry(self) -> Entry:
        """The entry of a valid form, to be sealed at once."""
        values = self.cleaned_data
        return Entry(name=values.get("name", ""), contact=values.get("contact", ""), note=values.get("note", ""))


class _Agreed(EntryForm):
    """What every form asks that brings somebody new: her agreement; and a field that people do not see."""

    def _asked(self) -> Mapping[str, forms.Field]:
        return {
            **super()._asked(),
            TRAP: forms.CharField(required=False, max_length=parts.LONGEST_LINE, label=_("Leave this field empty")),
            "agreed": forms.BooleanField(
                label=_("I have read what happens with what I write here, and I agree."),
                error_messages={"required": _("Please read this and tick it: without it nothing may be kept.")},
            ),
        }

    @property
    def trapped(self) -> bool:
        """Whether the field was filled in that people do not see."""
        return bool(self.cleaned_data.get(TRAP))

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields that people see, in their order; the agreement stands apart."""
        return [field for field in self.visible_fields() if field.name not in {TRAP, "agreed"}]


def shifts_field(choices: Sequence[Choice]) -> forms.TypedMultipleChoiceField:
    """Boxes to tick, one for each shift."""
    return forms.TypedMultipleChoiceField(
        label=_("Which shifts can you take?"),
        choices=choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one shift.")},
    )


class SignUpForm(_Agreed):
    """The whole form of the gate."""

    def __init__(self, *args: Any, choices: Sequence[Choice], **options: Any) -> None:
        self.choices = choices
        super().__init__(*args, **options)

    def _asked(self) -> Mapping[str, forms.Field]:
        return {"shifts": shifts_field(self.choices), **super()._asked()}


class TakeOverForm(_Agreed):
    """Somebody takes an offered shift over: as who she is already, or as somebody new."""

    def _asked(self) -> Mapping[str, forms.Field]:
        own = forms.CharField(label=_("Link of your own page"), required=False, max_length=_LONGEST_LINK)
        own.widget.attrs |= {"dir": "ltr", "spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
        why = _("If you help already: then both shifts stand on one page. Leave the rest empty.")
        return {"own": asked_because(why, own), **super()._asked()}

    def clean(self) -> dict[str, Any]:
        """Who has a page already need not say anything again."""
        values = super().clean() or {}
        if values.get("own"):
            for name in ("name", "contact", "agreed"):
                self.errors.pop(name, None)
        return values

    @property
    def own(self) -> str:
        """The text in the link of her own page; empty when she is new."""
        return str(self.cleaned_data.get("own", "")).strip().rstrip("/").rpartition("/")[2]


class HoursForm(forms.Form):
    """The name that stands on a certificate. It is printed and never kept."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        field = parts.line(_("Name on the certificate"), required=True)
        self.fields["name"] = asked_because(_("It is printed on the paper and kept nowhere."), field)
