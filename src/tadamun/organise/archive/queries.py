"""What the desk asks about photos."""

from django.db.models import QuerySet

from tadamun.organise.archive.models import Photo
from tadamun.organise.programme.models import Activity, Week


def photos_of(week: Week, activity: Activity | None) -> QuerySet[Photo]:
    """The photos of an activity, or all of a week's, in the order of the gallery. One query."""
    rows = Photo.objects.filter(week=week).select_related("activity", "week").order_by("position")
    return rows.filter(activity=activity) if activity else rows
