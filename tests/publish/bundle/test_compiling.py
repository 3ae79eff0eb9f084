"""The site on the disk is the site that was listed, and only what changed is made again."""

import contextlib
import gc
import gzip
import os
import threading
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tadamun.publish.bundle import compilation, trees
from tadamun.publish.bundle.errors import BundleBusyError, BundleError
from tadamun.publish.bundle.signing import fingerprint, public_bytes
from tadamun.publish.bundle.store import Leaf, collect, compile_bundle
from tadamun.publish.bundle.verifying import verify
from tests.publish.bundle.conftest import KEY, NEWROZ, SITE, files_in, leaves_of, page, publish

pytestmark = pytest.mark.pure


def _inode(path: Path) -> int:
    return path.stat().st_ino


def test_site_on_disk_is_the_site_listed(root, published):
    done = published()
    assert (done.written, done.kept, done.removed) == (len(SITE), 0, 0)
    assert files_in(root / "current") == SITE
    assert verify(root / "current").sound


def test_compressed_siblings_hold_the_same_text_and_only_where_smaller(root, published):
    published()
    home = root / "current/en/index.html"
    assert brotli.decompress(home.with_name("index.html.br").read_bytes()) == SITE["en/index.html"]
    assert gzip.decompress(home.with_name("index.html.gz").read_bytes()) == SITE["en/index.html"]
    assert home.with_name("index.html.gz").read_bytes()[4:8] == bytes(4), "no time in it: the same bytes each time"
    assert not (root / "current/robots.txt.gz").exists(), "would be larger"
    assert not (root / "current/media/9f86d081884c7d65.jpg.br").exists(), "is no text"


def test_unchanged_site_makes_no_new_tree_and_keeps_its_manifest(root, published):
    first = published()
    manifest = (root / "current/manifest.json").read_bytes()
    second = published(minutes=5)
    assert (second.written, second.kept, second.tree) == (0, len(SITE), first.tree)
    assert (root / "current/manifest.json").read_bytes() == manifest


def test_what_is_kept_is_not_made(root):
    def fail() -> bytes:
        raise AssertionError("was made")

    publish(root, SITE)
    kept = [Leaf(path, body, fail) for path, body in SITE.items()]
    assert compile_bundle(root=root, leaves=kept, signing_key=KEY, published_at=NEWROZ).kept == len(SITE)


def test_change_copies_only_the_folders_above_it(root, published):
    published()
    names = ("current/en", "current/en/weeks/kahramana", "current/ar", "current/en/weeks/women-s-day")
    before = {name: os.path.realpath(root / name) for name in names}
    kept_file = _inode(root / "current/en/404.html")
    done = published(SITE | {"en/weeks/kahramana/bike-race/index.html": page("Bicycle race, postponed")}, minutes=1)
    after = {name: os.path.realpath(root / name) for name in names}
    assert done.written == 1
    assert [name for name in names if after[name] != before[name]] == ["current/en", "current/en/weeks/kahramana"]
    assert _inode(root / "current/en/404.html") == kept_file, "unchanged files are linked, not copied"
    assert verify(root / "current").sound


def test_new_fingerprint_with_the_same_bytes_changes_nothing(root, published):
    first = published()
    same = [Leaf(path, b"new" + body, lambda body=body: body) for path, body in SITE.items()]
    done = compile_bundle(root=root, leaves=same, signing_key=KEY, published_at=NEWROZ + timedelta(minutes=1))
    assert (done.written, done.tree) == (len(SITE), first.tree)
    again = compile_bundle(root=root, leaves=same, signing_key=KEY, published_at=NEWROZ + timedelta(minutes=1))
    assert again.written == 0


def test_withdrawn_page_is_gone_with_its_empty_folders(root, published):
    published()
    rest = {path: body for path, body in SITE.items() if not path.startswith("en/weeks/")}
    assert published(rest, minutes=1).removed == 3
    assert files_in(root / "current") == rest
    assert not (root / "current/en/weeks").exists()


