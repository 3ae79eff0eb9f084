"""Work: tasks, material, and what is printed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.planning.models.planned import Planned, member
from tadamun.organise.planning.vocabulary import PrintState
from tadamun.toolkit.languages.fields import TextColumn


class Task(Planned):
    """Something to be done, by whom and by when; and once it is done, who said so and when."""

    what = TextColumn(_("What is to be done"), blank=False)
    owner = member(_("Who does it"))
    due_on = models.DateField(_("Due by"), null=True, blank=True)
    done_at = models.DateTimeField(_("Done at"), null=True, blank=True)
    done_by = models.CharField(_("Done by"), max_length=120, blank=True)

    class Meta(Planned.Meta):
        verbose_name = _("Task")
        ordering = (models.F("due_on").asc(nulls_last=True), "position")


class Material(Planned):
    """Something that has to be there, how much of it, and who brings it."""

    what = TextColumn(_("What is needed"), blank=False)
    quantity = models.PositiveIntegerField(_("How many"), null=True, blank=True)
    unit = TextColumn(_("Of what size or unit"))
    brought_by = member(_("Who brings it"))
    lent_by = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Which organisation brings it"),
    )
    have_it = models.BooleanField(_("We have it"), default=False)
    note = TextColumn(_("Note"))

    class Meta(Planned.Meta):
        verbose_name = _("Material")


class PrintedMatter(Planned):
    """One version of a leaflet, poster or banner in one language: approved by whom, printed how often."""

    what = TextColumn(_("Leaflet, poster, banner"), blank=False)
    language = models.CharField(_("Language"), max_length=10)
    version = models.CharField(_("Version"), max_length=40, blank=True)
    state = models.CharField(_("How it stands"), max_length=10, choices=PrintState, default=PrintState.DRAFT)
    approved_by = member(_("Who approves it"))
    approved_on = models.DateField(_("Approved on"), null=True, blank=True)
    copies = models.PositiveIntegerField(_("Copies"), null=True, blank=True)

    class Meta(Planned.Meta):
        verbose_name = _("Printed matter")
