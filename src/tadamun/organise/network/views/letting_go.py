"""Letting a member go: what follows is told first; and the keys that are renewed because of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tadamun.organise.network import queries
from tadamun.organise.network.models import Membership
from tadamun.organise.network.services import accounts
from tadamun.organise.network.views import doors
from tadamun.organise.network.views.doors import DeskRequest
from tadamun.organise.network.views.members import go_on_renewing, may_change, member_in_my_care
from tadamun.organise.safety.services import renewing
from tadamun.toolkit import clock
from tadamun.toolkit.languages.text import spoken
from tadamun.toolkit.rulings import Refused


@never_cache
@doors.desk_page
@require_http_methods(["GET", "POST"])
def let_go(request: DeskRequest, slug: str, membership: int) -> HttpResponse:
    """Say what follows; then do it."""
    found = member_in_my_care(request, slug, membership)
    try:
        may_change(request, found, keeps=False).require()
        if request.method == "POST":
            accounts.end_membership(actor=request.actor, membership=found, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("member", slug=slug, membership=membership)
    if request.method == "POST":
        messages.success(request, _("%(name)s is no longer a member.") % {"name": found.account})
        go_on_renewing(request, found.organisation)
        return redirect("members", slug=slug) if request.account.pk != found.account.pk else redirect("desk")
    page = {
        "title": _("Let %(name)s go?") % {"name": found.account},
        "says": _consequences(request, found),
        "button": _("Let go"),
        "back": reverse("member", kwargs={"slug": slug, "membership": membership}),
    }
    return render(request, "desk/confirm.html", {"page": page})


@doors.desk_page
@require_POST
def renew_keys(request: DeskRequest, slug: str) -> HttpResponse:
    """Go on with sealing older entries to their new keys; only a member who can open them can."""
    organisation = queries.organisation_of(request.standing, slug)
    if organisation is None or not request.standing.sees_names_of([slug]):
        raise Http404
    if doors.keyring_of(request) is None:
        messages.error(request, _("The names are locked in this browser. Enter your passphrase to open them."))
    else:
        go_on_renewing(request, organisation)
        if renewing.keys_waiting([organisation.subject]):
            messages.warning(request, _("Some entries still wait for their new key. Press again to go on."))
    return redirect("members", slug=slug)


def _consequences(request: DeskRequest, found: Membership) -> list[str]:
    organisation = spoken(found.organisation.names, get_language() or "en").words
    says = [_("The role in “%(organisation)s” and every session end at once.") % {"organisation": organisation}]
    if not queries.has_other_part(found):
        says.append(_("There is no other role, so the account is closed, too."))
    if not queries.can_open_names(found):
        return [*says, _("This member could not open names; no key changes.")]
    says.append(_("Everything that people wrote gets new keys. What was read or copied before cannot be taken back."))
    if doors.keyring_of(request) is None:
        says.append(
            _(
                "The names are not open in your browser: what is new is safe at once, what is there already gets its "
                "new key when a member opens the names."
            )
        )
    return says
