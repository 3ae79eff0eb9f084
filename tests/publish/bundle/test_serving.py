"""Readers get the file they asked for, in the form they can read, with the headers that protect them."""

import gzip
import io
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import brotli
import pytest

from tadamun.publish.bundle.serving import BundleApplication
from tests.publish.bundle.conftest import SITE, page, publish

pytestmark = pytest.mark.pure

LANGUAGES = ("en", "ar", "ckb")
PREFIXES = ("/gate/", "/desk/", "/@")


class Reply(NamedTuple):
    """What a reader gets."""

    status: int
    headers: dict[str, str]
    body: bytes


def _inner(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"inner " + environ["PATH_INFO"].encode("latin-1")]


def ask(application: Any, path: str, method: str = "GET", **headers: str) -> Reply:
    """Ask as a web server would: the path in UTF-8 under Latin-1, headers as HTTP_*."""
    environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1")}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items() if name != "query"}
    environ["QUERY_STRING"] = headers.get("query", "")
    setup_testing_defaults(environ)
    environ["wsgi.input"] = io.BytesIO()
    got: list[Any] = []

    def start_response(status: str, found: list[tuple[str, str]], _: object = None) -> Callable[[bytes], object]:
        assert len({name for name, _ in found}) == len(found), "a header is given twice"
        got[:] = [int(status.split(maxsplit=1)[0]), dict(found)]
        return lambda _: None

    body = b"".join(application(environ, start_response))
    return Reply(got[0], got[1], body)


def application_on(root: Path, **more: Any) -> BundleApplication:
    """Serve the folder."""
    return BundleApplication(root=root, inner=_inner, app_prefixes=PREFIXES, languages=LANGUAGES, **more)


@pytest.fixture
def application(root, published) -> BundleApplication:
    """Serve the example site."""
    published()
    return application_on(root)


def test_page_is_served_at_its_folder(application):
    reply = ask(application, "/en/weeks/kahramana/")
    assert (reply.status, reply.body) == (200, SITE["en/weeks/kahramana/index.html"])
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Content-Length"] == str(len(reply.body))
    assert reply.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert reply.headers["Vary"] == "Accept-Encoding"
    assert ask(application, "/en/weeks/kahramana/") == reply, "from memory as from the disk"


def test_answers_keep_the_rules_of_wsgi(application):
    checked = validator(application)
    for path in ("/en/", "/en/", "/", "/nothing/", "/en"):
        for method in ("GET", "HEAD"):
            environ: dict[str, Any] = {
                "PATH_INFO": path,
                "REQUEST_METHOD": method,
                "QUERY_STRING": "",
                "SCRIPT_NAME": "",
            }
            setup_testing_defaults(environ)
            result = checked(environ, lambda *_: lambda _: None)
            list(result)
            result.close()


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("", "identity"),
        ("deflate", "identity"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("identity", "identity"),
        ("identity;q=1, br;q=0.5", "identity"),
        ("identity;q=0, br;q=0.5", "br"),
        ("br;q=nonsense, gzip;q=nan", "identity"),
        ("br;q=7", "identity"),
        ("," * 5000, "identity"),
    ],
)
def test_form_is_the_best_that_the_reader_accepts(application, header, coding):
    reply = ask(application, "/ar/", accept_encoding=header)
    assert reply.headers.get("Content-Encoding", "identity") == coding
    open_it = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}[coding]
    assert open_it(reply.body) == SITE["ar/index.html"]
    assert reply.headers["Content-Length"] == str(len(reply.body))


def test_each_form_has_its_own_tag_and_the_tag_spares_the_body(application):
    replies = [ask(application, "/en/", accept_encoding=coding) for coding in ("br", "gzip", "")]
    tags = [reply.headers["ETag"] for reply in replies]
    assert len(set(tags)) == 3
    for held in (tags[0], f"W/{tags[0]}", f'"x", {tags[0]}', "*"):
        reply = ask(application, "/en/", accept_encoding="br", if_none_match=held)
        assert (reply.status, reply.body) == (304, b"")
        assert reply.headers["ETag"] == tags[0]
        assert "Content-Security-Policy" in reply.headers
        assert "Content-Length" not in reply.headers
    assert ask(application, "/en/", accept_encoding="br", if_none_match=tags[1]).status == 200


