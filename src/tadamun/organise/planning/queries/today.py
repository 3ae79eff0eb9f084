"""What of the planning waits for a member: tasks, permits with a deadline, go or no-go."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.planning.models import Permit, Round, Task
from tadamun.organise.planning.models.planned import Planned
from tadamun.organise.planning.vocabulary import PERMITS_THAT_WAIT
from tadamun.organise.programme.queries.reach import reachable, weeks_in_reach
from tadamun.organise.programme.vocabulary import State
from tadamun.toolkit.panels import Line, Mark, Need
from tadamun.toolkit.templatetags.saying import said

Row = TypeVar("Row", bound=Planned)
MY_TASKS_AHEAD, PERMITS_AHEAD, VERDICTS_AHEAD = timedelta(days=14), timedelta(days=21), timedelta(days=14)


def needs(standing: Standing, now: datetime) -> Iterable[Need]:
    """Her own tasks, and for who may edit: late tasks of anybody, permits, verdicts. Three queries."""
    member = int(standing.member.rpartition(":")[2])
    today = now.date()
    editing = [part.organisation for part in standing.parts if Permission.EDIT in part.card.permissions]
    hers = Q(owner=member, due_on__lte=today + MY_TASKS_AHEAD) & _in_reach(standing.organisations)
    late = Q(due_on__lt=today) & _in_reach(editing)
    tasks = _ahead(Task.objects.filter(hers | late, done_at=None))
    yield from _lines(tasks.order_by("due_on", "pk"), today, _("To do: {text}"), _("Overdue: {text}"), "tasks")
    if not editing:
        return
    permits = _ahead(
        Permit.objects.filter(_in_reach(editing), state__in=PERMITS_THAT_WAIT, deadline__lte=today + PERMITS_AHEAD)
    )
    yield from _lines(
        permits.order_by("deadline", "pk"), today, _("Permit wanted: {text}"), _("Permit is late: {text}"), "permits"
    )
    rounds = _ahead(Round.objects.filter(_in_reach(editing), verdict="", decide_by__lte=today + VERDICTS_AHEAD))
    yield from _lines(
        rounds.order_by("decide_by", "pk"), today, _("Go or no-go? {text}"), _("Go or no-go is late: {text}"), "go"
    )


def _lines(rows: Iterable[Planned], today: date, due: str, late: str, panel: str) -> Iterator[Need]:
    for row in rows:
        on: date | None = getattr(row, {"tasks": "due_on", "permits": "deadline", "go": "decide_by"}[panel])
        is_late = on is not None and on < today
        scope = row.activity or row.week
        text = scope.titles if isinstance(row, Round) else getattr(row, "what", {})
        line = Line(
            says=format_html(late if is_late else due, text=said(text)),
            beside="" if isinstance(row, Round) else said(scope.titles),
            address=f"{_page(row)}#{panel}",
            mark=Mark.WARNS if is_late else Mark.ASKS,
        )
        yield Need(line, on)


def _ahead(rows: "models.QuerySet[Row]") -> "models.QuerySet[Row]":
    """Rows of what still takes place."""
    rows = rows.select_related("week", "activity")
    return rows.exclude(activity__state=State.CANCELLED).exclude(week__state=State.CANCELLED)


def _in_reach(organisations: Iterable[str]) -> Q:
    """Rows of what these organisations (slugs) carry: an activity, or a week as a whole."""
    mine = list(organisations)
    return Q(activity__in=reachable(mine).values("pk")) | Q(activity=None, week__in=weeks_in_reach(mine).values("pk"))


def _page(row: Planned) -> str:
    if row.activity is not None:
        return reverse("activity", kwargs={"uid": row.activity.uid})
    return reverse("week", kwargs={"week": row.week.slug})
