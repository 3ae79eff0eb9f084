"""The rows of the vault: keys sealed to keys, wrapped keys of members, unlockings, and what is still held.

Subjects are texts, so that the vault knows nothing of what stands above it: ``member:<account id>``,
``organisation:<slug>``, ``activity:<uid>``. No row holds a private key that opens without a secret from outside.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tadamun.organise.safety.vocabulary import Ending, HeldData, HoldingReason
from tadamun.toolkit.languages.fields import TextColumn


class VaultKey(models.Model):
    """A public key of a subject. The current one is used for sealing; a destroyed one opens nothing any more."""

    subject = models.CharField(max_length=120)
    public_key = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ("subject", "made_at")
        constraints = (
            models.UniqueConstraint(
                fields=("subject",), condition=models.Q(current=True), name="one_current_key_of_a_subject"
            ),
            models.CheckConstraint(
                condition=models.Q(current=False) | models.Q(destroyed_at__isnull=True),
                name="a_destroyed_key_is_not_current",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} key {self.pk}"


class VaultLink(models.Model):
    """The private key of ``key``, sealed to ``holder``."""

    key = models.ForeignKey(VaultKey, on_delete=models.CASCADE, related_name="links")
    holder = models.ForeignKey(VaultKey, on_delete=models.CASCADE, related_name="holds")
    envelope = models.BinaryField()

    class Meta:
        ordering = ("key", "holder")
        constraints = (models.UniqueConstraint(fields=("key", "holder"), name="a_key_is_given_once_to_a_holder"),)

    def __str__(self) -> str:
        return f"key {self.key_id} for key {self.holder_id}"


class MemberWrap(models.Model):
    """A member's private key, closed by her passphrase and again by her printed recovery code."""

    key = models.OneToOneField(VaultKey, on_delete=models.CASCADE, related_name="wrap")
    by_passphrase = models.BinaryField()
    by_code = models.BinaryField()
    code_kept = models.BooleanField(default=False)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"wrap of key {self.key_id}"


class Unlocking(models.Model):
    """The server's half of an opened key, for the time of a session; the other half is in the browser's cookie."""

    handle = models.CharField(max_length=32, unique=True)
    member = models.CharField(max_length=120, db_index=True)
    stored = models.BinaryField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("ends_at",)

    def __str__(self) -> str:
        return f"unlocking until {self.ends_at:%Y-%m-%d %H:%M}"


class Holding(models.Model):
    """Personal data that is still held: of what, why, until when; once it is gone, what became of it."""

    subject = models.CharField(max_length=120)
    label = TextColumn()
    what = models.CharField(max_length=20, choices=HeldData)
    why = models.CharField(max_length=20, choices=HoldingReason)
    since = models.DateField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=12, choices=Ending, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    certificate_number = models.CharField(max_length=12, null=True, blank=True, unique=True)

    class Meta:
        ordering = ("until", "subject")
        verbose_name = _("holding of personal data")
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "what"),
                condition=models.Q(ended_at__isnull=True),
                name="one_open_holding_of_a_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} of {self.subject} until {self.until}"
