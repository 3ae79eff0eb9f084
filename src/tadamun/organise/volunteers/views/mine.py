"""A helper's own page: her shifts, and what she does about them. Its address is the only key."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from tadamun.organise.people.queries.tickets import drawn
from tadamun.organise.people.services.entries import Entry, TicketUnknown
from tadamun.organise.people.views.public import base_of
from tadamun.organise.volunteers.forms.gate import EntryForm, HoursForm
from tadamun.organise.volunteers.models import Helper
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.queries import gate as queries
from tadamun.organise.volunteers.services import hours, joining, moments
from tadamun.organise.volunteers.vocabulary import Moment
from tadamun.toolkit import clock
from tadamun.toolkit.gate import slips
from tadamun.toolkit.gate.guards import Page, gate_page, go_on, not_from_here, plain_page
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.rulings import Refused

HelperView = Callable[[HttpRequest, str, bytes, Helper, datetime], HttpResponse]


def of_helper(view: HelperView) -> Page:
    """A page of a helper, in her language. Whatever opens nothing gets one and the same answer."""

    @gate_page
    @wraps(view)
    def page(request: HttpRequest, secret: str) -> HttpResponse:
        try:
            raw = joining.secret_of(secret)
            helper = joining.by_secret(raw)
            with override(helper.language):
                response = _answer(view, request, secret, raw, helper)
        except TicketUnknown:
            return _unknown(request)
        response.headers["Content-Language"] = helper.language
        return response

    return page


def _answer(view: HelperView, request: HttpRequest, text: str, raw: bytes, helper: Helper) -> HttpResponse:
    if request.method == "POST":
        try:
            slips.read_slip(request.POST.get("slip", ""), about=_about(helper))
        except slips.NotOurSlip:
            return not_from_here(request)
    try:
        return view(request, text, raw, helper, clock.now())
    except Refused as refusal:
        way = reverse("helper", kwargs={"secret": text})
        title = _("This does not go any more")
        return plain_page(request, title=title, says=str(refusal), way=way, status=409)


@of_helper
def helper(request: HttpRequest, text: str, raw: bytes, found: Helper, now: datetime) -> HttpResponse:
    """Her shifts, and what can be done about them now; a POST does one of these things."""
    if request.method == "POST":
        _do(request, raw, now)
        return _back(text)
    context = _context(text, found, now)
    page: queries.HelperPage = context["page"]
    links = {
        own.duty.pk: base_of(request)
        + reverse("take_over", kwargs={"lang": found.language, "offer": joining.offer_text(raw, own.duty)})
        for own in page.shifts
        if own.duty.on_offer
    }
    return render(request, "volunteers/gate/helper.html", context | {"links": links, "qr": drawn(found.short_code)})


def _do(request: HttpRequest, raw: bytes, now: datetime) -> None:
    """Carry out what was pressed.

    :raises Refused: when it cannot be, or nothing that is known was pressed.
    """
    act, duty = request.POST.get("act", ""), request.POST.get("duty", "")
    if act == "take":
        wanted = [int(value) for value in request.POST.getlist("shifts") if value.isdecimal() and len(value) < 19]
        joining.take_more(secret=raw, shifts=wanted, now=now)
        return
    joining.require_known(duty)
    if act in Moment.values:
        moments.say(secret=raw, duty=duty, moment=Moment(act), now=now)
    elif act == "offer":
        joining.offer(secret=raw, duty=duty, now=now)
    elif act == "keep":
        joining.keep(secret=raw, duty=duty)
    elif act == "leave":
        joining.give_up(secret=raw, duty=duty, now=now)
    else:
        raise Refused(_("Open this page again and press once more."))


@of_helper
def entry(request: HttpRequest, text: str, raw: bytes, found: Helper, now: datetime) -> HttpResponse:
    """See what one wrote, and mend it."""
    if not bytes(found.own_copy):
        raise Refused(_("What you wrote is deleted already."))
    own = joining.own_entry(helper=found, secret=raw)
    form = EntryForm(request.POST or None, crew=found.crew, code=found.language, initial=_initial(own))
    if request.method == "POST" and form.is_valid():
        joining.change_entry(secret=raw, entry=form.entry())
        return _back(text)
    context = _context(text, found, now) | {"form": form}
    return render(request, "volunteers/gate/entry.html", context, status=422 if form.errors else 200)


@of_helper
def delete(request: HttpRequest, text: str, raw: bytes, found: Helper, now: datetime) -> HttpResponse:
    """Destroy what one wrote and give the shifts back: asked once more, then done."""
    if request.method == "POST":
        joining.delete_entry(secret=raw, now=now)
        return _back(text)
    return render(request, "volunteers/gate/sure.html", _context(text, found, now))


@of_helper
def own_hours(request: HttpRequest, text: str, raw: bytes, found: Helper, now: datetime) -> HttpResponse:
    """The certificate of her hours, with the name that she types for the print."""
    form = HoursForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = _context(text, found, now) | {"form": form}
        return render(request, "volunteers/gate/hours.html", context, status=422 if form.errors else 200)
    duties = list(found.duties.select_related("shift"))
    pdf = hours.hours_pdf(found.crew, duties, name=form.cleaned_data["name"], code=found.language)
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="hours.pdf"'}
    )


def _initial(own: Entry) -> dict[str, str]:
    return {"name": own.name, "contact": own.contact, "note": own.note}


def _context(text: str, found: Helper, now: datetime) -> dict[str, Any]:
    return {
        "page": queries.helper_page(found, now=now),
        "crew": found.crew,
        "text": text,
        "here": language(found.language if found.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE),
        "slip": slips.new_slip(about=_about(found), now=now),
        "keepers": queries.keepers(found.crew),
        "until": days.day(crew_queries.ends_on(found.crew), found.language),
    }


def _back(text: str) -> HttpResponse:
    return go_on(reverse("helper", kwargs={"secret": text}))


def _unknown(request: HttpRequest) -> HttpResponse:
    """One answer for mistyped, past and deleted links, so that nothing can be learnt by trying."""
    with override(get_language_from_request(request)):
        return plain_page(
            request,
            title=_("This link opens nothing"),
            says=_("Perhaps its address was not copied whole, or its time is over and everything was deleted."),
            then=_("Open the link once more, or ask the organisers."),
            status=404,
        )


def _about(found: Helper) -> str:
    return f"helper {found.uid}"
