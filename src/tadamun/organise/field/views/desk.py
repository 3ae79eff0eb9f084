"""The desk's pages about kits: handing them out, how they stand, taking them back."""

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.organise.field.forms.files import LostKitForm
from tadamun.organise.field.forms.kits import NewKitForm
from tadamun.organise.field.models import Device
from tadamun.organise.field.queries.desk import kits_of, stands
from tadamun.organise.field.services import kits as services
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.queries.reach import reachable
from tadamun.organise.programme.views.carried import Carried, refused
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

# What the desk hears, by whether the phone is erased unopened.
_ERASED = {
    False: gettext_lazy(
        "The kit is taken back. Once it is opened near a network, it sends what it has and erases itself."
    ),
    True: gettext_lazy("The kit is taken back. It erases itself as soon as the phone finds a network."),
}


@require_http_methods(["GET", "POST"])
def kits(request: Any, carried: Carried) -> HttpResponse:
    """All kits of an activity; a new one is shown once with its link and code."""
    now, issued = clock.now(), None
    if request.method == "POST" and not (ruling := carried.may(Permission.EDIT)):
        return refused(request, ruling)
    form = NewKitForm(request.POST or None, others=_others(carried), initial=_usual(carried))
    if request.method == "POST" and form.is_valid():
        try:
            issued = _issue(carried, form)
        except Refused as refusal:
            form.add_error("ends_on", str(refusal))
    page: dict[str, Any] = {"carried": carried, "form": form, "kits": kits_of(carried.one, now=now)}
    if issued:
        host = settings.ENVIRONMENT.base_url or f"{request.scheme}://{request.get_host()}"
        link = f"{host}/field/#k={issued.secret}"
        page |= {"issued": issued, "link": link, "picture": _picture(link)}
        return render(request, "field/desk/issued.html", page)
    return render(request, "field/desk/kits.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def kit(request: Any, carried: Carried, kit: UUID) -> HttpResponse:
    """One kit: how it stands, and ending it in peace."""
    device, now = _device(carried, kit), clock.now()
    if request.method == "POST":
        services.end_kit(actor=request.actor, device=device, now=now)
        messages.success(request, _("At its next contact the kit sends what it has, and erases itself."))
        return redirect("field_kits", carried.one.uid)
    says, mark = stands(device, now)
    runs = device.revoked_at is None and device.ends_at > now
    page = {"carried": carried, "device": device, "says": says, "mark": mark, "runs": runs}
    return render(request, "field/desk/kit.html", page)


@require_http_methods(["GET", "POST"])
def kit_lost(request: Any, carried: Carried, kit: UUID) -> HttpResponse:
    """The phone is lost or was taken. Asked first, because nothing brings the kit back."""
    device, form = _device(carried, kit), LostKitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        unopened = form.cleaned_data["unsent"] == "lost"
        services.revoke_kit(actor=request.actor, device=device, now=clock.now(), unopened=unopened)
        messages.success(request, str(_ERASED[unopened]))
        return redirect("field_kits", carried.one.uid)
    page = {
        "title": _("Is this phone lost, or was it taken?"),
        "says": [
            _("The kit is shut out at once. While it is locked it cannot send what it has."),
            _("What it recorded before counts. What it says to have recorded later waits for you."),
            _("When it was last heard of, it had not sent: %(count)d.") % {"count": device.unsent},
        ],
        "button": _("Yes, take the kit back"),
        "back": reverse("field_kit", kwargs={"uid": carried.one.uid, "kit": device.uid}),
    }
    return render(request, "desk/confirm.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _device(carried: Carried, kit: UUID) -> Device:
    found = Device.objects.filter(activities=carried.one, uid=kit).exclude(role=KitRole.PAPER).defer("key").first()
    if found is None:
        raise Http404
    return found


def _issue(carried: Carried, form: NewKitForm) -> services.Issued:
    values = form.cleaned_data
    return services.issue_kit(
        actor=carried.request.actor,
        activities=[carried.one, *form.chosen()],
        label=values["label"],
        role=KitRole(values["role"]),
        language=values["language"],
        ends_at=form.ends_at(carried.week.timezone),
        now=clock.now(),
    )


def _others(carried: Carried) -> list[Activity]:
    """Other activities of the week that her organisations carry."""
    editing = carried.request.standing.organisations_with(Permission.EDIT)
    return list(reachable(editing).filter(week=carried.week).exclude(pk=carried.one.pk).order_by("position"))


def _usual(carried: Carried) -> dict[str, Any]:
    last = carried.one.sittings.order_by("-end").values_list("end", flat=True).first()
    return {
        "ends_on": max(last or carried.week.end, clock.now().date()),
        "language": get_language(),
        "role": KitRole.DOOR,
    }


def _picture(link: str) -> SafeString:
    """The link as QR code in SVG: squares that segno made of our own address."""
    picture = segno.make(link, error="m").svg_inline(border=2, svgclass=None, lineclass=None, omitsize=True)
    return format_html("{}", mark_safe(picture))  # noqa: S308  made by us from squares, without a reader's text
