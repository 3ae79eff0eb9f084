"""Fetching files of a bundle over HTTP from a server that is not trusted: one connection, caps, no redirects."""

import http.client
import socket
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from tadamun.publish.bundle.errors import BundleError

Fetch = Callable[[str, int, str], bytes]
"""Given an address, the most bytes to accept and a content coding (``identity``, ``br``, ``gzip``), returns the body as
it was sent. Raises ``BundleError`` where there is none in that coding."""

TIMEOUT = 30.0
_AGENT = "Tadamun-mirror"


class HttpFetch:
    """A ``Fetch`` that keeps its connection open, for a site is many small files. Close it when done."""

    def __init__(self, *, timeout: float = TIMEOUT) -> None:
        self._timeout = timeout
        self._connection: http.client.HTTPConnection | None = None
        self._server = ""

    def __call__(self, url: str, most: int, coding: str) -> bytes:
        """Fetch one file; see ``Fetch``."""
        parts = urlsplit(url)
        try:
            try:
                return self._ask(parts, most, coding)
            except (http.client.RemoteDisconnected, ConnectionError):
                # A server may close a connection that it kept open; that is no fault of the file.
                self.close()
                return self._ask(parts, most, coding)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise BundleError(f"{url}: cannot be fetched ({error or type(error).__name__}).") from error
        except BundleError:
            self.close()
            raise

    def close(self) -> None:
        """End the connection."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _ask(self, parts: SplitResult, most: int, coding: str) -> bytes:
        url = parts.geturl()
        connection = self._connected(parts)
        connection.request("GET", parts.path or "/", headers={"Accept-Encoding": coding, "User-Agent": _AGENT})
        response = connection.getresponse()
        if response.status != http.client.OK:
            moved = response.headers.get("Location", "")
            where = f", which points to {moved[:200]!r}; use that address" if moved else ""
            raise BundleError(f"{url}: the server answers {response.status}{where}.")
        if response.headers.get("Content-Encoding", "identity") != coding:
            raise BundleError(f"{url}: the server does not offer it as {coding}.")
        body = response.read(most + 1)
        if len(body) > most:
            raise BundleError(f"{url}: is larger than the {most} bytes that were expected.")
        if response.read(1):
            raise BundleError(f"{url}: goes on after its end.")
        return body

    def _connected(self, parts: SplitResult) -> http.client.HTTPConnection:
        server = f"{parts.scheme}://{parts.netloc}"
        if self._connection is None or server != self._server:
            self.close()
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise BundleError(f"{parts.geturl()}: is no http or https address.")
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            try:
                self._connection = kind(parts.hostname, parts.port, timeout=self._timeout)
            except ValueError as error:
                raise BundleError(f"{parts.geturl()}: has no proper port.") from error
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._server = server
        return self._connection
