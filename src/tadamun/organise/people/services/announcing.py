"""The public page says whether an activity can be signed up for, so a door that opens or shuts renews the page."""

from tadamun.organise.people.models import Admission
from tadamun.organise.programme.services.records import renew_record


def door_changed(*admissions: int) -> None:
    """Let the weeks of these admissions (by key) be published again with what is open now."""
    renew_record(set(Admission.objects.filter(pk__in=admissions).values_list("activity__week", flat=True)))
