"""Second factors: an app, passkeys, spare codes."""

import json

import segno
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.network import queries
from tadamun.organise.network.forms import AppForm, PasskeyForm, UnlockForm
from tadamun.organise.network.services import second_factors
from tadamun.organise.network.views import doors, showing
from tadamun.organise.network.views.doors import DeskRequest
from tadamun.organise.safety.vault.letters import as_typed
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


@never_cache
@doors.desk_page
@require_safe
def second_factor_page(request: DeskRequest) -> HttpResponse:
    """Which factors there are, and which can be added."""
    factors = queries.second_factors_of(request.account)
    page = {
        "factors": factors,
        "has_app": any(factor.type == Authenticator.Type.TOTP for factor in factors),
        "needed": request.standing.needs_second_factor,
    }
    return render(request, "network/second_factors.html", page)


@never_cache
@sensitive_post_parameters()
@doors.desk_page
@showing.with_the_one_there_is
@require_http_methods(["GET", "POST"])
def add_app(request: DeskRequest) -> HttpResponse:
    """An app that shows codes: a picture to scan, then the first code."""
    form = AppForm(request.POST or None, initial={"offer": second_factors.offer_app(request.account)})
    try:
        if request.method == "POST" and form.is_valid():
            _require_passphrase(request, form.cleaned_data["passphrase"])
            code = "".join(as_typed(form.cleaned_data["code"]))
            spare = second_factors.add_app(
                account=request.account, offer=form.cleaned_data["offer"], code=code, now=clock.now()
            )
            return _added(request, spare)
        offer = request.POST.get("offer") or str(form.initial["offer"])
        secret = second_factors.secret_of_offer(request.account, offer)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        secret = _secret_or_none(request)
    page = {"form": form, "secret": _in_groups(secret), "picture": _picture(request, secret) if secret else ""}
    return render(request, "network/add_app.html", page, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@doors.desk_page
@showing.with_the_one_there_is
@require_http_methods(["GET", "POST"])
def add_passkey(request: DeskRequest) -> HttpResponse:
    """A passkey of the phone, the computer or a key to plug in. Needs the browser's script."""
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _require_passphrase(request, form.cleaned_data["passphrase"])
            spare = second_factors.add_passkey(
                account=request.account,
                name=form.cleaned_data["name"],
                credential=form.cleaned_data["credential"],
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _added(request, spare)
    question = json.dumps(webauthn.begin_registration(request.account, False))
    page = {"form": form, "question": question}
    return render(request, "network/add_passkey.html", page, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@doors.desk_page
@showing.with_the_one_there_is
@require_http_methods(["GET", "POST"])
def spare_codes(request: DeskRequest) -> HttpResponse:
    """New spare codes; the old ones are dead."""
    if not request.standing.second_factor:
        return redirect("second_factors")
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _require_passphrase(request, form.cleaned_data["passphrase"])
        except Refused as refusal:
            form.add_error("passphrase", str(refusal))
        else:
            codes = second_factors.renew_spare_codes(account=request.account, now=clock.now())
            return render(request, "network/spare_codes.html", {"codes": codes})
    return render(request, "network/spare_codes_wanted.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@doors.desk_page
@showing.with_the_one_there_is
@require_http_methods(["GET", "POST"])
def remove_factor(request: DeskRequest, factor: int) -> HttpResponse:
    """Remove an app or passkey, asked for with the passphrase."""
    found = next((mine for mine in queries.second_factors_of(request.account) if mine.pk == factor), None)
    if found is None:
        raise Http404
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _require_passphrase(request, form.cleaned_data["passphrase"])
        except Refused as refusal:
            form.add_error("passphrase", str(refusal))
        else:
            second_factors.remove(account=request.account, factor=found, now=clock.now())
            messages.success(request, _("It is removed."))
            return redirect("second_factors")
    page = {
        "title": _("Remove this second factor?"),
        "says": [queries.factor_name(found), _("Without a second factor the passphrase alone opens your account.")],
        "button": _("Remove it"),
        "back": "..",
    }
    return render(request, "desk/confirm.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _added(request: DeskRequest, spare: list[str]) -> HttpResponse:
    record_authentication(request, request.account, "mfa")
    messages.success(request, _("From the next sign-in on you are asked for it."))
    return render(request, "network/spare_codes.html", {"codes": spare}) if spare else redirect("second_factors")


def _require_passphrase(request: DeskRequest, passphrase: str) -> None:
    if not request.account.check_password(passphrase):
        raise Refused(_("This is not your passphrase. Nothing was changed."))


def _secret_or_none(request: DeskRequest) -> str:
    try:
        return second_factors.secret_of_offer(request.account, request.POST.get("offer", ""))
    except Refused:
        return ""


def _in_groups(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _picture(request: DeskRequest, secret: str) -> SafeString:
    """The QR code as SVG. Its text is ours alone: digits, letters and signs that segno has encoded as squares."""
    address = get_adapter().build_totp_url(request.account, secret)
    picture = segno.make(address, error="m").svg_inline(border=2, svgclass=None, lineclass=None, omitsize=True)
    return format_html("{}", mark_safe(picture))  # noqa: S308  made by us from squares, without a reader's text
