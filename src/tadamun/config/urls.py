"""Addresses of the private side. Public pages are files of the bundle and need none."""

from django.urls import URLPattern, URLResolver, path

from tadamun.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
]
handler400 = "tadamun.config.errors.bad_request"
handler403 = "tadamun.config.errors.forbidden"
handler404 = "tadamun.config.errors.not_found"
handler500 = "tadamun.config.errors.server_error"
