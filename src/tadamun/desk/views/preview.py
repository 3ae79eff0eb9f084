"""The preview of a week and its activities, as the public, the coalition, a partner, a donor or a campaign owner."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tadamun.desk.house import our_house
from tadamun.desk.previewing import PhotoAddress, preview_page, preview_policy
from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.services import PixelsMissing, open_pixels
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.views.carried import Carried, in_week, refused
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import NotForThisAudience
from tadamun.toolkit import clock
from tadamun.toolkit.pictures import Negative

_THUMB = 480


# Where a page of the preview lies, by audience, language and activity (slug; empty: the week).
Address = Callable[[str, str, str], str]


@dataclass(frozen=True)
class Previewed:
    """What is looked at: as whom, in which language, which activity (slug; empty: the week), and where it all lies."""

    audience: Audience
    lang: str
    activity: str
    address: Address
    photo: PhotoAddress
    back: str


@require_safe
@in_week(Permission.LOOK)
def preview(request: Any, carried: Carried, audience: str, lang: str, activity: str = "") -> HttpResponse:
    """One page of the week or of an activity, set as the site would set it. Nothing is kept, no file is written."""
    if not (ruling := carried.may(Permission.LOOK)):
        return refused(request, ruling)
    if audience not in Audience.values:
        raise Http404
    week = carried.week
    looked_at = Previewed(
        audience=Audience(audience),
        lang=lang,
        activity=activity,
        address=partial(_address, week),
        photo=partial(_photo_address, week),
        back=reverse("publishing", kwargs={"week": week.slug}),
    )
    return set_preview(request, carried, looked_at)


def set_preview(request: Any, carried: Carried, looked_at: Previewed) -> HttpResponse:
    """The page as the audience would see it, or why there is none; 404 for a language that the site has not."""
    house, now = our_house(), clock.now()
    if looked_at.lang not in house.languages:
        raise Http404
    try:
        page = preview_page(
            house=house,
            record=house.week(carried.week, now, looked_at.audience),
            site=house.site(now.date()),
            code=looked_at.lang,
            activity=looked_at.activity,
            now=now.date(),
            banner=_banner(request, looked_at),
            sheet=static("desk/preview.css"),
            address=partial(looked_at.address, looked_at.audience.value),
            photo=looked_at.photo,
        )
    except NotForThisAudience:
        reason = _("An idea is the coalition’s own. Say that it is planned, then look again.")
        return _nothing(request, carried, looked_at, reason)
    except LookupError:
        return _nothing(request, carried, looked_at, _("This audience knows nothing of this activity."))
    answer = HttpResponse(page)
    answer.headers["Content-Security-Policy"] = preview_policy()
    return answer


@require_safe
@in_week(Permission.LOOK)
def preview_photo(request: Any, carried: Carried, sha256: str) -> HttpResponse:
    """A photo of the week for its preview, made small."""
    if not carried.may(Permission.LOOK):
        raise Http404
    return photo_of_week(carried.week, sha256)


def photo_of_week(week: Week, sha256: str, *, activity: Activity | None = None) -> HttpResponse:
    """A photo of the week, or of one activity of it, made small; 404 for any other."""
    of = {"week": week} if activity is None else {"activity": activity}
    if not Photo.objects.filter(sha256=sha256, **of).exists():
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


def _banner(request: Any, looked_at: Previewed) -> Any:
    others = [
        {
            "label": one.label,
            "address": looked_at.address(one.value, looked_at.lang, looked_at.activity),
            "current": one is looked_at.audience,
        }
        for one in Audience
    ]
    page = {"audience": looked_at.audience.label, "others": others, "back": looked_at.back}
    return render_to_string("desk/preview_banner.html", page, request=request)


def _nothing(request: Any, carried: Carried, looked_at: Previewed, reason: str) -> HttpResponse:
    page = {"carried": carried, "reason": reason, "back": looked_at.back}
    return render(request, "desk/preview_nothing.html", page, status=404)
