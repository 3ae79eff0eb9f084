"""From the system to a week file: the document of a week, with all that it refers to, and its folder."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.services import PixelsMissing, open_pixels
from tadamun.organise.programme.models import Activity, Week
from tadamun.weekfile import document as form
from tadamun.weekfile.normal import normal
from tadamun.weekfile.parts import parts_of
from tadamun.weekfile.problems import WeekNotExported
from tadamun.weekfile.shelves import WORLD, entry_of
from tadamun.weekfile.world import slugs_around, world_entries
from tadamun.weekfile.writing import written


def document_of(*, week: Week) -> form.WeekDocument:
    """The whole week as a document in normal form, with a fixed number of queries."""
    parts = parts_of(week)
    rows = (
        Activity.objects.filter(week=week)
        .select_related("series")
        .prefetch_related("occasions", "also_told_by")
        .order_by("position", "slug")
    )
    whole = _week(week, parts.get(None, {}))
    activities = [_activity(row, parts.get(row.pk, {})) for row in rows]
    around = slugs_around([whole, *activities])
    world: dict[str, Any] = {shelf: world_entries(shelf, around[shelf]) for shelf in WORLD}
    document = form.WeekDocument(format=form.FORMAT, week=whole, activities=activities, photos=_photos(week), **world)
    return normal(document, timezone=week.timezone)


def export_week(*, week: Week, folder: Path, home: Path) -> Path:
    """Write ``week.yaml`` and the photos into ``folder``, which is made when it does not exist.

    Returns the path of the week file. It is written last, so that a folder with a week file is whole.

    :raises WeekNotExported: when the folder cannot be written or a photo's pixels are missing.
    """
    document = document_of(week=week)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, sha256 in Photo.objects.filter(week=week, looked_at=True).values_list("file", "sha256"):
            target = _within(folder, file)
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, open_pixels(home=home, sha256=sha256))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "week.yaml"
        _write(path, written(document))
    except OSError as error:
        says = _("The folder %(folder)s cannot be written: %(reason)s. Choose another one.")
        raise WeekNotExported(says % {"folder": folder, "reason": error.strerror or error}) from None
    except PixelsMissing as error:
        raise WeekNotExported(str(error)) from None
    return path


def _week(week: Week, parts: dict[str, Any]) -> form.WeekEntry:
    return entry_of(
        form.WeekEntry,
        week,
        edition=_edition(week),
        places=[place.slug for place in week.places.all()],
        occasions=[occasion.slug for occasion in week.occasions.all()],
        also_told_by=[source.slug for source in week.also_told_by.all()],
        **parts,
    )


def _activity(row: Activity, parts: dict[str, Any]) -> form.ActivityEntry:
    return entry_of(
        form.ActivityEntry,
        row,
        edition=_edition(row),
        occasions=[occasion.slug for occasion in row.occasions.all()],
        also_told_by=[source.slug for source in row.also_told_by.all()],
        **parts,
    )


def _edition(row: Week | Activity) -> form.EditionEntry | None:
    if row.series is None and row.edition is None:
        return None
    return form.EditionEntry(series=row.series.slug if row.series else "", number=row.edition)


def _photos(week: Week) -> list[form.PhotoEntry]:
    rows = Photo.objects.filter(week=week, looked_at=True).select_related("activity").order_by("position", "file")
    return [entry_of(form.PhotoEntry, row, activity=row.activity.slug if row.activity else "") for row in rows]


def _within(folder: Path, file: str) -> Path:
    target = folder.joinpath(file)
    if not target.resolve().is_relative_to(folder.resolve()):
        says = _("The photo “%(file)s” would be written outside the folder. Give it another file name.")
        raise WeekNotExported(says % {"file": file})
    return target


def _write(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
