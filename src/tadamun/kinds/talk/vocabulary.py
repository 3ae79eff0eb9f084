"""The words of a talk: whether a teller agreed that her story is told further."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryConsent(models.TextChoices):
    """Whether the teller agreed. Only ``given`` lets a story out, to the audiences and until the day she chose."""

    NOT_ASKED = "not_asked", _("not asked yet")
    GIVEN = "given", _("agreed")
    WITHDRAWN = "withdrawn", _("withdrawn")