def test_withdrawn_bytes_leave_the_disk_after_the_grace(root, published):
    published()
    published({"en/index.html": page("Home")}, minutes=1)
    secret = page("Bicycle race")

    def on_disk() -> bool:
        return any(file.is_file() and file.read_bytes() == secret for file in (root / "trees").glob("*/*"))

    assert on_disk(), "readers on their way still find it"
    assert collect(root=root, now=NEWROZ + timedelta(minutes=1, seconds=30)) == 0
    assert on_disk()
    assert collect(root=root, now=NEWROZ + timedelta(minutes=3)) > 0
    assert not on_disk()
    assert verify(root / "current").sound


def test_next_compile_collects_too(root, published):
    for minute in range(10):
        published({"en/index.html": page(f"Home {minute}")}, minutes=minute * 2)
    assert len(list((root / "trees").iterdir())) == 4, "this generation and the one before, two folders each"


@pytest.mark.parametrize(
    "path",
    [
        "", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", ".hidden", "a/.git/config", "a\\b", "a\nb", "a\0b",
        "manifest.json", "manifest.sig", "a.html.br", "a.html.gz", "a.gz/b", "x" * 300, "a/.well-known/b", "a\u202eb",
    ],
)  # fmt: skip
def test_path_that_no_server_should_see_is_refused(root, published, path):
    published()
    with pytest.raises(BundleError):
        published(SITE | {path: b"x"})
    assert files_in(root / "current") == SITE


def test_path_given_twice_is_refused(root):
    leaves = [*leaves_of(SITE), *leaves_of({"en/index.html": b"other"})]
    with pytest.raises(BundleError, match=r"en/index.html: is listed twice"):
        compile_bundle(root=root, leaves=leaves, signing_key=KEY, published_at=NEWROZ)


def test_file_and_folder_of_one_name_are_refused(root, published):
    with pytest.raises(BundleError, match="en/weeks: is a file and a folder"):
        published(SITE | {"en/weeks": b"x"})


def test_error_in_making_a_page_leaves_the_old_site_and_names_the_path(root, published):
    published()
    held = sorted(os.listdir(root / "trees"))

    def fail() -> bytes:
        raise KeyError("title")

    leaves = [*leaves_of(SITE | {"en/index.html": page("New")}), Leaf("en/broken/index.html", b"1", fail)]
    with pytest.raises(BundleError, match=r"en/broken/index.html: could not be made \(KeyError"):
        compile_bundle(root=root, leaves=leaves, signing_key=KEY, published_at=NEWROZ)
    assert files_in(root / "current") == SITE
    assert sorted(os.listdir(root / "trees")) == held, "nothing half-written is left"
    assert published(SITE | {"en/index.html": page("New")}, minutes=1).written == 1


def test_full_disk_leaves_the_old_site_and_names_the_path(root, published, monkeypatch):
    published()
    held = sorted(os.listdir(root / "trees"))
    write = os.write

    def full(handle: int, body: bytes) -> int:
        if b"New" in bytes(body):
            raise OSError(28, "No space left on device")
        return write(handle, body)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(BundleError, match=r"en/index.html: could not be written \(No space left on device\)"):
        published(SITE | {"en/index.html": page("New")})
    assert files_in(root / "current") == SITE
    assert sorted(os.listdir(root / "trees")) == held


@pytest.mark.parametrize("step", ["flush", "close", "point"])
def test_failure_at_any_later_step_leaves_the_old_site(root, published, monkeypatch, step):
    published()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trees.Stage, step, full)
    with pytest.raises(BundleError, match="No space left"):
        published(SITE | {"en/index.html": page("New")})
    assert files_in(root / "current") == SITE
    monkeypatch.undo()
    assert published(SITE | {"en/index.html": page("New")}).written == 1
    assert verify(root / "current").sound


