"""Photos on the desk: taking one in, its words and consent, the order of the gallery, destroying one."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.archive import services
from tadamun.organise.archive.forms.photos import CoverForm, NewPhotoForm, PhotoForm
from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.queries import photos_of
from tadamun.organise.programme.views.carried import Carried, CarriedView
from tadamun.organise.programme.views.rows import save_row
from tadamun.toolkit import clock
from tadamun.toolkit.pictures import Limits, PictureRefused, rendition
from tadamun.toolkit.uploads import in_memory_alone

THUMB = 480
Way_in = Callable[[CarriedView], CarriedView]


def gallery_page(way_in: Way_in) -> CarriedView:
    """All photos of the week, or of the activity, in their order."""

    @require_safe
    @way_in
    def page(request: Any, carried: Carried) -> HttpResponse:
        shown = [(photo, address_of("photo", carried, photo)) for photo in photos_of(carried.week, carried.activity)]
        new = address_of("photo_new", carried) if carried.may_edit else ""
        return render(request, "archive/gallery.html", {"carried": carried, "photos": shown, "new": new})

    return page


def new_photo_page(way_in: Way_in) -> CarriedView:
    """Take a photo in; its bytes stay in memory until they are rebuilt."""

    @in_memory_alone(Limits().file_bytes)
    @require_http_methods(["GET", "POST"])
    @way_in
    def page(request: Any, carried: Carried) -> HttpResponse:
        photo = Photo(week=carried.week, activity=carried.activity)
        form = NewPhotoForm(
            request.POST or None, request.FILES or None, instance=photo, week=carried.week, activity=carried.activity
        )
        if request.method == "POST" and form.is_valid() and _taken_in(carried, form):
            messages.success(request, _("The photo is kept. What the camera wrote into it is gone."))
            return redirect(address_of("photos", carried))
        shown = {"carried": carried, "form": form, "back": address_of("photos", carried)}
        return render(request, "archive/photo.html", shown, status=400 if form.errors else 200)

    return page


def photo_page(way_in: Way_in) -> CarriedView:
    """The words of a photo, its consent, its place in the gallery."""

    @require_http_methods(["GET", "POST"])
    @way_in
    def page(request: Any, carried: Carried, photo: int) -> HttpResponse:
        found = _photo(carried, photo)
        here, back = address_of("photo", carried, found), address_of("photos", carried)
        if request.method == "POST" and (by := _steps(request.POST.get("act", ""))):
            services.reorder(actor=request.actor, photo=found, by=by, now=clock.now())
            return redirect(back)
        form = PhotoForm(request.POST or None, instance=found, week=carried.week, activity=carried.activity)
        if request.method == "POST" and form.is_valid() and save_row(carried, form):
            return redirect(back)
        shown = {"carried": carried, "form": form, "photo": found, "back": back, "here": here}
        return render(request, "archive/photo.html", shown, status=400 if form.errors else 200)

    return page


def picture_page(way_in: Way_in) -> CarriedView:
    """The picture itself, small, for members alone."""

    @require_safe
    @way_in
    def page(request: Any, carried: Carried, photo: int) -> HttpResponse:
        found = _photo(carried, photo)
        try:
            pixels = services.open_pixels(home=settings.HOME, sha256=found.sha256)
        except services.PixelsMissing:
            raise Http404 from None
        return HttpResponse(rendition(pixels, width=THUMB, format="jpeg"), content_type="image/jpeg")

    return page


def cover_page(way_in: Way_in) -> CarriedView:
    """Paint over a face, again and again, until nobody can be recognised who does not agree."""

    @require_http_methods(["GET", "POST"])
    @way_in
    def page(request: Any, carried: Carried, photo: int) -> HttpResponse:
        found = _photo(carried, photo)
        form = CoverForm(request.POST or None, photo=found)
        if request.method == "POST" and form.is_valid():
            (across, down), part = form.cleaned_data["at"], int(form.cleaned_data["size"]) / 100
            try:
                services.cover(
                    actor=request.actor,
                    home=settings.HOME,
                    photo=found,
                    across=across,
                    down=down,
                    part=part,
                    now=clock.now(),
                )
            except services.PixelsMissing:
                raise Http404 from None
            messages.success(request, _("Covered. What was there is gone."))
            return redirect(address_of("photo_cover", carried, found))
        shown = {"carried": carried, "form": form, "photo": found, "back": address_of("photo", carried, found)}
        return render(request, "archive/cover.html", shown, status=400 if form.errors else 200)

    return page


def destroy_page(way_in: Way_in) -> CarriedView:
    """Ask a second time, then destroy a photo."""

    @require_http_methods(["GET", "POST"])
    @way_in
    def page(request: Any, carried: Carried, photo: int) -> HttpResponse:
        found = _photo(carried, photo)
        if request.method == "POST":
            services.destroy_photo(actor=request.actor, home=settings.HOME, photo=found, now=clock.now())
            messages.success(request, _("The photo is destroyed. It leaves the public pages with the next minute."))
            return redirect(address_of("photos", carried))
        asked = {
            "title": _("Destroy this photo?"),
            "says": [
                _("The picture, its words and what was agreed about it are destroyed. Nothing brings them back."),
                _("Copies that others made cannot be reached from here."),
            ],
            "button": _("Yes, destroy it"),
            "back": address_of("photo", carried, found),
        }
        return render(request, "desk/confirm.html", {"page": asked})

    return page


def address_of(name: str, carried: Carried, photo: Photo | None = None) -> str:
    """The address of a page about photos of a week or an activity."""
    of = "activity" if carried.activity else "week"
    parts: dict[str, Any] = {"uid": carried.activity.uid} if carried.activity else {"week": carried.week.slug}
    return reverse(f"{of}_{name}", kwargs=parts | ({"photo": photo.pk} if photo else {}))


def _photo(carried: Carried, key: int) -> Photo:
    found = photos_of(carried.week, carried.activity).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _steps(act: str) -> int:
    return {"earlier": -1, "later": 1}.get(act, 0)


def _taken_in(carried: Carried, form: NewPhotoForm) -> bool:
    try:
        services.add_photo(
            actor=carried.request.actor,
            home=settings.HOME,
            photo=form.instance,
            data=form.cleaned_data["file"].read(),
            now=clock.now(),
        )
    except PictureRefused as error:
        form.add_error("file", _(error.sentence).format(**error.values))
        return False
    return True
