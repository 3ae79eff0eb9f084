"""Addresses of the private side. Public pages are files of the bundle and need none."""

from django.urls import URLPattern, URLResolver, include, path

from tadamun.config import health
from tadamun.toolkit import assets

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("static/<path:path>", assets.serve, name="static"),
    path("desk/", include("tadamun.desk.urls")),
    path("desk/", include("tadamun.organise.network.urls")),
    path("", include("tadamun.organise.programme.urls")),
    path("", include("tadamun.organise.planning.urls")),
    path("", include("tadamun.organise.archive.urls")),
    # Its gate stands below a word where the other one has the week.
    path("", include("tadamun.organise.volunteers.urls")),
    path("", include("tadamun.organise.people.urls")),
    path("", include("tadamun.organise.field.urls")),
    path("", include("tadamun.organise.press.urls")),
]
handler400 = "tadamun.config.errors.bad_request"
handler403 = "tadamun.config.errors.forbidden"
handler404 = "tadamun.config.errors.not_found"
handler500 = "tadamun.config.errors.server_error"
