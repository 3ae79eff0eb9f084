"""Whoever holds a copy can tell whether it is what was signed, whole, and nothing else."""

import base64
import json
import os
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tadamun.publish.bundle import verifying
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.manifest import parse
from tadamun.publish.bundle.signing import create_key, fingerprint, load_key, public_bytes, sign
from tadamun.publish.bundle.verifying import verify
from tests.publish.bundle.conftest import KEY, SITE, page, publish

pytestmark = pytest.mark.pure

PUBLIC = base64.b64encode(public_bytes(KEY)).decode()


@pytest.fixture
def copy(tmp_path: Path, published, root: Path) -> Path:
    """A plain copy of the site, as a partner may hold one."""
    published()
    shutil.copytree(root / "current", tmp_path / "copy")
    return tmp_path / "copy"


def _resign(copy: Path, written: bytes, key: Ed25519PrivateKey = KEY) -> None:
    (copy / "manifest.json").write_bytes(written)
    (copy / "manifest.sig").write_bytes(sign(key, written))


def test_manifest_lists_every_file_a_line_each(copy):
    written = (copy / "manifest.json").read_text()
    read = json.loads(written)
    assert list(read) == ["format", "published_at", "public_key", "files"]
    on_disk = {str(file.relative_to(copy)) for file in copy.rglob("*") if file.is_file()}
    assert set(read["files"]) == on_disk - {"manifest.json", "manifest.sig"}
    assert len(written.splitlines()) == len(read["files"]) + 5
    assert read["public_key"] == PUBLIC
    assert parse(written.encode()).files["en/index.html"].size == len(SITE["en/index.html"])


def test_plain_copy_is_sound_and_says_who_signed(copy):
    verdict = verify(copy)
    assert verdict.sound
    assert verdict.key == fingerprint(public_bytes(KEY))
    assert verify(copy, expected_key=PUBLIC).sound
    assert verify(copy, expected_key=verdict.key).sound
    assert verify(copy, expected_key=verdict.key.replace(" ", "-")).sound
    eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert verify(copy, expected_key=verdict.key.translate(eastern)).sound, "as it may be typed from an Arabic page"


def test_another_key_than_expected_is_not_sound(copy):
    other = base64.b64encode(public_bytes(Ed25519PrivateKey.generate())).decode()
    verdict = verify(copy, expected_key=other)
    assert (verdict.sound, verdict.signature) == (False, "bad")
    assert fingerprint(public_bytes(KEY)) in verdict.problem


def test_changed_added_and_lost_files_are_named(copy):
    (copy / "en/index.html").write_bytes(page("Hime"))
    (copy / "en/weeks/kahramana/index.html.br").write_bytes(b"x")
    (copy / "robots.txt").unlink()
    (copy / "en/new.html").write_bytes(b"x")
    (copy / "casino").mkdir()
    (copy / "casino/index.html").write_bytes(b"x")
    (copy / "en/\x1b[2J.html").write_bytes(b"x")
    verdict = verify(copy)
    assert verdict.signature == "good"
    assert verdict.changed == ("en/index.html", "en/weeks/kahramana/index.html.br")
    assert verdict.added == ("casino/", "en/\\x1b[2J.html", "en/new.html")
    assert verdict.lost == ("robots.txt",)
    assert not verdict.sound


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_flipped_bit_in_any_file_is_found(tmp_path_factory, data):
    site = tmp_path_factory.getbasetemp() / "flipped"
    if not site.exists():
        publish(site, SITE)
    files = sorted(file for file in (site / "trees").rglob("*") if file.is_file() and not file.is_symlink())
    file = data.draw(st.sampled_from(files))
    whole = file.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    if file.name == "manifest.sig" and place == len(whole) - 1:
        return  # the line end after the signature says nothing
    file.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :])
    try:
        assert not verify(site / "current", expected_key=PUBLIC).sound, (file, place, bit)
    finally:
        file.write_bytes(whole)
    assert verify(site / "current", expected_key=PUBLIC).sound


def test_flipped_bit_goes_unseen_without_the_hashes(copy, monkeypatch):
    """Negative control: with the comparison off, the same damage must pass."""
    body = (copy / "en/index.html").read_bytes()
    (copy / "en/index.html").write_bytes(body.replace(b"Home", b"Hone"))
    assert not verify(copy).sound
    monkeypatch.setattr(verifying, "file_holds", lambda *_: True)
    assert verify(copy).sound


def test_manifest_changed_with_its_files_is_not_sound_without_the_key(copy):
    forged = (copy / "manifest.json").read_bytes().replace(b'"size":', b'"size":1', 1)
    (copy / "manifest.json").write_bytes(forged)
    assert verify(copy).signature == "bad"
    thief = Ed25519PrivateKey.generate()
    stolen = base64.b64encode(public_bytes(thief))
    written = (copy / "manifest.json").read_bytes().replace(b'"size":1', b'"size":', 1).replace(PUBLIC.encode(), stolen)
    _resign(copy, written, thief)
    assert verify(copy).sound, "anyone can sign anything: hence the expected key"
    assert not verify(copy, expected_key=PUBLIC).sound


