"""The folders of the site as a persistent tree, copied only where something changed.

``root/trees/<name>/`` is one folder of the site: its files, and a relative link ``child -> ../<name>`` for each
folder in it. A tree is never changed once it has its name. ``root/current`` is a link to the tree of the site's own
folder, and is replaced by one rename: a reader sees the old site or the new one, whole.
"""

import contextlib
import ctypes
import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tadamun.publish.bundle.errors import BundleBusyError, BundleError

CURRENT = "current"
TREES = "trees"
_FEW = 64
_PAUSE = 0.02


@contextlib.contextmanager
def exclusive(root: Path, *, patience: float) -> Iterator[None]:
    """Work alone in the folder; waits ``patience`` seconds for another to end, then raises ``BundleBusyError``.

    The lock is the kernel's (flock), so a killed process leaves none behind.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("ab") as lock:
        give_up = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= give_up:
                    raise BundleBusyError(
                        f"{root}: another compile is at work here; try again when it ended."
                    ) from error
                time.sleep(_PAUSE)
        yield


def current_tree(root: Path) -> str:
    """Return the name of the tree that readers see, or nothing."""
    try:
        folder, _, name = os.readlink(root / CURRENT).partition("/")
    except OSError:
        return ""
    return name if folder == TREES else ""


def point_current(root: Path, target: str) -> None:
    """Show readers another tree, by one rename; ``target`` is relative to ``root``."""
    draft = root / f"{CURRENT}.new"
    draft.unlink(missing_ok=True)
    os.symlink(target, draft)
    os.replace(draft, root / CURRENT)
    sync_file(root)


def reachable(root: Path) -> set[str]:
    """Return the trees that readers of ``current`` can come to, by following the links."""
    found: set[str] = set()
    waiting = [current_tree(root)]
    while waiting:
        name = waiting.pop()
        if name and name not in found and (root / TREES / name).is_dir():
            found.add(name)
            with os.scandir(root / TREES / name) as entries:
                waiting += [os.path.basename(os.readlink(entry)) for entry in entries if entry.is_symlink()]
    return found


def remove_tree(root: Path, name: str) -> None:
    """Delete one tree. Its links are deleted, never what they lead to."""
    shutil.rmtree(root / TREES / name, ignore_errors=True)


def sync_file(path: str | Path) -> None:
    """Force one file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_all(folder: Path) -> None:
    """Force all that was written to this file system to the disk, and learn of failures (Linux ``syncfs``)."""
    syncfs: Callable[[int], int] | None = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if syncfs(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)


def write_new(path: str, body: bytes) -> None:
    """Write a file that must not exist yet."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o644)
    try:
        written = os.write(handle, body)
        while written < len(body):
            written += os.write(handle, memoryview(body)[written:])
    finally:
        os.close(handle)


def link_or_copy(source: str, target: str) -> None:
    """Give a file a second name; copy it where the file system has no hard links."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


class Stage:
    """New trees in the making. Nothing here is seen by readers, and ``discard`` leaves no trace of it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._trees = f"{root}/{TREES}/"
        self._draft = f"{self._trees}.new-{secrets.token_hex(4)}-"
        self._open: dict[str, str] = {}
        self._done: dict[str, str] = {}
        self._written: list[tuple[str, str]] = []

    def write(self, folder: str, name: str, body: bytes) -> None:
        """Put a new file into a folder of the site."""
        write_new(self._place(folder) + name, body)
        if len(self._written) <= _FEW:
            self._written.append((folder, name))

    def keep(self, folder: str, name: str, tree: str) -> None:
        """Take over a file from an older tree."""
        link_or_copy(f"{self._trees}{tree}/{name}", self._place(folder) + name)

    def point(self, folder: str, name: str, tree: str) -> None:
        """Put a child folder into a folder of the site."""
        os.symlink(f"../{tree}", self._place(folder) + name)

    def close(self, folder: str, wanted: str) -> str:
        """Name the tree of a folder that is complete; returns the name, which differs where ``wanted`` is taken."""
        place = self._place(folder)
        name, attempt = wanted, 0
        while os.path.lexists(self._trees + name):
            attempt += 1
            name = f"{wanted}-{attempt}"
        os.rename(place, self._trees + name)
        del self._open[folder]
        self._done[folder] = name
        return name

    def flush(self) -> None:
        """Force all that was made to the disk, before readers are sent to it."""
        if len(self._written) + len(self._done) > _FEW:
            sync_all(self._root)
            return
        for folder, name in self._written:
            sync_file(f"{self._trees}{self._done[folder]}/{name}")
        for tree in self._done.values():
            sync_file(self._trees + tree)
        sync_file(self._trees)

    def discard(self) -> None:
        """Delete all that was made here, unless readers came to see it."""
        if current_tree(self._root) in self._done.values():
            return
        for place in self._open.values():
            shutil.rmtree(place, ignore_errors=True)
        for tree in self._done.values():
            remove_tree(self._root, tree)

    def _place(self, folder: str) -> str:
        place = self._open.get(folder)
        if place is None:
            place = f"{self._draft}{len(self._open) + len(self._done)}/"
            os.mkdir(place)
            self._open[folder] = place
        return place


class Remains:
    """What a killed compile may have left; a mark on the disk says whether there can be any."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._mark = root / "unfinished"

    def sweep(self, known: set[str]) -> None:
        """Delete trees that nobody knows, if the last compile did not end well; then mark this one as begun."""
        (self._root / TREES).mkdir(exist_ok=True)
        if self._mark.exists():
            for name in os.listdir(self._root / TREES):
                if name not in known:
                    remove_tree(self._root, name)
        try:
            self._mark.touch()
        except OSError as error:
            raise BundleError(f"{self._root}: cannot be written to ({error.strerror}).") from error

    def none(self) -> None:
        """Say that this compile ended well."""
        self._mark.unlink(missing_ok=True)
