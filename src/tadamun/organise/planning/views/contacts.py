"""Who is called: adding, changing, and the sheet on which names and numbers are opened and printed."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tadamun.organise.network import rules
from tadamun.organise.network.views import doors
from tadamun.organise.planning.forms.contacts import ContactForm
from tadamun.organise.planning.models import Contact
from tadamun.organise.planning.queries.sheets import carries_week, contacts_for
from tadamun.organise.planning.services import contacts as services
from tadamun.organise.planning.services.contacts import Reach
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.views.carried import Carried, refused
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

REASONS = (OpeningReason.SAFETY, OpeningReason.CONTACT, OpeningReason.PRINT)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def contact_new(request: Any, carried: Carried) -> HttpResponse:
    """Add somebody to call."""
    row = Contact(week=carried.week, activity=carried.activity)
    form = ContactForm(request.POST or None, instance=row, week=carried.week, activity=carried.activity)
    if request.method == "POST" and form.is_valid() and _kept(carried, form, None):
        messages.success(request, _("Added."))
        return redirect(f"{carried.address}#go")
    return _shown(carried, form, None)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def contact(request: Any, carried: Carried, row: int) -> HttpResponse:
    """Change somebody to call, or take her away with her name and number."""
    found = Contact.objects.filter(week=carried.week, activity=carried.activity, pk=row).first()
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("act") == "remove":
        changes.remove(actor=request.actor, row=found, now=clock.now())
        messages.success(request, _("Taken away, with name and number."))
        return redirect(f"{carried.address}#go")
    form = ContactForm(request.POST or None, instance=found, week=carried.week, activity=carried.activity)
    if request.method == "POST" and form.is_valid() and _kept(carried, form, found):
        messages.success(request, _("Saved."))
        return redirect(f"{carried.address}#go")
    return _shown(carried, form, found)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def contacts(request: Any, carried: Carried) -> HttpResponse:
    """The contact sheet: by role while it is closed; ``why`` opens names and numbers, for this answer only."""
    week_too = carried.activity is None or carries_week(carried.week, request.standing)
    rows = contacts_for(carried.activity, carried.week, with_week=week_too)
    keyring, status = doors.keyring_of(request), 200
    opened: Mapping[int, Reach] = {}
    why = request.POST.get("why", "")
    if why in {reason.value for reason in REASONS}:
        ruling = rules.may_see_names(
            standing=request.standing, organisations=carried.carriers, unlocked=keyring is not None
        )
        if not ruling or keyring is None:
            return refused(request, ruling)
        try:
            opened = services.opened_by_key(
                services.open_contacts(
                    actor=request.actor, keyring=keyring, contacts=rows, why=OpeningReason(why), now=clock.now()
                )
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            status, why = 429, ""
    page = {
        "carried": carried,
        "lines": [(row, opened.get(row.pk)) for row in rows],
        "sealed": any(row.sealed for row in rows),
        "open": bool(opened),
        "reasons": REASONS,
        "sees_names": request.standing.sees_names_of(carried.carriers),
        "unlocked": keyring is not None,
    }
    return render(request, "planning/contacts.html", page, status=status)


def _kept(carried: Carried, form: ContactForm, row: Contact | None) -> bool:
    """Store what the form brings; False, with the reason in the form, when that is not possible."""
    actor, now = carried.request.actor, clock.now()
    try:
        if row is None:
            services.add_contact(actor=actor, contact=form.instance, reach=form.reach, now=now)
            return True
        seen, wanted = form.cleaned_data["seen"], form.wanted
        outcome = services.change_contact(
            actor=actor, contact=form.instance, seen=seen, wanted=wanted, reach=form.reach, now=now
        )
    except (Refused, ValidationError) as refusal:
        form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        return False
    if outcome.both:
        form.show_both(outcome.both)
    return not outcome.both


def _shown(carried: Carried, form: ContactForm, row: Contact | None) -> HttpResponse:
    page = {"carried": carried, "form": form, "row": row}
    return render(carried.request, "planning/contact.html", page, status=400 if form.errors else 200)
