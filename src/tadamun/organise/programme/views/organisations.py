"""Organisations on the desk: the list of those that are known, one's page, adding one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.network.models import Alias, Organisation, Tie
from tadamun.organise.network.queries import is_organised
from tadamun.organise.network.services.invitations import coordinate_first
from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme import rules
from tadamun.organise.programme.forms.organisations import AliasForm, OrganisationForm, TieForm
from tadamun.organise.programme.queries import organisations as queries
from tadamun.organise.programme.queries import partners
from tadamun.organise.programme.queries.organisations import OrganisationPage
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services import organisations as services
from tadamun.organise.programme.views.carried import refused
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


@never_cache
@desk_page
@require_safe
def organisation_list(request: DeskRequest) -> HttpResponse:
    """All organisations that are known here, found by any of their names."""
    query = request.GET.get("q", "").strip()
    page = {
        "lines": queries.organisation_lines(query),
        "query": query,
        "mine": request.standing.organisations,
        "may_add": bool(partners.answering_for(request.standing)),
    }
    return render(request, "programme/desk/organisations.html", page)


@never_cache
@desk_page
@require_http_methods(["GET", "POST"])
def organisation_new(request: DeskRequest) -> HttpResponse:
    """Add an organisation; whoever types a name that is known is shown that one first."""
    first = request.standing.operator and not is_organised()
    may = rules.may_add_organisation(standing=request.standing, first=first)
    if not may:
        return refused(request, may)
    form = OrganisationForm(request.POST or None)
    near = []
    if request.method == "POST" and form.is_valid():
        near = _meant(form) if request.POST.get("act") != "anyway" else []
        if not near:
            row = _first(request, form) if first else _added(request, form)
            messages.success(request, _("Added."))
            return redirect("desk") if first else redirect("organisation", slug=row.slug)
    status = 422 if form.errors or near else 200
    return render(
        request, "programme/desk/organisation_new.html", {"form": form, "near": near, "first": first}, status=status
    )


@never_cache
@desk_page
@require_http_methods(["GET", "POST"])
def organisation(request: DeskRequest, slug: str) -> HttpResponse:
    """What is stated about an organisation; where the member may, to be changed here."""
    page = queries.organisation_page(request.standing, slug)
    if page is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, page)
    if not page.may_edit:
        return refused(request, rules.NOT_THE_ORGANISATIONS_OWN)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        return act(request, page)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("organisation", slug=slug)


def _added(request: DeskRequest, form: OrganisationForm) -> Organisation:
    return services.add_organisation(actor=request.actor, row=form.instance, now=clock.now())


@transaction.atomic
def _first(request: DeskRequest, form: OrganisationForm) -> Organisation:
    row, now = _added(request, form), clock.now()
    coordinate_first(actor=request.actor, account=request.account, organisation=row, now=now)
    return row


def _meant(form: OrganisationForm) -> list[Any]:
    known = queries.all_known()
    near = [one for name in form.cleaned_data["names"].values() for one in queries.similar(name, known)]
    return list(dict.fromkeys(near))


def _saved(request: DeskRequest, page: OrganisationPage) -> HttpResponse:
    form = OrganisationForm(request.POST, instance=page.organisation)
    before = changes.values_of(page.organisation, form.Meta.fields)
    if not form.is_valid():
        return _shown(request, page, form=form)
    outcome = services.change_organisation(
        actor=request.actor, row=page.organisation, seen=before, wanted=form.wanted, now=clock.now()
    )
    messages.success(request, _("Saved.") if outcome.change else _("Nothing was different."))
    return redirect("organisation", slug=page.organisation.slug)


def _alias_added(request: DeskRequest, page: OrganisationPage) -> HttpResponse:
    form = AliasForm(request.POST, instance=Alias(organisation=page.organisation))
    if not form.is_valid():
        return _shown(request, page, alias=form)
    services.add_alias(actor=request.actor, row=form.instance, now=clock.now())
    return redirect("organisation", slug=page.organisation.slug)


def _tie_added(request: DeskRequest, page: OrganisationPage) -> HttpResponse:
    form = TieForm(request.POST, instance=Tie(organisation=page.organisation))
    if not form.is_valid():
        return _shown(request, page, tie=form)
    services.add_tie(actor=request.actor, row=form.instance, now=clock.now())
    return redirect("organisation", slug=page.organisation.slug)


def _gone(rows: str) -> Callable[[DeskRequest, OrganisationPage], HttpResponse]:
    def act(request: DeskRequest, page: OrganisationPage) -> HttpResponse:
        wanted = request.POST.get("row", "")
        row = next((one for one in getattr(page, rows) if str(one.pk) == wanted), None)
        if row is None:
            raise Http404
        changes.remove(actor=request.actor, row=row, now=clock.now())
        messages.success(request, _("Taken away."))
        return redirect("organisation", slug=page.organisation.slug)

    return act


_ACTS: dict[str, Callable[[DeskRequest, OrganisationPage], HttpResponse]] = {
    "save": _saved,
    "alias": _alias_added,
    "tie": _tie_added,
    "alias_gone": _gone("aliases"),
    "tie_gone": _gone("ties"),
}


def _shown(request: DeskRequest, page: OrganisationPage, **forms: Any) -> HttpResponse:
    row = page.organisation
    answers = request.standing.may(Permission.EDIT, [row.slug])
    context = {
        "page": page,
        "answers": answers,
        "questions": [
            one for one in partners.questions_to(request.standing, clock.now()) if one.involvement.organisation == row
        ],
        "form": forms.get("form") or OrganisationForm(instance=row),
        "alias": forms.get("alias") or AliasForm(instance=Alias(organisation=row)),
        "tie_form": forms.get("tie") or TieForm(instance=Tie(organisation=row)),
    }
    return render(request, "programme/desk/organisation.html", context, status=422 if forms else 200)
