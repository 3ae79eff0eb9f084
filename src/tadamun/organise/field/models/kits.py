"""Who writes: phones with a kit, and the paper of an activity."""

import secrets
from uuid import uuid4

from django.db import models

from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.network.models import Account
from tadamun.organise.programme.models import Activity

KEY_BYTES = 32


def new_key() -> bytes:
    """Thirty-two random bytes: the key that a kit signs its entries with."""
    return secrets.token_bytes(KEY_BYTES)


class Device(models.Model):
    """A kit on a phone, or the paper of an activity. ``label`` is a word that the desk chose, never a person's name.

    ``key`` is kept in the clear, because the server checks with it what the kit has signed. ``revision`` counts what
    the kit should know; ``digest`` is the SHA-256 of it.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    label = models.CharField(max_length=60)
    role = models.CharField(max_length=10, choices=KitRole)
    language = models.CharField(max_length=10)
    activities = models.ManyToManyField(Activity, related_name="kits")
    paper_of = models.OneToOneField(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_kit")
    key = models.BinaryField(max_length=KEY_BYTES, default=new_key)
    enrol_hash = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    enrol_until = models.DateTimeField(null=True, blank=True)
    enrolled_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    erase = models.BooleanField(default=False)
    erase_locked = models.BooleanField(default=False)
    standing = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    revision = models.PositiveIntegerField(default=0)
    digest = models.BinaryField(max_length=32, default=b"", blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    unsent = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.label} ({self.role})"


class Contact(models.Model):
    """The server heard from a kit: both clocks in milliseconds since 1970, and how much the kit still had to send.

    One contact for a reading of the phone's clock: a request that is played again moves no time.
    """

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="contacts")
    at = models.BigIntegerField()
    phone_clock = models.BigIntegerField()
    revision = models.PositiveIntegerField(default=0)
    unsent = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("device", "phone_clock")
        constraints = (
            models.UniqueConstraint(fields=("device", "phone_clock"), name="one_contact_for_a_reading_of_the_clock"),
        )

    def __str__(self) -> str:
        return f"{self.device_id} {self.phone_clock} → {self.at}"
