"""Showing a second factor: at sign-in, and again before something that a session alone must not do."""

import json
from functools import wraps
from typing import Any

from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tadamun.organise.network import queries, rules
from tadamun.organise.network.forms import FactorForm
from tadamun.organise.network.models import Account
from tadamun.organise.network.services import second_factors
from tadamun.organise.network.views import doors
from tadamun.organise.network.views.doors import DeskPage, DeskRequest
from tadamun.organise.safety.vault.letters import as_typed
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


def with_the_one_there_is(view: DeskPage) -> DeskPage:
    """Who has a second factor changes it only with it: a passphrase that was watched must not be enough."""

    @wraps(view)
    def page(request: DeskRequest, *args: Any, **options: Any) -> HttpResponse:
        if request.method == "POST" and request.standing.second_factor:
            shown = doors.factor_shown_at(request, or_set_up=True)
            if shown is None or clock.now() - shown > rules.FACTOR_FRESH_FOR:
                return redirect(f"{reverse('second_factor_again')}?{urlencode({'next': request.path})}")
        return view(request, *args, **options)

    return page


@never_cache
@sensitive_post_parameters()
@doors.desk_page
@require_http_methods(["GET", "POST"])
def second_factor_again(request: DeskRequest) -> HttpResponse:
    """Show a second factor once more; what needs a fresh one counts from here."""
    if not request.standing.second_factor:
        return redirect("second_factors")
    back = doors.way_back(request, "/desk/account/")
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            used = used_factor(request.account, form.cleaned_data)
        except (forms.ValidationError, Refused) as error:
            form.add_error("code", str(error) if isinstance(error, Refused) else error)
        else:
            used.user = request.account
            post_authentication(request, used, reauthenticated=True)
            return redirect(back)
    context = {"form": form, "back": back, **what_can_be_shown(request.account, again=bool(form.errors))}
    return render(request, "network/second_factor_again.html", context, status=422 if form.errors else 200)


def what_can_be_shown(account: Account, *, again: bool) -> dict[str, Any]:
    """Which factors the page asks for; a passkey only while nothing was typed wrong (``again``)."""
    kinds = {factor.type for factor in queries.second_factors_of(account)}
    passkeys = Authenticator.Type.WEBAUTHN in kinds
    question = json.dumps(webauthn.begin_authentication(account)) if passkeys and not again else ""
    return {"question": question, "app": Authenticator.Type.TOTP in kinds, "passkeys": passkeys}


def used_factor(account: Account, values: dict[str, Any]) -> Authenticator:
    """The factor that was shown.

    :raises ValidationError: when the code is not right, or after too many tries.
    :raises Refused: when the passkey is not.
    """
    forget_tries = check_rate_limit(account)
    if values.get("credential"):
        used = second_factors.shown_passkey(account=account, credential=values["credential"])
        forget_tries()
        return used
    code = "".join(as_typed(str(values.get("code", ""))))
    for factor in queries.factors_with_codes(account):
        if code and factor.wrap().validate_code(code):
            forget_tries()
            return factor
    raise forms.ValidationError(
        _("This code is not right. Codes change every half minute: wait for the next one and type that.")
    )
