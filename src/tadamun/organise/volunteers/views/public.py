"""The gate for helpers: sign up for shifts by a link, take a shift over. No account, script, session or cookie."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tadamun.organise.people.services import floods
from tadamun.organise.people.services.entries import TicketUnknown
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.views.public import QUICKEST
from tadamun.organise.volunteers.forms.gate import SignUpForm, TakeOverForm
from tadamun.organise.volunteers.models import Crew, Duty
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.queries import gate as queries
from tadamun.organise.volunteers.services import joining
from tadamun.organise.volunteers.services.joining import SignUp
from tadamun.toolkit import clock
from tadamun.toolkit.gate import slips
from tadamun.toolkit.gate.guards import gate_page, go_on, not_from_here, plain_page
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.networks import network_mark
from tadamun.toolkit.rulings import Refused

AnyForm = SignUpForm | TakeOverForm


@gate_page
def shifts(request: HttpRequest, lang: str, link: str) -> HttpResponse:
    """The shifts that need somebody, and the form to take some of them."""
    known = lang in dict(settings.LANGUAGES)
    with override(lang if known else None):
        now = clock.now()
        crew = queries.crew_at(link) if known else None
        if crew is None:
            return _nothing(request)
        response = _shifts(request, crew, lang, now)
        response.headers["Content-Language"] = lang
        return response


def _shifts(request: HttpRequest, crew: Crew, lang: str, now: datetime) -> HttpResponse:
    choices = queries.open_shifts(crew, code=lang, now=now)
    door, about = crew_queries.door(crew), f"helpers {crew.activity.uid}"
    if request.method != "POST":
        form = SignUpForm(crew=crew, code=lang, choices=choices)
        slip = slips.new_slip(about=about, now=now)
        return _shown(request, crew, lang, form, slip, closed=str(door.reason))
    try:
        slip_sent = slips.read_slip(request.POST.get("slip", ""), about=about)
    except slips.NotOurSlip:
        return not_from_here(request)
    # A place that went meanwhile must not turn what was ticked into a riddle: the service says what is full.
    ticked = {value for value in request.POST.getlist("shifts") if value.isdecimal() and len(value) < 19}
    form = SignUpForm(request.POST, crew=crew, code=lang, choices=(*choices, *queries.gone(choices, ticked)))
    _look_at_age(form, slip_sent.age(now))
    if form.is_valid():
        try:
            return go_on(
                reverse("helper", kwargs={"secret": _signed_up(request, crew, form, slip_sent.nonce, lang, now)})
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _shown(request, crew, lang, form, _continued(about, slip_sent, now), status=422)


def _signed_up(request: HttpRequest, crew: Crew, form: SignUpForm, nonce: bytes, lang: str, now: datetime) -> str:
    suspicious = floods.is_suspicious(
        activity=crew.activity.uid, capacity=None, network=network_mark(request), trapped=form.trapped, now=now
    )
    filled = SignUp(entry=form.entry(), nonce=nonce, language=lang, shifts=form.cleaned_data["shifts"])
    return joining.sign_up(crew=crew, form=filled, seed=ticket_mint().seed, now=now, suspicious=suspicious)


@gate_page
def take_over(request: HttpRequest, lang: str, offer: str) -> HttpResponse:
    """A shift that somebody hands on, and the form to take it over."""
    known = lang in dict(settings.LANGUAGES)
    with override(lang if known else None):
        try:
            if not known:
                raise TicketUnknown
            duty = joining.offered(offer)
            response = _take_over(request, duty, offer, lang, clock.now())
        except TicketUnknown:
            return _nothing(request)
        response.headers["Content-Language"] = lang
        return response


def _take_over(request: HttpRequest, duty: Duty, offer: str, lang: str, now: datetime) -> HttpResponse:
    crew, about = duty.helper.crew, f"offer {duty.uid}"
    own = queries.own_shifts([duty], crew, code=lang, now=now)[0]
    closed = "" if duty.on_offer and own.may_leave else _("This shift is not offered any more.")
    if request.method != "POST":
        slip = slips.new_slip(about=about, now=now)
        return _shown(
            request, crew, lang, TakeOverForm(crew=crew, code=lang), slip, closed=closed, own=own, offer=offer
        )
    try:
        sent = slips.read_slip(request.POST.get("slip", ""), about=about)
    except slips.NotOurSlip:
        return not_from_here(request)
    form = TakeOverForm(request.POST, crew=crew, code=lang)
    _look_at_age(form, sent.age(now))
    if form.is_valid():
        filled = SignUp(entry=form.entry(), nonce=sent.nonce, language=lang)
        try:
            mine = joining.secret_of(form.own) if form.own else None
            text = joining.take_over(offer=offer, form=filled, own=mine, seed=ticket_mint().seed, now=now)
            return go_on(reverse("helper", kwargs={"secret": text}))
        except TicketUnknown:
            form.add_error("own", _("This is not the link of a helper’s page. Copy it whole, or leave this empty."))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    slip = _continued(about, sent, now)
    return _shown(request, crew, lang, form, slip, own=own, offer=offer, status=422)


def _look_at_age(form: AnyForm, age: timedelta) -> None:
    if age > slips.OLDEST:
        form.add_error(None, _("This page was open for a long time. Please look at it once more and press again."))
    elif age < QUICKEST:
        form.add_error(None, _("That was very quick. Please look at it once more and press again."))


def _continued(about: str, sent: slips.Slip, now: datetime) -> str:
    """A slip for the same form once more; an old one is made good for another while."""
    given = now - QUICKEST if sent.age(now) > slips.OLDEST else sent.given_at
    return slips.new_slip(about=about, now=given, nonce=sent.nonce)


def _shown(
    request: HttpRequest, crew: Crew, lang: str, form: AnyForm, slip: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "crew": crew,
        "form": form,
        "slip": slip,
        "here": language(lang),
        "keepers": queries.keepers(crew),
        "until": days.day(crew_queries.ends_on(crew), lang),
        "tongues": [language(code) for code, _name in settings.LANGUAGES],
        "closed": "",
        "own": None,
        "offer": "",
    }
    return render(request, "volunteers/gate/form.html", context | more, status=status)


def _nothing(request: HttpRequest) -> HttpResponse:
    return plain_page(
        request,
        title=_("This link opens nothing"),
        says=_("Perhaps it was not copied whole, somebody else has taken the shift, or its time is over."),
        then=_("Ask whoever gave it to you."),
        status=404,
    )
