"""The words of shifts: what is known of one, and why a sign-up does not count yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moment(models.TextChoices):
    """What is written down about somebody's shift, each once."""

    BRIEFED = "briefed", _("read the briefing")
    STARTED = "started", _("began")
    ENDED = "ended", _("ended")
    BACK = "back", _("checked back")


class Aside(models.TextChoices):
    """Why a sign-up takes no place until a member has looked at it; empty when it does."""

    FLOOD = "flood", _("came in a rush")
    SAME = "same", _("the same address as another one")
