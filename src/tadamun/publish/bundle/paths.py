"""Which paths a bundle may hold: plain relative ones that mean the same to every file system and web server."""

import re
from collections.abc import Collection, Iterable

from tadamun.publish.bundle.errors import BundleError

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
SIBLINGS = (".br", ".gz")
LONGEST_NAME = 250
LONGEST_PATH = 1024

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\\\\:\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def fault_in(path: str) -> str:
    """Say what is wrong with the path of a file in a bundle, or nothing.

    Hidden names are refused but for ``.well-known`` (RFC 8615) at the front: web servers commonly refuse them too.
    """
    if not path or len(path.encode("utf-8", "replace")) > LONGEST_PATH:
        return "is empty or too long"
    if _FORBIDDEN.search(path):
        return "holds a character that a file name must not hold"
    for place, name in enumerate(path.split("/")):
        if not name:
            return "has an empty part"
        if name.startswith(".") and not (name == ".well-known" and place == 0):
            return "has a part that begins with a dot"
        if len(name.encode()) > LONGEST_NAME:
            return "has a part that is too long"
    return ""


def fault_in_leaf(path: str) -> str:
    """Say what is wrong with the path of a file that is to be compiled, or nothing."""
    if path in {MANIFEST, SIGNATURE}:
        return "is written by the bundle itself"
    if path.endswith(SIBLINGS) or any(f"{ending}/" in path for ending in SIBLINGS):
        return "ends like a compressed sibling (.br, .gz), which the bundle writes itself"
    return fault_in(path)


def folder_of(path: str) -> str:
    """Return the folder that holds the path; the site's own folder is the empty string."""
    return path.rpartition("/")[0]


def with_ancestors(folders: Iterable[str]) -> set[str]:
    """Return the folders, all the folders above them, and the site's own (the empty string)."""
    found = {""}
    for folder in folders:
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]  # noqa: PLW2901  # climbing is the point, and 30,000 are climbed
    return found


def refuse_collisions(folders: Collection[str], files: Collection[str]) -> None:
    """Raise ``BundleError`` where one path is a file and a folder at once."""
    for folder in folders:
        if folder in files:
            raise BundleError(f"{folder}: is a file and a folder at once; rename one of them.")
