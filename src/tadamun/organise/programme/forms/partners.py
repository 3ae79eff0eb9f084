"""Forms about partners: who takes part as what, until when they are asked, what they answer."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import OrganisationKind
from tadamun.organise.programme.forms.fields import AudiencesField, DayField, called
from tadamun.organise.programme.forms.organisations import in_its_language
from tadamun.organise.programme.forms.rows import RowForm
from tadamun.organise.programme.models import Involvement
from tadamun.organise.programme.models.parts import everyone
from tadamun.organise.programme.queries import organisations
from tadamun.organise.programme.vocabulary import Answer, Asked, InvolvementType
from tadamun.toolkit.languages.asking import TextField

TIME_TO_ANSWER = timedelta(days=14)
NEW = "-"


class NewPartnerForm(forms.Form):
    """Who takes part as what. A name that nobody here has yet asks whether one of those that are like it is meant."""

    template_name = "programme/desk/row_form.html"
    who = forms.CharField(
        label=_("Who takes part"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "known", "autocomplete": "off"}),
        help_text=_("The name of an organisation, whether it is known here or not."),
    )
    type = forms.ChoiceField(label=_("Its part"), choices=InvolvementType.choices, initial=InvolvementType.COOPERATION)
    collective = forms.BooleanField(
        label=_("These are people without an organisation, such as “women volunteers”"), required=False
    )
    line = TextField(label=_("Credit line"), required=False, help_text=_("Left empty, the usual words for this part."))
    audiences = AudiencesField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["audiences"].initial = everyone()
        self.known = organisations.all_known()
        self.choosing = "which" in self.data
        if self.choosing:
            self._offer(self.data.get("who", ""))

    @property
    def names(self) -> list[str]:
        """All names that are known, for the box to offer while somebody types."""
        return sorted({name for one in self.known for name in one.names})

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that are shown at once."""
        more = {field.name for field in self.more_fields}
        return [field for field in self.visible_fields() if field.name not in more]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields below the fold."""
        return [self[name] for name in ("collective", "line", "audiences")]

    @property
    def more_is_open(self) -> bool:
        """Whether something below the fold is wrong or was chosen."""
        return any(field.errors for field in self.more_fields) or bool(self.data.get("collective"))

    def clean(self) -> dict[str, Any]:
        """Find the organisation; where the name leaves it open, ask which one."""
        values = super().clean() or {}
        who = " ".join(values.get("who", "").split())
        if not who or values.get("collective"):
            return values
        exact = organisations.called(who, self.known)
        if self.choosing:
            self._chosen(values, who)
        elif len(exact) == 1:
            values["organisation"] = exact[0]
        else:
            self.choosing = True
            self._offer(who)
            self.add_error("which", _("This name is new here. Choose who is meant."))
        return values

    def row(self, row: Involvement) -> Involvement:
        """The part that was entered, on a row that knows its week; a new organisation is not stored yet."""
        values = self.cleaned_data
        row.type, row.line, row.audiences = values["type"], values["line"], values["audiences"]
        if values["collective"]:
            row.collective = in_its_language(values["who"])
        return row

    def _offer(self, who: str) -> None:
        if isinstance(self.data, QueryDict) and "kind" not in self.data:
            self.data = self.data.copy()
            self.data["kind"] = OrganisationKind.ASSOCIATION
        near = organisations.similar(who, self.known)
        offered = [(one.slug, called(one)) for one in near]
        self.fields["which"] = forms.ChoiceField(
            label=_("Who is meant"),
            choices=[*offered, (NEW, _("A new organisation with this name"))],
            widget=forms.RadioSelect,
            initial=NEW if not offered else None,
        )
        self.fields["kind"] = forms.ChoiceField(
            label=_("What it is, if it is new"), choices=OrganisationKind.choices, required=False
        )

    def _chosen(self, values: dict[str, Any], who: str) -> None:
        if values.get("which") == NEW:
            values["new"] = Organisation(
                names=in_its_language(who), kind=values.get("kind") or OrganisationKind.ASSOCIATION
            )
        elif values.get("which"):
            values["organisation"] = next(
                one.organisation for one in self.known if one.organisation.slug == values["which"]
            )


class PartnerForm(RowForm):
    """A part that is stated: as what, in which words, told to whom."""

    audiences = AudiencesField()
    more = ("audiences",)

    class Meta:
        model = Involvement
        fields = ("type", "collective", "line", "audiences")
        labels = {"type": _("Its part"), "collective": _("Who takes part"), "line": _("Credit line")}
        help_texts = {"line": _("Left empty, the usual words for this part.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.organisation_id:
            del self.fields["collective"]
        else:
            self.fields["collective"].required = True

    @property
    def entered(self) -> list[str]:
        """Of an organisation there is no collective to enter."""
        return [name for name in super().entered if name != "collective" or not self.instance.organisation_id]


class UntilForm(forms.Form):
    """By when an answer is wanted."""

    ends_on = DayField(label=_("Answer wanted by"), help_text=_("No answer by then counts as no."))


class ReplyForm(UntilForm):
    """An answer to other words that were proposed."""

    words = forms.CharField(label=_("Why not"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    field_order = ("words", "ends_on")


class AnswerForm(forms.Form):
    """What an organisation answers."""

    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    line = TextField(label=_("The line as you want it"), required=False)
    words = forms.CharField(
        label=_("Something to add"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["answer"]
        field.choices = PART_CHOICES if about == Asked.PART else TEXT_CHOICES
        if about == Asked.TEXT:
            del self.fields["line"]


class FirstMemberForm(forms.Form):
    """Who becomes the organisation's first member here."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("You sign in with it. It is shown to nobody."))


PART_CHOICES = [
    (Answer.YES, _("Yes, with these words")),
    (Answer.OTHER_WORDS, _("Yes, but with other words")),
    (Answer.NO, _("No, do not name us")),
]
TEXT_CHOICES = [
    (Answer.YES, _("Yes, it can be published like this")),
    (Answer.RESERVED, _("Yes, with a reservation")),
    (Answer.NO, _("No, not like this")),
]