@pytest.mark.parametrize("killed", [False, True])
def test_end_between_state_and_swap_is_made_good(root, published, monkeypatch, killed):
    """The state knows the new site, readers see the old one: neither may be swept, however late the next call."""
    published()
    new = SITE | {"en/index.html": page("New")}

    def end(*_: object) -> None:
        raise OSError(5, "Input/output error")

    def fail() -> bytes:
        raise ValueError

    monkeypatch.setattr(compilation, "point_current", end)
    if killed:
        monkeypatch.setattr(compilation.Compilation, "abandon", lambda _: None)
    with pytest.raises(BundleError):
        published(new)
    monkeypatch.undo()
    broken = [*leaves_of(new), Leaf("broken.html", b"", fail)]
    with pytest.raises(BundleError, match="broken"):
        compile_bundle(root=root, leaves=broken, signing_key=KEY, published_at=NEWROZ + timedelta(hours=1))
    assert verify(root / "current").sound
    assert files_in(root / "current") == SITE
    published(new, minutes=120)
    assert files_in(root / "current") == new
    assert collect(root=root, now=NEWROZ + timedelta(minutes=120, seconds=30)) == 0, "readers left it just now"
    assert collect(root=root, now=NEWROZ + timedelta(minutes=122)) > 0
    assert verify(root / "current").sound


