"""The desk's first page: what I may work on."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.programme.queries.reach import DeskActivity, activities_of
from tadamun.toolkit.languages.text import Text


@dataclass(frozen=True)
class DeskWeek:
    """A week with those of its activities that the member may work on."""

    titles: Text
    activities: tuple[DeskActivity, ...]


@desk_page
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """The activities of the member's organisations, by week, the newest week first."""
    activities = activities_of(request.standing)
    page = {
        "weeks": [_week(list(group)) for _slug, group in groupby(activities, key=lambda activity: activity.week_slug)],
        "asks_second_factor": request.standing.needs_second_factor and not request.standing.second_factor,
    }
    return render(request, "desk/home.html", page)


def _week(activities: list[DeskActivity]) -> DeskWeek:
    return DeskWeek(activities[0].week_titles, tuple(activities))
