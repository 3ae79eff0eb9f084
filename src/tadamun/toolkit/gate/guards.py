"""What every page of the gate has in common: its headers, its limits, and how it knows a form of its own.

The gate has neither sessions nor cookies, so there is nothing that a foreign page could borrow. A change still needs a
POST, no sign that it came from another site, and a slip that we gave out for this very form.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

LARGEST_BODY = 64 * 1024
MOST_FIELDS = 200
URL_ENCODED = "application/x-www-form-urlencoded"
Page = Callable[..., HttpResponse]
QUIET = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def gate_page(view: Page) -> Page:
    """A page of the gate: kept nowhere, found nowhere, POSTs checked before the view sees them."""

    @csrf_exempt
    @sensitive_post_parameters()
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        response = _checked(request) or view(request, *args, **options)
        for name, value in QUIET.items():
            response.headers.setdefault(name, value)
        return response

    return page


def plain_page(
    request: HttpRequest, *, title: str, says: str, then: str = "", way: str = "", status: int
) -> HttpResponse:
    """A polite page with a sentence, and what can be done; ``way`` is an address to go on to."""
    context = {"title": title, "says": says, "then": then, "way": way}
    return render(request, "gate/plain.html", context, status=status)


def go_on(address: str) -> HttpResponse:
    """Go on to another page after a POST, so that reloading it sends nothing again."""
    return HttpResponse(status=303, headers={"Location": address})


def not_from_here(request: HttpRequest) -> HttpResponse:
    """The answer to a form that we did not give out, or that another site sent."""
    return plain_page(
        request,
        title=_("Please open this page again"),
        says=_("This form is no longer valid. Nothing was changed."),
        then=_("Go back, load the page again, and send the form once more."),
        status=403,
    )


def _checked(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a request that may not go on; None when it may."""
    if request.method in {"GET", "HEAD"}:
        return None
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    if _length(request) > LARGEST_BODY:
        return _too_much(request, 413)
    if request.content_type != URL_ENCODED:
        return _too_much(request, 400)
    try:
        fields = sum(len(values) for _name, values in request.POST.lists())
    except RequestDataTooBig:
        return _too_much(request, 413)
    except SuspiciousOperation:
        return _too_much(request, 400)
    if fields > MOST_FIELDS:
        return _too_much(request, 400)
    return None if _from_here(request) else not_from_here(request)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return LARGEST_BODY + 1


def _too_much(request: HttpRequest, status: int) -> HttpResponse:
    return plain_page(
        request,
        title=_("This cannot be taken in"),
        says=_("More was sent than this form can hold."),
        then=_("Go back and write less."),
        status=status,
    )


def _from_here(request: HttpRequest) -> bool:
    """Whether nothing says that another site sent this. Browsers hide the origin behind “null” on our pages."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.get_host()
