"""A week file comes with its photos in one ZIP: all of it or nothing, and nothing but the pixels of what it names."""

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.services import open_pixels
from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Week
from tadamun.weekfile import packed
from tests.characters import Character, make_world

pytestmark = pytest.mark.django_db
SECRET = "the camera of Layla"
WEEK = """\
format: tadamun-week/1
week:
  slug: spring-week
  form: week
  titles: Spring week
  start: 2099-03-21
  end: 2099-03-28
  involvements:
    - {type: organiser, organisation: our-forum, sign_off: accepted}
"""
GALLERY = """\
photos:
  - {file: photos/bridge.png, caption: The bridge, consent: nobody_shown}
  - {file: photos/café.png, caption: Coffee, consent: nobody_shown}
"""
Entry = tuple[str | zipfile.ZipInfo, bytes]


@pytest.fixture
def layla(db: None) -> Client:
    return make_world().client(Character.COORDINATOR)


def picture(colour: str = "navy") -> bytes:
    buffer, notes = io.BytesIO(), PngInfo()
    notes.add_text("Comment", SECRET)
    Image.new("RGB", (6, 4), colour).save(buffer, "PNG", pnginfo=notes)
    return buffer.getvalue()


def entries(folder: str = "spring-week/", text: str = WEEK + GALLERY) -> list[Entry]:
    """A folder as a Mac packs it: a folder on top, its own leavings, letters and their marks apart."""
    return [
        (f"{folder}week.yaml", text.encode()),
        (f"{folder}photos/bridge.png", picture()),
        (f"{folder}photos/cafe\u0301.png", picture("teal")),
        (f"{folder}photos/unnamed.png", picture("red")),
        ("__MACOSX/week.yaml", b"\x00\x05\x16\x07"),
    ]


