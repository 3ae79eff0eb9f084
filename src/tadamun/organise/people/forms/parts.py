"""Parts of forms that ask a person something, each with why: at the gate, on her ticket, at an organiser's table."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tadamun.organise.people.models import Admission, Question
from tadamun.organise.people.vocabulary import AgeBand, Asked, Category, Governorate, Need, QuestionKind, Sex
from tadamun.toolkit.forms import asked_because
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.text import spoken

LONGEST_LINE, LONGEST_TEXT = 120, 1000
_UNSAID = ("", gettext_lazy("rather not say"))


def reaching(admission: Admission) -> dict[str, forms.Field]:
    """Name, and e-mail or phone number, as far as the activity asks for them."""
    found: dict[str, forms.Field] = {}
    if admission.name != Asked.NEVER:
        found["name"] = asked_because(
            _("So that the organisers can greet you. It need not be the name in your papers."),
            line(_("Name"), required=admission.name == Asked.REQUIRED, autocomplete="name"),
        )
    if admission.contact != Asked.NEVER:
        required = admission.contact == Asked.REQUIRED
        why = _("To tell you when something changes, and of a place that becomes free.")
        if not required:
            why += " " + _("Without it your ticket’s page is the only tie: keep its link.")
        field = line(_("E-mail or phone number"), required=required, autocomplete="off")
        field.widget.attrs |= {"dir": "ltr", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
        found["contact"] = asked_because(why, field)
    return found


def line(label: str, *, required: bool, autocomplete: str = "off") -> forms.CharField:
    """One line of text."""
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, required=required, max_length=LONGEST_LINE, widget=widget)


def question(row: Question, code: str) -> forms.Field:
    """A question of the activity's own, in the page's language."""
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


def party(admission: Admission, code: str) -> dict[str, forms.Field]:
    """How many come with her."""
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


def needs(admission: Admission) -> dict[str, forms.Field]:
    """What she needs to take part, as far as the activity offers it."""
    choices = [(need.value, need.label) for need in Need if need.value in admission.needs]
    if not choices:
        return {}
    field = forms.MultipleChoiceField(
        label=_("What you need to take part"), required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )
    return {"needs": asked_because(_("So that it is ready when you come."), field)}


def note() -> dict[str, forms.Field]:
    """Room for a sentence."""
    widget = forms.Textarea(attrs={"rows": 2})
    return {
        "note": forms.CharField(
            label=_("Something else that the organisers should know"),
            required=False,
            max_length=LONGEST_TEXT,
            widget=widget,
        )
    }


def categories(admission: Admission) -> dict[str, forms.Field]:
    """The categories for the figures; why they are asked is said once for all of them."""
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
