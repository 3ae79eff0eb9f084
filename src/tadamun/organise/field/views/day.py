"""The day's screen, the big numbers for a hall, and what was sealed on phones."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.field.queries.desk import day_of, folded_of
from tadamun.organise.field.queries.tables import tables_of
from tadamun.organise.field.services import incidents as services
from tadamun.organise.field.services.results import count_into_record
from tadamun.organise.field.services.settling import settle
from tadamun.organise.network import rules
from tadamun.organise.network.views import doors
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.planning.models import Round
from tadamun.organise.programme.views.carried import Carried, refused
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

HALL_SECONDS = 20
LONGEST_NUMBER = 7


@require_http_methods(["GET", "POST"])
def day(request: Any, carried: Carried) -> HttpResponse:
    """Counts as they come in, kits and their age, conflicts with both sides, and into the record with it."""
    if request.method == "POST":
        if not (ruling := carried.may(Permission.EDIT)):
            return refused(request, ruling)
        _act(request, carried)
        return redirect("field_day", carried.one.uid)
    now = clock.now()
    counted = day_of(carried.one, now=now)
    page = {
        "carried": carried,
        "day": counted,
        "tables": tables_of(carried.one, counted.account.state),
        "now": now,
        "sealed": len(services.sealed_entries(carried.one)),
        "folded": folded_of(carried.one),
        "round": Round.objects.filter(activity=carried.one).first(),
    }
    return render(request, "field/desk/day.html", page)


def _act(request: Any, carried: Carried) -> None:
    now, posted = clock.now(), request.POST
    if posted.get("act") == "record":
        changed = count_into_record(actor=request.actor, activity=carried.one, now=now)
        if not changed:
            messages.info(request, _("The record holds these counts already, or nothing was counted."))
            return
        said = ngettext("%(count)d figure is in the record.", "%(count)d figures are in the record.", changed)
        messages.success(request, said % {"count": changed})
        return
    conflict, choice = posted.get("conflict", ""), posted.get("choice", "")
    try:
        settle(actor=request.actor, activity=carried.one, conflict=conflict, choice=choice, now=now)
        messages.success(request, _("Decided. You can decide anew as long as both sides are shown."))
    except Refused as refusal:
        messages.error(request, str(refusal))


@require_safe
def hall(request: Any, carried: Carried) -> HttpResponse:
    """Big numbers for a wall: no names, no kits, no controls. It loads itself anew for whoever asked for that."""
    page = {
        "carried": carried,
        "day": day_of(carried.one, now=clock.now()),
        "seconds": HALL_SECONDS,
        "moves": "live" in request.GET,
    }
    return render(request, "field/desk/hall.html", page)


@require_http_methods(["GET", "POST"])
def incidents(request: Any, carried: Carried) -> HttpResponse:
    """What was sealed on phones: how much there is, and its words once she opens them, so many at a time."""
    entries, read = services.sealed_entries(carried.one), None
    keyring = doors.keyring_of(request)
    ruling = rules.may_see_names(
        standing=request.standing, organisations=carried.carriers, unlocked=keyring is not None
    )
    status = 200
    if request.method == "POST" and keyring is not None and ruling:
        part = request.POST.get("part", "")
        start = int(part) if part.isdecimal() and len(part) < LONGEST_NUMBER else 0
        chosen = entries[start : start + services.MOST_AT_ONCE]
        try:
            read = services.open_sealed_entries(
                actor=request.actor, keyring=keyring, activity=carried.one, entries=chosen, now=clock.now()
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = 422
    elif request.method == "POST":
        status = 403
    page = {"carried": carried, "entries": entries, "read": read, "ruling": ruling, "locked": keyring is None}
    page["parts"] = range(0, len(entries), services.MOST_AT_ONCE)
    return render(request, "field/desk/incidents.html", page, status=status)
