"""One compile at work: which leaves are kept or made, which folders are woven anew."""

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tadamun.publish.bundle import manifest, paths
from tadamun.publish.bundle.compressing import compressed
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.signing import public_bytes, sign
from tadamun.publish.bundle.state import VERSION, Entry, State, load_state, save_state
from tadamun.publish.bundle.trees import (
    CURRENT,
    TREES,
    Remains,
    Stage,
    current_tree,
    point_current,
    reachable,
    remove_tree,
)

CHECKED_AT_ONCE = 2000
_NAME_LENGTH = 32
_MOMENT = re.compile(rb'"published_at":"([^"]{1,40})"')


class Compilation:
    """The work of one call of ``compile_bundle``, which holds the lock and names the errors."""

    def __init__(
        self, root: Path, key: Ed25519PrivateKey, published_at: datetime, *, grace: float, check_all: bool
    ) -> None:
        self.leaves: dict[str, Entry] = {}
        self.made = 0
        self._root, self._key, self._published_at = root, key, published_at
        self._public = public_bytes(key)
        self._before, self._manifest = _remembered(root)
        self._old = self._before.leaves if self._before else {}
        self._old_folders = self._before.folders if self._before else {}
        self._retired = self._retire_expired(grace)
        self._remains = Remains(root)
        self._remains.sweep({*self._old_folders.values(), *self._retired})
        self._stage = Stage(root)
        self._shares = 1 if check_all else -(-len(self._old) // CHECKED_AT_ONCE) or 1
        self._turn = (self._before.turn + 1) if self._before else 0
        self._makes: dict[str, Callable[[], bytes]] = {}
        self._lines: dict[str, bytes] = {}
        self._touched: set[str] = set()
        self._gone: list[str] = []
        self._refreshed = False

    @property
    def removed(self) -> int:
        """How many leaves are no longer listed."""
        return len(self._gone)

    @property
    def root_tree(self) -> str:
        """The tree that readers see."""
        return current_tree(self._root)

    def take(self, path: str, fingerprint: bytes, make: Callable[[], bytes]) -> None:
        """Keep a leaf or make it; ``BundleError`` for a bad path, one given twice, and whatever ``make`` raises."""
        if path in self.leaves:
            raise BundleError(f"{path}: is listed twice; every path belongs to one leaf.")
        entry = self._old.get(path)
        if entry is None:
            fault = paths.fault_in_leaf(path)
            if fault:
                raise BundleError(f"{path[:200]!r}: {fault}.")
            self._make(path, fingerprint, make)
        elif len(self.leaves) % self._shares == self._turn % self._shares and self._broken(path, entry):
            self._make(path, fingerprint, make)
        elif entry.fingerprint != fingerprint:
            self._make(path, fingerprint, make, old=entry)
        else:
            self.leaves[path] = entry
        self._makes[path] = make

    def finish(self) -> None:
        """Weave the folders that changed, sign the manifest, and show readers the result."""
        self._gone = [path for path in self._old if path not in self.leaves]
        self._touched.update(map(paths.folder_of, self._gone))
        if self._before is None or self._before.public_key != self._public:
            self._touched.add("")
        state = self._woven() if self._touched or self._before is None else self._before
        if self._refreshed and not self._touched:
            state.leaves = {path: self.leaves[path] for path in self._old}
        unseen = current_tree(self._root) != state.root
        if unseen or self._refreshed or self._shares > 1:
            state.turn, state.retired = self._turn, self._retired
            save_state(self._root, state)
        if unseen:
            point_current(self._root, f"{TREES}/{state.root}")
        self._remains.none()

    def abandon(self) -> None:
        """Delete what was made, unless readers see it already."""
        self._stage.discard()

    def _retire_expired(self, grace: float) -> dict[str, float]:
        now = self._published_at.timestamp()
        if self._before is None:
            return dict.fromkeys(reachable(self._root), now)
        if current_tree(self._root) != self._before.root:
            return dict.fromkeys(self._before.retired, now)
        for tree in [tree for tree, since in self._before.retired.items() if abs(now - since) >= grace]:
            remove_tree(self._root, tree)
            del self._before.retired[tree]
        return self._before.retired

    def _broken(self, path: str, entry: Entry) -> bool:
        folder, _, name = path.rpartition("/")
        place = f"{self._root}/{TREES}/{self._old_folders[folder]}/{name}"
        sizes = (("", entry.size), (".br", entry.brotli_size), (".gz", entry.gzip_size))
        try:
            return any(
                os.stat(place + ending, follow_symlinks=False).st_size != size
                for ending, size in sizes
                if size or not ending
            )
        except OSError:
            return True

    def _make(self, path: str, fingerprint: bytes, make: Callable[[], bytes], old: Entry | None = None) -> None:
        try:
            body = make()
            digest = hashlib.sha256(body)
        except Exception as error:
            raise BundleError(f"{path}: could not be made ({type(error).__name__}: {error}).") from error
        self.made += 1
        if old is not None and old.sha256 == digest.digest():
            self.leaves[path] = msgspec.structs.replace(old, fingerprint=fingerprint)
            self._refreshed = True
            return
        folder, _, name = path.rpartition("/")
        small, zipped = compressed(path, body)
        lines = manifest.line(path, digest.hexdigest(), len(body))
        try:
            self._stage.write(folder, name, body)
            for ending, sibling in zip(paths.SIBLINGS, (small, zipped), strict=True):
                if sibling:
                    self._stage.write(folder, name + ending, sibling)
                    lines += manifest.line(path + ending, hashlib.sha256(sibling).hexdigest(), len(sibling))
        except OSError as error:
            raise BundleError(f"{path}: could not be written ({error.strerror}).") from error
        self._lines[path] = lines
        self.leaves[path] = Entry(fingerprint, digest.digest(), len(body), len(small), len(zipped), len(lines))
        self._touched.add(folder)

    def _woven(self) -> State:
        homes = [path.rpartition("/")[0] for path in self.leaves]
        alive = paths.with_ancestors(set(homes))
        paths.refuse_collisions(alive - {""}, self.leaves)
        touched = paths.with_ancestors(self._touched) & alive
        files: dict[str, list[str]] = defaultdict(list)
        for path, folder in zip(self.leaves, homes, strict=True):
            if folder in touched:
                files[folder].append(path)
        children: dict[str, list[str]] = defaultdict(list)
        for folder in alive - {""}:
            parent = folder.rpartition("/")[0]
            if parent in touched:
                children[parent].append(folder)
        folders = {folder: self._old_folders[folder] for folder in alive - touched}
        for folder in sorted(touched - {""}, key=lambda folder: folder.count("/"), reverse=True):
            folders[folder] = self._stage.close(folder, self._weave(folder, files[folder], children[folder], folders))
        self._weave("", files[""], children[""], folders)
        manifest_hash = self._write_manifest()
        folders[""] = self._stage.close("", manifest_hash.hex()[:_NAME_LENGTH])
        self._stage.flush()
        for tree in set(self._old_folders.values()).difference(folders.values()):
            self._retired[tree] = self._published_at.timestamp()
        same_paths = not self._gone and len(self._old) == len(self.leaves)
        ordered = {path: self.leaves[path] for path in (self._old if same_paths else sorted(self.leaves))}
        return State(VERSION, self._public, manifest_hash, ordered, folders, self._retired)

    def _weave(self, folder: str, files: list[str], children: list[str], folders: dict[str, str]) -> str:
        """Fill the new tree of a folder with what is kept of it, and return the hash of its content."""
        digest = hashlib.sha256(folder.encode())
        for path in sorted(files):
            if path not in self._lines:
                self._keep(path)
            entry = self.leaves[path]
            digest.update(b"\0%b\0%b" % (path.encode(), entry.sha256))
        for child in sorted(children):
            self._stage.point(folder, child.rpartition("/")[2], folders[child])
            digest.update(b"\0%b\0%b" % (child.encode(), folders[child].encode()))
        return digest.hexdigest()[:_NAME_LENGTH]

    def _keep(self, path: str) -> None:
        entry = self.leaves[path]
        if self._broken(path, entry):
            self._make(path, entry.fingerprint, self._makes[path])
            return
        folder, _, name = path.rpartition("/")
        tree = self._old_folders[folder]
        self._stage.keep(folder, name, tree)
        if entry.brotli_size:
            self._stage.keep(folder, name + ".br", tree)
        if entry.gzip_size:
            self._stage.keep(folder, name + ".gz", tree)

    def _write_manifest(self) -> bytes:
        changed = dict.fromkeys(self._gone, b"") | self._lines
        old = manifest.Editor(self._manifest, {path: entry.span for path, entry in self._old.items()})
        beginning = manifest.head(self._later_than_before(), self._public)
        written = manifest.whole(beginning, old.entries(changed))
        self._stage.write("", paths.MANIFEST, written)
        self._stage.write("", paths.SIGNATURE, sign(self._key, written))
        return hashlib.sha256(written).digest()

    def _later_than_before(self) -> datetime:
        try:
            with (self._root / CURRENT / paths.MANIFEST).open("rb") as file:
                found = _MOMENT.search(file.read(300))
            before = datetime.fromisoformat(found[1].decode()) if found else None
        except (OSError, ValueError):
            before = None
        now = self._published_at.astimezone(UTC)
        return max(now, before + timedelta(microseconds=1)) if before else now


def _remembered(root: Path) -> tuple[State | None, bytes]:
    """Return the state and the manifest that goes with it, if both fit what readers see; else nothing."""
    state = load_state(root)
    if state is None or current_tree(root) not in {state.root, *state.retired}:
        return None, b""
    try:
        written = (root / TREES / state.root / paths.MANIFEST).read_bytes()
    except OSError:
        return None, b""
    return (state, written) if hashlib.sha256(written).digest() == state.manifest_sha256 else (None, b"")
