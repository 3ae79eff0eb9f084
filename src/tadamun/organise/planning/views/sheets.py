"""Run sheets to print: of one activity, of a day, of a week."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadamun.organise.planning.queries import sheets
from tadamun.organise.programme.views.carried import Carried


@require_safe
def run_sheet(request: Any, carried: Carried) -> HttpResponse:
    """Hours, places, who does what, what is still to be done, material, who is called by role. No numbers.

    ``day`` leaves only what takes place on that day of a week.
    """
    week_too = sheets.carries_week(carried.week, request.standing)
    page: dict[str, Any] = {"carried": carried, "days": [], "day": None}
    if carried.activity:
        page["sheets"] = [sheets.run_sheet(carried.activity)]
    else:
        page["day"] = _day(request.GET.get("day", ""))
        page["days"] = sheets.days_of(carried.week, request.standing)
        page["sheets"] = sheets.run_sheets(carried.week, request.standing, on=page["day"])
    page["week_contacts"] = sheets.contacts_for(None, carried.week, with_week=True) if week_too else []
    return render(request, "planning/run_sheet.html", page)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
