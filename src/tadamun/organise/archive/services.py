"""Photos and their pixels. Pixels are files named by the SHA-256 of their content, in one folder of the home.

What is kept was rebuilt from its pixels, so nothing of the camera, the place or the person behind it is left.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.programme.models import Change
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.records import renew_record
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.locks import hold
from tadamun.toolkit.pictures import covered, rebuild

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


def add_photo(*, actor: Actor, home: Path, photo: Photo, data: bytes, now: datetime) -> Photo:
    """Keep a picture and the photo that shows it, last in its week's gallery.

    :raises tadamun.toolkit.pictures.PictureRefused: when it is none that can be taken; nothing is kept then.
    """
    with staging(home) as stage:
        kept = stage.add(data)
        with transaction.atomic():
            add_rebuilt(actor=actor, photo=photo, kept=kept, now=now)
            stage.keep_all()
    return photo


@transaction.atomic
def add_rebuilt(*, actor: Actor, photo: Photo, kept: Kept, now: datetime) -> Photo:
    """Store the photo that shows a picture which is rebuilt already; the caller keeps its pixels in this transaction.

    Its name is made of the activity's, never of the file that came: names that cameras and networks give tell of them.
    """
    photo.sha256, photo.width, photo.height = kept.sha256, kept.width, kept.height
    photo.file = _free_name(photo)
    photo.position = Photo.objects.filter(week=photo.week).aggregate(last=Max("position", default=-1))["last"] + 1
    photo.validate_constraints()
    photo.save()
    note_act(actor=actor, act="add photo", subject=_subject(photo), now=now)
    renew_record([photo.week_id], changed_at=now)
    return photo


def cover(*, actor: Actor, home: Path, photo: Photo, across: float, down: float, part: float, now: datetime) -> None:
    """Paint over a square of a photo, for good: the picture as it was is destroyed.

    ``across`` and ``down`` say where the middle of the square is, ``part`` how long its side is, as parts of the width,
    the height, and the longer of both.

    :raises PixelsMissing: when the picture is not there.
    """
    pixels = open_pixels(home=home, sha256=photo.sha256)
    side = round(max(photo.width, photo.height) * part)
    left, top = round(photo.width * across - side / 2), round(photo.height * down - side / 2)
    painted = covered(pixels, left=left, top=top, side=side)
    with staging(home) as stage:
        kept = stage.add(painted.data)
        with transaction.atomic():
            before = Photo.objects.select_for_update().get(pk=photo.pk).sha256
            if before != photo.sha256:
                raise PixelsMissing("Somebody else has covered a part of this picture meanwhile; look at it again.")
            photo.sha256, photo.width, photo.height = kept.sha256, kept.width, kept.height
            photo.save(update_fields=["sha256", "width", "height"])
            note_act(actor=actor, act="cover part of photo", subject=_subject(photo), now=now)
            renew_record([photo.week_id], changed_at=now)
            stage.keep_all()
            forget_unused_pixels(home=home, names=[before])


def withdraw(*, actor: Actor, photo: Photo, now: datetime) -> None:
    """Those whom it shows do not agree any more: it leaves all pages. The change stands in the history."""
    wanted = {"consent": ConsentState.WITHDRAWN.value}
    changes.change(actor=actor, row=photo, seen=changes.values_of(photo, wanted), wanted=wanted, now=now)


@transaction.atomic
def destroy_photo(*, actor: Actor, home: Path, photo: Photo, now: datetime) -> None:
    """Remove a photo for good, its pixels too, and what the history says of it. Nothing brings it back."""
    subject = _subject(photo)
    Change.objects.filter(thing=Photo._meta.label_lower, row=photo.pk).delete()
    photo.delete()
    note_act(actor=actor, act="destroy photo", subject=subject, now=now)
    renew_record([photo.week_id], changed_at=now)
    forget_unused_pixels(home=home, names=[photo.sha256])


@transaction.atomic
def reorder(*, actor: Actor, photo: Photo, by: int, now: datetime) -> None:
    """Move a photo by one place in the editorial order of its week's gallery: ``by`` is -1 or 1."""
    shown = list(Photo.objects.select_for_update().filter(week=photo.week_id).order_by("position"))
    here = next(place for place, one in enumerate(shown) if one.pk == photo.pk)
    there = min(max(here + by, 0), len(shown) - 1)
    shown.insert(there, shown.pop(here))
    for position, one in enumerate(shown):
        one.position = position
    Photo.objects.bulk_update(shown, ["position"])
    note_act(actor=actor, act="reorder photos", subject=f"week:{photo.week.slug}", now=now)
    renew_record([photo.week_id], changed_at=now)


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


def _free_name(photo: Photo) -> str:
    """A name that no photo of its week has. One that nobody has looked at gets none that a week file could choose."""
    base = photo.activity.slug if photo.activity else photo.week.slug
    if not photo.looked_at:
        return f"photos/{base}-{uuid4().hex[:12]}.png"
    taken = set(Photo.objects.filter(week=photo.week).values_list("file", flat=True))
    names = (f"photos/{base}{f'-{number}' if number > 1 else ''}.png" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _store(home: Path) -> Path:
    return home / "archive"


def _subject(photo: Photo) -> str:
    return f"activity:{photo.activity.uid}" if photo.activity else f"week:{photo.week.slug}"
