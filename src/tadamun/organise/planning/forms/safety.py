"""Forms about permits, risks, go or no-go."""

from typing import Any

from django import forms

from tadamun.organise.planning import rules
from tadamun.organise.planning.forms.planned import PlannedForm
from tadamun.organise.planning.models import Permit, Risk, Round
from tadamun.organise.planning.vocabulary import Verdict
from tadamun.organise.programme.forms.rows import DayField
from tadamun.toolkit.languages.asking import TextField


class PermitForm(PlannedForm):
    """A permit."""

    more = ("authority", "authority_words", "number", "note")

    class Meta:
        model = Permit
        fields = ("what", "state", "deadline", "responsible", "authority", "authority_words", "number", "note")
        field_classes = {"deadline": DayField}


class RiskForm(PlannedForm):
    """A risk."""

    class Meta:
        model = Risk
        fields = ("what", "likelihood", "harm", "measure", "responsible")


class RoundForm(PlannedForm):
    """What has to be in order before it is decided, and by when."""

    criteria = TextField(lines=4, label=Round._meta.get_field("criteria").verbose_name)

    class Meta:
        model = Round
        fields = ("criteria", "decide_by", "responsible")
        field_classes = {"decide_by": DayField}


class VerdictForm(forms.Form):
    """The verdict and its reasons."""

    verdict = forms.ChoiceField(
        label=Round._meta.get_field("verdict").verbose_name, choices=Verdict, widget=forms.RadioSelect
    )
    reasons = TextField(lines=3, required=False, label=Round._meta.get_field("reasons").verbose_name)

    def clean(self) -> dict[str, Any]:
        """Whoever stops or moves something says why."""
        given = super().clean() or {}
        if "verdict" in given and not (ruling := rules.reasons_suffice(given["verdict"], given.get("reasons"))):
            self.add_error("reasons", str(ruling.reason))
        return given
