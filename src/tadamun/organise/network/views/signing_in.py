"""Signing in: passphrase, then second factor."""

from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tadamun.organise.network import queries
from tadamun.organise.network.forms import FactorForm, SignInForm
from tadamun.organise.network.models import Account
from tadamun.organise.network.views import doors, leaving, showing
from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


@never_cache
@doors.open_page
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and passphrase, which opens the vault, too; its cookie is worthless until all factors are passed."""
    if request.user.is_authenticated:
        return redirect(doors.way_back(request, "/desk/"))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _authenticated(request, form)
        if account is not None:
            onward = Login(user=account, redirect_url=doors.way_back(request, _first_page(account)))
            response = cast("HttpResponse", perform_password_login(request, {}, onward))
            return _with_open_vault(response, account, form.cleaned_data["passphrase"])
    context = {"form": form, "next": doors.way_back(request, "")}
    return render(request, "network/sign_in.html", context, status=422 if form.errors else 200)


@never_cache
@doors.open_page
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second factor: the code of an app, a spare code, or a passkey."""
    stage = LoginStageController.enter(request, "mfa_authenticate")
    if stage is None:
        return redirect("account_login")
    account = cast("Account", stage.login.user)
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            used = showing.used_factor(account, form.cleaned_data)
        except (forms.ValidationError, Refused) as error:
            form.add_error("code", str(error) if isinstance(error, Refused) else error)
        else:
            used.user = account
            post_authentication(request, used)
            return cast("HttpResponse", stage.exit())
    context = {"form": form, **showing.what_can_be_shown(account, again=bool(form.errors))}
    return render(request, "network/second_factor.html", context, status=422 if form.errors else 200)


def _authenticated(request: HttpRequest, form: SignInForm) -> Account | None:
    """The account, or None with the reason on the form. Unknown address and wrong passphrase look alike (P-17)."""
    values = form.cleaned_data
    try:
        found = get_adapter().authenticate(request, email=values["email"], password=values["passphrase"])
    except forms.ValidationError as error:
        form.add_error(None, error)
        return None
    if found is None:
        form.add_error(
            None,
            _(
                "E-mail and passphrase do not belong together. Look at the keyboard's language and the capital "
                "letters. Did somebody invite you? Then open the link first."
            ),
        )
    return cast("Account | None", found)


def _with_open_vault(response: HttpResponse, account: Account, passphrase: str) -> HttpResponse:
    if account.language:
        leaving.keep_language(response, account.language)
    try:
        cookie = members.unlock(member=account.subject, passphrase=passphrase, now=clock.now())
    except (VaultError, Refused):  # closed by an older passphrase, or no key yet: the pages say so and help
        return response
    return doors.keep_open(response, cookie)


def _first_page(account: Account) -> str:
    """Home; first the second factor, for those who need one and have none."""
    standing = queries.standing_of(account)
    return "/desk/account/second-factor/" if standing.needs_second_factor and not standing.second_factor else "/desk/"
