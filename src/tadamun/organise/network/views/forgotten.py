"""Forgotten passphrase: the printed code brings everything back, a link by e-mail brings back only the sign-in."""

from typing import cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tadamun.organise.network import queries
from tadamun.organise.network.forms import ForgottenForm, NewPassphraseForm, RecoverForm
from tadamun.organise.network.models import Account
from tadamun.organise.network.services import accounts
from tadamun.organise.network.services.adapters import WAIT
from tadamun.organise.network.views import doors, recovery_codes
from tadamun.organise.safety.vault import recovery
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


@never_cache
@doors.open_page
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """What can be done; ask for a link by e-mail. The answer is the same for every address (P-17)."""
    form = ForgottenForm(request.POST or None)
    asked = False
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if ratelimit.consume(request, action="reset_password", key=email):
            account = queries.account_with(email)
            if account is not None and account.is_active and settings.MAILS:
                base = settings.ENVIRONMENT.base_url or f"{request.scheme}://{request.get_host()}"
                accounts.send_link(account=account, base=base)
        asked = True
    context = {"form": form, "asked": asked, "mails": settings.MAILS}
    return render(request, "network/forgotten.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@doors.open_page
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """A new passphrase by the printed code; names stay open. The second factor is asked as ever."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        email = values["email"].lower()
        account = queries.account_with(email)
        try:
            if not ratelimit.consume(request, action="recover", key=email):
                raise Refused(WAIT)
            recovery.read_code(values["code"])
            if account is None or not account.is_active:
                raise Refused(_no_match())
            arrival = accounts.recover(account=account, code=values["code"], new=values["new"], now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except VaultError as error:
            form.add_error("code", _no_match() if not error.details else _(error.sentence) % error.details)
        else:
            return _after_recovery(request, arrival)
    return render(request, "network/recover.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@doors.open_page
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, account: str, token: str) -> HttpResponse:
    """A new passphrase by the link of an e-mail. It says before it matters that names stay closed."""
    found = _account_of(account)
    if found is None or not default_token_generator.check_token(found, token):
        return render(request, "network/invitation_over.html", status=410)
    form = NewPassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.reset_passphrase(account=found, new=form.cleaned_data["new"], now=clock.now())
        except Refused as refusal:
            form.add_error("new", str(refusal))
        else:
            messages.success(request, _("You can sign in with the new passphrase. Names open again under “Names”."))
            return redirect("account_login")
    return render(request, "network/reset.html", {"form": form}, status=422 if form.errors else 200)


def _after_recovery(request: HttpRequest, arrival: accounts.Arrival) -> HttpResponse:
    """Sign in; where a second factor is asked first, the new code is made on the page that follows."""
    if queries.has_second_factor(arrival.account):
        onward = Login(user=arrival.account, redirect_url=reverse("recovery_code"))
        return doors.keep_open(cast("HttpResponse", perform_password_login(request, {}, onward)), arrival.cookie)
    perform_password_login(request, {}, Login(user=arrival.account))
    return recovery_codes.shown(request, arrival)


def _account_of(text: str) -> Account | None:
    try:
        number = int(urlsafe_base64_decode(text).decode("ascii"))
    except ValueError:
        return None
    return queries.working_account(number)


def _no_match() -> str:
    return _("E-mail and recovery code do not belong together. Is it the newest code? An older one is dead.")
