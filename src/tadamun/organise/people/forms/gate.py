"""The gate's forms: what an activity asks, each with why, in the page's language. They keep nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadamun.organise.people.forms import parts
from tadamun.organise.people.models import Condition
from tadamun.organise.people.queries.gate import GatePage
from tadamun.organise.people.services.contacts import plain_contact
from tadamun.organise.people.services.entries import Entry, code_hash
from tadamun.organise.people.vocabulary import Proof
from tadamun.toolkit.forms import asked_because
from tadamun.toolkit.languages.text import spoken

TRAP = "website"
_OPEN_QUESTION = gettext_lazy("This activity is for people to whom this applies.")


class OwnEntryForm(forms.Form):
    """What identifies a person: name, how to reach her, her answers. Also for mending it later, and for the desk."""

    def __init__(self, *args: Any, page: GatePage, code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.page, self.code = page, code
        self.label_suffix = ""
        self.fields.update(self._asked())

    def _asked(self) -> Mapping[str, forms.Field]:
        return {
            **parts.reaching(self.page.admission),
            **{f"q_{row.code}": parts.question(row, self.code) for row in self.page.questions},
            **(parts.note() if self.page.admission.needs else {}),
        }

    def clean_contact(self) -> str:
        """In one spelling, so that the same address is known again."""
        return plain_contact(self.cleaned_data["contact"])

    def entry(self) -> Entry:
        """The entry of a valid form, to be sealed at once."""
        values = self.cleaned_data
        answers = {row.code: str(values[f"q_{row.code}"]) for row in self.page.questions if values[f"q_{row.code}"]}
        return Entry(
            name=values.get("name", ""), contact=values.get("contact", ""), answers=answers, note=values.get("note", "")
        )


class SignUpForm(OwnEntryForm):
    """The whole form of the gate."""

    def _asked(self) -> Mapping[str, forms.Field]:
        admission = self.page.admission
        return {
            **{f"c_{row.code}": _condition(row, self.code) for row in self.page.conditions},
            **super()._asked(),
            **parts.party(admission, self.code),
            **_group_code(self.page),
            **parts.needs(admission),
            **parts.categories(admission),
            TRAP: forms.CharField(required=False, max_length=parts.LONGEST_LINE, label=_("Leave this field empty")),
            "agreed": forms.BooleanField(
                label=_("I have read what happens with what I write here, and I agree."),
                error_messages={"required": _("Please read this and tick it: without it nothing may be kept.")},
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Say beside each condition whether it holds, rather than once for all."""
        values = super().clean() or {}
        for row in self.page.conditions:
            given = values.get(f"c_{row.code}")
            if row.proof == Proof.DECLARED and not given:
                self.add_error(f"c_{row.code}", _OPEN_QUESTION)
            elif row.proof != Proof.DECLARED and code_hash(given or "") != row.code_hash:
                self.add_error(f"c_{row.code}", _("This code is not right. Ask the body that gave it to you."))
        code = values.get("group_code")
        if code and code_hash(code) not in self.page.group_codes:
            self.add_error("group_code", _("This code is not one of this activity. Leave it empty if you have none."))
        return values

    def conditions(self) -> dict[str, str]:
        """How each condition was answered: "yes", or the code."""
        values = {row.code: self.cleaned_data.get(f"c_{row.code}") for row in self.page.conditions}
        return {code: "yes" if given is True else str(given or "") for code, given in values.items()}

    @property
    def trapped(self) -> bool:
        """Whether the field was filled in that people do not see."""
        return bool(self.cleaned_data.get(TRAP))

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields that people see, in their order; the consent stands apart."""
        return [field for field in self.visible_fields() if field.name not in {TRAP, "agreed"}]


def _condition(row: Condition, code: str) -> forms.Field:
    says = spoken(row.says, code).words
    if row.proof == Proof.DECLARED:
        return forms.BooleanField(label=says, required=False)
    hint = _("Your list or organisation gave you a code for this.")
    if row.proof == Proof.VOUCHED:
        hint = _("A body that vouches for you gave you a code for this.")
    field = parts.line(says, required=True)
    field.help_text = hint
    field.widget.attrs |= {"dir": "ltr", "class": "code", "autocapitalize": "characters"}
    return field


def _group_code(page: GatePage) -> dict[str, forms.Field]:
    if not page.group_names:
        return {}
    field = parts.line(_("Code of your list or group"), required=False)
    field.widget.attrs |= {"dir": "ltr", "class": "code", "autocapitalize": "characters"}
    return {"group_code": asked_because(_("Some places are held for lists and groups; their code opens them."), field)}
