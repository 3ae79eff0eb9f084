"""What was changed, by whom, from what to what: so that it can be read in words and undone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tadamun.organise.programme.models.weeks import Activity, Week


class Act(models.TextChoices):
    """What was done to a row."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")


class Change(models.Model):
    """One change of one row that belongs to a week, or of a row of the world (then ``week`` is empty).

    ``thing`` is the label of the model (``programme.figure``), ``row`` its key, ``fields`` maps each changed field to
    its plain values before and after. It goes when its week goes; the audit trail keeps who changed what, no words.
    ``together`` ties changes that were made by one step, such as a postponement; ``note`` says why, if that was said.
    """

    week = models.ForeignKey(Week, on_delete=models.CASCADE, null=True, blank=True, related_name="changes")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="changes")
    thing = models.CharField(max_length=60)
    row = models.BigIntegerField()
    act = models.CharField(max_length=10, choices=Act)
    fields = models.JSONField(default=dict)
    by = models.CharField(max_length=120)
    account = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    together = models.UUIDField(null=True, blank=True, db_index=True)
    undone_by = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undoes")

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("thing", "row"), name="change_of_a_row"),)

    def __str__(self) -> str:
        return f"{self.act} {self.thing}/{self.row}"
