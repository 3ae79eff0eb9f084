"""Photos, bound to the consent of those they show."""

from typing import ClassVar

from django.db import models

from tadamun.organise.archive.vocabulary import Care, ConsentState
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.safety.vocabulary import EVERYONE
from tadamun.toolkit.languages.fields import TextColumn


def everyone() -> list[str]:
    """All audiences."""
    return list(EVERYONE)


class Photo(models.Model):
    """A photo of a week: rebuilt pixels in the store, words beside it, and who agreed to what until when.

    ``position`` is the editorial order of the week's gallery. ``file`` is its name in the week file. A photo that came
    from a phone is in no record and no week file before a member has looked at it (``looked_at``).
    """

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="photos")
    activity = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos")
    position = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = TextColumn()
    alternative = TextColumn()
    credit = TextColumn()
    licence = models.CharField(max_length=60, blank=True)
    taken_on = models.DateField(null=True, blank=True)
    consent = models.CharField(max_length=12, choices=ConsentState, default=ConsentState.NOT_ASKED)
    consent_audiences = models.JSONField(default=everyone, blank=True)
    consent_until = models.DateField(null=True, blank=True)

    care = models.JSONField(default=list, blank=True)
    looked_at = models.BooleanField(default=True)

    # An agreement that ended comes back by asking again, not by a step back.
    never_undone: ClassVar[frozenset[str]] = frozenset({"consent", "consent_audiences", "consent_until"})

    class Meta:
        ordering = ("week", "position")
        constraints = (models.UniqueConstraint(fields=("week", "file"), name="photo_file_is_unique_in_its_week"),)

    @property
    def cares(self) -> list[str]:
        """What has to be kept in mind about those it shows, in words."""
        return [str(Care(code).label) for code in self.care if code in Care.values]

    def __str__(self) -> str:
        return self.file
