"""Keeping a copy of a site that honours every change and withdrawal, from a server that need not be trusted.

``directory/current`` is a link to ``copies/<edition>/``: plain folders that any web server can serve and anyone can
verify.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from tadamun.publish.bundle.compressing import compressed
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.fetching import Fetch, HttpFetch
from tadamun.publish.bundle.manifest import LARGEST, File, Manifest, parse
from tadamun.publish.bundle.paths import MANIFEST, SIBLINGS, SIGNATURE, folder_of, with_ancestors
from tadamun.publish.bundle.signing import fingerprint
from tadamun.publish.bundle.trees import CURRENT, TREES, exclusive, link_or_copy, point_current, sync_all, write_new
from tadamun.publish.bundle.verifying import LARGEST_SIGNATURE, fault_in_signature, file_holds, verify

COPIES = "copies"
_CODINGS = {".br": "br", ".gz": "gzip"}


class Mirrored(NamedTuple):
    """What was done: files fetched (or pressed again here), taken over, gone; the edition, the key's fingerprint."""

    fetched: int
    kept: int
    removed: int
    published_at: str
    key: str


class _Offer(NamedTuple):
    written: bytes
    signature: bytes
    manifest: Manifest


def mirror(
    *,
    url: str,
    directory: Path,
    expected_key: str | None = None,
    fetch: Fetch | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Mirrored:
    """Bring ``directory/current`` to the edition that ``url`` (the site's root) offers.

    The signature is checked before anything else is fetched, every file before it is put in place, and readers go from
    the old edition to the new one at once. What the new edition does not have is deleted. What was fetched before a
    failure is used again by the next call. Without ``expected_key`` the key of the edition held is the one expected.
    ``progress`` is told how many files of how many are there.

    Raises ``BundleError`` with the old edition untouched: unreachable or altered files, another key, an older edition.
    """
    with _fetching(fetch) as get, exclusive(directory, patience=0):
        if (directory / TREES).exists():
            raise BundleError(f"{directory}: holds a site that is compiled here; mirror into a folder of its own.")
        (directory / COPIES).mkdir(exist_ok=True)
        held = _held(directory)
        offer = _offered(get, url, expected_key, held)
        files = offer.manifest.files
        known = held.manifest.files if held else {}
        if held and offer.written == held.written and verify(directory / CURRENT, expected_key=expected_key).sound:
            fetched = 0
        else:
            fetched = _take_over(get, url, directory, offer, progress)
        _clean(directory)
    return Mirrored(
        fetched,
        len(files) - fetched,
        len(known.keys() - files.keys()),
        offer.manifest.published_at.isoformat(),
        fingerprint(offer.manifest.public_key),
    )


@contextmanager
def _fetching(fetch: Fetch | None) -> Iterator[Fetch]:
    if fetch is not None:
        yield fetch
        return
    own = HttpFetch()
    try:
        yield own
    finally:
        own.close()


def _held(directory: Path) -> _Offer | None:
    try:
        written = (directory / CURRENT / MANIFEST).read_bytes()
        return _Offer(written, b"", parse(written))
    except (OSError, BundleError):
        return None


def _offered(get: Fetch, url: str, expected_key: str | None, held: _Offer | None) -> _Offer:
    written = get(_address(url, MANIFEST), LARGEST, "identity")
    signature = get(_address(url, SIGNATURE), LARGEST_SIGNATURE, "identity")
    manifest = parse(written)
    problem = fault_in_signature(written, signature, manifest.public_key, expected_key)
    if problem:
        raise BundleError(problem)
    if held and expected_key is None and manifest.public_key != held.manifest.public_key:
        raise BundleError(
            f"{MANIFEST}: is signed by another key than before, {fingerprint(manifest.public_key)}; ask the publisher, "
            "and name the key that is expected if it is the right one."
        )
    if held and manifest.published_at < held.manifest.published_at:
        raise BundleError(
            f"{MANIFEST}: is of {manifest.published_at.isoformat()}, older than the one held "
            f"({held.manifest.published_at.isoformat()}); nothing goes back."
        )
    return _Offer(written, signature, manifest)


def _take_over(
    get: Fetch, url: str, directory: Path, offer: _Offer, progress: Callable[[int, int], None] | None
) -> int:
    copies = directory / COPIES
    sources = [copies / ".interrupted", directory / CURRENT]
    incoming = copies / ".incoming"
    if incoming.exists():
        shutil.rmtree(sources[0], ignore_errors=True)
        os.replace(incoming, sources[0])
    files = offer.manifest.files
    fetched = 0
    try:
        for folder in sorted(with_ancestors({folder_of(path) for path in files})):
            (incoming / folder).mkdir()
        for number, path in enumerate(sorted(files), 1):
            source = next((source / path for source in sources if file_holds(source / path, files[path])), None)
            if source:
                link_or_copy(str(source), str(incoming / path))
            else:
                write_new(str(incoming / path), _obtained(get, url, incoming, path, files[path]))
                fetched += 1
            if progress:
                progress(number, len(files))
        write_new(str(incoming / MANIFEST), offer.written)
        write_new(str(incoming / SIGNATURE), offer.signature)
        sync_all(directory)
        edition = _free_name(copies, offer.manifest.published_at.strftime("%Y%m%dT%H%M%S%f"))
        os.replace(incoming, copies / edition)
        point_current(directory, f"{COPIES}/{edition}")
    except OSError as error:
        raise BundleError(f"{directory}: the copy could not be written ({error.strerror or error}).") from error
    return fetched


def _free_name(copies: Path, wanted: str) -> str:
    name, attempt = wanted, 0
    while (copies / name).exists():
        attempt += 1
        name = f"{wanted}-{attempt}"
    return name


def _obtained(get: Fetch, url: str, incoming: Path, path: str, expected: File) -> bytes:
    """Return the bytes that were signed, from the first way that gives them.

    A compressed sibling is pressed here from its text, which an equal version of the compressor does to the byte; else
    it is asked for as a content coding, as this software's own server gives it; else by its own name, as a plain server
    does.
    """
    stem, ending = path[:-3], path[-3:]
    ways: list[Callable[[], bytes]] = []
    if ending in SIBLINGS:
        if (incoming / stem).is_file():
            ways.append(lambda: compressed(stem, (incoming / stem).read_bytes())[SIBLINGS.index(ending)])
        ways.append(lambda: get(_address(url, stem), expected.size, _CODINGS[ending]))
    ways.append(lambda: get(_address(url, path), expected.size, "identity"))
    fault = ""
    for way in ways:
        try:
            body = way()
        except BundleError as error:
            fault = str(error)
            continue
        if expected.holds(body):
            return body
        fault = f"{path}: the server's copy is not the one that was signed."
    raise BundleError(f"{fault} The site may have changed meanwhile; run the mirror again.")


def _address(url: str, path: str) -> str:
    return f"{url.rstrip('/')}/{quote(path)}"


def _clean(directory: Path) -> None:
    """Delete every edition but the one that readers see."""
    kept = os.path.basename(os.readlink(directory / CURRENT))
    for copy in (directory / COPIES).iterdir():
        if copy.name != kept:
            shutil.rmtree(copy, ignore_errors=True)
