"""The plan of an activity: its texts in languages side by side, and what holds for all of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.forms.activity import ActivityForm
from tadamun.organise.programme.views.carried import Carried, in_activity
from tadamun.organise.programme.views.rows import save_row


@require_http_methods(["GET", "POST"])
@in_activity(Permission.EDIT)
def plan(request: Any, carried: Carried) -> HttpResponse:
    """Read and change the plan; whoever wrote at the same time sees both versions."""
    form = ActivityForm(request.POST or None, instance=carried.one, week=carried.week, activity=carried.activity)
    if request.method == "POST" and form.is_valid() and save_row(carried, form):
        return redirect(f"{carried.address}#plan")
    # The heading says what is stored, not what was just typed.
    if form.is_bound:
        carried.one.refresh_from_db()
    status = 400 if form.errors else 200
    return render(request, "programme/desk/activity_plan.html", {"carried": carried, "form": form}, status=status)
