"""The door: letting people in by code or ticket, adding somebody by hand, the sheet for when nothing else works."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.forms.by_hand import ByHandForm
from tadamun.organise.people.forms.desk import DoorForm
from tadamun.organise.people.queries import roster as queries
from tadamun.organise.people.queries.gate import page_of
from tadamun.organise.people.services import adding, deciding
from tadamun.organise.people.services.admissions import Arrival
from tadamun.organise.people.services.registrations import Registered
from tadamun.organise.people.views.houses import House, in_house
from tadamun.toolkit import clock
from tadamun.toolkit.gate import slips
from tadamun.toolkit.rulings import Refused


@require_http_methods(["GET", "POST"])
@in_house(Permission.RUN_DOOR)
def door(request: Any, house: House) -> HttpResponse:
    """Check somebody in, or take that back. Nothing is opened: the door sees a number and how many come with it."""
    arrival: Arrival | None = None
    form, status = DoorForm(), 200
    if request.POST.get("act") == "undo":
        status = _undone(house, request.POST.get("uid", ""))
    elif request.method == "POST":
        form = DoorForm(request.POST)
        if form.is_valid():
            try:
                arrival = deciding.let_in(
                    actor=request.actor, admission=house.opened, read=form.cleaned_data["code"], now=clock.now()
                )
                form = DoorForm()
            except Refused as refusal:
                form.add_error("code", str(refusal))
        status = 422 if form.errors else 200
    context = {"house": house, "activity": house.activity, "form": form, "arrival": arrival}
    return render(request, "people/desk/door.html", context, status=status)


def _undone(house: House, uid: str) -> int:
    try:
        deciding.undo(actor=house.request.actor, admission=house.opened, uid=UUID(uid), now=clock.now())
    except (Refused, ValueError) as error:
        messages.error(house.request, str(error) if isinstance(error, Refused) else _("Load the page again."))
        return 422
    messages.success(house.request, _("The check-in is taken back."))
    return 200


@require_http_methods(["GET", "POST"])
@in_house(Permission.ADMIT)
def add_by_hand(request: Any, house: House) -> HttpResponse:
    """Sign somebody up who has no phone at hand; her ticket is shown once, to be handed over."""
    about, now = f"by hand {house.activity.uid}", clock.now()
    code = get_language() or "en"
    page = page_of(house.opened, code=code, now=now)
    initial = {"slip": slips.new_slip(about=about, now=now), "language": code}
    form = ByHandForm(request.POST or None, page=page, code=code, initial=initial)
    added: Registered | None = None
    if request.method == "POST" and form.is_valid():
        try:
            nonce = slips.read_slip(form.cleaned_data["slip"], about=about).nonce
            added = adding.add(actor=request.actor, admission=house.opened, newcomer=_newcomer(form, nonce), now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except slips.NotOurSlip:
            form.add_error(None, _("This form is too old. Load the page again."))
    context = {"house": house, "activity": house.activity, "form": form, "added": added, "asks": page}
    if added is not None:
        context["row"] = queries.registration_of(house.opened, added.registration)
        context["link"] = request.build_absolute_uri(reverse("ticket", kwargs={"ticket": added.ticket}))
    return render(request, "people/desk/add_by_hand.html", context, status=422 if form.errors else 200)


def _newcomer(form: ByHandForm, nonce: bytes) -> adding.Newcomer:
    values = form.cleaned_data
    return adding.Newcomer(
        entry=form.entry(),
        nonce=nonce,
        language=values["language"],
        guests=values.get("guests") or 0,
        group=values.get("group", ""),
        sex=values.get("sex", ""),
        age_band=values.get("age_band", ""),
        governorate=values.get("governorate", ""),
        needs=tuple(values.get("needs", ())),
    )


@require_safe
@in_house(Permission.RUN_DOOR)
def sign_in_sheet(request: Any, house: House) -> HttpResponse:
    """A sheet to print: codes and boxes to tick, no names."""
    context = {"house": house, "activity": house.activity, "lines": queries.sheet_lines(house.opened)}
    return render(request, "people/desk/sheet.html", context)
