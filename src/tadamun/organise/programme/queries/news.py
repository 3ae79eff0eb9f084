"""What others did to activities that a member shares: postponed, moved to another day, cancelled. Told for a week."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tadamun.organise.network.vocabulary import Standing
from tadamun.organise.programme.models import Act, Activity, Change, Postponement
from tadamun.organise.programme.queries.reach import reachable
from tadamun.organise.programme.vocabulary import State
from tadamun.toolkit.panels import Line, Mark, Need
from tadamun.toolkit.templatetags.saying import said

TOLD_FOR = timedelta(days=7)
_MOST = 50
_PUT_OFF = Q(thing=Activity._meta.label_lower, act=Act.CHANGED, fields__state__1=State.POSTPONED.value)
_CALLED_OFF = Q(thing=Activity._meta.label_lower, act=Act.CHANGED, fields__state__1=State.CANCELLED.value)
_MOVED = Q(thing=Postponement._meta.label_lower, act=Act.ADDED)


def needs(standing: Standing, now: datetime) -> Iterable[Need]:
    """Each activity once, by the last that happened to it. One query."""
    steps = (
        Change.objects.filter(_PUT_OFF | _CALLED_OFF | _MOVED, at__gte=now - TOLD_FOR, undone_by=None)
        .filter(activity__in=reachable(standing.organisations))
        .exclude(by=standing.label)
        .select_related("activity")
    )
    told: set[int] = set()
    for change in steps[:_MOST]:
        activity = change.activity
        if activity is None or activity.pk in told:
            continue
        told.add(activity.pk)
        yield Need(
            Line(
                says=format_html(_says(activity), title=said(activity.titles)),
                beside=change.by,
                address=reverse("activity", kwargs={"uid": activity.uid}),
                mark=Mark.ASKS,
            )
        )


def _says(activity: Activity) -> str:
    if activity.state == State.CANCELLED:
        return _("Cancelled: {title}")
    return _("Postponed: {title}") if activity.state == State.POSTPONED else _("On another day: {title}")
