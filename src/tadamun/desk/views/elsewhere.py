"""Carrying on elsewhere: repeating an activity in another place, beginning a week again, editions side by side."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.desk.carrying import CARRY
from tadamun.desk.forms.elsewhere import CopyWeekForm, RepeatForm
from tadamun.organise.network.rules import may
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.services import copying
from tadamun.organise.programme.views.carried import Carried, in_activity, in_week, refused
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


@require_http_methods(["GET", "POST"])
@in_activity(Permission.EDIT)
def repeat(request: Any, carried: Carried) -> HttpResponse:
    """Ask what is different elsewhere, and make the repeat."""
    form = RepeatForm(request.POST or None, activity=carried.one, standing=request.standing)
    if request.method == "POST" and form.is_valid():
        try:
            new = copying.repeat_activity(
                actor=request.actor, activity=carried.one, elsewhere=form.elsewhere(), carry=CARRY, now=clock.now()
            )
        except Refused as refusal:
            form.add_error("promise", str(refusal))
        else:
            messages.success(request, _("The repeat is made, as an idea. Look through its texts before it is planned."))
            return redirect("activity", uid=new.uid)
    page = {"carried": carried, "form": form}
    return render(request, "desk/repeat.html", page, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_week(Permission.LOOK)
def copy_week(request: Any, carried: Carried) -> HttpResponse:
    """Ask for the new title and day, and begin the week again, for an organisation that the member edits for."""
    ruling = may(Permission.EDIT, standing=request.standing, organisations=request.standing.organisations)
    if not ruling:
        return refused(request, ruling)
    form = CopyWeekForm(request.POST or None, week=carried.week, standing=request.standing)
    if request.method == "POST" and form.is_valid():
        new = copying.copy_week(
            actor=request.actor,
            week=carried.week,
            titles=form.cleaned_data["titles"],
            first_day=form.cleaned_data["first_day"],
            organisation=form.cleaned_data["organisation"],
            keep=form.kept,
            carry=CARRY,
            now=clock.now(),
        )
        messages.success(request, _("The week is begun again, as an idea, with all its activities."))
        return redirect("week", week=new.slug)
    page = {"carried": carried, "form": form}
    return render(request, "desk/copy_week.html", page, status=400 if form.errors else 200)