@pytest.mark.parametrize("damage", [None, b"", b"\0" * 500, b"half"])
def test_lost_or_damaged_state_means_one_full_compile(root, published, damage):
    published()
    state = root / "state.msgpack"
    whole = state.read_bytes()
    if damage is None:
        state.unlink()
    else:
        state.write_bytes(whole[: len(whole) // 2] if damage == b"half" else damage)
    assert published(minutes=1).written == len(SITE)
    assert files_in(root / "current") == SITE
    assert verify(root / "current").sound
    assert published(minutes=2).written == 0


def test_every_flipped_bit_of_the_state_is_noticed(root, published):
    published({"en/index.html": page("Home")})
    whole = (root / "state.msgpack").read_bytes()
    for place in range(0, len(whole), 7):
        (root / "state.msgpack").write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert compilation._remembered(root) == (None, b""), place


def test_state_of_another_edition_is_not_believed(root, published, tmp_path):
    """After a restore from a backup, the state may be older than the site."""
    published()
    old = (root / "state.msgpack").read_bytes()
    for minute in (1, 3, 5):
        published({"en/index.html": page(f"Home {minute}")}, minutes=minute)
    (root / "state.msgpack").write_bytes(old)
    assert published(minutes=7).written == len(SITE)
    assert verify(root / "current").sound


@pytest.mark.parametrize("name", ["index.html", "index.html.br", "index.html.gz"])
@pytest.mark.parametrize("damage", ["missing", "shorter"])
def test_kept_file_that_is_missing_or_shorter_is_made_again(root, published, name, damage):
    published()
    file = root / "current/en/weeks/kahramana" / name
    if damage == "missing":
        file.unlink()
    else:
        os.truncate(file, 5)
    assert not verify(root / "current").sound
    assert published(minutes=1).written == 1
    assert verify(root / "current").sound


def test_large_site_is_looked_over_in_turns(root, published, monkeypatch):
    monkeypatch.setattr(compilation, "CHECKED_AT_ONCE", 5)
    published()
    (root / "current/en/weeks/women-s-day/index.html").unlink()
    assert sum(published(minutes=minute).written for minute in range(1, 4)) == 1, "13 leaves, 5 at a time"
    assert verify(root / "current").sound
    (root / "current/en/weeks/women-s-day/index.html").unlink()
    published(minutes=10, check_all=True)
    assert verify(root / "current").sound


def test_touched_folder_is_looked_over_whatever_the_turn(root, published, monkeypatch):
    monkeypatch.setattr(compilation, "CHECKED_AT_ONCE", 1)
    published()
    for minute in range(3):
        os.truncate(root / "current/en/404.html", 3)
        published(SITE | {"en/index.html": page(f"New {minute}")}, minutes=minute)
        assert verify(root / "current").sound


def test_new_key_signs_anew(root, published):
    published()
    other = Ed25519PrivateKey.generate()
    assert published(minutes=1, signing_key=other).written == 0
    assert verify(root / "current", expected_key=fingerprint(public_bytes(other))).sound
    assert published(minutes=2, signing_key=other).tree == os.path.basename(os.readlink(root / "current"))


def test_published_at_never_goes_back(root, published):
    published(minutes=10)
    published({"en/index.html": page("Home")}, minutes=5)
    assert verify(root / "current").published_at == "2026-03-21T10:10:00.000001+00:00"


def test_moment_without_time_zone_is_refused(root):
    with pytest.raises(BundleError, match="time zone"):
        compile_bundle(root=root, leaves=[], signing_key=KEY, published_at=NEWROZ.replace(tzinfo=None))


def test_second_compile_waits_or_says_that_it_cannot(root, published):
    entered, leave = threading.Event(), threading.Event()

    def slow() -> bytes:
        entered.set()
        leave.wait(5)
        return b"slow"

    first = threading.Thread(
        target=lambda: compile_bundle(
            root=root, leaves=[Leaf("slow.txt", b"1", slow)], signing_key=KEY, published_at=NEWROZ
        )
    )
    first.start()
    assert entered.wait(5)
    with pytest.raises(BundleBusyError, match="another compile is at work"):
        published(patience=0)
    threading.Timer(0.05, leave.set).start()
    published(patience=5, minutes=1)
    first.join()
    assert files_in(root / "current") == SITE


def test_empty_site_is_a_site(root, published):
    published({})
    assert verify(root / "current").sound
    published()
    published({}, minutes=1)
    assert verify(root / "current").sound
    assert files_in(root / "current") == {}


@pytest.mark.parametrize("fails", [False, True])
def test_collector_of_garbage_is_left_as_it_was(root, fails):
    def body() -> bytes:
        assert gc.get_threshold() != before
        assert gc.get_freeze_count() > 0
        if fails:
            raise ValueError
        return b"x"

    before = gc.get_threshold()
    with pytest.raises(BundleError) if fails else contextlib.nullcontext():
        compile_bundle(root=root, leaves=[Leaf("a.txt", b"1", body)], signing_key=KEY, published_at=NEWROZ)
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_progress_is_told(root):
    told: list[int] = []
    compile_bundle(root=root, leaves=leaves_of(SITE), signing_key=KEY, published_at=NEWROZ, progress=told.append)
    assert told[-1] == len(SITE)


_NAMES = st.sampled_from(["a", "b", "a.html", "a.html-x", "a.html.x", "ب", "c.txt"])
_PATHS = st.lists(_NAMES, min_size=1, max_size=4).map("/".join)
_BODIES = st.sampled_from([b"", b"x", page("one"), page("two"), bytes(300)])


def _without_collisions(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {
        path: body for path, body in contents.items() if not any(other.startswith(f"{path}/") for other in contents)
    }


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dictionaries(_PATHS, _BODIES, max_size=12).map(_without_collisions), min_size=1, max_size=5))
def test_any_sequence_of_sites_ends_as_the_last_one(tmp_path_factory, sites):
    root = tmp_path_factory.mktemp("any")
    for number, contents in enumerate(sites):
        publish(root, contents, minutes=number)
        assert files_in(root / "current") == contents
        assert verify(root / "current").sound
    fresh = tmp_path_factory.mktemp("fresh")
    publish(fresh, sites[-1], minutes=99)
    ours, theirs = ((place / "current/manifest.json").read_bytes().splitlines()[3:] for place in (root, fresh))
    assert ours == theirs, "step by step gives the manifest that one step gives"
