"""What is planned for the day itself: waves, categories of bibs, speakers, areas, counters, questions.

Phones are told of it, the day's screen names what they counted by it. It stays among those who carry the activity.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tadamun.organise.programme.models import Activity, Involvement, Person
from tadamun.toolkit.languages.fields import TextColumn

LONGEST_SHAPE = 300


class OfTheDay(models.Model):
    """Base: belongs to one activity, in an order."""

    stays_inside: ClassVar[bool] = True
    mark: ClassVar[str] = ""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar[Any] = ("activity", "position")

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.activity_id}/{self.position}"

    @property
    def code(self) -> str:
        """What entries of the log call it."""
        return f"{self.mark}{self.pk}"


class Bibs(OfTheDay):
    """Base: a name, and the numbers of the bibs that belong to it, both ends included."""

    name = TextColumn(_("Name"), blank=False)
    bib_from = models.PositiveIntegerField(_("Bibs from"), null=True, blank=True)
    bib_to = models.PositiveIntegerField(_("Bibs to"), null=True, blank=True)

    class Meta(OfTheDay.Meta):
        abstract = True


class Wave(Bibs):
    """Those who start together, and when that is planned."""

    mark = "w"

    start = models.DateTimeField(_("Planned start"), null=True, blank=True)

    class Meta(Bibs.Meta):
        verbose_name = _("Wave")
        ordering = ("activity", F("start").asc(nulls_last=True), "position")


class BibCategory(Bibs):
    """A category that has places of its own."""

    mark = "c"

    class Meta(Bibs.Meta):
        verbose_name = _("Category of bibs")
        verbose_name_plural = "bib categories"


class Speaker(OfTheDay):
    """Who speaks in a debate or talk: a party or organisation with a part in it, people in a role, or words.

    Phones are never told the name of a person: see ``queries.plan.name_of``.
    """

    mark = "s"

    involvement = models.ForeignKey(
        Involvement,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Party or organisation"),
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Who speaks")
    )
    words = TextColumn(_("Called on phones"))
    turn = models.PositiveSmallIntegerField(_("Speaks as number"), null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(_("Seconds to speak"), null=True, blank=True)

    class Meta(OfTheDay.Meta):
        verbose_name = _("Speaker")
        ordering = ("activity", F("turn").asc(nulls_last=True), "position")


class Area(OfTheDay):
    """Where leaflets are handed out: a name, and a shape on a plain grid (see ``rules.drawing``)."""

    mark = "a"

    name = TextColumn(_("Name"), blank=False)
    shape = models.CharField(_("On the drawing"), max_length=LONGEST_SHAPE, blank=True)

    class Meta(OfTheDay.Meta):
        verbose_name = _("Area")


class Counting(OfTheDay):
    """Which of the usual counters phones show. Without such a row they show those of ``vocabulary.USUAL``."""

    usual = models.JSONField(_("Usual counters"), default=list, blank=True)

    class Meta(OfTheDay.Meta):
        verbose_name = _("Usual counters")
        constraints = (
            models.UniqueConstraint(
                fields=("activity",),
                name="counters_are_chosen_once",
                violation_error_message=_("They are chosen already. Open them from the activity’s page."),
            ),
        )


class Counter(OfTheDay):
    """A counter of the organisers' own."""

    mark = "k"

    name = TextColumn(_("What is counted"), blank=False)
    off = models.BooleanField(_("Not shown on phones now"), default=False)

    class Meta(OfTheDay.Meta):
        verbose_name = _("Counter")


class Question(OfTheDay):
    """A question that is asked before and after. ``answers``: one a line, in the same order in each language."""

    mark = "q"

    words = TextColumn(_("Question"), blank=False)
    answers = TextColumn(_("Answers"), blank=False)

    class Meta(OfTheDay.Meta):
        verbose_name = _("Question before and after")

    @property
    def choices(self) -> list[dict[str, str]]:
        """The answers, each as a text."""
        lines = {code: words.splitlines() for code, words in self.answers.items()}
        most = max((len(said) for said in lines.values()), default=0)
        return [{code: said[at] for code, said in lines.items() if at < len(said)} for at in range(most)]
