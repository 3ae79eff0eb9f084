"""The desk's forms about sign-up: settings, questions in several languages, the door, adding by hand, files."""

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tadamun.organise.people.models import Admission, PlaceGroup, Question
from tadamun.organise.people.services.shaping import AskedQuestion, Shape, said
from tadamun.organise.people.vocabulary import (
    Asked,
    Category,
    Need,
    Promotion,
    Proof,
    QuestionKind,
)
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit.forms import asked_because
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.languages.text import Text

UNSAID = ("", _("not said"))
LONGEST_TEXT = 500
# Reasons that fit on a roster; the others belong to their own pages.
ROSTER_REASONS = (
    OpeningReason.CONTACT,
    OpeningReason.ADMIT,
    OpeningReason.DOOR,
    OpeningReason.CORRECT,
    OpeningReason.SAFETY,
)
EXPORT_REASONS = (OpeningReason.EXPORT, OpeningReason.PRINT, OpeningReason.CONTACT, OpeningReason.SAFETY)


class MomentField(forms.DateTimeField):
    """A moment in the week's own time zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options)


class ShapeForm(forms.Form):
    """The settings of an admission."""

    opens_at = MomentField(label=_("Sign-up opens"), required=False)
    closes_at = MomentField(label=_("Sign-up closes"), required=False)
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=0, max_value=1_000_000, help_text=_("Empty: no limit.")
    )
    waiting_list = forms.BooleanField(label=_("Keep a waiting list once it is full"), required=False)
    promotion = forms.ChoiceField(label=_("Who waits moves up"), choices=Promotion.choices)
    offer_hours = forms.IntegerField(
        label=_("Hours to accept an offered place"),
        min_value=0,
        max_value=240,
        help_text=_("0: a place that becomes free is given without asking."),
    )
    approval = forms.BooleanField(label=_("An organiser decides about each sign-up"), required=False)
    guests_max = forms.IntegerField(label=_("Guests that one person may bring"), min_value=0, max_value=20)
    name = asked_because(
        _("A name that nobody holds cannot be taken. The ticket is enough to be let in."),
        forms.ChoiceField(label=_("Name"), choices=Asked.choices),
    )
    contact = forms.ChoiceField(label=_("E-mail or phone number"), choices=Asked.choices)
    categories = asked_because(
        _("For the figures. “Rather not say” is always an answer, and small counts are withheld."),
        forms.MultipleChoiceField(
            label=_("Categories that are asked"),
            choices=Category.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs that are offered"), choices=Need.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    retention_days = asked_because(
        _("Then all that was entered is destroyed by itself; the counts stay."),
        forms.IntegerField(label=_("Days to keep entries after the last day"), min_value=0, max_value=365),
    )
    attendance_share = asked_because(
        _("Of the hours of all sittings, in per cent. Who reached it can print a certificate of attendance."),
        forms.IntegerField(label=_("Attendance for a certificate"), min_value=1, max_value=100, required=False),
    )
    knowingly = forms.BooleanField(
        label=_("I know that this is more than the safety profile has, and why it must be."), required=False
    )

    def __init__(self, *args: Any, admission: Admission, **options: Any) -> None:
        self.zone = ZoneInfo(admission.activity.week.timezone)
        names = [*self.base_fields]
        initial = {name: getattr(admission, name) for name in names if hasattr(admission, name)}
        for name in ("opens_at", "closes_at"):
            value = initial[name]
            initial[name] = value.astimezone(self.zone).replace(tzinfo=None) if value else None
        super().__init__(*args, **{**options, "initial": initial})

    def clean(self) -> dict[str, Any]:
        """It closes after it opens; the moments are in the week's time zone."""
        values = super().clean() or {}
        values["attendance_share"] = values.get("attendance_share") or self.initial["attendance_share"]
        for name in ("opens_at", "closes_at"):
            if values.get(name):
                values[name] = values[name].replace(tzinfo=self.zone)
        if values.get("opens_at") and values.get("closes_at") and values["closes_at"] <= values["opens_at"]:
            self.add_error("closes_at", _("It must close after it opens."))
        return values

    def shape(self) -> Shape:
        """What a valid form says."""
        values = self.cleaned_data
        return Shape(**{name: value for name, value in values.items() if name not in {"capacity", "knowingly"}})


