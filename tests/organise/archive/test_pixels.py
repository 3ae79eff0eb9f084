"""The store of pictures: pixels only, whole or not at all, and gone when no photo shows them any more."""

import io
from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image

from tadamun.organise.archive.services import (
    PixelsMissing,
    forget_unused_pixels,
    keep_pixels,
    open_pixels,
    staging,
)
from tadamun.toolkit.pictures import PictureRefused

pytestmark = pytest.mark.django_db


def picture(colour: str = "navy") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 5), colour).save(buffer, "JPEG", comment=b"taken at home")
    return buffer.getvalue()


def test_kept_picture_opens_by_its_name_and_holds_pixels_only(tmp_path: Path) -> None:
    kept = keep_pixels(home=tmp_path, data=picture())
    data = open_pixels(home=tmp_path, sha256=kept.sha256)
    assert (kept.width, kept.height) == Image.open(io.BytesIO(data)).size == (8, 5)
    assert b"taken at home" in picture()
    assert b"taken at home" not in data


def test_same_picture_is_kept_once(tmp_path: Path) -> None:
    first, second = keep_pixels(home=tmp_path, data=picture()), keep_pixels(home=tmp_path, data=picture())
    assert first == second
    assert [path.name for path in (tmp_path / "archive").iterdir()] == [first.sha256]


def test_refused_picture_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(PictureRefused):
        keep_pixels(home=tmp_path, data=b"<svg/>")
    assert [path.name for path in tmp_path.rglob("*")] == ["archive"]


def test_staged_pictures_are_kept_only_when_told(tmp_path: Path) -> None:
    with staging(tmp_path) as stage:
        stage.add(picture())
    assert [path.name for path in tmp_path.rglob("*")] == ["archive"]
    with staging(tmp_path) as stage, transaction.atomic():
        kept = stage.add(picture())
        stage.keep_all()
    assert [path.name for path in tmp_path.rglob("*")] == ["archive", kept.sha256]


@pytest.mark.parametrize("name", ["0" * 64, "../secret", "", "0" * 63 + "/"])
def test_missing_picture_is_said_clearly(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(PixelsMissing):
        open_pixels(home=tmp_path, sha256=name)


def test_damaged_picture_is_not_handed_out(tmp_path: Path) -> None:
    kept = keep_pixels(home=tmp_path, data=picture())
    with (tmp_path / "archive" / kept.sha256).open("ab") as opened:
        opened.write(b"more")
    with pytest.raises(PixelsMissing, match="damaged"):
        open_pixels(home=tmp_path, sha256=kept.sha256)


def test_unused_pictures_are_forgotten(tmp_path: Path) -> None:
    kept = keep_pixels(home=tmp_path, data=picture())
    other = keep_pixels(home=tmp_path, data=picture("gold"))
    forget_unused_pixels(home=tmp_path, names=[kept.sha256, "1" * 64])
    assert [path.name for path in (tmp_path / "archive").iterdir()] == [other.sha256]
