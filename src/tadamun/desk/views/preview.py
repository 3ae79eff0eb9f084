"""The preview of a week and its activities, as the public, the coalition, a partner, a donor or a campaign owner."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tadamun.desk.house import PublishingHouse, our_house
from tadamun.desk.previewing import preview_page, preview_policy
from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.services import PixelsMissing, open_pixels
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.models import Week
from tadamun.organise.programme.views.carried import Carried, in_week, refused
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import NotForThisAudience
from tadamun.toolkit import clock
from tadamun.toolkit.pictures import Negative

_THUMB = 480


@require_safe
@in_week(Permission.LOOK)
def preview(request: Any, carried: Carried, audience: str, lang: str, activity: str = "") -> HttpResponse:
    """One page of the week or of an activity, set as the site would set it. Nothing is kept, no file is written."""
    if not (ruling := carried.may(Permission.LOOK)):
        return refused(request, ruling)
    house, now = our_house(), clock.now()
    if audience not in Audience.values or lang not in house.languages:
        raise Http404
    try:
        record = house.week(carried.week, now, Audience(audience))
        page = preview_page(
            house=house,
            record=record,
            site=house.site(now.date()),
            code=lang,
            activity=activity,
            now=now.date(),
            banner=_banner(request, carried.week, house, audience, lang, activity),
            sheet=static("desk/preview.css"),
            address=partial(_address, carried.week, audience),
            photo=partial(_photo_address, carried.week),
        )
    except NotForThisAudience:
        return _nothing(request, carried, _("An idea is the coalition’s own. Say that it is planned, then look again."))
    except LookupError:
        return _nothing(request, carried, _("This audience knows nothing of this activity."))
    answer = HttpResponse(page)
    answer.headers["Content-Security-Policy"] = preview_policy()
    return answer


@require_safe
@in_week(Permission.LOOK)
def preview_photo(request: Any, carried: Carried, sha256: str) -> HttpResponse:
    """A photo of the week for its preview, made small."""
    if not carried.may(Permission.LOOK) or not Photo.objects.filter(week=carried.week, sha256=sha256).exists():
        raise Http404
    try:
        pixels = open_pixels(home=our_house().home, sha256=sha256)
    except PixelsMissing:
        raise Http404 from None
    picture = Negative(pixels, widest=_THUMB)
    return HttpResponse(picture.rendition(width=_THUMB, format="jpeg"), content_type="image/jpeg")


def _address(week: Week, audience: str, lang: str, activity: str) -> str:
    parts = {"week": week.slug, "audience": audience, "lang": lang}
    if activity:
        return reverse("preview_activity", kwargs=parts | {"activity": activity})
    return reverse("preview", kwargs=parts)


def _photo_address(week: Week, sha256: str) -> str:
    return reverse("preview_photo", kwargs={"week": week.slug, "sha256": sha256})


def _banner(request: Any, week: Week, house: PublishingHouse, audience: str, lang: str, activity: str) -> Any:
    others = [
        {"label": one.label, "address": _address(week, one.value, lang, activity), "current": one.value == audience}
        for one in Audience
    ]
    page = {"audience": Audience(audience).label, "others": others, "week": week}
    return render_to_string("desk/preview_banner.html", page, request=request)


def _nothing(request: Any, carried: Carried, reason: str) -> HttpResponse:
    return render(request, "desk/preview_nothing.html", {"carried": carried, "reason": reason}, status=404)