class WordedForm(forms.Form):
    """A form with texts that stand side by side in the site's languages: one field ``name_code`` for each."""

    worded: Mapping[str, Any] = {}
    wanted: frozenset[str] = frozenset()
    long: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in self.worded.items():
            for code, _name in settings.LANGUAGES:
                self.fields[f"{name}_{code}"] = _words_field(label, code, long=name in self.long)

    def clean(self) -> dict[str, Any]:
        """A wanted text stands in one language at least."""
        values = super().clean() or {}
        for name in self.worded:
            values[name] = said({code: values.get(f"{name}_{code}", "") for code, _name in settings.LANGUAGES})
            if name in self.wanted and not values[name]:
                first = settings.LANGUAGES[0][0]
                self.add_error(f"{name}_{first}", _("Write it in one language at least."))
        return values

    @property
    def sides(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The texts, each with its fields in all languages."""
        for name, label in self.worded.items():
            yield label, [self[f"{name}_{code}"] for code, _name in settings.LANGUAGES]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that have one language."""
        sides = {field.name for _label, fields in self.sides for field in fields}
        return [field for field in self if field.name not in sides]

    @staticmethod
    def spread(name: str, text: Text) -> dict[str, str]:
        """Initial values for a text."""
        return {f"{name}_{code}": words for code, words in text.items()}


class QuestionForm(WordedForm):
    """A question of the activity's own."""

    worded = {"text": _("Question"), "why": _("Why it is asked"), "choices": _("Answers to choose from, one on a line")}
    wanted = frozenset({"text", "why"})
    long = frozenset({"choices"})
    kind = forms.ChoiceField(label=_("It is answered"), choices=QuestionKind.choices)
    required = forms.BooleanField(label=_("It must be answered"), required=False)

    @classmethod
    def initial_of(cls, row: Question) -> dict[str, Any]:
        """What the form shows of a question."""
        answers: dict[str, str] = {}
        for code in {code for choice in row.choices for code in choice}:
            answers[f"choices_{code}"] = "\n".join(choice.get(code, "") for choice in row.choices)
        texts = cls.spread("text", row.text) | cls.spread("why", row.why) | answers
        return {"kind": row.kind, "required": row.required, **texts}

    def question(self) -> AskedQuestion:
        """What a valid form says."""
        values = self.cleaned_data
        lines = {code: words.split("\n") for code, words in values["choices"].items()}
        many = max((len(column) for column in lines.values()), default=0)
        choices = [
            said({code: column[number] if number < len(column) else "" for code, column in lines.items()})
            for number in range(many)
        ]
        return AskedQuestion(
            text=values["text"],
            why=values["why"],
            kind=QuestionKind(values["kind"]),
            choices=[choice for choice in choices if choice],
            required=values["required"],
        )


def _code_field(label: Any, hint: Any) -> forms.CharField:
    attributes = {"class": "code", "autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=40, widget=forms.TextInput(attrs=attributes)
    )


_NEW_CODE = _("Leave it empty to keep the present one, or to have one made. It is shown once; only its trace is kept.")


class ConditionForm(WordedForm):
    """A condition, and how it is shown to hold."""

    worded = {"says": _("Condition, as a sentence that the person can affirm")}
    wanted = frozenset({"says"})
    proof = asked_because(
        _("Only the answer is kept, never a paper or a number."),
        forms.ChoiceField(label=_("It is shown"), choices=Proof.choices, widget=forms.RadioSelect),
    )
    secret = _code_field(_("Code word"), _NEW_CODE)


class GroupForm(WordedForm):
    """Places held for a group."""

    worded = {"names": _("Group, for example a list of candidates")}
    wanted = frozenset({"names"})
    places = forms.IntegerField(label=_("Places held for it"), min_value=0, max_value=100_000)
    secret = _code_field(_("Code word of its people"), _NEW_CODE)

    @classmethod
    def initial_of(cls, row: PlaceGroup) -> dict[str, Any]:
        """What the form shows of a group."""
        return {"places": row.places, **cls.spread("names", row.names)}


class ReasonForm(forms.Form):
    """Why names are opened. Chosen and not written: the trail keeps it for ever."""

    why = forms.ChoiceField(label=_("Why you open them"))

    def __init__(self, *args: Any, reasons: tuple[OpeningReason, ...] = ROSTER_REASONS, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["why"]
        field.choices = [(reason.value, reason.label) for reason in reasons]  # type: ignore[attr-defined]  # a ChoiceField


class DoorForm(forms.Form):
    """What is typed or scanned at the door."""

    code = forms.CharField(
        label=_("Code or ticket"),
        max_length=400,
        help_text=_("The eight signs of the ticket, or what a scanner reads from it."),
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "off", "spellcheck": "false", "autofocus": True}
        ),
    )


class FileForm(forms.Form):
    """A sheet to take in. It is read from memory and kept nowhere."""

    file = forms.FileField(
        label=_("Sheet"),
        help_text=_(
            "CSV or XLSX, with a row of headings. Names of columns in English, Arabic or Kurdish are understood."
        ),
    )
    agreed = forms.BooleanField(label=_("The people in it know what is kept, and agree."))


class WantForm(ReasonForm):
    """Why a list must leave."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, reasons=EXPORT_REASONS, **options)


class FetchForm(forms.Form):
    """What a list is handed out as."""

    format = forms.ChoiceField(
        label=_("Format"), choices=[("xlsx", "XLSX"), ("csv", "CSV")], widget=forms.RadioSelect, initial="xlsx"
    )


class ExportForm(WantForm, FetchForm):
    """What a short list is handed out as, and why."""


def _words_field(label: Any, code: str, *, long: bool) -> forms.CharField:
    tongue = language(code)
    attributes = {"lang": code, "dir": tongue.direction}
    widget = forms.Textarea(attrs=attributes | {"rows": 4}) if long else forms.TextInput(attrs=attributes)
    return forms.CharField(label=tongue.own_name, required=False, max_length=LONGEST_TEXT, widget=widget)
