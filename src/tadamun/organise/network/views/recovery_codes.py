"""The printed recovery code: shown once, to be written down; two of its groups are typed back as the proof."""

import secrets
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.forms import KeptForm, UnlockForm
from tadamun.organise.network.services.accounts import Arrival, actor_of
from tadamun.organise.network.views import doors
from tadamun.organise.network.views.doors import DeskRequest
from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.organise.safety.vault.letters import as_typed
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

_SALT = "tadamun.organise.network.recovery"
_TYPED_WITHIN = 3600


def shown(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """The page with a new code. It exists in this answer only; whoever leaves it unread makes another one."""
    groups = arrival.code.split("-")
    first, second = sorted(secrets.SystemRandom().sample(range(len(groups)), 2))
    digest = _digest(arrival.account.pk, groups[first], groups[second])
    check = signing.dumps([arrival.account.pk, first, second, digest], salt=_SALT)
    response = render(
        request,
        "network/recovery_code.html",
        {"groups": list(enumerate(groups, start=1)), "form": _form(first, second, initial={"check": check})},
    )
    return doors.keep_open(response, arrival.cookie)


@never_cache
@doors.signed_in
@require_http_methods(["GET", "POST"])
def recovery_code(request: DeskRequest) -> HttpResponse:
    """Whether the member keeps a code; a new one for her passphrase; the proof that she wrote it down."""
    member = request.account.subject
    if not members.has_member_key(member):
        return redirect("vault")
    form = UnlockForm(request.POST if "passphrase" in request.POST else None)
    if "check" in request.POST:
        return _proof(request)
    if form.is_bound and form.is_valid():
        try:
            return shown(request, _renewed(request, form.cleaned_data["passphrase"]))
        except (VaultError, Refused):
            form.add_error("passphrase", _("This passphrase does not open your vault. Nothing was changed."))
    context = {"form": form, "kept": members.keeps_code(member)}
    return render(request, "network/recovery_code_wanted.html", context, status=422 if form.errors else 200)


def _renewed(request: DeskRequest, passphrase: str) -> Arrival:
    now = clock.now()
    cookie = members.unlock(member=request.account.subject, passphrase=passphrase, now=now)
    keyring = members.unlocked(cookie, member=request.account.subject, now=now)
    if keyring is None:
        raise Refused("")
    return Arrival(
        request.account, members.renew_code(actor=actor_of(request.account), keyring=keyring, now=now), cookie
    )


def _proof(request: DeskRequest) -> HttpResponse:
    try:
        owner, first, second, digest = signing.loads(request.POST["check"], salt=_SALT, max_age=_TYPED_WITHIN)
    except signing.BadSignature:
        messages.error(
            request, _("The page with the code was open too long. Make a new code; the old one is dead then.")
        )
        return redirect("recovery_code")
    form = _form(first, second, request.POST)
    if form.is_valid() and owner == request.account.pk:
        typed = ["".join(as_typed(form.cleaned_data[name])) for name in ("first", "second")]
        if constant_time_compare(digest, _digest(owner, *typed)):
            members.note_code_kept(member=request.account.subject)
            messages.success(request, _("Good. Keep the paper where nobody looks for it, and not with this device."))
            return redirect("desk")
        form.add_error("first", _("These groups are not those of the code. Compare them with the paper."))
    return render(request, "network/recovery_code_again.html", {"form": form}, status=422)


def _form(first: int, second: int, data: Any = None, *, initial: dict[str, str] | None = None) -> KeptForm:
    form = KeptForm(data, initial=initial)
    form.fields["first"].label = _("Group %(number)d, from the paper") % {"number": first + 1}
    form.fields["second"].label = _("Group %(number)d, from the paper") % {"number": second + 1}
    return form


def _digest(owner: int, *groups: str) -> str:
    return salted_hmac(_SALT, f"{owner}/{'/'.join(groups)}", algorithm="sha256").hexdigest()
