"""The desk's pages about helpers: the link, who is in which shift, who is back; names for a reason; the end."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.views import doors
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.views.public import base_of
from tadamun.organise.programme.views.carried import Carried, refused
from tadamun.organise.safety.vocabulary import Ending, OpeningReason
from tadamun.organise.volunteers.models import Crew
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.queries.desk import ShiftLine, crew_of, shift_lines
from tadamun.organise.volunteers.services import crews, endings, opened
from tadamun.organise.volunteers.views.acts import DECISIONS, MARKS
from tadamun.organise.volunteers.views.around import crew_or_404, may_open
from tadamun.toolkit import clock
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.rulings import Refused

REASONS = (OpeningReason.CONTACT, OpeningReason.SAFETY, OpeningReason.PRINT)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def helpers(request: Any, carried: Carried) -> HttpResponse:
    """Who helps when, by code; ``why`` opens the names, for this answer only; ``act`` does one thing."""
    crew = crew_of(carried.one)
    if request.method == "POST" and "act" in request.POST:
        return _did(request, carried, crew)
    lines = shift_lines(carried.one, crew, now=clock.now())
    names: Mapping[int, Entry] = {}
    status = 200
    if crew and request.POST.get("why", "") in {reason.value for reason in REASONS}:
        if not (ruling := may_open(request, carried)):
            return refused(request, ruling)
        try:
            names = _opened(request, crew, lines, OpeningReason(request.POST["why"]))
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = 429
    return render(request, "volunteers/desk/helpers.html", _page(request, carried, crew, lines, names), status=status)


def _page(
    request: Any, carried: Carried, crew: Crew | None, lines: tuple[ShiftLine, ...], names: Mapping[int, Entry]
) -> dict[str, Any]:
    base = base_of(request)
    return {
        "carried": carried,
        "activity": carried.one,
        "crew": crew,
        "lines": lines,
        "names": names,
        "links": [
            (language(code).own_name, base + reverse("shifts", kwargs={"lang": code, "link": crew.link}))
            for code, _name in settings.LANGUAGES
        ]
        if crew
        else [],
        "counts": endings.counts(crew) if crew else {},
        "until": crew_queries.ends_on(crew) if crew else None,
        "reasons": REASONS,
        "sees_names": request.standing.sees_names_of(carried.carriers),
        "unlocked": doors.keyring_of(request) is not None,
        "may_decide": bool(carried.may(Permission.ADMIT)),
        "may_mark": bool(carried.may(Permission.RUN_DOOR)),
        "may_destroy": bool(carried.may(Permission.DESTROY)),
        "somebody": any(line.seats for line in lines),
    }


def _opened(request: Any, crew: Crew, lines: tuple[ShiftLine, ...], why: OpeningReason) -> Mapping[int, Entry]:
    found = {seat.duty.helper.pk: seat.duty.helper for line in lines for seat in line.seats}
    keyring = doors.keyring_of(request)
    return opened.open_helpers(
        actor=request.actor,
        keyring=keyring,  # type: ignore[arg-type]  # the caller has looked
        crew=crew,
        helpers=list(found.values()),
        why=why,
        now=clock.now(),
    )


def _did(request: Any, carried: Carried, crew: Crew | None) -> HttpResponse:
    """Do what was pressed, if the member's role allows it, and say so."""
    act, now = request.POST["act"], clock.now()
    wanted = Permission.RUN_DOOR if act in MARKS else Permission.ADMIT
    if not (ruling := carried.may(wanted)):
        return refused(request, ruling)
    try:
        if act == "open":
            crews.open_crew(actor=request.actor, activity=carried.one, now=now)
        elif crew is None or act not in {*MARKS, *DECISIONS}:
            raise Http404
        else:
            {**MARKS, **DECISIONS}[act](request, crew)
        messages.success(request, _("Noted."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    shift = request.POST.get("shift", "")
    return redirect(f"{request.path}#shift-{shift}" if shift.isdecimal() else request.path)


@require_http_methods(["GET", "POST"])
def helpers_shred(request: Any, carried: Carried) -> HttpResponse:
    """Destroy what helpers entered, now. Asked twice: the page itself, and a word to type."""
    crew, wrong = crew_or_404(carried), False
    if crew.emptied_at is not None:
        return redirect("data_held")
    if request.method == "POST":
        wrong = request.POST.get("sure") != "yes" or request.POST.get("slug", "").strip() != carried.one.slug
        if not wrong:
            number = endings.retire(actor=request.actor, crew=crew, how=Ending.BY_HAND, now=clock.now())
            messages.success(request, _("Everything is destroyed. Certificate: %(number)s") % {"number": number})
            return redirect("data_held")
    page = {"carried": carried, "activity": carried.one, "wrong": wrong, "entries": crew.helpers.count()}
    return render(request, "volunteers/desk/shred.html", page, status=422 if wrong else 200)
