"""The words of the archive: what was agreed about a photo."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentState(models.TextChoices):
    """Whether the people in a photo agreed. Only the first two let it out."""

    NOBODY_SHOWN = "nobody_shown", _("nobody can be recognised")
    GIVEN = "given", _("everybody shown agreed")
    NOT_ASKED = "not_asked", _("not asked yet")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Care(models.TextChoices):
    """What has to be kept in mind about those whom a photo shows."""

    CHILD = "child", _("a child can be recognised")
    NO_PHOTO = "no_photo", _("somebody in it wants no photo")


LIVE = frozenset({ConsentState.NOBODY_SHOWN, ConsentState.GIVEN})
