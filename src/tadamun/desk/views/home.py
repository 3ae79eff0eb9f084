"""The desk's first page: what needs me today, and what I may work on."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadamun.desk.today import needs_of
from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.queries.reach import DeskActivity, activities_of, weeks_in_reach
from tadamun.toolkit import clock
from tadamun.toolkit.languages.text import Text


@dataclass(frozen=True)
class DeskWeek:
    """A week with those of its activities that the member may work on."""

    slug: str
    titles: Text
    activities: tuple[DeskActivity, ...]


@desk_page
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """What waits for the member, then the activities of her organisations by week, the newest week first."""
    standing = request.standing
    page = {
        "needs": needs_of(standing, clock.now()),
        "weeks": _weeks(standing),
        "may_begin": any(standing.may(Permission.EDIT, [part.organisation]) for part in standing.parts),
        "asks_second_factor": standing.needs_second_factor and not standing.second_factor,
    }
    return render(request, "desk/home.html", page)


def _weeks(standing: Standing) -> list[DeskWeek]:
    """The weeks in reach, also those that have no activity yet."""
    activities = {
        slug: tuple(group) for slug, group in groupby(activities_of(standing), key=lambda activity: activity.week_slug)
    }
    carried = list(weeks_in_reach(standing.organisations))
    whole = {week.slug: DeskWeek(week.slug, week.titles, activities.pop(week.slug, ())) for week in carried}
    parts = [DeskWeek(slug, group[0].week_titles, group) for slug, group in activities.items()]
    return [*whole.values(), *parts]
