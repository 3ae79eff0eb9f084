"""Endings: what is still held and until when, destroying it now, its certificate, and shutting everything down."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.network import rules
from tadamun.organise.network.queries import names_of
from tadamun.organise.network.views import doors
from tadamun.organise.network.views.doors import DeskRequest
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.queries import held
from tadamun.organise.people.services import certificates, endings
from tadamun.organise.people.views.houses import House, in_house, refused
from tadamun.organise.safety.vocabulary import Ending
from tadamun.toolkit import clock
from tadamun.toolkit.gate.guards import gate_page


@require_http_methods(["GET", "POST"])
@in_house(Permission.DESTROY)
def shred(request: Any, house: House) -> HttpResponse:
    """Destroy what was entered, now. Asked twice: the page itself, and a word to type."""
    admission, wrong = house.opened, False
    if admission.emptied_at is not None:
        return redirect("data_held")
    if request.method == "POST":
        wrong = request.POST.get("sure") != "yes" or request.POST.get("slug", "").strip() != house.activity.slug
        if not wrong:
            number = endings.retire(
                actor=request.actor,
                admission=admission,
                how=Ending.BY_HAND,
                now=clock.now(),
                small_cell=settings.ENVIRONMENT.small_cell,
            )
            messages.success(request, _("Everything is destroyed. Certificate: %(number)s") % {"number": number})
            return redirect("data_held")
    context = {"house": house, "activity": house.activity, "wrong": wrong, "entries": admission.registrations.count()}
    return render(request, "people/desk/shred.html", context, status=422 if wrong else 200)


@never_cache
@doors.desk_page
@require_safe
def data_held(request: DeskRequest) -> HttpResponse:
    """What personal data is still held, why and until when; and what is gone."""
    page = held.held_page(request.standing, today=clock.now().date())
    context = {"page": page, "may_shut_down": _may_shut_down(request), "languages": _languages()}
    return render(request, "people/desk/data_held.html", context)


@never_cache
@doors.desk_page
@require_safe
def certificate(request: DeskRequest, number: str, lang: str) -> HttpResponse:
    """A certificate of deletion to keep, as PDF."""
    line = held.certificate_of(request.standing, number)
    if line is None or lang not in dict(settings.LANGUAGES):
        raise Http404
    base = settings.ENVIRONMENT.base_url or f"{request.scheme}://{request.get_host()}"
    with override(lang):
        address = base + reverse("certificate_check", kwargs={"number": number})
        pdf = certificates.certificate_pdf(line, code=lang, check_address=address)
    headers = {"Content-Disposition": f'attachment; filename="deletion-{number}-{lang}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_safe
@gate_page
def certificate_check(request: HttpRequest, number: str) -> HttpResponse:
    """Whether a certificate is true, for whoever has its number: how many entries were destroyed, and when."""
    line = held.public_certificate(number)
    context = {"line": line, "code": get_language() or "en"}
    return render(request, "people/desk/certificate_check.html", context, status=200 if line else 404)


@never_cache
@doors.desk_page
@require_http_methods(["GET", "POST"])
def lockdown(request: DeskRequest) -> HttpResponse:
    """Shut down with one press: sign-ups closed, members signed out, names locked.

    An operator shuts down the whole installation, a coordinator what her organisations carry.
    """
    ruling = rules.may(Permission.SHUT_DOWN, standing=request.standing, organisations=request.standing.organisations)
    if not ruling:
        return refused(request, ruling)
    whole = request.standing.operator
    slugs = request.standing.organisations_with(Permission.SHUT_DOWN)
    if request.method == "POST":
        endings.lockdown(actor=request.actor, now=clock.now(), organisations=None if whole else slugs)
        request.session.flush()
        return doors.forget_everything(request, redirect("account_login"))
    context = {"whole": whole, "organisations": () if whole else names_of(slugs)}
    return render(request, "people/desk/lockdown.html", context)


def _may_shut_down(request: DeskRequest) -> bool:
    standing = request.standing
    return bool(rules.may(Permission.SHUT_DOWN, standing=standing, organisations=standing.organisations))


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]
