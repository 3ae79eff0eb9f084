"""A week's page on the desk: what it is, its board, and a panel for each other side of it."""

from copy import copy
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.desk.forms.board import kind_names
from tadamun.desk.models import Release
from tadamun.desk.panels import panels_of
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.forms.weeks import WeekSaysForm
from tadamun.organise.programme.models import Change, Week
from tadamun.organise.programme.queries.board import board_of
from tadamun.organise.programme.views.carried import Carried, in_week, refused
from tadamun.organise.programme.views.rows import save_row
from tadamun.toolkit import clock


@require_safe
@in_week(Permission.LOOK)
def week(request: Any, carried: Carried) -> HttpResponse:
    """The board and all panels of the week."""
    page = {
        "carried": carried,
        "board": board_of(carried.week, request.standing, kind_names()),
        "panels": panels_of(carried),
        "today": clock.now().date(),
        "undo": _to_undo(request, carried),
    }
    return render(request, "desk/week.html", page)


@require_http_methods(["GET", "POST"])
@in_week(Permission.LOOK)
def edit(request: Any, carried: Carried) -> HttpResponse:
    """Change what the week says of itself."""
    if not (ruling := carried.may(Permission.EDIT)):
        return refused(request, ruling)
    form = WeekSaysForm(
        request.POST or None,
        # A week of its own: what is sent but not stored must not change where this page's links lead.
        instance=copy(carried.week),
        week=carried.week,
        activity=None,
        address_is_open=not Release.objects.filter(week=carried.week).exists(),
    )
    form.offer(request.standing, clock.now())
    if request.method == "POST" and form.is_valid() and save_row(carried, form):
        return redirect("week", week=Week.objects.only("slug").get(pk=carried.week.pk).slug)
    return render(
        request, "desk/week_edit.html", {"carried": carried, "form": form}, status=400 if form.errors else 200
    )


def _to_undo(request: Any, carried: Carried) -> Change | None:
    """The change that was made just now on the board, so that it can be undone right here."""
    number = request.GET.get("undo", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    return Change.objects.filter(week=carried.week, pk=int(number), undone_by=None).first()
