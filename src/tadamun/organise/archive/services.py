"""Keeping the pixels of photos: files named by the SHA-256 of their content, in one folder of the home.

What is kept was rebuilt from its pixels, so nothing of the camera, the place or the person behind it is left.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from tadamun.organise.archive.models import Photo
from tadamun.toolkit.locks import hold
from tadamun.toolkit.pictures import rebuild

LOCK = "archive"
_NAME = re.compile(r"[0-9a-f]{64}")


class Kept(NamedTuple):
    """A picture in the store: its name there and its size in pixels."""

    sha256: str
    width: int
    height: int


class PixelsMissing(LookupError):
    """The store has no whole picture of this name; ``str()`` says what to do."""


class Staging:
    """Pictures that are rebuilt but not kept yet. :meth:`keep_all` moves them into the store."""

    def __init__(self, home: Path, folder: Path) -> None:
        self._store, self._folder = _store(home), folder

    def add(self, data: bytes) -> Kept:
        """Rebuild an untrusted picture and put it aside.

        :raises tadamun.toolkit.pictures.PictureRefused: when it is none that can be taken.
        """
        pixels = rebuild(data)
        with (self._folder / pixels.sha256).open("wb") as opened:
            opened.write(pixels.data)
            opened.flush()
            os.fsync(opened.fileno())
        return Kept(pixels.sha256, pixels.width, pixels.height)

    def keep_all(self) -> None:
        """Move everything into the store, each file at once. Call it within a transaction, last of all."""
        hold(LOCK)
        for path in sorted(self._folder.iterdir()):
            if not (self._store / path.name).exists():
                path.replace(self._store / path.name)


@contextmanager
def staging(home: Path) -> Iterator[Staging]:
    """A place for pictures until it is certain that they are kept; what was not kept is removed at the end."""
    _store(home).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="incoming-", dir=home))
    try:
        yield Staging(home, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@transaction.atomic
def keep_pixels(*, home: Path, data: bytes) -> Kept:
    """Rebuild one untrusted picture and keep it.

    :raises tadamun.toolkit.pictures.PictureRefused: when it is none that can be taken; nothing is kept then.
    """
    with staging(home) as stage:
        kept = stage.add(data)
        stage.keep_all()
    return kept


def open_pixels(*, home: Path, sha256: str) -> bytes:
    """The bytes of a kept picture.

    :raises PixelsMissing: when it is not there, or is not what its name says.
    """
    if not _NAME.fullmatch(sha256):
        raise PixelsMissing("The name of a kept picture is the SHA-256 of its content.")
    try:
        data = (_store(home) / sha256).read_bytes()
    except OSError:
        raise PixelsMissing(f"The picture {sha256} is not in the archive; restore it from a backup.") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise PixelsMissing(f"The picture {sha256} is damaged; restore it from a backup.")
    return data


@transaction.atomic
def forget_unused_pixels(*, home: Path, names: Iterable[str]) -> None:
    """Remove those of the named pictures that no photo shows any more."""
    hold(LOCK)
    wanted = set(names)
    used = set(Photo.objects.filter(sha256__in=wanted).values_list("sha256", flat=True))
    for name in wanted - used:
        (_store(home) / name).unlink(missing_ok=True)


def _store(home: Path) -> Path:
    return home / "archive"
