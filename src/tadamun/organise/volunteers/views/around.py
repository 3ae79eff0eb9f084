"""Around the helpers of an activity: settings, the sheet to print, somebody's certificate of hours."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.network import rules as network_rules
from tadamun.organise.network.views import doors
from tadamun.organise.programme.views.carried import Carried, refused
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.organise.volunteers.forms.desk import CrewForm
from tadamun.organise.volunteers.models import Crew, Helper
from tadamun.organise.volunteers.queries.desk import crew_of, shift_lines
from tadamun.organise.volunteers.services import crews, hours, opened
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused, Ruling


@require_http_methods(["GET", "POST"])
def helpers_settings(request: Any, carried: Carried) -> HttpResponse:
    """What is asked, and the rules of rest."""
    crew = crew_or_404(carried)
    form = CrewForm(request.POST or None, instance=crew)
    if request.method == "POST" and form.is_valid():
        crews.set_crew(actor=request.actor, crew=crew, wanted=form.cleaned_data, now=clock.now())
        messages.success(request, _("Saved."))
        return redirect("helpers", uid=carried.one.uid)
    page = {"carried": carried, "activity": carried.one, "form": form}
    return render(request, "volunteers/desk/settings.html", page, status=400 if form.errors else 200)


@require_safe
def helpers_sheet(request: Any, carried: Carried) -> HttpResponse:
    """Shifts to print, with codes instead of names, and room to write."""
    lines = shift_lines(carried.one, crew_of(carried.one), now=clock.now())
    page = {"carried": carried, "activity": carried.one, "lines": lines}
    return render(request, "volunteers/desk/sheet.html", page)


@sensitive_post_parameters()
@require_http_methods(["POST"])
def helpers_hours(request: Any, carried: Carried, helper: int) -> HttpResponse:
    """The certificate of somebody's hours; her name is opened for the print."""
    crew = crew_or_404(carried)
    found = get_object_or_404(Helper, crew=crew, pk=helper)
    if not (ruling := may_open(request, carried)):
        return refused(request, ruling)
    try:
        keyring: Any = doors.keyring_of(request)
        now, why = clock.now(), OpeningReason.PRINT
        names = opened.open_helpers(actor=request.actor, keyring=keyring, crew=crew, helpers=[found], why=why, now=now)
        name = names[found.pk].name if found.pk in names else ""
        duties = list(found.duties.select_related("shift"))
        pdf = hours.hours_pdf(crew, duties, name=name or found.short_code, code=get_language() or "en")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("helpers", uid=carried.one.uid)
    headers = {"Content-Disposition": f'attachment; filename="hours-{found.short_code}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def may_open(request: Any, carried: Carried) -> Ruling:
    """Whether she may open names here now."""
    return network_rules.may_see_names(
        standing=request.standing, organisations=carried.carriers, unlocked=doors.keyring_of(request) is not None
    )


def crew_or_404(carried: Carried) -> Crew:
    """The crew; only on pages that want one."""
    if (crew := crew_of(carried.one)) is None:
        raise Http404
    return crew
