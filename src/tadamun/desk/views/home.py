"""The desk's first page: what needs me today, and what I may work on."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadamun.desk.today import needs_of
from tadamun.organise.network.queries import is_organised
from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.models import Week
from tadamun.organise.programme.queries.reach import DeskActivity, activities_of, weeks_in_reach
from tadamun.toolkit import clock
from tadamun.toolkit.languages.text import Text


@dataclass(frozen=True)
class DeskWeek:
    """A week with those of its activities that the member may work on."""

    slug: str
    titles: Text
    activities: tuple[DeskActivity, ...]
    start: date
    end: date


@desk_page
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """What waits for the member, then the activities of her weeks; of weeks that are over only their names."""
    standing, now = request.standing, clock.now()
    weeks = _weeks(standing)
    page = {
        "needs": needs_of(standing, now),
        "weeks": [week for week in weeks if week.end >= now.date()],
        "earlier": [week for week in weeks if week.end < now.date()],
        "may_begin": any(standing.may(Permission.EDIT, [part.organisation]) for part in standing.parts),
        "first_organisation": standing.operator and not standing.parts and not is_organised(),
        "asks_second_factor": standing.needs_second_factor and not standing.second_factor,
    }
    return render(request, "desk/home.html", page)


def _weeks(standing: Standing) -> list[DeskWeek]:
    """The weeks in reach, also those that have no activity yet."""
    activities = activities_of(standing)
    by_week = {slug: tuple(group) for slug, group in groupby(activities, key=lambda activity: activity.week_slug)}
    mine = Q(pk__in=weeks_in_reach(standing.organisations).values("pk")) | Q(slug__in=by_week)
    return [
        DeskWeek(week.slug, week.titles, by_week.get(week.slug, ()), week.start, week.end)
        for week in Week.objects.filter(mine)
    ]
