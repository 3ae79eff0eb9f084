"""Reading sheets that people send: CSV in whatever way it was saved, or XLSX; row by row, within limits.

What is read is text, one string for each cell. A sheet is checked against bombs before it is unpacked: few bytes
that become very many are refused.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]  # nor here

LARGEST_FILE = 12 * 1024 * 1024
LARGEST_UNPACKED = 160 * 1024 * 1024
LARGEST_STRINGS = 32 * 1024 * 1024
LARGEST_RATIO = 200
MOST_MEMBERS = 200
MOST_ROWS = 100_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
NEUTRALISED = "=+-@\t\r＝＋－＠"

_SEPARATORS = ",;\t"
_PIECE = 65_536
_STRINGS = re.compile(r"sharedStrings\.xml$", re.IGNORECASE)


class SheetUnreadable(Exception):
    """The sheet cannot be taken; ``str()`` says why and what to do."""

    def __init__(self, reason: "str | Promise") -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


def rows_of(content: bytes) -> Iterator[list[str]]:
    """The rows of a sheet, also the empty ones, so that the first has number 1.

    :raises SheetUnreadable: when it is no sheet, too large, or a bomb.
    """
    if len(content) > LARGEST_FILE:
        raise SheetUnreadable(_("The file is larger than %(most)d MB. Split it.") % {"most": LARGEST_FILE // 2**20})
    rows = _xlsx_rows(content) if content.startswith(b"PK\x03\x04") else _csv_rows(content)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS + 2:
            raise SheetUnreadable(_("The sheet has more than %(most)d rows. Split it.") % {"most": MOST_ROWS})
        if len(row) > MOST_COLUMNS:
            raise SheetUnreadable(
                _("Row %(row)d has more than %(most)d columns.") % {"row": number, "most": MOST_COLUMNS}
            )
        yield [_plain(cell) for cell in row]


def encoding_of(content: bytes) -> str:
    """How a CSV file is written: UTF-8 or UTF-16 with their marks, UTF-8 without, else Windows' Arabic code page.

    :raises SheetUnreadable: when it is no text.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            if not _reads_as(content, encoding):
                raise SheetUnreadable(_("The letters of this file cannot be read. Save it as UTF-8 or as XLSX."))
            return encoding
    if b"\x00" in content:
        raise SheetUnreadable(_("This is neither a CSV nor an XLSX file. Save the sheet as one of them."))
    return "utf-8" if _reads_as(content, "utf-8") else "windows-1256"


def _reads_as(content: bytes, encoding: str) -> bool:
    """Whether all of it decodes; piece by piece, because the whole text would take several times its bytes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE], final=start + _PIECE >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    encoding = encoding_of(content)
    separator = _separator(content[:_PIECE].decode(encoding, errors="ignore"))
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    try:
        yield from csv.reader(text, delimiter=separator, strict=True)
    except csv.Error as error:
        raise SheetUnreadable(_("The CSV file is broken: %(why)s.") % {"why": error}) from error


def _separator(text: str) -> str:
    """Of the first line: the separator that stands there most often outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=lambda sign: (bare.count(sign), -_SEPARATORS.index(sign)))


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    _refuse_bombs(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
                yield _without_tail([_said(value) for value in row])
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, ParseError, EOFError) as error:
        raise SheetUnreadable(_("The XLSX file is broken. Open it, save it again, or save it as CSV.")) from error


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise SheetUnreadable(_("The XLSX file is broken. Open it, save it again, or save it as CSV.")) from error
    strings = sum(member.file_size for member in members if _STRINGS.search(member.filename))
    too_much = (
        len(members) > MOST_MEMBERS
        or sum(member.file_size for member in members) > LARGEST_UNPACKED
        or strings > LARGEST_STRINGS
        or any(member.file_size > LARGEST_RATIO * max(member.compress_size, 512) for member in members)
    )
    if too_much:
        raise SheetUnreadable(_("Unpacked, this file would be far too large for a list of people. Save it as CSV."))


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _without_tail(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _plain(cell: str) -> str:
    """A cell without the spaces around it, and without the apostrophe that keeps a program from calculating."""
    text = cell.strip()[:LONGEST_CELL]
    return text[1:] if text[:1] == "'" and text[1:2] in NEUTRALISED and text[1:2] else text
