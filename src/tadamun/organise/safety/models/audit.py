"""The audit trail: who did what, when, in a chain that cannot lose or change a link unseen."""

import hashlib
from typing import Any, NoReturn

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST_LINK = "0" * 64


class AuditEntry(models.Model):
    """One act. It names its subject by label, so nothing is held back from deletion by it.

    ``link`` is the SHA-256 of the previous entry's link and of this entry's content.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    link = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject}"

    def save(self, *args: Any, **options: Any) -> None:
        """Store a new entry.

        :raises TypeError: for an entry that is stored already.
        """
        if not self._state.adding:
            raise TypeError("An audit entry cannot be changed.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse.

        :raises TypeError: always.
        """
        raise TypeError("An audit entry cannot be deleted.")

    def link_after(self, previous: str) -> str:
        """The link that this entry must carry when it follows ``previous``."""
        content = (previous, self.number, self.at.isoformat(), self.actor, self.act, self.subject, self.detail)
        return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


class AuditHead(models.Model):
    """The end of the chain: one row, locked while an entry is added."""

    number = models.PositiveBigIntegerField(default=0)
    link = models.CharField(max_length=64, default=FIRST_LINK)

    def __str__(self) -> str:
        return str(self.number)
