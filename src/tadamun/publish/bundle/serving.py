"""Answering with files of the bundle, in front of the application and as near to a bare function as can be.

Whatever was asked for once is kept ready in memory: status, headers and bytes. The link ``current`` is read at every
request (1.7 µs), so that a new edition is seen by the very next one. Nothing about the reader is written down.
"""

import base64
import hashlib
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from tadamun.publish.bundle.compressing import is_text
from tadamun.publish.bundle.headers import (
    CONTENT_SECURITY_POLICY,
    REVALIDATE,
    Headers,
    Policy,
    cache_control,
    describing,
)
from tadamun.publish.bundle.negotiation import codings_wanted, is_held, language_wanted
from tadamun.publish.bundle.paths import SIBLINGS, fault_in
from tadamun.publish.bundle.trees import CURRENT

MEMORY = 64 * 1024 * 1024
POLICY_FILE = "csp.txt"

_ENDINGS = {"br": ".br", "gzip": ".gz", "identity": ""}
_OVERHEAD = 3000
_HEADERS_REMEMBERED = 500


class Answer(NamedTuple):
    """A response that is ready to be sent."""

    status: str
    headers: Headers
    body: list[bytes]
    etag: str = ""


class _Edition:
    """One edition of the site: where it lies, its policy, and the answers that are ready."""

    def __init__(self, *, place: str, memory: int, content_security_policy: str, onion_url: str, hsts: bool) -> None:
        self.place = place
        self.ready: dict[tuple[str, tuple[str, ...]], Answer] = {}
        self.policy = Policy(
            csp=_policy_in(place) or content_security_policy,
            default_csp=content_security_policy,
            onion_url=onion_url,
            hsts=hsts,
        )
        self._memory = memory
        self._used = 0
        self._lock = threading.Lock()

    def keep(self, key: tuple[str, tuple[str, ...]], answer: Answer) -> None:
        """Have the answer ready from now on; the oldest ones make room for it."""
        size = len(answer.body[0]) + _OVERHEAD
        if size > self._memory // 8:
            return
        with self._lock:
            if key in self.ready:
                return
            self.ready[key] = answer
            self._used += size
            while self._used > self._memory:
                oldest = next(iter(self.ready))
                self._used -= len(self.ready.pop(oldest).body[0]) + _OVERHEAD

    def read(self, path: str) -> bytes | None:
        """Return a file of this edition, or nothing."""
        try:
            with open(f"{self.place}/{path}", "rb", buffering=0) as file:
                return file.read()
        except OSError:
            return None

    def is_folder(self, path: str) -> bool:
        """Say whether the path is a folder of this edition."""
        return os.path.isdir(f"{self.place}/{path}")

    def built(self, path: str, wanted: tuple[str, ...], *, status: str = "200 OK", shown_at: str = "") -> Answer | None:
        """Make the answer with the file in the first coding that there is; nothing if there is no such file."""
        text = is_text(path)
        for coding in wanted if text else ("identity",):
            body = self.read(path + _ENDINGS[coding])
            if body is not None:
                break
        else:
            return None
        etag = f'"{base64.urlsafe_b64encode(hashlib.sha256(body).digest()[:18]).decode()}"'
        headers = describing(path)
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
        if status == "200 OK":
            headers += [("ETag", etag), ("Cache-Control", cache_control(path)), ("Accept-Ranges", "none")]
        else:
            headers.append(("Cache-Control", REVALIDATE))
        if text:
            headers.append(("Vary", "Accept-Encoding"))
        headers += self.policy.headers(shown_at or _shown(path), html=path.endswith(".html"))
        headers.append(("Content-Length", str(len(body))))
        return Answer(status, headers, [body], etag)


