"""The words of planning: how a permit stands, how heavy a risk is, what is called for, who sees money."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PermitState(models.TextChoices):
    """How far a permit has come."""

    TO_ASK = "to_ask", _("to be asked for")
    ASKED = "asked", _("asked for")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    NOT_NEEDED = "not_needed", _("not needed")


# What still wants somebody to do something before its deadline.
PERMITS_THAT_WAIT = (PermitState.TO_ASK, PermitState.ASKED)


class Degree(models.IntegerChoices):
    """How likely a risk is, how much harm it does, and how heavy it is in all."""

    LOW = 1, _("low")
    MIDDLE = 2, _("middle")
    HIGH = 3, _("high")


class Verdict(models.TextChoices):
    """What was decided about whether an activity is held; empty while the decision is awaited."""

    GO = "go", _("go")
    NO_GO = "no_go", _("no-go")
    POSTPONE = "postpone", _("postpone")


class CallFor(models.TextChoices):
    """What somebody is called for."""

    LEADS = "leads", _("leads the day")
    INJURY = "injury", _("somebody is hurt")
    ARREST = "arrest", _("somebody is arrested or held up")
    HARASSMENT = "harassment", _("somebody is harassed")
    MISSING = "missing", _("somebody does not check back")
    VENUE = "venue", _("trouble with the place")
    PRESS = "press", _("the press asks")
    TRANSPORT = "transport", _("transport")
    OTHER = "other", _("anything else")


class PrintState(models.TextChoices):
    """How far a leaflet, poster or banner has come."""

    DRAFT = "draft", _("draft")
    TO_APPROVE = "to_approve", _("to be approved")
    APPROVED = "approved", _("approved")
    PRINTED = "printed", _("printed")


class SeenBy(models.TextChoices):
    """Who among those who carry the activity sees a line of the budget."""

    EDITORS = "editors", _("everybody who may edit")
    COORDINATORS = "coordinators", _("coordinators only")


class Currency(models.TextChoices):
    """Currencies that are offered (ISO 4217)."""

    IQD = "IQD", _("Iraqi dinar (IQD)")
    USD = "USD", _("US dollar (USD)")
    EUR = "EUR", _("euro (EUR)")
