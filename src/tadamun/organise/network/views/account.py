"""A member's own pages: her account, her passphrase, her vault."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.organise.network import queries
from tadamun.organise.network.forms import AfreshForm, ChangePassphraseForm, ReopenForm, UnlockForm
from tadamun.organise.network.services import accounts
from tadamun.organise.network.views import doors, recovery_codes
from tadamun.organise.network.views.doors import DeskRequest
from tadamun.organise.safety.services import members, renewing
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

# Whoever opens the names waits no longer than this for the work of others.
_RENEWING_SECONDS = 2.0


@never_cache
@doors.desk_page
@require_safe
def account(request: DeskRequest) -> HttpResponse:
    """Who I am here, what I may do, what protects it."""
    page = {
        "parts": queries.parts_page(request.standing),
        "factors": queries.second_factors_of(request.account),
        "unlocked": doors.keyring_of(request) is not None,
    }
    return render(request, "network/account.html", page)


@never_cache
@sensitive_post_parameters()
@doors.desk_page
@require_http_methods(["GET", "POST"])
def passphrase(request: DeskRequest) -> HttpResponse:
    """Change the passphrase: of the account and of the vault at once. All other sessions end."""
    form = ChangePassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cookie = accounts.change_passphrase(
                account=request.account,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            update_session_auth_hash(request, request.account)
            messages.success(request, _("The passphrase is changed. Everywhere else you are signed out."))
            return doors.keep_open(redirect("account"), cookie)
    return render(request, "network/passphrase.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@doors.signed_in
@require_http_methods(["GET", "POST"])
def vault(request: DeskRequest) -> HttpResponse:
    """Open the names in this browser, close them, or find the way back to them after a reset."""
    act = request.POST.get("act", "")
    steps = {"lock": _lock, "unlock": _unlock, "reopen": _reopen, "afresh": _afresh}
    page: dict[str, Any] = {
        "unlock": UnlockForm(request.POST if act == "unlock" else None, prefix="u"),
        "reopen": ReopenForm(request.POST if act == "reopen" else None, prefix="r"),
        "afresh": AfreshForm(request.POST if act == "afresh" else None, prefix="a"),
        "unlocked": doors.keyring_of(request) is not None,
        "has_key": members.has_member_key(request.account.subject),
        "next": doors.way_back(request, ""),
        "act": act,
    }
    if act in steps:
        done = steps[act](request, page)
        if done is not None:
            return done
    return render(request, "network/vault.html", page, status=422 if act else 200)


@doors.signed_in
@require_POST
def sign_out_everywhere(request: DeskRequest) -> HttpResponse:
    """End all sessions of this account, this one too."""
    accounts.sign_out_everywhere(account=request.account, now=clock.now())
    logout(request)
    return doors.forget_everything(request, redirect("account_login"))


def _lock(request: DeskRequest, page: dict[str, Any]) -> HttpResponse | None:
    members.forget_unlockings_of(request.account.subject)
    messages.success(request, _("The names are locked again, in all your browsers."))
    return redirect("vault")


def _unlock(request: DeskRequest, page: dict[str, Any]) -> HttpResponse | None:
    form = page["unlock"]
    if not form.is_valid():
        return None
    try:
        cookie = members.unlock(
            member=request.account.subject, passphrase=form.cleaned_data["passphrase"], now=clock.now()
        )
    except (VaultError, Refused) as error:
        form.add_error("passphrase", doors.told(error))
        return None
    accounts.found_missing_keys(account=request.account, now=clock.now())
    _go_on_renewing(request, cookie)
    return doors.keep_open(redirect(doors.way_back(request, "/desk/account/names/")), cookie)


def _go_on_renewing(request: DeskRequest, cookie: str) -> None:
    """Entries that wait for a new key, because a member was let go, get it from whoever opens the names next."""
    subjects = [f"organisation:{part.organisation}" for part in request.standing.parts if part.may_see_names]
    keyring = members.unlocked(cookie, member=request.account.subject, now=clock.now())
    if keyring is None or not renewing.keys_waiting(subjects):
        return
    done = renewing.renew_keys(
        actor=request.actor, keyring=keyring, organisations=subjects, now=clock.now(), seconds=_RENEWING_SECONDS
    )
    if not done.waiting:
        messages.success(request, _("All entries are sealed to their new keys."))


def _reopen(request: DeskRequest, page: dict[str, Any]) -> HttpResponse | None:
    form = page["reopen"]
    if not form.is_valid():
        return None
    values = form.cleaned_data
    try:
        if values["code"]:
            arrival = accounts.reopen_vault_with_code(
                account=request.account, code=values["code"], current=values["current"], now=clock.now()
            )
            return recovery_codes.shown(request, arrival)
        cookie = accounts.reopen_vault(
            account=request.account, old=values["old"], current=values["current"], now=clock.now()
        )
    except (VaultError, Refused) as error:
        form.add_error("code" if values["code"] else "old", doors.told(error))
        return None
    messages.success(request, _("Your names open again, from now on with the new passphrase."))
    return doors.keep_open(redirect("account"), cookie)


def _afresh(request: DeskRequest, page: dict[str, Any]) -> HttpResponse | None:
    form = page["afresh"]
    if not form.is_valid():
        return None
    try:
        arrival = accounts.start_afresh(account=request.account, current=form.cleaned_data["current"], now=clock.now())
    except Refused as error:
        form.add_error("current", doors.told(error))
        return None
    return recovery_codes.shown(request, arrival)