class BundleApplication:
    """The outermost WSGI layer: files of the bundle, the application behind, or a page that says "not found".

    ``root`` is the folder in which ``current`` lies (a compiled site or a mirror). Paths that the bundle does not have
    go to ``inner`` if they begin with one of ``app_prefixes``. The policy for pages may be given by the bundle itself,
    in ``csp.txt``.
    """

    def __init__(
        self,
        *,
        root: Path,
        inner: WSGIApplication,
        app_prefixes: tuple[str, ...],
        languages: tuple[str, ...],
        onion_url: str = "",
        hsts: bool = False,
        content_security_policy: str = CONTENT_SECURITY_POLICY,
        memory: int = MEMORY,
    ) -> None:
        self._root = str(root)
        self._current = f"{root}/{CURRENT}"
        self._inner = inner
        self._prefixes = app_prefixes
        self._prefixes_bare = frozenset(prefix.rstrip("/") for prefix in app_prefixes if prefix.rstrip("/"))
        self._languages = languages
        self._memory = memory
        self._csp, self._onion_url, self._hsts = content_security_policy, onion_url, hsts
        self._link: str | None = None
        self._edition: _Edition | None = None
        self._none = Policy(csp=content_security_policy, default_csp=content_security_policy, onion_url="", hsts=hsts)
        self._wanted: dict[str, tuple[str, ...]] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        edition = self._newest()
        path = environ.get("PATH_INFO", "/")
        if edition is not None and environ["REQUEST_METHOD"] == "GET" and "HTTP_IF_NONE_MATCH" not in environ:
            wanted = self._wanted.get(environ.get("HTTP_ACCEPT_ENCODING", ""))
            answer = edition.ready.get((path, wanted)) if wanted else None
            if answer is not None:
                start_response(answer.status, answer.headers.copy())
                return answer.body
        return self._answer(edition, path, environ, start_response)

    def _newest(self) -> _Edition | None:
        try:
            link = os.readlink(self._current)
        except OSError:
            link = ""
        if link != self._link:
            self._edition = self._opened(link) if link else None
            self._link = link
        return self._edition

    def _opened(self, link: str) -> _Edition:
        return _Edition(
            place=os.path.join(self._root, link),
            memory=self._memory,
            content_security_policy=self._csp,
            onion_url=self._onion_url,
            hsts=self._hsts,
        )

    def _answer(
        self, edition: _Edition | None, raw: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        path = _decoded(raw)
        wanted = self._codings(environ.get("HTTP_ACCEPT_ENCODING", ""))
        answer = self._found(edition, path, wanted, environ) if edition and path is not None else None
        if answer is None and edition is not None and self._newest() is not edition:
            # Another edition came while we looked: what was not found may be a file of an edition that is gone.
            return self._answer(self._newest(), raw, environ, start_response)
        if answer is None and self._is_inner(raw):
            return self._inner(environ, start_response)
        answer = answer or self._missing(edition, path or "", wanted)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} and answer.status != "404 Not Found" and edition:
            answer = _plain(
                edition.policy, "405 Method Not Allowed", "This page can only be read.", ("Allow", "GET, HEAD")
            )
        elif answer.etag and answer.status == "200 OK" and is_held(environ.get("HTTP_IF_NONE_MATCH", ""), answer.etag):
            dropped = {"Content-Length", "Content-Type", "Content-Encoding", "Content-Disposition"}
            kept = [header for header in answer.headers if header[0] not in dropped]
            answer = Answer("304 Not Modified", kept, [b""])
        start_response(answer.status, answer.headers.copy())
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else answer.body

    def _found(self, edition: _Edition, path: str, wanted: tuple[str, ...], environ: WSGIEnvironment) -> Answer | None:
        if path == "":
            return self._front(edition, wanted, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        ready = edition.ready.get((environ["PATH_INFO"], wanted))
        if ready is not None:
            return ready
        bare = path.rstrip("/") if path.endswith("/") else path
        if path not in {bare, f"{bare}/"} or fault_in(bare) or bare.endswith(SIBLINGS):
            return None
        answer = edition.built(f"{path}index.html" if path.endswith("/") else path, wanted)
        if answer is not None:
            edition.keep((environ["PATH_INFO"], wanted), answer)
        elif path == bare and edition.is_folder(path) and edition.read(f"{path}/index.html") is not None:
            query = environ.get("QUERY_STRING", "")
            tail = f"?{query}" if query and query.isascii() and query.isprintable() else ""
            target = ("Location", f"/{quote(path)}/{tail}")
            answer = _plain(edition.policy, "308 Permanent Redirect", "This page ends with a slash.", target)
        return answer

    def _front(self, edition: _Edition, wanted: tuple[str, ...], header: str) -> Answer | None:
        language = language_wanted(header, self._languages)
        if language:
            moved = _plain(edition.policy, "302 Found", language, ("Location", f"/{language}/"))
            moved.headers.append(("Vary", "Accept-Language"))
            return moved
        chooser = edition.built("index.html", wanted)
        if chooser is None:
            return None
        varying = [(name, f"{value}, Accept-Language" if name == "Vary" else value) for name, value in chooser.headers]
        return chooser._replace(headers=varying)

    def _missing(self, edition: _Edition | None, path: str, wanted: tuple[str, ...]) -> Answer:
        if edition is None:
            sentence = "The site is being prepared. Please come back in a minute."
            return _plain(self._none, "503 Service Unavailable", sentence, ("Retry-After", "30"))
        language = path.partition("/")[0]
        if language not in self._languages:
            language = self._languages[0] if self._languages else ""
        shown = path if not fault_in(path.rstrip("/")) else ""
        page = edition.built(f"{language}/404.html", wanted, status="404 Not Found", shown_at=shown)
        return page or _plain(edition.policy, "404 Not Found", "There is no such page.")

    def _is_inner(self, raw: str) -> bool:
        return raw.startswith(self._prefixes) or raw in self._prefixes_bare

    def _codings(self, header: str) -> tuple[str, ...]:
        wanted = self._wanted.get(header)
        if wanted is None:
            wanted = codings_wanted(header)
            if len(self._wanted) < _HEADERS_REMEMBERED and len(header) < _HEADERS_REMEMBERED:
                self._wanted[header] = wanted
        return wanted


def _decoded(raw: str) -> str | None:
    """Return the path without its leading slash, as text (PEP 3333 hands it over as Latin-1), or nothing."""
    try:
        return raw.encode("latin-1").decode().removeprefix("/")
    except UnicodeError:
        return None


def _shown(path: str) -> str:
    """Return the path under which readers see a file."""
    return path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path


def _policy_in(place: str) -> str:
    try:
        with open(f"{place}/{POLICY_FILE}", encoding="ascii") as file:
            written = " ".join(file.read(8000).split())
    except (OSError, UnicodeError):
        return ""
    return written if written.isprintable() else ""


def _plain(policy: Policy, status: str, sentence: str, *more: tuple[str, str]) -> Answer:
    body = f"{sentence}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Cache-Control", "no-store" if status.startswith("5") else REVALIDATE),
        *more,
        *policy.headers("", html=False),
        ("Content-Length", str(len(body))),
    ]
    return Answer(status, headers, [body])
