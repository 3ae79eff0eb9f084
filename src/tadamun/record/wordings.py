"""The words that the record adds: the wording of an involvement that states none, and ties between activities."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadamun.organise.programme.vocabulary import InvolvementType

LINES: "dict[str, str | Promise]" = {
    InvolvementType.ORGANISER: _("organised by %(name)s"),
    InvolvementType.RUNS: _("run by %(name)s"),
    InvolvementType.CO_ORGANISER: _("organised together with %(name)s"),
    InvolvementType.COOPERATION: _("in cooperation with %(name)s"),
    InvolvementType.PARTNERSHIP: _("in partnership with %(name)s"),
    InvolvementType.HOST: _("hosted by %(name)s"),
    InvolvementType.FUNDER: _("funded by %(name)s"),
    InvolvementType.SUPPORTER: _("with the support of %(name)s"),
    InvolvementType.BENEFICIARY: _("for the benefit of %(name)s"),
    InvolvementType.INVITED: _("with the participation of %(name)s"),
    InvolvementType.SIGNATORY: _("signed by %(name)s"),
    InvolvementType.ADDRESSEE: _("addressed to %(name)s"),
}


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
