"""Compiling the site: every file is listed at every call, and only what is new is made.

The order that makes it safe to be killed anywhere: new trees are written and forced to the disk, the state is replaced,
``current`` is replaced. Until the last step readers have the old site, whole; what was left is swept at the next call.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tadamun.publish.bundle.collecting import collecting_seldom
from tadamun.publish.bundle.compilation import Compilation
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.state import load_state, save_state
from tadamun.publish.bundle.trees import current_tree, exclusive, remove_tree

GRACE = 60.0
PATIENCE = 30.0
_PROGRESS_EVERY = 250


class Leaf(NamedTuple):
    """One file of the site.

    ``path`` has no leading slash (``en/weeks/x/index.html``). ``fingerprint`` changes whenever the bytes that ``make``
    returns would; while it stays, ``make`` is not called.
    """

    path: str
    fingerprint: bytes
    make: Callable[[], bytes]


class Compiled(NamedTuple):
    """What a compile did: leaves made, kept and removed; how long it took; the tree that readers see now."""

    written: int
    kept: int
    removed: int
    seconds: float
    tree: str


def compile_bundle(
    *,
    root: Path,
    leaves: Iterable[Leaf],
    signing_key: Ed25519PrivateKey,
    published_at: datetime,
    progress: Callable[[int], None] | None = None,
    grace: float = GRACE,
    patience: float = PATIENCE,
    check_all: bool = False,
) -> Compiled:
    """Make ``root/current`` hold these leaves alone, with their siblings, ``manifest.json`` and ``manifest.sig``.

    ``leaves`` may be a generator; one body is held at a time. ``progress`` is told the number of leaves seen. Trees
    that readers no longer come to are deleted by the first call that begins ``grace`` seconds later, or by ``collect``.
    A kept file that is missing or of another size on the disk is made again: of small sites (up to 2,000 leaves) every
    file is looked at in every call, of larger ones a share in turn, unless ``check_all`` is given.
    ``published_at`` is written into the manifest if anything changed, and moved just after the previous one if it is
    not later, for mirrors refuse to go back.

    Raises ``BundleError`` naming the path, with the old site untouched; ``BundleBusyError`` after ``patience`` seconds.
    """
    started = time.perf_counter()
    if published_at.tzinfo is None:
        raise BundleError("published_at has no time zone; pass a moment in UTC.")
    with exclusive(root, patience=patience), collecting_seldom():
        work = Compilation(root, signing_key, published_at, grace=grace, check_all=check_all)
        try:
            for number, leaf in enumerate(leaves, 1):
                work.take(leaf.path, leaf.fingerprint, leaf.make)
                if progress and number % _PROGRESS_EVERY == 0:
                    progress(number)
            work.finish()
        except BaseException as error:
            work.abandon()
            if isinstance(error, OSError):
                raise BundleError(f"{root}: the site could not be written ({error.strerror or error}).") from error
            raise
    if progress:
        progress(len(work.leaves))
    return Compiled(
        work.made, len(work.leaves) - work.made, work.removed, time.perf_counter() - started, work.root_tree
    )


def collect(*, root: Path, now: datetime, grace: float = GRACE, patience: float = PATIENCE) -> int:
    """Delete the trees that readers left ``grace`` seconds ago, and return how many.

    Compiling does it too; call this some minutes after a withdrawal, so that the withdrawn bytes leave the disk.
    """
    with exclusive(root, patience=patience):
        state = load_state(root)
        if state is None or state.root != current_tree(root):
            return 0
        expired = [tree for tree, since in state.retired.items() if now.timestamp() - since >= grace]
        for tree in expired:
            remove_tree(root, tree)
            del state.retired[tree]
        save_state(root, state)
        return len(expired)
