"""Attendance: the certificate by one's own ticket; on the desk the list by code, and certificates with names."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.views import doors
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.forms.attendance import CertificateForm
from tadamun.organise.people.models import Registration
from tadamun.organise.people.queries import attendance as queries
from tadamun.organise.people.queries.attendance import Line
from tadamun.organise.people.services import registrations
from tadamun.organise.people.services.attendance import attendance_pdf
from tadamun.organise.people.services.opened import open_entries
from tadamun.organise.people.views.houses import House, in_house, refused
from tadamun.organise.people.views.tickets import context_of, of_ticket
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.rulings import Refused

# As many as a roster page shows: a longer print would be a list of names, which two members decide about.
MOST_AT_ONCE = 25
LONGEST_NUMBER = 7


@of_ticket
def own_attendance(
    request: HttpRequest, ticket: str, secret: bytes, registration: Registration, now: datetime
) -> HttpResponse:
    """What one attended, and the certificate with the name that is typed for the print."""
    admission = registration.admission
    sittings = queries.sittings_of(admission.activity)
    attended = queries.attended(registration.attended, sittings, asked=admission.attendance_share)
    written = registrations.see_own_entry(secret=secret).name if registration.own_copy else ""
    form = CertificateForm(request.POST or None, initial={"name": written})
    if request.method == "POST" and form.is_valid():
        code = get_language() or "en"
        return _pdf(attendance_pdf(admission, [(form.cleaned_data["name"], attended)], code=code))
    context = context_of(ticket, registration, now) | {
        "form": form,
        "attended": attended,
        "asked": admission.attendance_share,
    }
    return render(request, "people/gate/attendance.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_house(Permission.RUN_DOOR)
def people_attendance(request: Any, house: House) -> HttpResponse:
    """Who attended what, by code; certificates for those who reached the share, once names may be opened."""
    lines = queries.lines_of(house.opened)
    keyring = doors.keyring_of(request)
    ruling = house.may_open(keyring)
    if request.method == "POST":
        if not ruling:
            return refused(request, ruling)
        try:
            return _printed(request, house, lines)
        except Refused as refusal:
            messages.error(request, str(refusal))
    reached = [line for line in lines if line.attended.reached]
    context = {
        "house": house,
        "activity": house.activity,
        "lines": lines,
        "ruling": ruling,
        "locked": keyring is None,
        "reached": len(reached),
        "parts": range(0, len(reached), MOST_AT_ONCE),
        "languages": [language(code) for code, _name in settings.LANGUAGES],
        "asked": house.opened.attendance_share,
    }
    return render(request, "people/desk/attendance.html", context, status=422 if request.method == "POST" else 200)


def _printed(request: Any, house: House, lines: tuple[Line, ...]) -> HttpResponse:
    """The certificates of one sign-up, or of a part of those who reached the share.

    :raises Refused: when names cannot be opened, or nobody has reached it.
    """
    reached = [line for line in lines if line.attended.reached]
    only, part = request.POST.get("only", ""), request.POST.get("part", "")
    if only:
        chosen = [line for line in reached if str(line.registration.pk) == only]
    else:
        start = int(part) if part.isdecimal() and len(part) < LONGEST_NUMBER else 0
        chosen = reached[start : start + MOST_AT_ONCE]
    code = request.POST.get("language", "")
    code = code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    opened = open_entries(
        actor=request.actor,
        keyring=doors.keyring_of(request),  # type: ignore[arg-type]  # the caller has looked
        admission=house.opened,
        rows=[line.registration for line in chosen],
        why=OpeningReason.PRINT,
        now=clock.now(),
    )
    names = [one.entry.name if one.entry else "" for one in opened]
    people = [(name or line.registration.short_code, line.attended) for name, line in zip(names, chosen, strict=True)]
    with override(code):
        return _pdf(attendance_pdf(house.opened, people, code=code))


def _pdf(content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="attendance.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
