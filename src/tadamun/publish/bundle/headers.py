"""The headers that go with a file of the bundle: what it is, how long it may be kept, and what a page may do."""

import re
from urllib.parse import quote

Headers = list[tuple[str, str]]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "woff2": "font/woff2",
    "sig": "text/plain; charset=utf-8",
}
REVALIDATE = "public, max-age=0, must-revalidate"
FOR_EVER = "public, max-age=31536000, immutable"
FIVE_MINUTES = "public, max-age=300"

_CLOSED = """
    bluetooth browsing-topics camera display-capture geolocation hid interest-cohort microphone midi payment serial usb
"""
_PERMISSIONS = ", ".join(f"{name}=()" for name in _CLOSED.split())
_HASHED_NAME = re.compile(r"(?:^|[.\-_])[0-9a-f]{8,64}(?:[.\-_][^/]*)?$")
_FRAME_ANCESTORS = re.compile(r"frame-ancestors[^;]*")
_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_YEAR = 31536000


def content_type(path: str) -> str:
    """Return the media type for the name; what is not known is never guessed."""
    return TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def cache_control(path: str) -> str:
    """Return how long a reader may keep the file.

    Pages are asked for again each time, so that a withdrawal reaches their readers at once; names that carry the hash
    of their bytes never change.
    """
    if path.startswith(("media/", "assets/")) and _HASHED_NAME.search(path.rpartition("/")[2]):
        return FOR_EVER
    return FIVE_MINUTES if path.startswith("feeds/") else REVALIDATE


def describing(path: str) -> Headers:
    """Return the headers that say what the file is."""
    found = [("Content-Type", content_type(path))]
    if path.endswith(".ics"):
        stem = _PLAIN.sub("-", path.rpartition("/")[2].removesuffix(".ics")).strip("-.")
        found.append(("Content-Disposition", f'attachment; filename="{stem or "calendar"}.ics"'))
    return found


class Policy:
    """The security headers of one edition of a site. ``csp`` is for its pages, ``default_csp`` for all else."""

    def __init__(self, *, csp: str, default_csp: str, onion_url: str, hsts: bool) -> None:
        self._csp, self._default_csp = csp, default_csp
        self._onion_url = onion_url.rstrip("/")
        self._hsts = hsts

    def headers(self, path: str, *, html: bool) -> Headers:
        """Return the headers for a path (without its leading slash), which need not exist."""
        embedded = path.startswith("embed/")
        shared = path.startswith(("embed/", "feeds/", "data/"))
        csp = self._csp if html else self._default_csp
        if embedded:
            csp, replaced = _FRAME_ANCESTORS.subn("frame-ancestors *", csp)
            csp = csp if replaced else f"{csp}; frame-ancestors *"
        found = [
            ("Content-Security-Policy", csp),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin"),
            ("Permissions-Policy", _PERMISSIONS),
        ]
        if not embedded:
            found.append(("X-Frame-Options", "DENY"))
        if self._hsts:
            found.append(("Strict-Transport-Security", f"max-age={_YEAR}; includeSubDomains"))
        if html and self._onion_url:
            found.append(("Onion-Location", f"{self._onion_url}/{quote(path)}"))
        return found
