"""The photos of a week file: from the files beside it to rebuilt pixels and rows."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.services import Kept, Staging
from tadamun.organise.programme.models import Week
from tadamun.toolkit.pictures import Limits, PictureRefused
from tadamun.weekfile.document import PhotoEntry
from tadamun.weekfile.normal import kept_name, same
from tadamun.weekfile.problems import Problem
from tadamun.weekfile.reading import Reading
from tadamun.weekfile.rules.particulars import stands_beside
from tadamun.weekfile.shelves import columns

_LARGEST = Limits().file_bytes


def rebuilt_photos(reading: Reading, folder: Path, stage: Staging) -> tuple[dict[str, Kept], list[Problem]]:
    """Rebuild every photo that the file names: its name in the system → its pixels; and what is wrong with others."""
    kept: dict[str, Kept] = {}
    problems: list[Problem] = []
    for photo in reading.document.photos if reading.document else ():
        if not stands_beside(photo.file):
            continue
        try:
            kept[kept_name(photo.file)] = stage.add(_bytes(folder, photo.file))
        except PictureRefused as error:
            says = _(error.sentence).format(**error.values)
            problems.append(_problem(reading, photo, says, ""))
        except OSError as error:
            says = _("The photo “%(file)s” cannot be read: %(reason)s.")
            says %= {"file": photo.file, "reason": error.strerror or error}
            problems.append(_problem(reading, photo, says, _("Put it beside the week file, or remove the entry.")))
    return kept, problems


def write_photos(
    week: Week,
    wanted: Sequence[PhotoEntry],
    existing: Sequence[PhotoEntry],
    kept: Mapping[str, Kept],
    activities: Mapping[str, int],
) -> dict[str, list[str]]:
    """Make the week's photos those that are wanted, in their order. Returns file names: created, changed, unchanged.

    Under ``removed`` it returns the files that are gone, under ``unused`` the pixels that lost a photo.
    """
    before = {entry.file: (position, entry) for position, entry in enumerate(existing)}
    names: dict[str, str] = dict(Photo.objects.filter(week=week, looked_at=True).values_list("file", "sha256"))
    told: dict[str, list[str]] = {"created": [], "changed": [], "unchanged": [], "removed": [], "unused": []}
    for position, entry in enumerate(wanted):
        pixels = kept[entry.file]
        at, stated = before.get(entry.file, (-1, None))
        if at == position and same(stated, entry) and names[entry.file] == pixels.sha256:
            told["unchanged"].append(entry.file)
            continue
        told["changed" if entry.file in names else "created"].append(entry.file)
        values = columns(entry, {})
        values |= {"sha256": pixels.sha256, "width": pixels.width, "height": pixels.height}
        values |= {"position": position, "activity_id": activities[entry.activity] if entry.activity else None}
        Photo.objects.update_or_create(week=week, file=entry.file, defaults=values)
    told["removed"] = sorted(names.keys() - {entry.file for entry in wanted})
    Photo.objects.filter(week=week, file__in=told["removed"]).delete()
    told["unused"] = sorted(set(names.values()) - {pixels.sha256 for pixels in kept.values()})
    return told


def _bytes(folder: Path, file: str) -> bytes:
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise OSError(None, _("it leads outside the folder"))
    if not path.is_file():
        raise OSError(None, _("there is no such file"))
    with path.open("rb") as opened:
        return opened.read(_LARGEST + 1)


def _problem(reading: Reading, photo: PhotoEntry, says: str, right: str) -> Problem:
    return reading.problem((*reading.path_of(photo), "file"), says, right)
