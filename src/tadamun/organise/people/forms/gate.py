"""The gate's forms: what an activity asks, each with why, in the page's language. They keep nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tadamun.organise.people.models import Admission, Condition, Question
from tadamun.organise.people.queries.gate import GatePage
from tadamun.organise.people.services.contacts import plain_contact
from tadamun.organise.people.services.entries import Entry, code_hash
from tadamun.organise.people.vocabulary import (
    AgeBand,
    Asked,
    Category,
    Governorate,
    Need,
    Proof,
    QuestionKind,
    Sex,
)
from tadamun.toolkit.forms import asked_because
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.text import spoken

LONGEST_LINE, LONGEST_TEXT = 120, 1000
TRAP = "website"
_UNSAID = ("", gettext_lazy("rather not say"))
_OPEN_QUESTION = gettext_lazy("This activity is for people to whom this applies.")


class OwnEntryForm(forms.Form):
    """What identifies a person: name, how to reach her, her answers. For the gate, and for mending it later."""

    def __init__(self, *args: Any, page: GatePage, code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.page, self.code = page, code
        self.label_suffix = ""
        self.fields.update(self._asked())

    def _asked(self) -> Mapping[str, forms.Field]:
        return {
            **_reaching(self.page.admission),
            **{f"q_{row.code}": _question(row, self.code) for row in self.page.questions},
            **_note(self.page.admission),
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
            **_party(admission, self.code),
            **_group_code(self.page),
            **_needs(admission),
            **_categories(admission),
            TRAP: forms.CharField(required=False, max_length=LONGEST_LINE, label=_("Leave this field empty")),
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


def _reaching(admission: Admission) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    if admission.name != Asked.NEVER:
        found["name"] = asked_because(
            _("So that the organisers can greet you. It need not be the name in your papers."),
            _line(_("Name"), required=admission.name == Asked.REQUIRED, autocomplete="name"),
        )
    if admission.contact != Asked.NEVER:
        required = admission.contact == Asked.REQUIRED
        why = _("To tell you when something changes, and of a place that becomes free.")
        if not required:
            why += " " + _("Without it your ticket’s page is the only tie: keep its link.")
        field = _line(_("E-mail or phone number"), required=required, autocomplete="off")
        field.widget.attrs |= {"dir": "ltr", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
        found["contact"] = asked_because(why, field)
    return found


def _line(label: str, *, required: bool, autocomplete: str = "off") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, required=required, max_length=LONGEST_LINE, widget=widget)


def _question(row: Question, code: str) -> forms.Field:
    label, why = spoken(row.text, code).words, spoken(row.why, code).words
    field: forms.Field
    if row.kind == QuestionKind.WORDS:
        field = forms.CharField(
            label=label, required=row.required, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
        )
    else:
        answers: list[tuple[str, str | Promise]] = [("yes", _("yes")), ("no", _("no"))]
        if row.kind == QuestionKind.CHOICE:
            answers = [(_key(answer), spoken(answer, code).words) for answer in row.choices]
        if not row.required:
            answers = [_UNSAID, *answers]
        field = forms.ChoiceField(label=label, required=row.required, choices=answers, widget=forms.RadioSelect)
    return asked_because(why, field)


def _key(answer: Mapping[str, str]) -> str:
    """What is kept of a chosen answer: its wording in the first language that it has, the same in all languages."""
    return next((answer[code] for code in sorted(answer)), "")


def _condition(row: Condition, code: str) -> forms.Field:
    says = spoken(row.says, code).words
    if row.proof == Proof.DECLARED:
        return forms.BooleanField(label=says, required=False)
    hint = _("Your list or organisation gave you a code for this.")
    if row.proof == Proof.VOUCHED:
        hint = _("A body that vouches for you gave you a code for this.")
    field = _line(says, required=True)
    field.help_text = hint
    field.widget.attrs |= {"dir": "ltr", "class": "code", "autocapitalize": "characters"}
    return field


def _party(admission: Admission, code: str) -> dict[str, forms.Field]:
    if not admission.guests_max:
        return {}
    counts: list[tuple[str, str | Promise]] = [("0", _("nobody"))]
    for number in range(1, admission.guests_max + 1):
        said = ngettext("%(number)s person", "%(number)s people", number) % {"number": days.number(number, code)}
        counts.append((str(number), said))
    field = forms.TypedChoiceField(
        label=_("Who comes with you"), choices=counts, coerce=int, initial="0", required=False
    )
    return {"guests": asked_because(_("They need a place too. Nobody asks for their names."), field)}


def _group_code(page: GatePage) -> dict[str, forms.Field]:
    if not page.group_names:
        return {}
    field = _line(_("Code of your list or group"), required=False)
    field.widget.attrs |= {"dir": "ltr", "class": "code", "autocapitalize": "characters"}
    return {"group_code": asked_because(_("Some places are held for lists and groups; their code opens them."), field)}


def _needs(admission: Admission) -> dict[str, forms.Field]:
    choices = [(need.value, need.label) for need in Need if need.value in admission.needs]
    if not choices:
        return {}
    field = forms.MultipleChoiceField(
        label=_("What you need to take part"), required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )
    return {"needs": asked_because(_("So that it is ready when you come."), field)}


def _note(admission: Admission) -> dict[str, forms.Field]:
    if not admission.needs:
        return {}
    widget = forms.Textarea(attrs={"rows": 2})
    return {
        "note": forms.CharField(
            label=_("Something else that the organisers should know"),
            required=False,
            max_length=LONGEST_TEXT,
            widget=widget,
        )
    }


def _categories(admission: Admission) -> dict[str, forms.Field]:
    asked: dict[str, tuple[str, Any]] = {
        Category.SEX: (_("You are"), Sex),
        Category.AGE_BAND: (_("Age"), AgeBand),
        Category.GOVERNORATE: (_("Governorate"), Governorate),
    }
    why = _("For the count of who comes. Only counts are shown, and none so small that it could give you away.")
    found: dict[str, forms.Field] = {}
    for name, (label, choices) in asked.items():
        if name in admission.categories:
            field = forms.ChoiceField(label=label, required=False, choices=[_UNSAID, *choices.choices])
            found[name] = field if found else asked_because(why, field)  # once for all of them
    return found