def test_head_has_the_headers_and_no_body(application):
    whole, head = ask(application, "/en/"), ask(application, "/en/", "HEAD")
    assert head == Reply(200, whole.headers, b"")
    assert ask(application, "/nothing/", "HEAD").body == b""


def test_folder_without_its_slash_leads_to_the_page(application):
    reply = ask(application, "/en/weeks/kahramana", query="day=2")
    assert (reply.status, reply.headers["Location"]) == (308, "/en/weeks/kahramana/?day=2")
    assert ask(application, "/en", query="x=\r\nSet-Cookie: a").headers["Location"] == "/en/"
    assert ask(application, "/en/weeks").status == 404, "has no page of its own"


def test_what_is_nowhere_is_answered_in_the_reader_s_language(application):
    reply = ask(application, "/ar/nothing/", accept_encoding="br")
    assert (reply.status, brotli.decompress(reply.body)) == (404, SITE["ar/404.html"])
    assert "ETag" not in reply.headers
    assert ask(application, "/nothing/").body == SITE["en/404.html"]
    assert ask(application, "/ckb/nothing/").body == b"There is no such page.\n", "no such page was compiled"


def test_application_behind_gets_its_paths(application):
    assert ask(application, "/gate/sign-up", "POST").body == b"inner /gate/sign-up"
    assert ask(application, "/gate").body == b"inner /gate"
    assert ask(application, "/@kahramana").body == b"inner /@kahramana"
    assert ask(application, "/gatecrash").status == 404
    assert ask(application, "/x", "POST").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/en/", "/", "/en", "/robots.txt"])
def test_pages_can_only_be_read(application, method, path):
    reply = ask(application, path, method)
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/../state.msgpack", "/en/../../state.msgpack", "//etc/passwd", "/en//index.html", "/./en/", "/en/./", "/en/..",
        "/.git/config", "/en/.hidden", "/en/index.html.br", "/en/index.html.gz", "/en\\..\\x", "/en/\0", "/etc/passwd",
        "/en/index.html/", "//", "///", "/en/index.html.br/", "", "\x7f", "/" + "x/" * 5000,
    ],
)  # fmt: skip
def test_path_that_is_no_page_gives_nothing_away(application, root, path):
    (root / "state.msgpack").write_bytes(b"secret")
    reply = ask(application, path)
    assert reply.status == 404 or (path == "" and reply.status in {200, 302})
    assert b"secret" not in reply.body


def test_path_that_is_not_utf_8_is_nowhere(application):
    environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": "/en/\xff"}
    setup_testing_defaults(environ)
    got: list[str] = []
    list(application(environ, lambda status, _: got.append(status)))
    assert got == ["404 Not Found"]


def test_well_known_files_are_served(application):
    assert ask(application, "/.well-known/security.txt").status == 200
    assert ask(application, "/manifest.json").headers["Content-Type"] == "application/json; charset=utf-8"
    assert ask(application, "/manifest.sig").status == 200


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("ar", "/ar/"), ("ckb-IQ,en;q=0.8", "/ckb/"), ("ku", "/ckb/"), ("ku-IQ;q=0.9, en;q=0.8", "/ckb/"),
        ("de, en;q=0.5", "/en/"), ("ar;q=0, en;q=0.1", "/en/"), ("AR-iq", "/ar/"), ("en;q=0.5,ar;q=0.9", "/ar/"),
    ],
)  # fmt: skip
def test_front_door_leads_to_the_reader_s_language(application, header, place):
    reply = ask(application, "/", accept_language=header)
    assert (reply.status, reply.headers["Location"], reply.headers["Vary"]) == (302, place, "Accept-Language")


