"""What was let out of a week by whom, and under which conditions it may be."""

from django.db import models
from django.db.models import Q

from tadamun.organise.programme.models import Activity, Week


class Release(models.Model):
    """A week as somebody let it out, to be public from a moment on.

    ``record`` is the public record as it was then (JSON), ``coming`` what it tells later; edits since wait for the
    next release. ``approved_at`` is empty while another member has to agree. Of a week at most one release is out,
    at most one waits.
    """

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="releases")
    by = models.CharField(max_length=120)
    account = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    goes_out_at = models.DateTimeField()
    approved_by = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    is_out = models.BooleanField(default=False)
    record = models.BinaryField()
    coming = models.BinaryField(default=b"[]")

    class Meta:
        ordering = ("week", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("week", "is_out"), name="one_release_is_out_and_one_waits"),
            models.CheckConstraint(
                condition=Q(is_out=False) | Q(approved_at__isnull=False), name="what_is_out_was_approved"
            ),
        )

    def __str__(self) -> str:
        return f"{self.week_id} {self.goes_out_at:%Y-%m-%d %H:%M}"


class PartRelease(models.Model):
    """One activity of a public week, brought up to date by whoever carries it (decision 18).

    What it says stands in the week's ``Release`` once it is out; here stands who said so, or who waits for a second
    member to agree to the content with this ``mark``. Of an activity at most one is out, at most one waits.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="releases")
    by = models.CharField(max_length=120)
    account = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    mark = models.CharField(max_length=64)
    approved_by = models.CharField(max_length=120, blank=True)
    is_out = models.BooleanField(default=False)

    class Meta:
        ordering = ("activity", "-pk")
        constraints = (models.UniqueConstraint(fields=("activity", "is_out"), name="one_part_is_out_and_one_waits"),)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.at:%Y-%m-%d %H:%M}"


class Conditions(models.Model):
    """Under which conditions a week may be let out, and that it was taken back.

    ``imported`` says that the operator took in a file and meant it to be published by the next ``tadamun publish``.
    """

    week = models.OneToOneField(Week, on_delete=models.CASCADE, related_name="conditions")
    two_people = models.BooleanField(default=False)
    embargo_until = models.DateTimeField(null=True, blank=True)
    imported = models.BooleanField(default=False)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("week",)
        verbose_name_plural = "conditions"

    def __str__(self) -> str:
        return f"{self.week_id}"
