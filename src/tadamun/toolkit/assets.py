"""Style sheets and scripts of private pages, served by the program itself under names that hold their hash.

``{% static "desk/desk.css" %}`` becomes ``/static/desk/desk.3f2a….css``: it may be kept for ever, because another
content has another name. Nothing has to be collected; what an app has under ``static/`` is there.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

import brotli  # type: ignore[import-untyped]  # it ships no types
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

FOR_EVER = "public, max-age=31536000, immutable"
_HASH_SIGNS = 12


@dataclass(frozen=True)
class Asset:
    """A file as it is sent."""

    content: bytes
    brotli: bytes
    gzip: bytes
    type: str
    digest: str


class AssetStorage(StaticFilesStorage):
    """Gives a static file its address."""

    def url(self, name: str | None) -> str:
        """The address of a file, with its hash.

        :raises ValueError: when there is no such file.
        """
        plain = PurePosixPath(name or "")
        found = asset(plain.as_posix())
        if found is None:
            raise ValueError(f"There is no static file {name}.")
        return super().url(plain.with_suffix(f".{found.digest}{plain.suffix}").as_posix())


@cache
def asset(name: str) -> Asset | None:
    """A static file by its plain name, read once; None when there is none."""
    path = finders.find(name)
    if not path or not Path(path).is_file():
        return None
    content = Path(path).read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(
        content=content,
        brotli=brotli.compress(content),
        gzip=gzip.compress(content, mtime=0),
        type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        digest=hashlib.sha256(content).hexdigest()[:_HASH_SIGNS],
    )


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Send a static file. An address whose hash is of another content is not found, so nothing stale is kept."""
    hashed = PurePosixPath(path)
    plain = hashed.with_suffix("").with_suffix(hashed.suffix)
    found = asset(plain.as_posix()) if ".." not in hashed.parts else None
    if found is None or hashed.with_suffix("").suffix != f".{found.digest}":
        raise Http404
    accepted = request.headers.get("Accept-Encoding", "")
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    body = found.content
    for name, packed in (("br", found.brotli), ("gzip", found.gzip)):
        if name in accepted:
            body, headers["Content-Encoding"] = packed, name
            break
    return HttpResponse(body, content_type=found.type, headers=headers)