@pytest.mark.parametrize("header", ["", "de", "*", "ar;q=0", "kmr", "///"])
def test_front_door_lets_others_choose(application, header):
    reply = ask(application, "/", accept_language=header, accept_encoding="br")
    assert (reply.status, brotli.decompress(reply.body)) == (200, SITE["index.html"])
    assert reply.headers["Vary"] == "Accept-Encoding, Accept-Language"
    assert reply.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_how_long_a_file_may_be_kept(root, published):
    published(SITE | {"assets/site.abcdef0123456789.css": b"x", "assets/plain.css": b"x", "en/9f86d081884c7d65": b"x"})
    application = application_on(root)
    for_ever = "public, max-age=31536000, immutable"
    kept = {path: ask(application, f"/{path}").headers["Cache-Control"] for path in (
        "media/9f86d081884c7d65.jpg", "assets/site.abcdef0123456789.css", "assets/plain.css", "en/9f86d081884c7d65",
        "feeds/ar/all.ics", "robots.txt")}  # fmt: skip
    assert list(kept.values()) == [
        for_ever, for_ever, *(["public, max-age=0, must-revalidate"] * 2), "public, max-age=300",
        "public, max-age=0, must-revalidate",
    ]  # fmt: skip


def test_files_are_what_they_are(root, published):
    names = {
        "feeds/ar/all.ics": "text/calendar; charset=utf-8",
        "feeds/ar/all.atom": "application/atom+xml; charset=utf-8",
        "data/weeks/x.json": "application/json; charset=utf-8",
        "a.svg": "image/svg+xml; charset=utf-8",
        "a.avif": "image/avif",
        "a.webp": "image/webp",
        "a.webmanifest": "application/manifest+json; charset=utf-8",
        "a.unknown": "application/octet-stream",
    }
    published(dict.fromkeys(names, b"x") | {"feeds/ckb/هەفتە ١.ics": b"x"})
    application = application_on(root)
    assert {path: ask(application, f"/{path}").headers["Content-Type"] for path in names} == names
    assert ask(application, "/feeds/ar/all.ics").headers["Content-Disposition"] == 'attachment; filename="all.ics"'
    kurdish = ask(application, "/feeds/ckb/هەفتە ١.ics")
    assert kurdish.status == 200
    assert kurdish.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'


REQUIRED = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "X-Frame-Options",
    "Strict-Transport-Security",
)


def test_every_answer_protects_its_reader(root, published):
    empty = application_on(root, hsts=True)
    replies = [ask(empty, "/en/")]
    published()
    application = application_on(root, hsts=True)
    asked = [("/en/", "GET"), ("/en/", "POST"), ("/en", "GET"), ("/nothing/", "GET"), ("/", "GET"), ("/ckb/x", "GET")]
    replies += [ask(application, path, method) for path, method in asked]
    replies += [ask(application, "/", accept_language="ar"), ask(application, "/en/", if_none_match="*")]
    replies += [ask(application, "/media/9f86d081884c7d65.jpg")]
    assert sorted({reply.status for reply in replies}) == [200, 302, 304, 308, 404, 405, 503]
    for reply in replies:
        assert [name for name in REQUIRED if name not in reply.headers] == []
        assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert all(
            f"{name}=()" in reply.headers["Permissions-Policy"] for name in ("camera", "microphone", "geolocation")
        )


