"""Publishing one activity, by whoever carries it: its preview, what waits, and the word that lets it out."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.desk import part_releases
from tadamun.desk.audiences import preview_of, public_address
from tadamun.desk.house import PublishingHouse, our_house
from tadamun.desk.models import PartRelease
from tadamun.desk.part_page import part_page
from tadamun.desk.views.preview import Previewed, photo_of_week, set_preview
from tadamun.desk.views.publishing import compiled
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.views.carried import Carried, in_activity, refused
from tadamun.organise.safety.vocabulary import Audience
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


@require_http_methods(["GET", "POST"])
@in_activity(Permission.LOOK)
def publishing(request: Any, carried: Carried) -> HttpResponse:
    """The page about publishing an activity, and whatever is decided on it."""
    if request.method != "POST":
        return _shown(request, carried, our_house())
    if not (ruling := carried.may(Permission.PUBLISH)):
        return refused(request, ruling)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        act(request, carried.one, our_house())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _shown(request, carried, our_house(), status=409)
    return redirect("activity_publishing", uid=carried.one.uid)


@require_safe
@in_activity(Permission.LOOK)
def preview(request: Any, carried: Carried, audience: str, lang: str) -> HttpResponse:
    """The activity’s page as an audience would see it. Nothing is kept; links lead nowhere but to its languages."""
    activity = carried.one
    if audience not in Audience.values:
        raise Http404
    return set_preview(
        request,
        carried,
        Previewed(
            audience=Audience(audience),
            lang=lang,
            activity=activity.slug,
            address=partial(_address, activity),
            photo=partial(_photo_address, activity),
            back=reverse("activity_publishing", kwargs={"uid": activity.uid}),
        ),
    )


@require_safe
@in_activity(Permission.LOOK)
def preview_photo(request: Any, carried: Carried, sha256: str) -> HttpResponse:
    """A photo of the activity for its preview, made small."""
    return photo_of_week(carried.week, sha256, activity=carried.one)


def _let_out(request: Any, activity: Activity, house: PublishingHouse) -> None:
    seen = request.POST.get("seen", "")
    asked = part_releases.let_part_out(actor=request.actor, house=house, activity=activity, now=clock.now(), seen=seen)
    if asked.is_out:
        _bring_out(request, activity, house)
    else:
        messages.success(request, _("A second member must agree now. It waits on her first page."))


def _approve(request: Any, activity: Activity, house: PublishingHouse) -> None:
    asked = PartRelease.objects.select_related("activity__week").filter(activity=activity, is_out=False).first()
    if asked is None or str(asked.pk) != request.POST.get("release"):
        raise Refused(_("There is nothing to agree to any more. Look at the page again."))
    part_releases.approve_part(actor=request.actor, house=house, asked=asked, now=clock.now())
    _bring_out(request, activity, house)


def _call_off(request: Any, activity: Activity, house: PublishingHouse) -> None:
    if part_releases.call_part_off(actor=request.actor, activity=activity, now=clock.now()):
        messages.success(request, _("It is called off. Nothing went out."))


_ACTS = {"publish": _let_out, "approve": _approve, "call_off": _call_off}


def _bring_out(request: Any, activity: Activity, house: PublishingHouse) -> None:
    if compiled(request, house):
        address = f"{public_address(house, activity.week)}{activity.slug}/"
        said = format_html('{} <a href="{}">{}</a>', _("It is public now."), address, _("Open the public page"))
        messages.success(request, said)


def _shown(request: Any, carried: Carried, house: PublishingHouse, *, status: int = 200) -> HttpResponse:
    page = part_page(house=house, activity=carried.one, now=clock.now())
    mine = page.asked is not None and page.asked.account == request.actor.account
    shown = {"carried": carried, "page": page, "mine": mine}
    return render(request, "desk/part_publishing.html", shown, status=status)


def _address(activity: Activity, audience: str, lang: str, slug: str) -> str:
    return preview_of(activity, Audience(audience), lang) if slug == activity.slug else ""


def _photo_address(activity: Activity, sha256: str) -> str:
    return reverse("preview_photo_of_activity", kwargs={"uid": activity.uid, "sha256": sha256})
