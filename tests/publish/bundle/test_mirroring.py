"""A partner's mirror believes the signature alone, honours withdrawals, and never goes back."""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tadamun.publish.bundle import compressing
from tadamun.publish.bundle import mirror as mirroring
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.fetching import HttpFetch
from tadamun.publish.bundle.mirror import mirror
from tadamun.publish.bundle.serving import BundleApplication
from tadamun.publish.bundle.signing import fingerprint, public_bytes
from tadamun.publish.bundle.verifying import verify
from tests.publish.bundle.conftest import KEY, SITE, files_in, page

pytestmark = pytest.mark.pure

Asked = list[tuple[str, str]]


class _Plain(SimpleHTTPRequestHandler):
    """A web server that knows nothing of compressed siblings, and notes what it is asked for."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *arguments: Any, asked: Asked, **more: Any) -> None:
        self.asked = asked
        super().__init__(*arguments, **more)

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Accept-Encoding"]))
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _serve(server: Any) -> Iterator[str]:
    server.handle_error = lambda *_: None  # a reader who hangs up is no fault
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def asked() -> Asked:
    """What the plain server was asked for."""
    return []


@pytest.fixture
def url(root: Path, asked: Asked) -> Iterator[str]:
    """The site, offered by a plain web server."""
    handler = partial(_Plain, directory=str(root / "current"), asked=asked)
    yield from _serve(ThreadingHTTPServer(("127.0.0.1", 0), handler))


@pytest.fixture
def own_url(root: Path) -> Iterator[str]:
    """The site, offered by this software."""
    application = BundleApplication(root=root, inner=lambda *_: [], app_prefixes=(), languages=("en",))
    yield from _serve(make_server("127.0.0.1", 0, application, handler_class=_Quiet))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where the mirror keeps its copy."""
    return tmp_path / "mirror"


