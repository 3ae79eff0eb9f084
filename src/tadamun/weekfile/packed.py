"""A week file with its photos in one ZIP, from whomever: judged before it is unpacked; only what is named comes out.

Nothing is written outside of the folder that is given: of the names in the ZIP none becomes a path; the week file's own
names of photos do, and those were judged (:func:`~tadamun.weekfile.rules.particulars.stands_beside`).
"""

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from os import SEEK_END
from pathlib import Path
from typing import IO
from unicodedata import normalize

from django.utils.translation import gettext as _

from tadamun.toolkit.pictures import Limits
from tadamun.weekfile.document import PhotoEntry
from tadamun.weekfile.nodes import LARGEST
from tadamun.weekfile.problems import Problem, WeekFileRefused
from tadamun.weekfile.reading import Reading, read_week
from tadamun.weekfile.rules.particulars import stands_beside

NAME = "week.yaml"
MAGIC = b"PK\x03\x04"
LARGEST_ZIP = 100_000_000
LARGEST_UNPACKED = 150_000_000
LARGEST_RATIO = 100
MOST_FILES = 300
MOST_PHOTOS = 60

_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_END_MARK, _END, _END_AT_MOST = b"PK\x05\x06", 22, 22 + 65_535
_END_64_MARK, _END_64 = b"PK\x06\x07", 20
_LARGEST_LISTING = 1_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)

Members = dict[str, zipfile.ZipInfo]


class Packed:
    """An opened ZIP that was judged: its week file, and the photos that it may unpack.

    :raises WeekFileRefused: when it is no ZIP, too large or a bomb, cannot be read, or holds no week file.
    """

    def __init__(self, file: IO[bytes], *, name: str) -> None:
        self._name = name
        self._judge_listing(file)
        try:
            self._packed = zipfile.ZipFile(file)
            members = [member for member in self._packed.infolist() if not member.is_dir()]
        except _BROKEN as error:
            raise self._refusal(_("This ZIP is damaged or cut off."), _("Pack the folder anew.")) from error
        self._judge(members)
        self._members = self._beside_the_week_file(members)
        self.content = self._read_week_file()

    def unpack_photos(self, folder: Path) -> None:
        """Write the photos that the week file names below ``folder``, under those names.

        Photos that are not in the ZIP are left to the import, which tells of them by line.

        :raises WeekFileRefused: with every photo that is damaged or no plain file; and when there are too many.
        """
        reading = read_week(self.content, file=NAME)
        photos = [photo for photo in reading.document.photos if stands_beside(photo.file)] if reading.document else []
        if len(photos) > MOST_PHOTOS:
            wrong = _("The week file names %(number)d photos; at most %(most)d come along at once.")
            right = _("Take in a file with fewer and add the others on the week's page.")
            raise self._refusal(wrong % {"number": len(photos), "most": MOST_PHOTOS}, right)
        if problems := [problem for photo in photos for problem in self._unpack(photo, reading, folder)]:
            raise WeekFileRefused(problems)

    def _judge_listing(self, file: IO[bytes]) -> None:
        """Refuse a list of files that alone would fill the memory; APPNOTE 4.3.16 says where its size stands."""
        size = file.seek(0, SEEK_END)
        file.seek(max(size - _END_AT_MOST, 0))
        tail = file.read(_END_AT_MOST)
        file.seek(0)
        at = (
            len(tail) - _END if tail[-_END:].startswith(_END_MARK) and tail.endswith(b"\0\0") else tail.rfind(_END_MARK)
        )
        end = tail[at:][:_END] if at >= 0 else b""
        if len(end) < _END or tail[max(at - _END_64, 0) : at].startswith(_END_64_MARK):
            raise self._refusal(_("This ZIP is damaged or cut off."), _("Pack the folder anew."))
        if int.from_bytes(end[12:16], "little") > _LARGEST_LISTING:
            raise self._refusal(
                _("This ZIP holds too many files."), _("Pack only week.yaml and the photos that it names.")
            )

    def _judge(self, members: list[zipfile.ZipInfo]) -> None:
        """Refuse what would become too much, before any of it is unpacked."""
        right = _("Pack only week.yaml and the photos that it names.")
        if len(members) > MOST_FILES:
            raise self._refusal(_("This ZIP holds too many files."), right)
        unpacked = sum(member.file_size for member in members)
        too_dense = any(member.file_size > LARGEST_RATIO * max(member.compress_size, 512) for member in members)
        if unpacked > LARGEST_UNPACKED or too_dense:
            wrong = _("Unpacked, this ZIP would be far too large: at most %(most)d MB are taken.")
            raise self._refusal(wrong % {"most": LARGEST_UNPACKED // 1_000_000}, right)

    def _beside_the_week_file(self, members: list[zipfile.ZipInfo]) -> Members:
        """The members by their names beside the week file, which lies on top or in the only folder that has one.

        Names are composed alike: some systems pack letters and their marks apart.
        """
        places = [member.filename[: -len(NAME)] for member in members if self._is_week_file(member.filename)]
        if len(places) != 1:
            wrong = (
                _("There is no week.yaml in this ZIP.") if not places else _("This ZIP holds more than one week.yaml.")
            )
            raise self._refusal(wrong, _("Pack the folder in which week.yaml and the photos lie."))
        found: Members = {}
        for member in members:
            if not member.filename.startswith(places[0]):
                continue
            name = normalize("NFC", member.filename[len(places[0]) :])
            if name in found:
                wrong = _("The ZIP holds “%(file)s” twice.") % {"file": _shown(name)}
                raise self._refusal(wrong, _("Pack the folder anew."))
            found[name] = member
        return found

    @staticmethod
    def _is_week_file(name: str) -> bool:
        folders, _slash, last = name.rpartition("/")
        return last == NAME and "/" not in folders and folders != "__MACOSX"

    def _read_week_file(self) -> bytes:
        member = self._members[NAME]
        if says := self._closed(member):
            raise self._refusal(_("The file week.yaml in the ZIP cannot be read: %(reason)s.") % {"reason": says}, "")
        try:
            with self._packed.open(member) as opened:
                return opened.read(LARGEST + 1)
        except _BROKEN as error:
            raise self._refusal(_("This ZIP is damaged or cut off."), _("Pack the folder anew.")) from error

    def _unpack(self, photo: PhotoEntry, reading: Reading, folder: Path) -> Iterator[Problem]:
        member = self._members.get(normalize("NFC", photo.file))
        if member is None:
            return
        says = self._closed(member)
        path = folder / photo.file
        try:
            if not says:
                path.parent.mkdir(parents=True, exist_ok=True)
                with self._packed.open(member) as opened:
                    path.write_bytes(opened.read(Limits().file_bytes + 1))
        except (*_BROKEN, OSError):
            says = _("it is damaged in the ZIP")
        if says:
            wrong = _("The photo “%(file)s” cannot be read: %(reason)s.") % {"file": photo.file, "reason": says}
            yield reading.problem((*reading.path_of(photo), "file"), wrong, _("Pack the folder anew."))

    @staticmethod
    def _closed(member: zipfile.ZipInfo) -> str:
        """Why a member cannot be unpacked; nothing when it can."""
        if member.flag_bits & _ENCRYPTED:
            return _("it is packed with a password")
        if member.compress_type not in _WAYS:
            return _("it is packed in an unusual way")
        if stat.S_ISLNK(member.external_attr >> 16):
            return _("it is only a link to another file")
        return ""

    def _refusal(self, wrong: str, right: str) -> WeekFileRefused:
        return WeekFileRefused([Problem(file=self._name, wrong=wrong, right=right)])


def _shown(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:60]
