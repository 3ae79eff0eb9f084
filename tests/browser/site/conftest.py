"""The sample site in a real browser: served as the bundle serves it, on this machine only."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tadamun.publish.site.leaves import site_leaves
from tests.publish.site import samples


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample site is served, with its own content security policy."""
    folder = tmp_path_factory.mktemp("site")
    weeks = [samples.published(samples.kahramana_week()), samples.published(samples.coming_week())]
    for leaf in site_leaves(site=samples.site(base_url=""), weeks=weeks, now=samples.AFTER):
        file = folder / leaf.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(leaf.make())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        policy = Path(self.directory, "csp.txt").read_text("utf-8").strip()
        self.send_header("Content-Security-Policy", policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (named so by the library)
        """Say nothing: what a reader asked for is nobody's business, in tests too."""
