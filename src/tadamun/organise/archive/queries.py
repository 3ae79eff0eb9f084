"""What the desk asks about photos."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import ngettext

from tadamun.organise.archive.models import Photo
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.queries.reach import reachable
from tadamun.toolkit.panels import Line, Mark, Need
from tadamun.toolkit.templatetags.saying import said


def photos_of(week: Week, activity: Activity | None) -> QuerySet[Photo]:
    """The photos of an activity, or all of a week's, in the order of the gallery. One query."""
    rows = Photo.objects.filter(week=week).select_related("activity", "week").order_by("position")
    return rows.filter(activity=activity) if activity else rows


def needs(standing: Standing, now: datetime) -> Iterable[Need]:
    """Photos from phones of what she may edit that nobody has looked at. One query."""
    editing = [part.organisation for part in standing.parts if Permission.EDIT in part.card.permissions]
    if not editing:
        return
    unseen = Photo.objects.filter(looked_at=False, activity__in=reachable(editing).values("pk")).order_by()
    found = unseen.values("activity__uid", "activity__titles").annotate(count=Count("pk")).order_by("activity__uid")
    for row in found:
        says = ngettext("{count} photo waits for a look", "{count} photos wait for a look", row["count"])
        yield Need(
            Line(
                says=format_html(says, count=row["count"]),
                beside=said(row["activity__titles"]),
                address=reverse("activity_photos", kwargs={"uid": row["activity__uid"]}),
                mark=Mark.ASKS,
            )
        )