def test_pages_get_the_policy_that_the_site_brings(root, published):
    policy = "default-src 'none'; style-src 'sha256-abc='; frame-ancestors 'none'"
    published(SITE | {"csp.txt": f"{policy}\n".encode(), "embed/week/index.html": page("Embedded")})
    application = application_on(root)
    assert ask(application, "/en/").headers["Content-Security-Policy"] == policy
    assert ask(application, "/nothing/").headers["Content-Security-Policy"] == policy
    assert "sha256" not in ask(application, "/robots.txt").headers["Content-Security-Policy"]
    embedded = ask(application, "/embed/week/").headers
    assert embedded["Content-Security-Policy"] == policy.replace("'none'", "*").replace("*", "'none'", 1)
    assert embedded["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-Frame-Options" not in embedded


@pytest.mark.parametrize("written", [b"default-src\x00 *", "سياسة".encode(), b""])
def test_policy_that_cannot_be_a_header_is_not_used(root, published, written):
    published(SITE | {"csp.txt": written})
    assert ask(application_on(root), "/en/").headers["Content-Security-Policy"].startswith("default-src 'none'; img")


def test_open_data_may_be_read_from_elsewhere(root, published):
    published(SITE | {"data/weeks/x.json": b"{}"})
    application = application_on(root)
    assert ask(application, "/data/weeks/x.json").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert ask(application, "/feeds/ar/all.ics").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert ask(application, "/en/").headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_pages_name_their_onion_address(root, published):
    published()
    application = application_on(root, onion_url="http://abc.onion/")
    assert ask(application, "/en/weeks/kahramana/").headers["Onion-Location"] == "http://abc.onion/en/weeks/kahramana/"
    assert ask(application, "/").headers["Onion-Location"] == "http://abc.onion/"
    assert ask(application, "/ar/لا/").headers["Onion-Location"] == "http://abc.onion/ar/%D9%84%D8%A7/"
    assert "Onion-Location" not in ask(application, "/robots.txt").headers
    assert "Onion-Location" not in ask(application_on(root), "/en/").headers


def test_no_site_yet_is_said_and_the_application_works(root):
    application = application_on(root)
    reply = ask(application, "/en/")
    assert (reply.status, reply.headers["Retry-After"], reply.headers["Cache-Control"]) == (503, "30", "no-store")
    assert ask(application, "/gate/x").body == b"inner /gate/x"
    publish(root, SITE)
    assert ask(application, "/en/").status == 200


def test_new_edition_is_seen_by_the_next_request(application, root):
    assert ask(application, "/en/").body == SITE["en/index.html"]
    publish(root, {"en/index.html": page("New")}, minutes=1)
    assert ask(application, "/en/").body == page("New")
    assert ask(application, "/ar/").status == 404, "what was withdrawn is not served from memory"


def test_memory_is_bounded(root, published):
    pages = {f"en/{number}/index.html": os.urandom(10_000) for number in range(40)}
    published(pages | {"media/large.jpg": bytes(900_000)})
    application = application_on(root, memory=200_000)
    for _ in range(2):
        for number in range(40):
            assert ask(application, f"/en/{number}/").body == pages[f"en/{number}/index.html"]
    assert len(ask(application, "/media/large.jpg").body) == 900_000
    edition = application._edition
    assert edition is not None
    assert 0 < sum(len(answer.body[0]) for answer in edition.ready.values()) <= 200_000
    for number in range(2000):
        ask(application, f"/nothing/{number}/", accept_encoding=f"x{number}")
    assert len(edition.ready) < 40
    assert len(application._wanted) <= 500


@pytest.mark.parametrize("memory", [0, 64 * 1024 * 1024])
def test_readers_see_whole_editions_while_the_site_is_published(root, memory):
    """Every page of an edition says its number; a reader never goes back, and never meets an error."""
    paths = [f"en/{number}/index.html" for number in range(6)]

    def edition(number: int) -> dict[str, bytes]:
        return {path: page(f"Edition {number}") for path in paths}

    publish(root, edition(0))
    application = application_on(root, memory=memory)
    faults: list[object] = []
    done = threading.Event()
    asked = 0

    def read() -> None:
        nonlocal asked
        newest = 0
        while not done.is_set():
            for path in paths:
                reply = ask(application, f"/{path.removesuffix('index.html')}", accept_encoding="br")
                body = brotli.decompress(reply.body) if reply.status == 200 else reply.body
                found = re.search(rb"Edition (\d+)<", body)
                number = int(found[1]) if found else -1
                if reply.status != 200 or number < newest or body != page(f"Edition {number}"):
                    faults.append((reply.status, number, newest))
                newest = max(newest, number)
                asked += 1

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 9):
        publish(root, edition(number), minutes=number, grace=0)
    done.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert asked > 50
    assert ask(application, "/en/0/").body == page("Edition 8")
