"""A week's page on the desk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadamun.desk.panels import panels_of
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import Carried, in_week


@require_safe
@in_week(Permission.LOOK)
def week(request: Any, carried: Carried) -> HttpResponse:
    """All panels of the week."""
    return render(request, "desk/week.html", {"carried": carried, "panels": panels_of(carried)})
