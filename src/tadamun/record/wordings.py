"""The words that the record adds: ties between activities."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Link(models.TextChoices):
    """How an activity is tied to another one, seen from either side."""

    REPEAT_OF = "repeat_of", _("repeat of")
    REPEATED_AS = "repeated_as", _("repeated as")
    FOLLOW_UP_OF = "follow_up_of", _("follow-up of")
    FOLLOWED_UP_BY = "followed_up_by", _("followed up by")
    PREPARES = "prepares", _("in preparation of")
    PREPARED_BY = "prepared_by", _("prepared by")
    EDITION_BEFORE = "edition_before", pgettext_lazy("link to another edition of a series", "edition before")
    EDITION_AFTER = "edition_after", pgettext_lazy("link to another edition of a series", "edition after")


SEEN_FROM_THE_OTHER: dict[str, Link] = {
    Link.REPEAT_OF: Link.REPEATED_AS,
    Link.FOLLOW_UP_OF: Link.FOLLOWED_UP_BY,
    Link.PREPARES: Link.PREPARED_BY,
}
