"""What of sign-up waits for a member: people who wait for an answer, long lists that somebody asked for."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.network.vocabulary import Standing as Member
from tadamun.organise.people.models import Admission
from tadamun.organise.people.queries.lists import lists_to_answer
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.programme.queries.reach import reachable
from tadamun.toolkit.panels import Line, Mark, Need
from tadamun.toolkit.templatetags.saying import said

_TO_DECIDE = Q(registrations__standing__in=(Standing.PENDING, Standing.QUARANTINED))


def needs(standing: Member, now: datetime) -> Iterable[Need]:
    """Long lists that others asked for, and sign-ups to be decided. Two queries; it opens no name."""
    yield from _lists(standing, now)
    yield from _undecided(standing, now)


def _lists(standing: Member, now: datetime) -> Iterable[Need]:
    member = int(standing.member.partition(":")[2])
    for request in lists_to_answer(standing=standing, member=member, now=now):
        activity = request.admission.activity
        says = ngettext(
            "A list of {number} person is to be handed out: {title}",
            "A list of {number} people is to be handed out: {title}",
            request.people,
        )
        yield Need(
            Line(
                says=format_html(says, number=request.people, title=said(activity.titles)),
                beside=_("Somebody else must agree"),
                address=reverse("people_export", kwargs={"uid": activity.uid}),
                mark=Mark.WARNS,
            )
        )


def _undecided(standing: Member, now: datetime) -> Iterable[Need]:
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
