"""What all planned rows have in common."""

from typing import Any, ClassVar

from django.db import models

from tadamun.organise.network.models import Account
from tadamun.organise.programme.models import Activity, Week


class Planned(models.Model):
    """Base: belongs to a week or to one activity of it, in an order. It stays among those who carry it."""

    stays_inside: ClassVar[bool] = True

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar[Any] = ("week", "activity", "position")

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.week_id}/{self.activity_id or ''}/{self.position}"


def member(label: Any) -> "models.ForeignKey[Account | None, Account | None]":
    """A column for the member who takes care of something; it empties when her account goes."""
    return models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label
    )