def a_zip(found: list[Entry], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as made:
        for name, content in found:
            made.writestr(name, content)
    return buffer.getvalue()


def upload(client: Client, content: bytes, home: Path) -> str:
    """What the page answers; for a week that was taken in, where it leads."""
    with override_settings(HOME=home):
        answer = client.post(reverse("begin_from_file"), {"file": SimpleUploadedFile("week.zip", content)})
    return answer.headers.get("Location") or answer.content.decode()


def nothing_is_left(home: Path) -> bool:
    return (
        not Week.objects.exists()
        and not Photo.objects.exists()
        and not [one for one in home.rglob("*") if one.is_file()]
    )


@pytest.mark.parametrize("folder", ["", "spring-week/"])
def test_photos_come_along_as_bare_pixels(layla: Client, tmp_path: Path, folder: str) -> None:
    assert upload(layla, a_zip(entries(folder)), tmp_path) == reverse("week", args=["spring-week"])
    photos = Photo.objects.order_by("position")
    assert [photo.caption for photo in photos] == [{"en": "The bridge"}, {"en": "Coffee"}]
    for photo in photos:
        assert SECRET.encode() not in open_pixels(home=tmp_path, sha256=photo.sha256)
    assert SECRET.encode() in picture(), "the control: it was in what came"
    assert len([one for one in tmp_path.rglob("*") if one.is_file()]) == 2, "what is not named is not kept"


def test_the_same_zip_twice_changes_nothing(layla: Client, tmp_path: Path) -> None:
    upload(layla, a_zip(entries()), tmp_path)
    before = list(Photo.objects.order_by("pk").values())
    assert upload(layla, a_zip(entries(), zipfile.ZIP_STORED), tmp_path) == reverse("week", args=["spring-week"])
    assert list(Photo.objects.order_by("pk").values()) == before


def test_each_photo_that_cannot_be_taken_is_named_with_its_line_and_a_remedy(layla: Client, tmp_path: Path) -> None:
    wrong = entries()
    wrong[1] = ("spring-week/photos/bridge.png", b"<svg onload='x'/>")
    del wrong[2]
    page = upload(layla, a_zip(wrong), tmp_path)
    assert "Line 11" in page
    assert "SVG drawings can carry programs" in page
    assert "Line 12" in page
    assert "Put it beside the week file" in page
    assert nothing_is_left(tmp_path)


def test_a_photo_that_is_damaged_in_the_zip_is_named(layla: Client, tmp_path: Path) -> None:
    content = a_zip(entries(), zipfile.ZIP_STORED)
    broken = content.replace(picture()[-30:], b"\x01" * 30)
    page = upload(layla, broken, tmp_path)
    assert "photos/bridge.png” cannot be read: it is damaged in the ZIP" in page
    assert nothing_is_left(tmp_path)


def a_link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("photos/bridge.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def locked() -> bytes:
    content = bytearray(a_zip(entries("")[:1]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a link": (lambda: a_zip([("week.yaml", (WEEK + GALLERY).encode()), (a_link(), b"/etc/passwd")]), "only a link"),
    "a password": (locked, "packed with a password"),
    "an unusual way": (lambda: a_zip(entries(), zipfile.ZIP_LZMA), "packed in an unusual way"),
    "dense": (lambda: a_zip([*entries(), ("zeros", bytes(9_000_000))]), "far too large"),
    "many": (lambda: a_zip([*entries(), *((f"{n}", b"") for n in range(packed.MOST_FILES))]), "too many files"),
    "very many": (lambda: a_zip([(f"{n:0>60}", b"") for n in range(9_500)]), "too many files"),
    "twice": (lambda: a_zip([*entries(""), ("photos/café.png", picture())]), "twice"),
    "no week": (lambda: a_zip(entries()[1:]), "no week.yaml"),
    "two weeks": (lambda: a_zip([*entries(), *entries("")[:1]]), "more than one"),
    "cut off": (lambda: a_zip(entries())[:-40], "damaged"),
    "nonsense": (lambda: packed.MAGIC + b"\x00" * 500, "damaged"),
    "no list": (lambda: packed.MAGIC + b"PK\x05\x06", "damaged"),
    "a heavy week": (lambda: a_zip([("week.yaml", WEEK.encode() + b"# \xd8\xa7" * 1_500_000)]), "far too large"),
}


@pytest.mark.parametrize("sort", HOSTILE)
def test_a_hostile_zip_is_refused_with_its_reason_and_leaves_nothing(layla: Client, tmp_path: Path, sort: str) -> None:
    made, says = HOSTILE[sort]
    assert says in upload(layla, made(), tmp_path)
    assert nothing_is_left(tmp_path)


def test_no_name_leads_out_of_the_folder(layla: Client, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("../../evil.png", "/evil.png", "photos/../../../evil.png"):
        gallery = f"photos:\n  - {{file: {name}, caption: x, consent: nobody_shown}}\n"
        page = upload(layla, a_zip([("week.yaml", (WEEK + gallery).encode()), (name, picture())]), home)
        assert "cannot be the name of a file beside the week file" in page
    assert nothing_is_left(tmp_path)


def test_only_so_many_photos_come_along_at_once(layla: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_PHOTOS", 1)
    assert "names 2 photos; at most 1 come along" in upload(layla, a_zip(entries()), tmp_path)
    assert nothing_is_left(tmp_path)


def test_a_zip_larger_than_any_is_refused_unread(
    layla: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tadamun.desk.forms.board.LARGEST_ZIP", 100)
    assert "The file is larger than" in upload(layla, a_zip(entries()), tmp_path)
    assert nothing_is_left(tmp_path)


def test_pictures_are_not_kept_when_the_file_speaks_for_others(layla: Client, tmp_path: Path) -> None:
    renamed = "organisations:\n  - {slug: their-forum, kind: forum, names: Renamed}\n"
    assert "says other things of" in upload(layla, a_zip(entries(text=WEEK + renamed + GALLERY)), tmp_path)
    assert Organisation.objects.get(slug="their-forum").names == {"en": "Their Forum"}
    assert nothing_is_left(tmp_path)
