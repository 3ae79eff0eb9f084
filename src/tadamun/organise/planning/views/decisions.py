"""Go or no-go: the question with what has to be in order, the verdict, and all verdicts before."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.planning.forms.kinds_of_rows import ROUNDS
from tadamun.organise.planning.forms.safety import VerdictForm
from tadamun.organise.planning.models import Round
from tadamun.organise.planning.services import decisions
from tadamun.organise.planning.views.panels import PREFIX
from tadamun.organise.planning.vocabulary import Verdict
from tadamun.organise.programme.views.carried import Carried, refused
from tadamun.organise.programme.views.rows import address_of
from tadamun.toolkit import clock


@require_http_methods(["GET", "POST"])
def go(request: Any, carried: Carried, row: int) -> HttpResponse:
    """Look at a round, and decide it; one that was decided is decided anew."""
    rounds = list(Round.objects.filter(week=carried.week, activity=carried.activity).select_related("responsible"))
    found = next((round_ for round_ in rounds if round_.pk == row), None)
    if found is None:
        raise Http404
    form = VerdictForm(request.POST or None)
    if request.method == "POST":
        if not (ruling := carried.may(Permission.EDIT)):
            return refused(request, ruling)
        if form.is_valid():
            return _decided(carried, found, form)
    page = {
        "carried": carried,
        "round": found,
        "before": [round_ for round_ in rounds if round_.verdict],
        "form": form,
        "edit": "" if found.verdict or not carried.may_edit else address_of(ROUNDS, carried, row, prefix=PREFIX),
    }
    return render(request, "planning/go.html", page, status=400 if form.errors else 200)


def _decided(carried: Carried, round_: Round, form: VerdictForm) -> HttpResponse:
    verdict = form.cleaned_data["verdict"]
    decisions.decide(
        actor=carried.request.actor,
        round_=round_,
        verdict=verdict,
        reasons=form.cleaned_data["reasons"],
        now=clock.now(),
    )
    if verdict == Verdict.GO:
        messages.success(carried.request, _("Decided: it takes place."))
    else:
        messages.warning(carried.request, _("Decided. Now cancel or postpone it here, so that everybody is told."))
    return redirect(f"{carried.address}#{ROUNDS.code}")
