"""The words of the network: kinds of organisation, ties between them, roles in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    COALITION = "coalition", _("coalition")
    FORUM = "forum", _("social forum")
    PATH = "path", _("path")
    WORKING_GROUP = "working_group", _("working group")
    ASSOCIATION = "association", _("association")
    UNION = "union", _("trade union")
    MEDIA = "media", _("media organisation")
    TEAM = "team", _("team")
    VENUE = "venue", _("venue keeper")
    UNIVERSITY = "university", _("university")
    PARTY = "party", _("political party")
    BLOC = "bloc", _("political bloc")
    AUTHORITY = "authority", _("public authority")
    EMBASSY = "embassy", _("embassy")
    FOUNDATION = "foundation", _("foundation")
    FEDERATION = "federation", _("federation")
    OTHER = "other", _("organisation")


POLITICAL = frozenset({OrganisationKind.PARTY, OrganisationKind.BLOC})


class Side(models.TextChoices):
    """Whether a body works locally, internationally or on both sides."""

    LOCAL = "local", _("local civil society")
    INTERNATIONAL = "international", _("international civil society")
    BOTH = "both", _("local and international civil society")


class TieType(models.TextChoices):
    """How one organisation belongs to another."""

    PART_OF = "part_of", _("part of")
    RUN_BY = "run_by", _("run by")
    HOSTED_BY = "hosted_by", _("hosted by")
    SISTER_OF = "sister_of", _("sister of")
    MEMBER_OF = "member_of", _("member of")


class Role(models.TextChoices):
    """An account's role in an organisation."""

    COORDINATOR = "coordinator", _("coordinator")
    EDITOR = "editor", _("editor")
    FIELD = "field", _("field")
    TRANSLATOR = "translator", _("translator")
    VIEWER = "viewer", _("viewer")
