"""An activity's page on the desk: one page, a panel for each side of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadamun.desk.panels import panels_of
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import Carried, in_activity


@require_safe
@in_activity(Permission.LOOK)
def activity(request: Any, carried: Carried) -> HttpResponse:
    """All panels of the activity."""
    return render(request, "desk/activity.html", {"carried": carried, "panels": panels_of(carried)})
