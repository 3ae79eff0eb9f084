"""Checking a copy of the site, wherever it lies: is it what was signed, whole, and nothing else?"""

import hashlib
import os
import stat
from collections import defaultdict
from pathlib import Path
from typing import Literal, NamedTuple

from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.manifest import LARGEST, File, Manifest, parse
from tadamun.publish.bundle.paths import MANIFEST, SIGNATURE, folder_of, with_ancestors
from tadamun.publish.bundle.signing import fingerprint, is_key, signature_holds
from tadamun.publish.bundle.trees import TREES

LARGEST_SIGNATURE = 1024
_CHUNK = 1024 * 1024


class Verdict(NamedTuple):
    """What was found. ``problem`` says in a sentence what makes the manifest or its signature worthless, if so.

    ``key`` is the fingerprint of the key that the manifest names. Without an expected key a good signature says that
    nothing was altered since somebody signed it; who that is, only a fingerprint learned elsewhere tells.
    """

    signature: Literal["good", "bad", "absent"]
    key: str = ""
    published_at: str = ""
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    problem: str = ""

    @property
    def sound(self) -> bool:
        """Say whether every file is the one that was signed, and there is no other."""
        return self.signature == "good" and not (self.problem or self.changed or self.added or self.lost)


def verify(directory: Path, *, expected_key: str | None = None) -> Verdict:
    """Compare a site's folder with its signed manifest; never raises for what lies in it.

    ``directory`` is a bundle's ``current``, a mirror's, or a plain copy. ``expected_key`` is the public key in base64
    or its fingerprint. Links are followed only to sister trees of the same bundle; any other link counts as added, and
    so does whatever is no plain file. A folder that nobody expects is named once, with a slash at its end.
    """
    directory = Path(os.path.realpath(directory))
    try:
        written = _read_capped(directory / MANIFEST, LARGEST)
        manifest = parse(written)
    except OSError as error:
        return Verdict("absent", problem=f"{MANIFEST}: cannot be read ({error.strerror}).")
    except BundleError as error:
        return Verdict("bad", problem=str(error))
    signature, problem = check_signature(directory, written, manifest, expected_key)
    changed, added, lost = _compare(directory, manifest.files)
    return Verdict(
        signature,
        fingerprint(manifest.public_key),
        manifest.published_at.isoformat(),
        tuple(sorted(changed)),
        tuple(sorted(added)),
        tuple(sorted(lost)),
        problem,
    )


def check_signature(
    directory: Path, written: bytes, manifest: Manifest, expected_key: str | None
) -> tuple[Literal["good", "bad", "absent"], str]:
    """Check ``manifest.sig`` beside the manifest; returns the finding and what is wrong, if anything."""
    try:
        signature = _read_capped(directory / SIGNATURE, LARGEST_SIGNATURE)
    except FileNotFoundError:
        return "absent", f"{SIGNATURE}: is missing, so nothing vouches for this copy."
    except (OSError, BundleError) as error:
        return "bad", f"{SIGNATURE}: cannot be read ({error})."
    problem = fault_in_signature(written, signature, manifest.public_key, expected_key)
    return ("bad" if problem else "good"), problem


def fault_in_signature(written: bytes, signature: bytes, public_key: bytes, expected_key: str | None) -> str:
    """Say why the signature is not to be trusted, or nothing."""
    if expected_key is not None and not is_key(expected_key, public_key):
        return f"{MANIFEST}: is signed by another key than expected, with the fingerprint {fingerprint(public_key)}."
    if not signature_holds(public_key, written, signature):
        return f"{SIGNATURE}: does not belong to this manifest; one of them was altered."
    return ""


def file_holds(path: str | Path, expected: File) -> bool:
    """Say whether there is a plain file with exactly these bytes. Reads no more than it must."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size != expected.size:
            return False
        digest = hashlib.sha256()
        try:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        except OSError:
            return False
    return digest.hexdigest() == expected.sha256


def _read_capped(path: Path, most: int) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        body = file.read(most + 1) if os.fstat(handle).st_size <= most else b""
    if not body or len(body) > most:
        raise BundleError(f"{path.name}: is empty or larger than {most} bytes.")
    return body


def _compare(directory: Path, files: dict[str, File]) -> tuple[list[str], list[str], list[str]]:
    changed: list[str] = []
    added: list[str] = []
    expected: dict[str, set[str]] = defaultdict(set)
    for path in files:
        expected[folder_of(path)].add(path.rpartition("/")[2])
    expected[""] |= {MANIFEST, SIGNATURE}
    folders = with_ancestors(expected)
    top = str(directory)
    places: dict[str, str] = {"": top}
    missing = set(files)
    for folder in sorted(folders, key=lambda folder: (folder.count("/"), folder)):
        place = places.get(folder)
        if place is None:
            continue
        for name in _listing(place):
            path = f"{folder}/{name}" if folder else name
            inner = _folder_at(f"{place}/{name}", top)
            if path in folders and inner:
                places[path] = inner
            elif name not in expected[folder]:
                added.append(_readable(f"{path}/" if inner else path))
            elif path in files:
                missing.discard(path)
                if not file_holds(f"{place}/{name}", files[path]):
                    changed.append(path)
    return changed, added, list(missing)


def _readable(path: str) -> str:
    """Return a name that a terminal can show: a stranger chose it."""
    return path if path.isprintable() else ascii(path)[1:-1]


def _listing(place: str) -> list[str]:
    try:
        return os.listdir(place)
    except OSError:
        return []


def _folder_at(place: str, top: str) -> str:
    """Return the real place of a folder, if it is one and lies in this copy or is a sister tree of it; else nothing."""
    if not os.path.isdir(place):
        return ""
    if not os.path.islink(place):
        return place
    target = os.path.realpath(place)
    trees = os.path.dirname(top)
    is_sister = os.path.basename(trees) == TREES and os.path.dirname(target) == trees
    return target if is_sister and os.readlink(place) == f"../{os.path.basename(target)}" else ""
