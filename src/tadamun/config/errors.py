"""Error pages of the private side: a sentence and a reference code, nothing about the inside (P-65)."""

import logging
import secrets
import sys
import traceback

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


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that did not come from our own page, or whose page has become too old."""
    return _page(_("This form is no longer valid. Please load its page again."), 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake; the code finds the entry in the log.

    The log says where it happened and what sort of error it was, but not the error's own words: those may
    hold what somebody typed.
    """
    code = secrets.token_hex(4)
    kind, _error, trail = sys.exc_info()
    frames = "".join(traceback.format_tb(trail)).rstrip()
    logger.error("reference %s: %s\n%s", code, kind.__name__ if kind else "no exception", frames)
    return _page(_("Something went wrong on our side. Reference: %(code)s") % {"code": code}, 500)
