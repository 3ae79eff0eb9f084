"""What of sign-up waits for a member: people who wait for an answer, long lists that somebody asked for."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import ngettext

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.network.vocabulary import Standing as Member
from tadamun.organise.people.models import Admission
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.programme.queries.reach import reachable
from tadamun.toolkit.panels import Line, Mark, Need
from tadamun.toolkit.templatetags.saying import said

_TO_DECIDE = Q(registrations__standing__in=(Standing.PENDING, Standing.QUARANTINED))


def needs(standing: Member, now: datetime) -> Iterable[Need]:
    """Sign-ups that somebody who decides about sign-up must decide. One query; it opens no name."""
    deciding = [part.organisation for part in standing.parts if Permission.ADMIT in part.card.permissions]
    if not deciding:
        return
    rows = (
        Admission.objects.filter(activity__in=reachable(deciding))
        .annotate(
            undecided=Count("registrations", filter=_TO_DECIDE, distinct=True), ends=Max("activity__sittings__end")
        )
        .filter(undecided__gt=0, ends__gte=now.date())
        .select_related("activity__week")
    )
    for admission in rows.order_by("activity__week__start", "activity__position"):
        activity = admission.activity
        says = ngettext(
            "{number} sign-up waits for an answer: {title}",
            "{number} sign-ups wait for an answer: {title}",
            admission.undecided,
        )
        yield Need(
            Line(
                says=format_html(says, number=admission.undecided, title=said(activity.titles)),
                beside=said(activity.week.titles),
                address=reverse("people", kwargs={"uid": activity.uid}),
                mark=Mark.ASKS,
            )
        )
