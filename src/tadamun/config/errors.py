"""Error pages of the private side: a sentence and a reference code, nothing about the inside (P-65)."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

logger = logging.getLogger("tadamun.errors")


def _page(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence + "\n", status=status, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be understood."""
    return _page(_("This request cannot be understood."), 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not allowed."""
    return _page(_("You may not open this page."), 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return _page(_("There is no such page."), 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake; the code finds the entry in the log."""
    code = secrets.token_hex(4)
    logger.error("reference %s", code)
    return _page(_("Something went wrong on our side. Reference: %(code)s") % {"code": code}, 500)
