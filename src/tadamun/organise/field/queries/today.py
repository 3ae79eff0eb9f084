"""What of the field waits for a member: silent kits that still have something to send, paper to key in once more."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.organise.field.models import Device, Keying
from tadamun.organise.field.queries.desk import SILENT_AFTER, span
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.queries.reach import reachable
from tadamun.toolkit.panels import Line, Mark, Need
from tadamun.toolkit.templatetags.saying import said


def needs(standing: Standing, now: datetime) -> Iterable[Need]:
    """Silent kits with entries on them, and paper that waits for its second time. Three queries; it names nobody."""
    working = [part.organisation for part in standing.parts if Permission.RUN_DOOR in part.card.permissions]
    if not working:
        return
    yield from _paper(working)
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


def _paper(working: Iterable[str]) -> Iterator[Need]:
    """Sheets that were keyed in once, the oldest first."""
    rows = Keying.objects.filter(activity__in=reachable(working)).select_related("activity__week")
    for row in rows:
        yield Need(
            Line(
                says=_("A sheet of paper waits to be keyed in once more"),
                beside=said(row.activity.titles),
                address=reverse("field_paper_again", kwargs={"uid": row.activity.uid, "keyed": row.uid}),
                mark=Mark.ASKS,
            )
        )
