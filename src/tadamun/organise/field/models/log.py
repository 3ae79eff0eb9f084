"""What was written: a log that only grows, what did not fit into it, and what the desk decided about it."""

from typing import Any, NoReturn

from django.db import models

from tadamun.organise.field.models.kits import Device
from tadamun.organise.field.vocabulary import Why
from tadamun.organise.programme.models import Activity


class Entry(models.Model):
    """One entry as its kit wrote it; names nobody. ``clock`` is the kit's own, in milliseconds since 1970.

    What is sealed stands apart from ``body``, so that it can be sealed anew when the activity's key is renewed.
    """

    device = models.ForeignKey(Device, on_delete=models.RESTRICT, related_name="entries")
    number = models.PositiveIntegerField()
    clock = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="field_entries")
    body = models.JSONField(default=dict)
    sealed = models.BinaryField(default=b"", blank=True)
    mac = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("activity", "pk")
        verbose_name_plural = "entries"
        constraints = (models.UniqueConstraint(fields=("device", "number"), name="entry_is_written_once"),)
        indexes = (models.Index(fields=("activity", "kind"), name="entries_of_a_kind"),)

    def __str__(self) -> str:
        return f"{self.device_id}/{self.number} {self.kind}"

    def save(self, *args: Any, **options: Any) -> None:
        """Store a new entry.

        :raises TypeError: for an entry that is stored already.
        """
        if not self._state.adding:
            raise TypeError("An entry of the field log cannot be changed.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse; the log ends with its activity.

        :raises TypeError: always.
        """
        raise TypeError("An entry of the field log cannot be deleted.")


class Tampered(models.Model):
    """Something that came as an entry and is none: altered on the way, or a second one with the same number.

    ``wire`` is what came, as text; ``seen`` its SHA-256, so that what comes again is kept once.
    """

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="tampered")
    brought_by = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=10, choices=Why)
    wire = models.TextField()
    seen = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "tampered"
        constraints = (models.UniqueConstraint(fields=("device", "seen"), name="tampered_is_kept_once"),)

    def __str__(self) -> str:
        return f"{self.device_id}/{self.number} {self.why}"


class Settlement(models.Model):
    """What the desk decided about one conflict. The latest one about a conflict holds."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="settlements")
    conflict = models.CharField(max_length=200)
    choice = models.CharField(max_length=120)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.conflict} → {self.choice}"
