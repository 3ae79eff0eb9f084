"""A small site in three languages, the key that signs it, and a folder to compile it into."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tadamun.publish.bundle import compressing
from tadamun.publish.bundle.store import Compiled, Leaf, compile_bundle

NEWROZ = datetime(2026, 3, 21, 10, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

Contents = dict[str, bytes]


def page(words: str) -> bytes:
    """Return a page that is long enough to be worth compressing."""
    return f"<!doctype html><title>{words}</title>{f'<p>{words}</p>' * 40}".encode()


SITE: Contents = {
    "index.html": page("Tadamun · تضامن"),
    "robots.txt": b"User-agent: *\n",
    ".well-known/security.txt": b"Contact: mailto:safety@example.org\n",
    "en/index.html": page("Home"),
    "en/404.html": page("There is no such page"),
    "en/weeks/kahramana/index.html": page("Kahramana week"),
    "en/weeks/kahramana/bike-race/index.html": page("Bicycle race"),
    "en/weeks/women-s-day/index.html": page("8 March"),
    "ar/index.html": page("الرئيسية"),
    "ar/404.html": page("لا توجد صفحة كهذه"),
    "ckb/index.html": page("سەرەتا"),
    "feeds/ar/all.ics": page("BEGIN:VCALENDAR"),
    "media/9f86d081884c7d65.jpg": bytes(range(256)) * 8,
}


def leaves_of(contents: Contents) -> list[Leaf]:
    """List the leaves; the fingerprint is the content itself, so that it changes when the content does."""
    return [Leaf(path, body, lambda body=body: body) for path, body in contents.items()]


def publish(root: Path, contents: Contents, *, minutes: float = 0, **more: object) -> Compiled:
    """Compile the contents, so many minutes after Newroz began."""
    moment = NEWROZ + timedelta(minutes=minutes)
    options = {"signing_key": KEY, "published_at": moment, **more}
    return compile_bundle(root=root, leaves=leaves_of(contents), **options)  # type: ignore[arg-type]  # passed on


def files_in(folder: Path) -> Contents:
    """Read what a web server would find, without what the bundle adds by itself."""
    added = {"manifest.json", "manifest.sig"}
    found: Contents = {}
    waiting = [(folder, "")]
    while waiting:
        place, prefix = waiting.pop()
        for entry in place.iterdir():
            path = prefix + entry.name
            if entry.is_dir():
                waiting.append((entry, f"{path}/"))
            elif path not in added and not path.endswith((".br", ".gz")):
                found[path] = entry.read_bytes()
    return found


@pytest.fixture(scope="package", autouse=True)
def small_pages_are_compressed_both_ways() -> Iterator[None]:
    """The pages of the story are short, and shall have what long ones have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compressing, "SMALLEST", 100)
        patch.setattr(compressing, "BROTLI_FROM", 100)
        yield


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where a site is compiled to."""
    return tmp_path / "site"


@pytest.fixture
def published(root: Path) -> Callable[..., Compiled]:
    """Compile into ``root``."""

    def again(contents: Contents = SITE, **more: object) -> Compiled:
        return publish(root, contents, **more)  # type: ignore[arg-type]  # passed on

    return again
