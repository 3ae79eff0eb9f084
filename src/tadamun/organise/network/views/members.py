"""The members of an organisation: who they are, who may see names, invitations."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tadamun.organise.network import queries, rules
from tadamun.organise.network.forms import InviteForm, MemberForm
from tadamun.organise.network.models import Membership, Organisation
from tadamun.organise.network.services import accounts, invitations
from tadamun.organise.network.views import doors
from tadamun.organise.network.views.doors import DeskRequest
from tadamun.organise.network.vocabulary import Permission, Role
from tadamun.organise.safety.services import renewing, vault
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused, Ruling


@never_cache
@doors.desk_page
@require_http_methods(["GET", "POST"])
def members(request: DeskRequest, slug: str) -> HttpResponse:
    """All members with their roles; coordinators invite here."""
    organisation = _mine(request, slug)
    form = InviteForm(request.POST or None, initial={"role": Role.EDITOR, "language": request.account.language})
    link, status = "", 200
    if request.method == "POST":
        link = _invited(request, organisation, form) if form.is_valid() else ""
        status = 201 if link else 422
    page = queries.members_page(standing=request.standing, organisation=organisation, now=clock.now())
    context = {"page": page, "form": form, "link": link, "unlocked": doors.keyring_of(request) is not None}
    return render(request, "network/members.html", context, status=status)


@never_cache
@doors.desk_page
@require_http_methods(["GET", "POST"])
def member(request: DeskRequest, slug: str, membership: int) -> HttpResponse:
    """A member's role: change it here; the page of letting her go is one step further."""
    found = member_in_my_care(request, slug, membership)
    initial = {"role": found.role, "may_see_names": found.may_see_names}
    form = MemberForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, found, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("members", slug=slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "network/member.html", {"membership": found, "form": form}, status=status)


@doors.desk_page
@require_POST
def let_in(request: DeskRequest, slug: str, membership: int) -> HttpResponse:
    """Pass the key of the organisation's names on to a member who may see them."""
    organisation = _mine(request, slug)
    found = _member_of(organisation, membership)
    if not found.may_see_names:
        raise Http404
    try:
        vault.give_access(
            actor=request.actor,
            organisation=organisation.subject,
            member=found.account.subject,
            keyring=doors.keyring_of(request),
            now=clock.now(),
        )
    except (Refused, VaultError) as error:
        messages.error(request, doors.told(error))
    else:
        messages.success(request, _("%(name)s can open the names from now on.") % {"name": found.account})
    return redirect("members", slug=slug)


@doors.desk_page
@require_POST
def withdraw_invitation(request: DeskRequest, slug: str, invitation: int) -> HttpResponse:
    """Make an invitation's link worthless."""
    organisation = _mine(request, slug)
    _require_coordinator(request, organisation)
    found = get_object_or_404(organisation.invitations, pk=invitation)
    invitations.withdraw(actor=request.actor, invitation=found, now=clock.now())
    messages.success(request, _("The link does not work any more."))
    return redirect("members", slug=slug)


def invitation_address(secret: str, *, host: str) -> str:
    """The whole address of an invitation's link."""
    return (settings.ENVIRONMENT.base_url or host) + reverse("welcome", kwargs={"secret": secret})


def member_in_my_care(request: DeskRequest, slug: str, number: int) -> Membership:
    """A membership of an organisation that the member coordinates.

    :raises Http404: for all others.
    """
    organisation = _mine(request, slug)
    found = _member_of(organisation, number)
    _require_coordinator(request, organisation)
    return found


def _mine(request: DeskRequest, slug: str) -> Organisation:
    organisation = queries.organisation_of(request.standing, slug)
    if organisation is None:
        raise Http404
    return organisation


def _member_of(organisation: Organisation, number: int) -> Membership:
    found = queries.membership_of(organisation, number)
    if found is None:
        raise Http404
    return found


def _require_coordinator(request: DeskRequest, organisation: Organisation) -> None:
    if not rules.may(Permission.INVITE, standing=request.standing, organisations=[organisation.slug]):
        raise Http404


def _invited(request: DeskRequest, organisation: Organisation, form: InviteForm) -> str:
    values = form.cleaned_data
    ruling = rules.may_invite(
        standing=request.standing,
        organisation=organisation.slug,
        role=Role(values["role"]),
        sees_names=values["may_see_names"],
    )
    if not ruling:
        form.add_error(None, str(ruling.reason))
        return ""
    secret = invitations.invite(
        actor=request.actor,
        email=values["email"],
        organisation=organisation,
        role=Role(values["role"]),
        sees_names=values["may_see_names"],
        language=values["language"],
        now=clock.now(),
    )
    return invitation_address(secret, host=f"{request.scheme}://{request.get_host()}")


def _change(request: DeskRequest, found: Membership, form: MemberForm) -> None:
    """Do what was asked.

    :raises Refused: when a rule says no.
    """
    role, sees = form.cleaned_data["role"], form.cleaned_data["may_see_names"]
    may_change(request, found, keeps=role == Role.COORDINATOR).require()
    if sees and not found.may_see_names:
        rules.may_invite(
            standing=request.standing, organisation=found.organisation.slug, role=Role(role), sees_names=True
        ).require()
    accounts.change_membership(actor=request.actor, membership=found, role=role, sees_names=sees, now=clock.now())
    go_on_renewing(request, found.organisation)


def may_change(request: DeskRequest, found: Membership, *, keeps: bool) -> Ruling:
    """Whether the member may take this role away; ``keeps`` when it stays a coordinator's."""
    return rules.may_change_member(
        standing=request.standing,
        organisation=found.organisation.slug,
        member=found.account.subject,
        last_coordinator=not keeps and queries.is_last_coordinator(found),
    )


def go_on_renewing(request: DeskRequest, organisation: Organisation) -> None:
    """Seal older entries to their new keys, as far as the member's vault is open and a page's time allows."""
    keyring, subjects = doors.keyring_of(request), [organisation.subject]
    if keyring is None or not renewing.keys_waiting(subjects):
        return
    done = renewing.renew_keys(actor=request.actor, keyring=keyring, organisations=subjects, now=clock.now())
    if not done.waiting:
        messages.success(request, _("All entries are sealed to their new keys."))
