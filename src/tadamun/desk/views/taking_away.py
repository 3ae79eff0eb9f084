"""Taking away an activity that was added by mistake: what would go along, and why not where somebody counts on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.desk.taking_away import held_by, take_away
from tadamun.organise.network import rules
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.queries.reach import carriers_of_week
from tadamun.organise.programme.views.carried import Carried, in_activity, refused
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


@require_http_methods(["GET", "POST"])
@in_activity(Permission.EDIT)
def activity_away(request: Any, carried: Carried) -> HttpResponse:
    """Asked twice: the activity goes with all that it holds. It is for those who carry the week it stands in."""
    activity, week = carried.one, carried.week
    carriers = carriers_of_week(week)
    if not (ruling := rules.may(Permission.EDIT, standing=request.standing, organisations=carriers)):
        return refused(request, ruling)
    status = 200
    if request.method == "POST":
        try:
            take_away(actor=request.actor, activity=activity, now=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = 409
        else:
            messages.success(request, _("Taken away. It can be put back under “What was changed”."))
            return redirect("week", week=week.slug)
    context = {"carried": carried, "held": held_by(activity)}
    return render(request, "desk/activity_away.html", context, status=status)
