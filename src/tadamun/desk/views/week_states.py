"""How a week goes on: from an idea to what is planned, held, documented; ideas within it go along if that is meant."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.desk.models import Release
from tadamun.desk.views.states import FROM_TO, INTO, NextStep
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme import rules
from tadamun.organise.programme.forms.states import WeekStepForm
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.queries.history import last_step
from tadamun.organise.programme.services.states import Why, step_week
from tadamun.organise.programme.views.carried import Carried, in_week, refused
from tadamun.organise.programme.vocabulary import State
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused, Ruling


@require_http_methods(["GET", "POST"])
@in_week(Permission.LOOK)
def week_state(request: Any, carried: Carried) -> HttpResponse:
    """How far the week is, and what can come next."""
    if not (ruling := carried.may(Permission.EDIT)):
        return refused(request, ruling)
    week = carried.week
    ideas = Activity.objects.filter(week=week, state=State.IDEA).count() if week.state == State.IDEA else 0
    form = WeekStepForm(request.POST or None, ideas=ideas)
    if request.method == "POST" and form.is_valid():
        ruling = _may(carried, request.POST.get("to", ""))
        if not ruling:
            return refused(request, ruling)
        return _stepped(request, carried, form)
    page = {"carried": carried, "form": form, "steps": list(_steps(carried)), "last": last_step(week)}
    return render(request, "desk/state.html", page, status=400 if form.errors else 200)


def _stepped(request: Any, carried: Carried, form: WeekStepForm) -> HttpResponse:
    try:
        step_week(
            actor=request.actor,
            week=carried.week,
            to=State(request.POST["to"]),
            public=_is_public(carried),
            with_ideas=form.cleaned_data.get("with_ideas", False),
            why=Why(form.cleaned_data["note"]),
            now=clock.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("week_state", week=carried.week.slug)
    messages.success(request, _("Done. It can be undone under “What was changed”."))
    return redirect(carried.address)


def _is_public(carried: Carried) -> bool:
    return Release.objects.filter(week=carried.week, is_out=True).exists()


def _may(carried: Carried, to: str) -> Ruling:
    if to not in State.values:
        return Ruling(_("There is no such step."))
    return carried.may(Permission.PUBLISH if State(to) is State.PUBLISHED else Permission.EDIT)


def _steps(carried: Carried) -> Iterator[NextStep]:
    """The steps that follow from how it stands, those that are not possible now with the reason."""
    week, public = carried.week, _is_public(carried)
    state, today = State(week.state), clock.now().astimezone(ZoneInfo(week.timezone)).date()
    for to in rules.WEEK_STEPS[state]:
        ruling = rules.may_step_week(state=state, to=to, start=week.start, public=public, today=today)
        reason = ruling.reason or _may(carried, to.value).reason
        yield NextStep(to=to, label=FROM_TO.get((state, to), INTO[to]), address="", why_not=reason)
