"""Forms about what came of a week or an activity: outcomes, people, promises, campaigns, ties, dates that moved."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tadamun.organise.programme.forms.fields import AudiencesField, DayField
from tadamun.organise.programme.forms.rows import RowForm, RowKind
from tadamun.organise.programme.models import (
    Activity,
    Contribution,
    Outcome,
    Person,
    Postponement,
    Promise,
    Relation,
    Week,
)
from tadamun.organise.programme.queries.slugs import free_slug, slug_of
from tadamun.organise.programme.vocabulary import Naming, OutcomeKind, PromiseState, State
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.asking import TextField
from tadamun.toolkit.templatetags.saying import said


class PromiseForm(RowForm):
    """A follow-up that was announced."""

    text = TextField(label=gettext_lazy("What was promised"), lines=2)
    due_on = DayField(label=gettext_lazy("Due by"), required=False)
    slug = forms.SlugField(label=gettext_lazy("Short name for addresses"), required=False, max_length=80)
    audiences = AudiencesField()
    more = ("place", "target_group", "expected", "kept_by", "reason", "slug", "audiences")

    class Meta:
        model = Promise
        fields = (
            "text",
            "state",
            "owner",
            "due_on",
            "place",
            "target_group",
            "expected",
            "kept_by",
            "reason",
            "slug",
            "audiences",
        )
        labels = {
            "state": gettext_lazy("What became of it"),
            "owner": gettext_lazy("Who keeps it"),
            "place": gettext_lazy("Where"),
            "target_group": gettext_lazy("For whom"),
            "expected": gettext_lazy("When, in words"),
            "kept_by": gettext_lazy("The activity that keeps it"),
            "reason": gettext_lazy("Why, if it was dropped"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kept_by"].queryset = _activities_near(self.week, self.instance.kept_by_id)  # type: ignore[attr-defined]  # a row's choice

    def clean(self) -> dict[str, Any]:
        """A kept promise points at what kept it; a dropped one says why."""
        said_so = super().clean() or self.cleaned_data
        if said_so.get("state") == PromiseState.DROPPED and not said_so.get("reason"):
            self.add_error("reason", _("Say why it was dropped."))
        if said_so.get("text") and not said_so.get("slug"):
            said_so["slug"] = free_slug(
                Promise.objects.exclude(pk=self.instance.pk), slug_of(said_so["text"], "promise")
            )
        return said_so


class OutcomeForm(RowForm):
    """An output, a recommendation, what went wrong."""

    text = TextField(label=gettext_lazy("In words"), lines=3)
    audiences = AudiencesField()
    more = ("number", "addressed_to", "audiences")

    class Meta:
        model = Outcome
        fields = ("kind", "text", "number", "addressed_to", "audiences")
        labels = {
            "kind": gettext_lazy("What it is"),
            "number": gettext_lazy("Number, if they are numbered"),
            "addressed_to": gettext_lazy("Addressed to"),
        }


class PersonForm(RowForm):
    """People in a role, as they chose to be named."""

    audiences = AudiencesField()
    more = ("audiences",)

    class Meta:
        model = Person
        fields = ("role", "naming", "name", "function", "organisation", "quantity", "audiences")
        labels = {
            "role": gettext_lazy("Role"),
            "naming": gettext_lazy("How they chose to be named"),
            "name": gettext_lazy("Name"),
            "function": gettext_lazy("Function"),
            "organisation": gettext_lazy("Organisation"),
            "quantity": gettext_lazy("How many, if several"),
        }
        help_texts = {"name": gettext_lazy("Only what the person agreed to. No history keeps it.")}

    def clean(self) -> dict[str, Any]:
        """Who is not to be named has no name here, and who is named has one."""
        said_so = super().clean() or self.cleaned_data
        if said_so.get("naming") == Naming.NOBODY and said_so.get("name"):
            self.add_error("name", _("The person is not to be named. Take the name out, or say how she chose to be."))
        elif said_so.get("naming") != Naming.NOBODY and not said_so.get("name"):
            self.add_error("name", _("Give the name that the person chose, or “not named”."))
        return said_so


class ContributionForm(RowForm):
    """An activity's part in somebody else's campaign."""

    audiences = AudiencesField()
    more = ("audiences",)

    class Meta:
        model = Contribution
        fields = ("campaign", "audiences")
        labels = {"campaign": gettext_lazy("Campaign")}


class RelationForm(RowForm):
    """A tie to another activity."""

    class Meta:
        model = Relation
        fields = ("type", "to")
        labels = {"type": gettext_lazy("This activity is a"), "to": gettext_lazy("The other activity")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        others = _activities_near(self.week, self.instance.to_id).exclude(pk=self.instance.activity_id)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]  # the choice of a row


class PostponementForm(RowForm):
    """A date that was announced and did not hold."""

    announced_start = DayField(label=gettext_lazy("First day that was announced"))
    announced_end = DayField(label=gettext_lazy("Last day that was announced"))
    moved_start = DayField(label=gettext_lazy("New first day"), required=False)
    moved_end = DayField(label=gettext_lazy("New last day"), required=False)
    said_on = DayField(label=gettext_lazy("Said on"), required=False)
    reason = TextField(label=gettext_lazy("Reason"), required=False, lines=2)

    class Meta:
        model = Postponement
        fields = ("announced_start", "announced_end", "moved_start", "moved_end", "said_on", "reason")

    def clean(self) -> dict[str, Any]:
        """No end before its start."""
        said_so = super().clean() or self.cleaned_data
        for first, last in (("announced_start", "announced_end"), ("moved_start", "moved_end")):
            if said_so.get(first) and not said_so.get(last):
                said_so[last] = said_so[first]
            if said_so.get(last) and (not said_so.get(first) or said_so[last] < said_so[first]):
                self.add_error(last, _("The last day lies before the first one."))
        return said_so


def _activities_near(week: Week, stored: int | None) -> Any:
    """The activities of this week and of public ones, and the stored one: no other title is anybody's business here."""
    known = Q(week=week) | Q(week__publication__isnull=False) & ~Q(state=State.IDEA) | Q(pk=stored)
    return Activity.objects.filter(known).order_by("-week__start", "week", "position")


