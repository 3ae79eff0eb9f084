"""Shifts and who takes them. What identifies a helper is sealed in ``Helper.sealed`` and nowhere else."""

import secrets
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Account
from tadamun.organise.people.vocabulary import Asked
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.vault.letters import encode
from tadamun.organise.volunteers.vocabulary import Aside
from tadamun.toolkit.languages.fields import TextColumn

LINK_BYTES = 10


def new_link() -> str:
    """Sixteen signs that nobody guesses: the address at which helpers sign up."""
    return encode(secrets.token_bytes(LINK_BYTES))


class Crew(models.Model):
    """How people sign up to help with an activity. This row is the lock of all places in its shifts."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="crew")
    link = models.CharField(max_length=16, unique=True, default=new_link)
    closed = models.BooleanField(_("Nobody can sign up at the moment"), default=False)
    name = models.CharField(_("Name"), max_length=8, choices=Asked, default=Asked.OPTIONAL)
    contact = models.CharField(_("E-mail or phone number"), max_length=8, choices=Asked, default=Asked.OPTIONAL)
    rest_hours = models.PositiveSmallIntegerField(_("Hours of rest"), default=8)
    day_hours = models.PositiveSmallIntegerField(_("Most hours between two rests"), default=10)
    back_minutes = models.PositiveSmallIntegerField(_("Minutes until somebody is missed"), default=30)
    retention_days = models.PositiveSmallIntegerField(_("Days until names are destroyed"), default=30)
    arrivals = models.PositiveIntegerField(default=0)
    folded = models.JSONField(default=dict, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("activity_id",)

    def __str__(self) -> str:
        return f"crew of activity {self.activity_id}"

    @property
    def key_subject(self) -> str:
        """Whose key the entries are sealed to."""
        return f"volunteers:{self.activity.uid}"


class Shift(models.Model):
    """A time at which hands are needed: for what, where, how many, who leads. It stays among those who carry it."""

    stays_inside: ClassVar[bool] = True

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="shifts")
    position = models.PositiveSmallIntegerField()
    what = TextColumn(_("What is to be done"), blank=False)
    where = TextColumn(_("Where to meet"))
    start = models.DateTimeField(_("Begins"))
    end = models.DateTimeField(_("Ends"))
    needed = models.PositiveSmallIntegerField(_("How many are needed"), default=1)
    lead = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Who leads")
    )
    briefing = TextColumn(_("Briefing"))

    class Meta:
        ordering = ("activity", "start", "position")
        verbose_name = _("Shift")
        constraints = (
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="a_shift_ends_after_it_begins",
                violation_error_message=_("A shift ends after it begins."),
            ),
        )

    def __str__(self) -> str:
        return f"shift {self.activity_id}/{self.position}"


class Helper(models.Model):
    """Somebody who signed up to help. Who it is lies in ``sealed``; ``own_copy`` opens with her own link alone.

    ``aside`` says why her shifts take no place yet. ``registered_on`` has no time of day on purpose.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    crew = models.ForeignKey(Crew, on_delete=models.CASCADE, related_name="helpers")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    own_copy = models.BinaryField()
    reachable = models.BooleanField(default=False)
    ticket_hash = models.BinaryField(max_length=32, unique=True)
    short_code = models.CharField(max_length=9, db_index=True)
    form_mark = models.BinaryField(max_length=32, unique=True)
    contact_mark = models.BinaryField(max_length=32, null=True, blank=True, db_index=True)
    language = models.CharField(max_length=10)
    aside = models.CharField(max_length=5, choices=Aside, blank=True)
    registered_on = models.DateField()

    class Meta:
        ordering = ("crew_id", "number")
        constraints = (models.UniqueConstraint(fields=("crew", "number"), name="one_number_of_a_helper"),)

    def __str__(self) -> str:
        return self.short_code


class Duty(models.Model):
    """A helper in a shift, and what is known of it.

    While ``on_offer``, whoever has the secret behind ``offer_hash`` may take it over. The hash stays afterwards, so
    that a form that is sent twice finds what it did. ``said`` holds the moments that she or the desk said, ``logged``
    those of the field log (milliseconds since 1970, by ``Moment``); the four columns are the earlier of both.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="duties")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="duties")
    offers = models.PositiveSmallIntegerField(default=0)
    offer_hash = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    on_offer = models.BooleanField(default=False)
    briefed_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)
    missed = models.BooleanField(default=False)
    said = models.JSONField(default=dict, blank=True)
    logged = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("shift__start", "shift_id", "helper__number")
        verbose_name_plural = "duties"
        constraints = (models.UniqueConstraint(fields=("helper", "shift"), name="a_shift_is_taken_once"),)

    def __str__(self) -> str:
        return f"{self.helper_id} in shift {self.shift_id}"
