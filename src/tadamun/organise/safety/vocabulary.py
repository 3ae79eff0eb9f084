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