def test_missing_signature_or_manifest_is_said(copy):
    (copy / "manifest.sig").unlink()
    assert verify(copy).signature == "absent"
    assert not verify(copy).sound
    (copy / "manifest.json").unlink()
    assert "cannot be read" in verify(copy).problem
    assert not verify(copy / "nowhere").sound


def _with_file(name: str, *, size: object = 1, sha256: str = "0" * 64) -> bytes:
    entry = json.dumps({name: {"sha256": sha256, "size": size}}, ensure_ascii=False, separators=(",", ":"))[1:-1]
    beginning = (
        f'{{"format":"tadamun-bundle/1",\n"published_at":"2026-03-21T10:00:00.000000Z",\n"public_key":"{PUBLIC}",\n'
    )
    return f'{beginning}"files":{{\n{entry}\n}}}}\n'.encode()


HOSTILE = {
    "climbs out": _with_file("../../etc/passwd"),
    "absolute": _with_file("/etc/passwd"),
    "climbs in the middle": _with_file("en/../../x"),
    "hidden": _with_file("en/.htaccess"),
    "lists itself": _with_file("manifest.json"),
    "line end in a name": _with_file("en/a\nb"),
    "negative size": _with_file("a", size=-1),
    "size in words": _with_file("a", size="1"),
    "no hash": _with_file("a", sha256="xyz"),
    "not JSON": b"<html>",
    "empty": b"",
    "a list": b"[]",
    "not UTF-8": b'{"format":"\xff"}',
    "deep": b"[" * 100_000,
    "unknown field": _with_file("a").replace(b'"files"', b'"more":1,\n"files"'),
    "other format": _with_file("a").replace(b"bundle/1", b"bundle/2"),
    "short key": _with_file("a").replace(PUBLIC.encode(), b"AAAA"),
    "time in words": _with_file("a").replace(b"2026-03-21T", b"today"),
    "other spelling": _with_file("a").replace(b'"size":1', b'"size": 1'),
    "name given twice": _with_file("a").replace(b"\n}}", b',\n"a":{"sha256":"' + b"1" * 64 + b'","size":1}\n}}'),
    "escaped name": _with_file("a").replace(b'"a"', b'"\\u0061"'),
    "file and folder": _with_file("a").replace(b"\n}}", b',\n"a/b":{"sha256":"' + b"1" * 64 + b'","size":1}\n}}'),
}


@pytest.mark.parametrize("written", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_manifest_is_refused_even_if_it_is_signed(copy, written):
    _resign(copy, written)
    verdict = verify(copy)
    assert verdict.problem.startswith("manifest.json: ")
    assert not verdict.sound
    with pytest.raises(BundleError):
        parse(written)


def test_hostile_examples_are_refused_for_what_is_hostile_in_them():
    """Negative control: the same manifest with an honest name is read."""
    assert parse(_with_file("a")).files.keys() == {"a"}


def test_huge_manifest_is_not_read(copy):
    with (copy / "manifest.json").open("r+b") as file:
        file.truncate(10**10)
    assert "larger than" in verify(copy).problem


def test_links_lead_nowhere_but_to_sister_trees(copy, tmp_path, root):
    outside = tmp_path / "outside"
    shutil.copytree(copy / "en", outside)
    shutil.rmtree(copy / "en")
    os.symlink("../outside", copy / "en")
    verdict = verify(copy)
    assert "en" in verdict.added
    assert "en/index.html" in verdict.lost
    tree = Path(os.path.realpath(root / "current"))
    (tree / "ar").unlink()
    os.symlink("../../../outside", tree / "ar")
    assert "ar/index.html" in verify(root / "current").lost


def test_file_that_is_a_link_or_a_pipe_is_not_taken_for_a_file(copy, tmp_path):
    os.replace(copy / "robots.txt", tmp_path / "robots.txt")
    os.symlink(tmp_path / "robots.txt", copy / "robots.txt")
    (copy / "en/404.html").unlink()
    os.mkfifo(copy / "en/404.html")
    assert verify(copy).changed == ("en/404.html", "robots.txt")


def test_ring_of_links_ends(root, published):
    published()
    tree = Path(os.path.realpath(root / "current/en/weeks"))
    os.symlink(f"../{tree.name}", tree / "again")
    assert verify(root / "current").added == ("en/weeks/again/",)


def test_key_is_kept_for_its_owner_alone_and_never_overwritten(tmp_path):
    place = tmp_path / "keys/site.pem"
    key = create_key(place)
    assert place.stat().st_mode & 0o777 == 0o600
    assert public_bytes(load_key(place)) == public_bytes(key)
    assert os.listdir(place.parent) == ["site.pem"]
    with pytest.raises(BundleError, match="holds a key already"):
        create_key(place)
    place.chmod(0o644)
    with pytest.raises(BundleError, match="chmod 600"):
        load_key(place)


def test_key_that_cannot_be_used_is_said_to_be_so(tmp_path):
    place = tmp_path / "site.pem"
    with pytest.raises(BundleError, match="cannot be read"):
        load_key(place)
    place.touch(0o600)
    with pytest.raises(BundleError, match="no unencrypted PEM key"):
        load_key(place)


def test_fingerprint_can_be_read_aloud():
    groups = fingerprint(public_bytes(KEY)).split(" ")
    assert [len(group) for group in groups] == [5] * 8
    assert "".join(groups).isdecimal()
