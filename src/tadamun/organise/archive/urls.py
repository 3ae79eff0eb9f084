"""Addresses of the desk's pages about photos. They have no namespace."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from tadamun.organise.archive.views import photos
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import in_activity, in_week


def _addresses(of: str, prefix: str) -> Iterator[URLPattern]:
    way_in = in_activity if of == "activity" else in_week
    look, edit = way_in(Permission.LOOK), way_in(Permission.EDIT)
    yield path(f"{prefix}photos/", photos.gallery_page(look), name=f"{of}_photos")
    yield path(f"{prefix}photos/new/", photos.new_photo_page(edit), name=f"{of}_photo_new")
    yield path(f"{prefix}photos/<int:photo>/", photos.photo_page(edit), name=f"{of}_photo")
    yield path(f"{prefix}photos/<int:photo>/picture.jpg", photos.picture_page(look), name=f"{of}_photo_picture")
    yield path(f"{prefix}photos/<int:photo>/cover/", photos.cover_page(edit), name=f"{of}_photo_cover")
    yield path(f"{prefix}photos/<int:photo>/destroy/", photos.destroy_page(edit), name=f"{of}_photo_destroy")


urlpatterns = [
    *_addresses("activity", "desk/activities/<uuid:uid>/"),
    *_addresses("week", "desk/weeks/<slug:week>/"),
]
