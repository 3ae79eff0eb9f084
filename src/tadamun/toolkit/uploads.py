"""Files that come in are read from memory and lie on no disk meanwhile: they may hold names or faces."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]
_FORM_AROUND_IT = 100_000
_MEGABYTE = 1_000_000


class _OnlyMemory(MemoryFileUploadHandler):
    """Keeps a file in memory whatever its size; how large it may be was looked at before."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  Django calls it so
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Take every file."""
        self.activated = True


def in_memory_alone(largest: int) -> Callable[[View], View]:
    """Read the request's files, of at most ``largest`` bytes, into memory; a larger request is refused unread (413).

    This must come before anything reads the form, hence its own check of the form's token.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        def page(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
            if _length(request) > largest + _FORM_AROUND_IT:
                reason = _("This file is too large: at most %(size)d MB can be taken in.")
                context = {"reason": reason % {"size": largest // _MEGABYTE}}
                return render(request, "desk/refused.html", context, status=413)
            request.upload_handlers = [_OnlyMemory(request)]
            response: HttpResponse = protected(request, *args, **parts)
            return response

        return page

    return decorate


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
