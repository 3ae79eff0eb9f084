"""Who may know a thing, and how careful an activity has to be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The readers that a record is made for."""

    PUBLIC = "public", _("the public")
    COALITION = "coalition", _("the coalition")
    PARTNER = "partner", _("partners")
    DONOR = "donor", _("donors")
    CAMPAIGN_OWNER = "campaign_owner", _("campaign owners")


EVERYONE = [audience.value for audience in Audience]
EVERYONE_BUT_THE_PUBLIC = [audience.value for audience in Audience if audience is not Audience.PUBLIC]


class SafetyProfile(models.TextChoices):
    """How careful an activity has to be; the profile sets the defaults of everything else."""

    OPEN = "open", _("open")
    CAREFUL = "careful", _("careful")
    HIGH_RISK = "high_risk", _("high risk")


class OpeningReason(models.TextChoices):
    """Why sealed names are opened; the audit trail keeps the reason, so it is chosen and not written."""

    CONTACT = "contact", _("to get in touch")
    ADMIT = "admit", _("to decide who gets a place")
    DOOR = "door", _("to check people in at the door")
    CORRECT = "correct", _("to correct an entry")
    LETTERS = "letters", _("to send messages that wait")
    PRINT = "print", _("to print a list")
    EXPORT = "export", _("to hand the list on")
    SAFETY = "safety", _("because somebody may be in danger")
    KEYS = "keys", _("to give the entries a new key")


class HeldData(models.TextChoices):
    """Kinds of personal data that a holding may be about."""

    REGISTRATIONS = "registrations", _("sign-ups")
    VOLUNTEERS = "volunteers", _("volunteers' entries")
    ACCOUNT = "account", _("a member's account")
    CONSENTS = "consents", _("consents to photos and stories")
    CONTACTS = "contacts", _("names and numbers of who is called")
    FIELD = "field", _("the field log: which codes came when")


class HoldingReason(models.TextChoices):
    """Why personal data is held for a time."""

    ACTIVITY = "activity", _("the activity needs it")
    FOLLOW_UP = "follow_up", _("people are told of the follow-up")
    PROOF = "proof", _("a consent must be provable")
    MEMBER = "member", _("the member works here")


class Ending(models.TextChoices):
    """How a holding ended."""

    TIME = "time", _("its time was over")
    BY_HAND = "by_hand", _("somebody ended it earlier")
    LOCKDOWN = "lockdown", _("everything was shut down at once")