def _moved(row: Postponement) -> str:
    code = get_language() or "en"
    before = days.span(row.announced_start, row.announced_end, code)
    if row.moved_start is None:
        return _("%(day)s, no new date") % {"day": before}
    after = days.span(row.moved_start, row.moved_end or row.moved_start, code)
    return _("from %(before)s to %(after)s") % {"before": before, "after": after}


def _begin_postponement(row: Postponement) -> None:
    week = row.week
    row.announced_start, row.announced_end = week.start, week.end


PROMISES = RowKind(
    code="promises",
    model=Promise,
    form=PromiseForm,
    title=gettext_lazy("Promises"),
    one=gettext_lazy("Promise"),
    add=gettext_lazy("Add a promise"),
    empty=gettext_lazy("Nothing was promised yet."),
    says=lambda promise: said(promise.text),
    beside=lambda promise: promise.get_state_display(),
    asks=lambda promise: promise.state == PromiseState.HELD and promise.kept_by_id is None,
)
OUTCOMES = RowKind(
    code="outcomes",
    model=Outcome,
    form=OutcomeForm,
    title=gettext_lazy("What came of it"),
    one=gettext_lazy("Outcome"),
    add=gettext_lazy("Add an outcome"),
    empty=gettext_lazy("Outputs, recommendations, and what went wrong."),
    says=lambda outcome: said(outcome.text),
    beside=lambda outcome: OutcomeKind(outcome.kind).label,
)
PEOPLE = RowKind(
    code="speakers",
    model=Person,
    form=PersonForm,
    title=gettext_lazy("Who speaks, trains, plays"),
    one=gettext_lazy("People in a role"),
    add=gettext_lazy("Add somebody"),
    empty=gettext_lazy("Nobody is stated yet."),
    says=lambda person: said(person.name) if person.name else person.get_naming_display(),
    beside=lambda person: person.get_role_display(),
)
CONTRIBUTIONS = RowKind(
    code="contributions",
    model=Contribution,
    form=ContributionForm,
    title=gettext_lazy("Contributes to campaigns of others"),
    one=gettext_lazy("Contribution to a campaign"),
    add=gettext_lazy("Add a campaign"),
    empty=gettext_lazy("To none yet."),
    says=lambda contribution: said(contribution.campaign.names),
    related=("campaign",),
)
RELATIONS = RowKind(
    code="relations",
    model=Relation,
    form=RelationForm,
    title=gettext_lazy("Tied to other activities"),
    one=gettext_lazy("Tie to an activity"),
    add=gettext_lazy("Tie it to an activity"),
    empty=gettext_lazy("To none yet."),
    says=lambda relation: said(relation.to.titles),
    beside=lambda relation: relation.get_type_display(),
    related=("to",),
)
POSTPONEMENTS = RowKind(
    code="postponements",
    model=Postponement,
    form=PostponementForm,
    title=gettext_lazy("Dates that moved"),
    one=gettext_lazy("A date that moved"),
    add=gettext_lazy("Add a date that moved"),
    empty="",
    says=_moved,
    beside=lambda row: said(row.reason) if row.reason else "",
    begin=_begin_postponement,
    hushed=True,
)
