"""The words of the translation desk: how far a wording has come, and what each text is called."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class WordingState(models.TextChoices):
    """How far a text has come in a language."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    STALE = "stale", _("source changed since")
    CHECKED = "checked", _("checked")


FIELDS: "dict[str, str | Promise]" = {
    "titles": _("Title"),
    "summary": _("Summary"),
    "body": _("Long text"),
    "purpose": _("Purpose"),
    "target_group": _("For whom"),
    "reach": _("How far it reaches"),
    "note": _("Note"),
    "line": _("Credit line"),
    "collective": _("Who, without a name of its own"),
    "group_names": _("Group"),
    "text": _("Words"),
    "expected": _("When, in words"),
    "reason": _("Reason"),
    "name": _("Name"),
    "function": _("Function"),
    "addressed_to": _("Addressed to"),
    "caption": _("Caption"),
    "alternative": _("Picture in words"),
    "credit": _("Credit"),
}
OF_ITS_KIND = _("Special to its kind")
