"""The public page says whether an activity can be signed up for, so a door that opens or shuts renews the page."""

from django.db.models import F

from tadamun.organise.people.models import Admission
from tadamun.organise.programme.models import Week


def door_changed(*admissions: int) -> None:
    """Let the weeks of these admissions (by key) be published again with what is open now."""
    weeks = Admission.objects.filter(pk__in=admissions).values("activity__week")
    Week.objects.filter(pk__in=weeks).update(revision=F("revision") + 1)
