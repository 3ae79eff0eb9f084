"""The gate: one small form for an activity, without account, script, session or cookie."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tadamun.organise.people import rules
from tadamun.organise.people.forms.gate import SignUpForm
from tadamun.organise.people.queries import gate as queries
from tadamun.organise.people.queries.gate import GatePage
from tadamun.organise.people.services import admissions, floods, letters, line, registrations
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.toolkit import clock
from tadamun.toolkit.gate import slips
from tadamun.toolkit.gate.guards import gate_page, go_on, not_from_here, plain_page
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.networks import network_mark
from tadamun.toolkit.rulings import Refused

# Nobody reads and fills in a form in less; a program that does is asked to press once more.
QUICKEST = timedelta(seconds=2)


@gate_page
def gate(request: HttpRequest, lang: str, week: str, activity: str) -> HttpResponse:
    """Show an activity's form, or take it in and go on to the ticket."""
    known = lang in dict(settings.LANGUAGES)
    with override(lang if known else None):
        now = clock.now()
        sent = request.method == "POST"
        page = queries.gate_page(week=week, activity=activity, code=lang, now=now, shown=not sent) if known else None
        if page is None:
            return _no_such_activity(request)
        response = _send(request, page, lang, now) if sent else _form_page(request, page, lang, now)
        response.headers["Content-Language"] = lang
        return response


def _form_page(request: HttpRequest, page: GatePage, lang: str, now: datetime) -> HttpResponse:
    open_door = rules.may_sign_up(registrations.door_of(page.admission, page.activity), now=now)
    if not open_door:
        return _closed(request, page, lang, str(open_door.reason))
    response = _shown(
        request, page, lang, SignUpForm(page=page, code=lang), slips.new_slip(about=_about(page), now=now)
    )
    # Going back finds the same form again, and so the same ticket; whoever comes anew gets a new form.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _send(request: HttpRequest, page: GatePage, lang: str, now: datetime) -> HttpResponse:
    try:
        slip = slips.read_slip(request.POST.get("slip", ""), about=_about(page))
    except slips.NotOurSlip:
        return not_from_here(request)
    form = SignUpForm(request.POST, page=page, code=lang)
    if slip.age(now) > slips.OLDEST:
        form.add_error(None, _("This page was open for a long time. Please look at it once more and press again."))
    elif slip.age(now) < QUICKEST:
        form.add_error(None, _("That was very quick. Please look at it once more and press again."))
    if not form.is_valid():
        return _shown(request, page, lang, form, _continued(page, slip, now), status=422)
    try:
        answer = _register(request, page, form, slip.nonce, now)
    except Refused as refusal:
        door = rules.may_sign_up(registrations.door_of(page.admission, page.activity), now=now)
        if not door:
            return _closed(request, page, lang, str(refusal))
        form.add_error(None, str(refusal))
        return _shown(request, page, lang, form, _continued(page, slip, now), status=422)
    return go_on(reverse("ticket", kwargs={"ticket": answer.ticket}))


def _continued(page: GatePage, slip: slips.Slip, now: datetime) -> str:
    """A slip for the same form once more; an old one is made good for another while."""
    given = now - QUICKEST if slip.age(now) > slips.OLDEST else slip.given_at
    return slips.new_slip(about=_about(page), now=given, nonce=slip.nonce)


def _register(
    request: HttpRequest, page: GatePage, form: SignUpForm, nonce: bytes, now: datetime
) -> registrations.Registered:
    suspicious = floods.is_suspicious(
        activity=page.activity.uid,
        capacity=page.admission.capacity,
        network=network_mark(request),
        trapped=form.trapped,
        now=now,
    )
    values = form.cleaned_data
    filled = registrations.Form(
        entry=form.entry(),
        nonce=nonce,
        language=form.code,
        guests=values.get("guests") or 0,
        group_code=values.get("group_code", ""),
        sex=values.get("sex", ""),
        age_band=values.get("age_band", ""),
        governorate=values.get("governorate", ""),
        needs=values.get("needs", ()),
        conditions=form.conditions(),
    )
    return letters.sign_up(
        admission=page.admission,
        form=filled,
        mint=ticket_mint(),
        base=base_of(request),
        suspicious=suspicious,
        now=now,
    )


def base_of(request: HttpRequest) -> str:
    """Where people reach this site: as the installation says, else as this request did."""
    return settings.ENVIRONMENT.base_url or f"{request.scheme}://{request.get_host()}"


def _shown(
    request: HttpRequest, page: GatePage, lang: str, form: SignUpForm, slip: str, *, status: int = 200
) -> HttpResponse:
    context = _around(page, lang) | {
        "form": form,
        "slip": slip,
        "full": _is_full(page),
        "until": days.day(admissions.ends_on(page.admission), lang),
        "tongues": [language(code) for code, _name in settings.LANGUAGES],
    }
    return render(request, "people/gate/form.html", context, status=status)


def _closed(request: HttpRequest, page: GatePage, lang: str, says: str) -> HttpResponse:
    """The door is shut, politely. The same status as an open one: nothing is wrong with the address."""
    return render(request, "people/gate/closed.html", _around(page, lang) | {"says": says})


def _around(page: GatePage, lang: str) -> dict[str, Any]:
    return {
        "page": page,
        "here": language(lang),
        "public": f"/{lang}/weeks/{page.activity.week.slug}/{page.activity.slug}/",
    }


def _no_such_activity(request: HttpRequest) -> HttpResponse:
    return plain_page(
        request,
        title=_("There is nothing to sign up for here"),
        says=_("Perhaps the address was mistyped, or the activity needs no sign-up."),
        then=_("Look for the activity among the weeks."),
        way="/",
        status=404,
    )


def _is_full(page: GatePage) -> bool:
    """Whether a single person would find no open place now. Said in words, never as a number."""
    return not line.house(page.admission).fits_in_open(1)


def _about(page: GatePage) -> str:
    return f"sign-up {page.activity.uid}"
