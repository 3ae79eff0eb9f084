"""The words of a seminar: in which form people sit together and think."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeminarForm(models.TextChoices):
    """The form of a seminar."""

    SEMINAR = "seminar", _("seminar")
    PANEL = "panel", _("panel")
    ROUND_TABLE = "round_table", _("round table")
    CONFERENCE = "conference", _("conference")
    SESSION = "session", _("forum session")
    ASSEMBLY = "assembly", _("assembly")
    WEBINAR = "webinar", _("webinar")
    MEETING = "meeting", _("meeting")
    HEARING = "hearing", _("hearing")
