"""What is stated about a week or one of its activities: involvements, figures, promises, people, outcomes.

Each row belongs to a week; ``activity`` is set when it is about one activity only.
"""

from typing import ClassVar

from django.db import models

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models.weeks import Activity, Week
from tadamun.organise.programme.models.world import Campaign, Place, Source
from tadamun.organise.programme.vocabulary import (
    Counted,
    Dimension,
    InvolvementType,
    Method,
    Naming,
    OutcomeKind,
    PersonRole,
    Precision,
    PromiseState,
    RelationType,
    SignOff,
    Unit,
)
from tadamun.organise.safety.vocabulary import EVERYONE
from tadamun.toolkit.languages.fields import TextColumn


def everyone() -> list[str]:
    """All audiences: what is stated openly."""
    return list(EVERYONE)


class Part(models.Model):
    """Base: belongs to a week or to one activity of it, in an order, told to some audiences."""

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="%(class)ss")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    position = models.PositiveSmallIntegerField()
    audiences = models.JSONField(default=everyone, blank=True)

    class Meta:
        abstract = True
        ordering = ("week", "activity", "position")

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.week_id}/{self.activity_id or ''}/{self.position}"


class Involvement(Part):
    """An organisation's, or a collective's, part: its type, its agreed wording, whether it signed that off."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    collective = TextColumn()
    type = models.CharField(max_length=14, choices=InvolvementType)
    line = TextColumn()
    sign_off = models.CharField(max_length=10, choices=SignOff, default=SignOff.ASKED)
    sign_off_by = models.DateField(null=True, blank=True)
    signed_off_on = models.DateField(null=True, blank=True)

    # What somebody agreed to is changed on the partner's own page, where she can be asked again.
    never_undone: ClassVar[frozenset[str]] = frozenset(
        {"organisation", "collective", "type", "line", "sign_off", "sign_off_by", "signed_off_on"}
    )

    class Meta(Part.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | ~models.Q(collective={}),
                name="involvement_names_a_body_or_a_collective",
            ),
        )


class Figure(Part):
    """A claim about a number: what was counted, of whom, how sure, by whom. Claims may conflict."""

    counted = models.CharField(max_length=12, choices=Counted)
    unit = models.CharField(max_length=14, choices=Unit, default=Unit.PERSONS)
    group = models.CharField(max_length=40, blank=True)
    group_names = TextColumn()
    precision = models.CharField(max_length=9, choices=Precision, default=Precision.EXACT)
    quantity = models.PositiveIntegerField()
    quantity_max = models.PositiveIntegerField(null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="figures")
    method = models.CharField(max_length=12, choices=Method, blank=True)
    as_of = models.DateField(null=True, blank=True)
    note = TextColumn()

    class Meta(Part.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(quantity_max__isnull=True) | models.Q(quantity_max__gte=models.F("quantity")),
                name="figure_range_runs_upwards",
            ),
        )


class FigurePart(models.Model):
    """A cell of a figure's split by one dimension."""

    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    dimension = models.CharField(max_length=12, choices=Dimension)
    group = models.CharField(max_length=40)
    group_names = TextColumn()
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ("figure", "position")
        constraints = (
            models.UniqueConstraint(fields=("figure", "dimension", "group"), name="figure_cell_is_stated_once"),
        )

    @property
    def week(self) -> Week:
        """The week that its figure is about."""
        return self.figure.week

    @property
    def activity(self) -> Activity | None:
        """The activity that its figure is about, if it is one."""
        return self.figure.activity

    def __str__(self) -> str:
        return f"{self.figure_id}/{self.dimension}/{self.group}"


class Promise(Part):
    """A follow-up that was announced, and what became of it."""

    slug = models.SlugField(max_length=80, unique=True)
    text = TextColumn()
    state = models.CharField(max_length=10, choices=PromiseState, default=PromiseState.PROMISED)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="promises")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="promises")
    target_group = TextColumn()
    expected = TextColumn()
    due_on = models.DateField(null=True, blank=True)
    kept_by = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="keeps")
    reason = TextColumn()


class Person(Part):
    """People in a role, as they chose to be named; a number may stand for several who are not named.

    No history keeps a name. Neither does it keep the naming: whoever is put back is not named until she says so again.
    """

    history_leaves_out: ClassVar[frozenset[str]] = frozenset({"name", "naming"})

    role = models.CharField(max_length=12, choices=PersonRole)
    naming = models.CharField(max_length=10, choices=Naming, default=Naming.NOBODY)
    name = TextColumn()
    function = TextColumn()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quantity = models.PositiveSmallIntegerField(null=True, blank=True)


class Outcome(Part):
    """An output, a result, a numbered recommendation or demand, a decision, what went wrong."""

    kind = models.CharField(max_length=14, choices=OutcomeKind)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    text = TextColumn()
    addressed_to = TextColumn()


class Contribution(Part):
    """An activity's part in somebody else's campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="contributions")


class Relation(models.Model):
    """An activity that repeats, follows or prepares another, perhaps of another week or city."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="relations")
    type = models.CharField(max_length=12, choices=RelationType)
    to = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="relations_from_others")

    class Meta:
        ordering = ("type", "to")
        constraints = (
            models.UniqueConstraint(fields=("activity", "type", "to"), name="relation_is_stated_once"),
            models.CheckConstraint(condition=~models.Q(activity=models.F("to")), name="relation_joins_two_activities"),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.type} {self.to_id}"