def _damage(root: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    file = root / "current" / name
    body = file.read_bytes()
    file.unlink()
    file.write_bytes(change(body))


@pytest.mark.parametrize("server", ["url", "own_url"])
def test_mirror_is_the_site(root, copy, published, server, request):
    published()
    done = mirror(url=request.getfixturevalue(server), directory=copy)
    assert done.key == fingerprint(public_bytes(KEY))
    assert verify(copy / "current", expected_key=done.key).sound
    assert files_in(copy / "current") == SITE


@pytest.mark.parametrize("server", ["url", "own_url"])
def test_siblings_of_another_compressor_are_fetched(copy, published, server, request, monkeypatch):
    published()
    monkeypatch.setattr(compressing, "BROTLI_QUALITY", 5)
    monkeypatch.setattr(compressing, "GZIP_LEVEL", 9)
    mirror(url=request.getfixturevalue(server), directory=copy)
    assert verify(copy / "current").sound


def test_only_what_changed_is_fetched(url, asked, copy, published):
    published()
    mirror(url=url, directory=copy)
    asked.clear()
    published(SITE | {"en/index.html": page("New")}, minutes=1)
    assert mirror(url=url, directory=copy).fetched == 3, "the page and its two siblings, pressed again here"
    assert [path for path, _ in asked] == ["/manifest.json", "/manifest.sig", "/en/index.html"]
    asked.clear()
    assert mirror(url=url, directory=copy).fetched == 0
    assert len(asked) == 2
    assert verify(copy / "current").sound


def test_withdrawn_page_leaves_the_mirror_and_its_disk(url, copy, published):
    published()
    mirror(url=url, directory=copy)
    rest = {path: body for path, body in SITE.items() if "bike-race" not in path}
    published(rest, minutes=1)
    assert mirror(url=url, directory=copy).removed == 3
    assert files_in(copy / "current") == rest
    assert not list(copy.rglob("bike-race"))
    assert len(list((copy / "copies").iterdir())) == 1


def test_signature_is_checked_before_anything_else_is_fetched(url, asked, root, copy, published):
    published()
    mirror(url=url, directory=copy)
    published(SITE | {"en/index.html": page("New")}, minutes=1)
    _damage(root, "manifest.json", lambda body: body.replace(b'"size":', b'"size":1', 1))
    asked.clear()
    with pytest.raises(BundleError, match="does not belong to this manifest"):
        mirror(url=url, directory=copy)
    assert [path for path, _ in asked] == ["/manifest.json", "/manifest.sig"]
    assert files_in(copy / "current") == SITE


def test_altered_file_is_never_put_in_place(url, root, copy, published):
    published()
    mirror(url=url, directory=copy)
    new = SITE | {"en/index.html": page("New"), "ar/index.html": page("جديد")}
    published(new, minutes=1)
    _damage(root, "en/index.html", lambda body: body.replace(b"New", b"Bad"))
    with pytest.raises(BundleError, match=r"en/index.html: the server's copy is not the one that was signed"):
        mirror(url=url, directory=copy)
    assert files_in(copy / "current") == SITE
    assert verify(copy / "current").sound


def test_altered_file_would_be_put_in_place_without_the_hash(url, root, copy, published, monkeypatch):
    """Negative control: with the guard off, the test above must see the altered file."""
    published()
    _damage(root, "en/index.html", lambda body: body.replace(b"Home", b"Hate"))
    monkeypatch.setattr(mirroring.File, "holds", lambda *_: True)
    mirror(url=url, directory=copy)
    assert b"Hate" in files_in(copy / "current")["en/index.html"]


def test_older_edition_is_refused(url, root, copy, published, tmp_path):
    published()
    shutil.copytree(root / "current", tmp_path / "old")
    published({"en/index.html": page("Withdrawn all else")}, minutes=1)
    mirror(url=url, directory=copy)
    shutil.rmtree(root)
    shutil.copytree(tmp_path / "old", root / "current")
    with pytest.raises(BundleError, match="older than the one held"):
        mirror(url=url, directory=copy)
    assert list(files_in(copy / "current")) == ["en/index.html"]
    shutil.rmtree(copy)
    mirror(url=url, directory=copy)
    assert files_in(copy / "current") == SITE, "negative control: who holds nothing cannot know"


def test_other_key_is_refused_even_if_none_was_named(url, copy, published):
    published()
    mirror(url=url, directory=copy)
    thief = Ed25519PrivateKey.generate()
    published(SITE | {"en/index.html": page("Bad")}, minutes=1, signing_key=thief)
    with pytest.raises(BundleError, match="by another key than before"):
        mirror(url=url, directory=copy)
    with pytest.raises(BundleError, match="by another key than expected"):
        mirror(url=url, directory=copy, expected_key=fingerprint(public_bytes(KEY)))
    mirror(url=url, directory=copy, expected_key=fingerprint(public_bytes(thief)))
    assert verify(copy / "current").sound


def test_damaged_copy_heals(url, asked, copy, published):
    published()
    mirror(url=url, directory=copy)
    (copy / "current/en/index.html").write_bytes(page("Hame"))
    (copy / "current/casino.html").write_bytes(b"x")
    asked.clear()
    assert mirror(url=url, directory=copy).fetched == 1
    assert verify(copy / "current").sound


def test_interrupted_fetching_goes_on_where_it_was(url, asked, copy, published):
    published()
    whole = HttpFetch()
    left = iter(range(8))

    def breaking(address: str, most: int, coding: str) -> bytes:
        if next(left, None) is None:
            raise BundleError("the line went dead")
        return whole(address, most, coding)

    with pytest.raises(BundleError, match="the line went dead"):
        mirror(url=url, directory=copy, fetch=breaking)
    assert not (copy / "current").exists()
    before = len(asked)
    mirror(url=url, directory=copy)
    whole.close()
    assert len(asked) < before + len(SITE), "some pages were not asked for again"
    assert verify(copy / "current").sound
    assert [place.name for place in (copy / "copies").iterdir() if place.name.startswith(".")] == []


def test_endless_file_is_cut_off(url, root, copy, published):
    published()
    _damage(root, "robots.txt", lambda body: body * 1000)
    with pytest.raises(BundleError, match=r"robots.txt: is larger than the 14 bytes"):
        mirror(url=url, directory=copy)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://127.0.0.1/", "is no http or https address"),
        ("file:///etc/", "is no http or https address"),
        ("http://127.0.0.1:1/", "cannot be fetched"),
        ("http://127.0.0.1:x/", "cannot be fetched|proper port|Port"),
        ("nonsense", "is no http or https address"),
    ],
)
def test_address_that_gives_nothing_is_said(copy, address, said):
    with pytest.raises(BundleError, match=said):
        mirror(url=address, directory=copy)


def test_redirect_is_not_followed_but_shown(url, root, copy, published):
    published({"a/manifest.json/index.html": b"x"})
    with pytest.raises(BundleError, match=r"answers 301, which points to '/a/manifest.json/'"):
        mirror(url=f"{url}a", directory=copy)


def test_compiled_site_is_not_overwritten_by_a_mirror(url, root, published):
    published()
    with pytest.raises(BundleError, match="a folder of its own"):
        mirror(url=url, directory=root)


def test_progress_is_told(url, copy, published):
    published({"robots.txt": b"x", "en/index.html": b"y"})
    told: list[tuple[int, int]] = []
    mirror(url=url, directory=copy, progress=lambda done, whole: told.append((done, whole)))
    assert told == [(1, 2), (2, 2)]
