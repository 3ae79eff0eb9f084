"""The product's addresses with some that go wrong, each in its own way."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from tadamun.config.urls import handler400, handler403, handler404, handler500
from tadamun.config.urls import urlpatterns as product

MARKER = "words-that-somebody-typed"

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError(MARKER)


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation(MARKER)


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(MARKER)


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404(MARKER)


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [
    *product,
    path("breaks", breaks),
    path("suspicious", suspicious),
    path("denied", denied),
    path("missing", missing),
    path("form", form),
]
