"""The desk's pages about helpers: the link, who is in which shift, who is back; names for a reason; the end."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.network import rules as network_rules
from tadamun.organise.network.views import doors
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.views.public import base_of
from tadamun.organise.programme.views.carried import Carried, refused
from tadamun.organise.safety.vocabulary import Ending, OpeningReason
from tadamun.organise.volunteers.forms.desk import CrewForm
from tadamun.organise.volunteers.models import Crew, Duty, Helper, Shift
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.queries.desk import ShiftLine, crew_of, shift_lines
from tadamun.organise.volunteers.services import crews, endings, hours, moments, opened
from tadamun.organise.volunteers.vocabulary import Moment
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
        if not (ruling := _may_open(request, carried)):
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


def _may_open(request: Any, carried: Carried) -> Any:
    return network_rules.may_see_names(
        standing=request.standing, organisations=carried.carriers, unlocked=doors.keyring_of(request) is not None
    )


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
    wanted = Permission.RUN_DOOR if act in _MARKS else Permission.ADMIT
    if not (ruling := carried.may(wanted)):
        return refused(request, ruling)
    try:
        if act == "open":
            crews.open_crew(actor=request.actor, activity=carried.one, now=now)
        elif crew is None or act not in {*_MARKS, *_DECISIONS}:
            raise Http404
        else:
            {**_MARKS, **_DECISIONS}[act](request, crew)
        messages.success(request, _("Noted."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    shift = request.POST.get("shift", "")
    return redirect(f"{request.path}#shift-{shift}" if shift.isdecimal() else request.path)


def _duty(request: Any, crew: Crew) -> Duty:
    rows = Duty.objects.select_related("helper__crew__activity", "shift")
    return get_object_or_404(rows, helper__crew=crew, pk=_key(request, "duty"))


def _key(request: Any, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdecimal():
        raise Http404
    return int(value)


def _marked(moment: Moment) -> Callable[[Any, Crew], object]:
    return lambda request, crew: moments.mark(
        actor=request.actor, duty=_duty(request, crew), moment=moment, now=clock.now()
    )


def _missed(request: Any, crew: Crew) -> None:
    moments.mark_missed(actor=request.actor, duty=_duty(request, crew), now=clock.now())


def _all_back(request: Any, crew: Crew) -> None:
    rows = Shift.objects.select_related("activity").filter(activity=crew.activity_id)
    moments.all_back(actor=request.actor, shift=get_object_or_404(rows, pk=_key(request, "shift")), now=clock.now())


def _take_off(request: Any, crew: Crew) -> None:
    crews.take_off(actor=request.actor, duty=_duty(request, crew), now=clock.now())


def _count_her(request: Any, crew: Crew) -> None:
    crews.count_her(actor=request.actor, helper=_duty(request, crew).helper, now=clock.now())


def _new_link(request: Any, crew: Crew) -> None:
    crews.give_new_link(actor=request.actor, crew=crew, now=clock.now())


_MARKS: dict[str, Callable[[Any, Crew], object]] = {
    "started": _marked(Moment.STARTED),
    "ended": _marked(Moment.ENDED),
    "back": _marked(Moment.BACK),
    "missed": _missed,
    "all_back": _all_back,
}
_DECISIONS: dict[str, Callable[[Any, Crew], object]] = {
    "take_off": _take_off,
    "count_her": _count_her,
    "new_link": _new_link,
}


@require_http_methods(["GET", "POST"])
def helpers_settings(request: Any, carried: Carried) -> HttpResponse:
    """What is asked, and the rules of rest."""
    crew = _crew(carried)
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
    crew = _crew(carried)
    found = get_object_or_404(Helper, crew=crew, pk=helper)
    if not (ruling := _may_open(request, carried)):
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


@require_http_methods(["GET", "POST"])
def helpers_shred(request: Any, carried: Carried) -> HttpResponse:
    """Destroy what helpers entered, now. Asked twice: the page itself, and a word to type."""
    crew, wrong = _crew(carried), False
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


def _crew(carried: Carried) -> Crew:
    if (crew := crew_of(carried.one)) is None:
        raise Http404
    return crew
