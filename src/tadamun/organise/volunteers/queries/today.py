"""What of helpers waits for a member: who has not checked back, shifts that begin soon and have too few people."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.queries.reach import reachable
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.volunteers.models import Shift
from tadamun.organise.volunteers.queries.desk import missing
from tadamun.toolkit.panels import Line, Mark, Need
from tadamun.toolkit.templatetags.saying import said

# After a week nobody is found by a line on a page any more.
LOOKED_FOR, AHEAD = timedelta(days=7), timedelta(days=3)


def needs(standing: Standing, now: datetime) -> Iterable[Need]:
    """Who has not checked back, for whoever works at the door; shifts that are short of people. Two queries."""
    yield from _missing(standing, now)
    yield from _short(standing, now)


def not_back(many: int, shift: Shift) -> SafeString:
    """How many of a shift have not checked back, as a sentence."""
    says = ngettext(
        "{number} helper has not checked back: {what}", "{number} helpers have not checked back: {what}", many
    )
    return format_html(says, number=many, what=said(shift.what))


def _missing(standing: Standing, now: datetime) -> Iterator[Need]:
    mine = [part.organisation for part in standing.parts if Permission.RUN_DOOR in part.card.permissions]
    if not mine:
        return
    for shift, rows in groupby(missing(reachable(mine), now=now, since=LOOKED_FOR), key=lambda duty: duty.shift):
        yield Need(
            Line(
                says=not_back(len(list(rows)), shift),
                beside=format_html(_("Lead: {name}"), name=shift.lead) if shift.lead else said(shift.activity.titles),
                address=f"{reverse('helpers', kwargs={'uid': shift.activity.uid})}#shift-{shift.pk}",
                mark=Mark.WARNS,
            ),
            shift.end.date(),
        )


def _short(standing: Standing, now: datetime) -> Iterator[Need]:
    mine = [part.organisation for part in standing.parts if Permission.EDIT in part.card.permissions]
    if not mine:
        return
    counted = Q(duties__helper__aside="", duties__missed=False)
    shifts = Shift.objects.filter(activity__in=reachable(mine).values("pk"), start__gt=now, start__lte=now + AHEAD)
    shifts = shifts.exclude(activity__state=State.CANCELLED).annotate(taken=Count("duties", filter=counted))
    for shift in shifts.filter(taken__lt=F("needed")).select_related("activity__week"):
        few = shift.needed - shift.taken
        says = ngettext("{number} more helper is needed: {what}", "{number} more helpers are needed: {what}", few)
        yield Need(
            Line(
                says=format_html(says, number=few, what=said(shift.what)),
                beside=said(shift.activity.titles),
                address=f"{reverse('helpers', kwargs={'uid': shift.activity.uid})}#shift-{shift.pk}",
                mark=Mark.ASKS,
            ),
            shift.start.date(),
        )
