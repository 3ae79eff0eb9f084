"""What of the field waits for a member: kits that were not heard of and still have something to send."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import ngettext

from tadamun.organise.field.models import Device
from tadamun.organise.field.queries.desk import SILENT_AFTER, span
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.queries.reach import reachable
from tadamun.toolkit.panels import Line, Mark, Need


def needs(standing: Standing, now: datetime) -> Iterable[Need]:
    """Kits of what she carries that are silent with entries on them. Two queries; it names no person."""
    working = [part.organisation for part in standing.parts if Permission.RUN_DOOR in part.card.permissions]
    if not working:
        return
    silent = Q(met_at__lt=now - SILENT_AFTER) | Q(ends_at__lte=now)
    rows = Device.objects.filter(silent, activities__in=reachable(working), unsent__gt=0, revoked_at=None)
    for device in rows.defer("key").prefetch_related("activities").distinct().order_by("met_at", "pk"):
        says = ngettext(
            "{count} entry is still on a phone: {kit}", "{count} entries are still on a phone: {kit}", device.unsent
        )
        activity = next(iter(device.activities.all()))
        yield Need(
            Line(
                says=format_html(says, count=device.unsent, kit=device.label),
                beside=span(now - device.met_at) if device.met_at else "",
                address=reverse("field_kits", kwargs={"uid": activity.uid}),
                mark=Mark.WARNS,
            )
        )
