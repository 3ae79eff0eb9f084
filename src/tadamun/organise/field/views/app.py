"""The kit as files: what a phone keeps to open it without a network. Says nothing about anybody.

All files lie under an address that holds the hash of all of them, so that a phone has either one version or the other;
the service worker is the only one that a phone asks for again.
"""

import gzip
import hashlib
import json
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from tadamun.organise.field.views.words import words_in

SCRIPTS = Path(__file__).parents[1] / "static" / "field"
WORKER = "sw.js"
FOR_EVER = "public, max-age=31536000, immutable"
_HASH_SIGNS = 12
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
        "media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True)
class Packed:
    """A file as it is sent."""

    content: bytes
    packed: bytes
    type: str


@dataclass(frozen=True)
class App:
    """One version of the kit: its name and its files by name."""

    version: str
    files: dict[str, Packed]

    @property
    def base(self) -> str:
        """Where the files lie."""
        return reverse("field_file", kwargs={"version": self.version, "name": "_"}).removesuffix("_")

    @property
    def addresses(self) -> list[str]:
        """All that a phone keeps: the page, the manifest, the files."""
        return [reverse("field_app"), reverse("field_manifest"), *(f"{self.base}{name}" for name in self.files)]


@cache
def app() -> App:
    """The kit's files, read once."""
    found = sorted(path for path in SCRIPTS.rglob("*") if path.is_file() and path.name != WORKER)
    files = {path.relative_to(SCRIPTS).as_posix(): path.read_bytes() for path in found}
    for language, _name in settings.LANGUAGES:
        words = json.dumps(words_in(language), ensure_ascii=False, separators=(",", ":"))
        files[f"words.{language}.json"] = words.encode()
    shell = render_to_string("field/app.html", {"base": ""}).encode()
    whole = hashlib.sha256(shell + (SCRIPTS / WORKER).read_bytes())
    for name, content in files.items():
        whole.update(name.encode() + hashlib.sha256(content).digest())
    return App(whole.hexdigest()[:_HASH_SIGNS], {name: _pack(name, content) for name, content in files.items()})


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page of the kit, the same for everybody."""
    return HttpResponse(render_to_string("field/app.html", {"base": app().base}), headers=_HEADERS)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, which names the version and all its files."""
    files = json.dumps(app().addresses)
    script = (SCRIPTS / WORKER).read_text(encoding="utf-8")
    text = f"const VERSION = {json.dumps(app().version)};\nconst FILES = {files};\n{script}"
    return _send(request, _pack(WORKER, text.encode()), keep="no-cache")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone wants to know to install it. Its name on the phone says nothing about what it is."""
    told = {
        "name": "Notes",
        "short_name": "Notes",
        "start_url": reverse("field_app"),
        "scope": reverse("field_app"),
        "display": "standalone",
        "background_color": "#fbf7ee",
        "theme_color": "#0f4379",
        "icons": [{"src": f"{app().base}icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return HttpResponse(json.dumps(told), content_type="application/manifest+json", headers=_HEADERS)


@require_safe
def file(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """One of the files; another version's address is not found, so nothing is mixed."""
    found = app().files.get(name) if version == app().version else None
    if found is None:
        raise Http404
    return _send(request, found, keep=FOR_EVER)


def _send(request: HttpRequest, found: Packed, *, keep: str) -> HttpResponse:
    headers = {**_HEADERS, "Cache-Control": keep, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(found.content, content_type=found.type, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return HttpResponse(found.packed, content_type=found.type, headers=headers)


def _pack(name: str, content: bytes) -> Packed:
    kind = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    return Packed(content, gzip.compress(content, 9, mtime=0), kind)
