"""The words of the archive: what was agreed about a photo."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentState(models.TextChoices):
    """Whether the people in a photo agreed. Only the first two let it out."""

    NOBODY_SHOWN = "nobody_shown", _("nobody can be recognised")
    GIVEN = "given", _("everybody shown agreed")
    NOT_ASKED = "not_asked", _("not asked yet")
    WITHDRAWN = "withdrawn", _("withdrawn")


LIVE = frozenset({ConsentState.NOBODY_SHOWN, ConsentState.GIVEN})
