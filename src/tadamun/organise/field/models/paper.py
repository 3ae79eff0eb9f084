"""Paper that waits to be keyed in once more, and what stays of a log that has ended."""

from uuid import uuid4

from django.db import models

from tadamun.organise.network.models import Account
from tadamun.organise.programme.models import Activity


class Keying(models.Model):
    """A sheet that was keyed in and waits for the second time. What was keyed is shown to nobody before.

    ``passes`` holds what was keyed each time, as ``rules.sheets.Keyed``; ``mark`` tells the sheet in the log.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="keyings")
    sheet = models.CharField(max_length=40)
    mark = models.CharField(max_length=16, unique=True)
    passes = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    keyed_at = models.DateTimeField()

    class Meta:
        ordering = ("keyed_at", "pk")

    def __str__(self) -> str:
        return f"{self.activity_id} {self.sheet} {self.at:%Y-%m-%d %H:%M}"


class FoldedLog(models.Model):
    """What stays of an activity's log once its time is over: figures (``rules.figures.Count``), no entries."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="folded_log")
    counts = models.JSONField(default=list, blank=True)
    devices = models.PositiveIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)
    emptied_at = models.DateTimeField()

    class Meta:
        ordering = ("activity_id",)

    def __str__(self) -> str:
        return f"log of activity {self.activity_id}, {self.entries} entries"
