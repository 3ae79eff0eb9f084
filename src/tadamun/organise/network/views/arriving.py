"""An invitation's link: how members come in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tadamun.organise.network import queries
from tadamun.organise.network.forms import WelcomeForm
from tadamun.organise.network.models import Invitation
from tadamun.organise.network.services import invitations
from tadamun.organise.network.views import doors, recovery_codes
from tadamun.organise.network.vocabulary import ROLES, Role
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@doors.open_page
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """An invitation's link: a newcomer chooses her passphrase, a member takes the role."""
    now = clock.now()
    invitation = invitations.open_invitation(secret, now=now)
    if invitation is None:
        return render(request, "network/invitation_over.html", status=410)
    known = queries.account_with(invitation.email)
    if request.user.is_authenticated or (known is not None and known.is_active):
        return _welcome_member(request, secret, invitation)
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            arrival = invitations.accept_as_newcomer(
                secret=secret,
                shown_name=form.cleaned_data["shown_name"],
                passphrase=form.cleaned_data["new"],
                now=now,
            )
        except Refused as refusal:
            form.add_error("new", str(refusal))
        else:
            login(request, arrival.account, backend=BACKEND)
            return recovery_codes.shown(request, arrival)
    return render(
        request, "network/welcome.html", _invited(invitation) | {"form": form}, status=422 if form.errors else 200
    )


def _welcome_member(request: HttpRequest, secret: str, invitation: Invitation) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    refusal = ""
    if request.method == "POST":
        try:
            invitations.accept_as_member(secret=secret, account=request.user, now=clock.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("You have taken the new role."))
            return redirect("account")
    return render(request, "network/welcome_member.html", _invited(invitation) | {"refusal": refusal})


def _invited(invitation: Invitation) -> dict[str, Any]:
    card = ROLES[Role(invitation.role)] if invitation.role else None
    return {"invitation": invitation, "card": card}
