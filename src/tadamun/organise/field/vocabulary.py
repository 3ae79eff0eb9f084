"""The words of the field: what a kit is for, what an entry says, what is counted, why an entry was refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KitRole(models.TextChoices):
    """What a kit is for; it opens with the buttons of its role."""

    DOOR = "door", _("Door")
    MARSHAL = "marshal", _("Marshals")
    LEAFLETS = "leaflets", _("Leaflets")
    NOTES = "notes", _("Notes")
    PAPER = "paper", _("Paper")


ON_PHONES = (KitRole.DOOR, KitRole.MARSHAL, KitRole.LEAFLETS, KitRole.NOTES)


class Kind(models.TextChoices):
    """What an entry says. A kind that this version does not know is kept all the same, and counts nothing."""

    IN = "in", _("checked in")
    WALK_IN = "walk_in", _("came without a sign-up")
    TALLY = "tally", _("counted")
    UNDO = "undo", _("taken back")
    START_SHIFT = "start_shift", _("began a shift")
    END_SHIFT = "end_shift", _("ended a shift")
    CHECK_BACK = "check_back", _("is back")
    BRIEF = "brief", _("was briefed")
    STOCK = "stock", _("stock")
    RACE_START = "race_start", _("start")
    FINISH = "finish", _("finish")
    BIB = "bib", _("bib")
    STATUS = "status", _("status of a bib")
    OPT_IN = "opt_in", _("name in the results")
    ATTEND = "attend", _("attended a sitting")
    ANSWER = "answer", _("answer")
    SPEAKER = "speaker", _("speaking time")
    STATEMENT = "statement", _("statement")
    QUESTION = "question", _("question")
    INCIDENT = "incident", _("incident")
    PHOTO = "photo", _("photo")
    NOTE = "note", _("note")


class Why(models.TextChoices):
    """Why an entry was not taken."""

    SHAPE = "shape", _("not an entry")
    DEVICE = "device", _("no such kit")
    MAC = "mac", _("its seal is broken")
    ACTIVITY = "activity", _("not an activity of this kit")
    OTHER = "other", _("another entry has its number")


class Standing(models.TextChoices):
    """How a ticket stands, as a kit knows it."""

    IN = "in", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    OVER = "over", _("cancelled")


class When(models.TextChoices):
    """When a question is asked."""

    BEFORE = "before", _("before")
    AFTER = "after", _("after")


# The counters that phones show where nobody chose others.
USUAL = ("women", "men", "girls", "boys", "visitors")


class Status(models.TextChoices):
    """Why a bib has no place."""

    DNS = "dns", _("did not start")
    DNF = "dnf", _("did not finish")
    DSQ = "dsq", _("disqualified")
