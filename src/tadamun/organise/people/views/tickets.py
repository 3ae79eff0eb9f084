"""The ticket: how one stands, what one can change, and everything that one takes along. Its address is the only key."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from tadamun.organise.people import rules
from tadamun.organise.people.forms.gate import OwnEntryForm
from tadamun.organise.people.models import Registration
from tadamun.organise.people.queries import gate as gate_queries
from tadamun.organise.people.queries import tickets as queries
from tadamun.organise.people.services import admissions, calendars, line, registrations
from tadamun.organise.people.services.entries import Entry, TicketUnknown
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.toolkit import clock
from tadamun.toolkit.assets import asset
from tadamun.toolkit.gate import slips
from tadamun.toolkit.gate.guards import Page, gate_page, go_on, not_from_here, plain_page
from tadamun.toolkit.languages import days, registry
from tadamun.toolkit.rulings import Refused

TicketView = Callable[[HttpRequest, str, bytes, Registration, datetime], HttpResponse]


def of_ticket(view: TicketView) -> Page:
    """A page of a ticket, in its owner's language. Whatever opens nothing gets one and the same answer."""

    @gate_page
    @wraps(view)
    def page(request: HttpRequest, ticket: str) -> HttpResponse:
        now = clock.now()
        secret = queries.secret_of(ticket, public_key=ticket_mint().signing.public, now=now)
        try:
            if secret is None:
                raise TicketUnknown
            registration = registrations.by_ticket(secret)
            code = _spoken(registration.language)
            with override(code):
                response = _answer(view, request, ticket, secret, registration, now)
        except TicketUnknown:
            return _unknown(request)
        response.headers["Content-Language"] = code
        return response

    return page


def _answer(
    view: TicketView, request: HttpRequest, ticket: str, secret: bytes, registration: Registration, now: datetime
) -> HttpResponse:
    if request.method == "POST":
        try:
            slips.read_slip(request.POST.get("slip", ""), about=_about(registration))
        except slips.NotOurSlip:
            return not_from_here(request)
    try:
        return view(request, ticket, secret, registration, now)
    except Refused as refusal:
        return plain_page(
            request,
            title=_("This does not go any more"),
            says=str(refusal),
            way=reverse("ticket", kwargs={"ticket": ticket}),
            status=409,
        )


@of_ticket
def ticket(request: HttpRequest, ticket: str, secret: bytes, registration: Registration, now: datetime) -> HttpResponse:
    """The ticket itself."""
    return render(request, "people/gate/ticket.html", context_of(ticket, registration, now))


@of_ticket
def saved(request: HttpRequest, ticket: str, secret: bytes, registration: Registration, now: datetime) -> HttpResponse:
    """The ticket as one file that opens without a network."""
    style = asset("gate/gate.css")
    context = context_of(ticket, registration, now) | {
        "style": mark_safe(style.content.decode()) if style else "",  # noqa: S308  our own style sheet
        "saved_on": days.day(now.date(), registration.language),
    }
    response = render(request, "people/gate/ticket.html", context)
    response.headers["Content-Disposition"] = f'attachment; filename="{registration.short_code}.html"'
    return response


@of_ticket
def calendar(
    request: HttpRequest, ticket: str, secret: bytes, registration: Registration, now: datetime
) -> HttpResponse:
    """The dates as a calendar file."""
    content = calendars.calendar_file(registration, now=now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{registration.short_code}.ics"'
    return response


@of_ticket
def coming(request: HttpRequest, ticket: str, secret: bytes, registration: Registration, now: datetime) -> HttpResponse:
    """Say that one comes, or take an offered place."""
    if request.method == "POST":
        registrations.confirm(secret=secret, now=now)
    return _to_ticket(ticket)


@of_ticket
def cancel(request: HttpRequest, ticket: str, secret: bytes, registration: Registration, now: datetime) -> HttpResponse:
    """Give the place back: asked once more, then done."""
    rules.may_cancel(registration.told, came=registration.came).require()
    if request.method == "POST":
        registrations.cancel(secret=secret, now=now)
        return _to_ticket(ticket)
    return _asked_again(
        request,
        ticket,
        registration,
        now,
        title=_("Give your place back?"),
        says=_("The next in line gets it at once. You cannot take it back, only sign up again."),
        button=_("Yes, cancel my sign-up"),
    )


@of_ticket
def delete(request: HttpRequest, ticket: str, secret: bytes, registration: Registration, now: datetime) -> HttpResponse:
    """Destroy what one wrote, and give the place back: asked once more, then done."""
    if request.method == "POST":
        registrations.delete_own_entry(secret=secret, now=now)
        return _to_ticket(ticket)
    return _asked_again(
        request,
        ticket,
        registration,
        now,
        title=_("Delete what you wrote?"),
        says=_("What you wrote is destroyed at once, and your place is given back. Nobody can undo this."),
        button=_("Yes, delete it and cancel"),
    )


@of_ticket
def entry(request: HttpRequest, ticket: str, secret: bytes, registration: Registration, now: datetime) -> HttpResponse:
    """See what one wrote, and mend it."""
    activity = registration.admission.activity
    code = _spoken(registration.language)
    page = gate_queries.gate_page(week=activity.week.slug, activity=activity.slug, code=code, now=now)
    if page is None:
        raise TicketUnknown
    if not bytes(registration.own_copy):
        raise Refused(_("What you wrote is deleted already."))
    form = OwnEntryForm(request.POST or None, page=page, code=code, initial=_initial(_own(secret)))
    if request.method == "POST" and form.is_valid():
        registrations.change_own_entry(secret=secret, entry=form.entry(), now=now)
        return _to_ticket(ticket)
    context = context_of(ticket, registration, now) | {"form": form}
    return render(request, "people/gate/entry.html", context, status=422 if form.errors else 200)


def _own(secret: bytes) -> Entry:
    return registrations.see_own_entry(secret=secret)


def _initial(own: Entry) -> dict[str, str]:
    answers = {f"q_{code}": answer for code, answer in own.answers.items()}
    return {"name": own.name, "contact": own.contact, "note": own.note, **answers}


def context_of(ticket: str, registration: Registration, now: datetime) -> dict[str, Any]:
    """What every page of a ticket shows."""
    code = registration.language
    page = queries.ticket_page(registration, position=line.position(registration), now=now)
    return {
        "page": page,
        "ticket": ticket,
        "here": registry.language(_spoken(code)),
        "qr": queries.drawn(ticket),
        "slip": slips.new_slip(about=_about(registration), now=now),
        "until": days.day(admissions.ends_on(registration.admission), code),
        "style": "",
        "saved_on": "",
    }


def _asked_again(
    request: HttpRequest,
    ticket: str,
    registration: Registration,
    now: datetime,
    **words: str,
) -> HttpResponse:
    return render(request, "people/gate/sure.html", context_of(ticket, registration, now) | words)


def _to_ticket(ticket: str) -> HttpResponse:
    return go_on(reverse("ticket", kwargs={"ticket": ticket}))


def _unknown(request: HttpRequest) -> HttpResponse:
    """One answer for mistyped, forged, past and deleted tickets, so that nothing can be learnt by trying."""
    with override(get_language_from_request(request)):
        return plain_page(
            request,
            title=_("This ticket opens nothing"),
            says=_("Perhaps its address was not copied whole, or its time is over and everything was deleted."),
            then=_("Open the link once more, or ask the organisers."),
            status=404,
        )


def _spoken(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _about(registration: Registration) -> str:
    return f"ticket {registration.uid}"
