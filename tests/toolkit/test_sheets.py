"""Sheets come in however they were saved, go out without formulas, and never unpack into a bomb (P-60, P-67)."""

import csv
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from tadamun.toolkit.sheets import reading, writing
from tadamun.toolkit.sheets.reading import SheetUnreadable, rows_of

pytestmark = pytest.mark.pure
ROWS = [["الاسم", "contact"], ["زينب", "0770 123"], ["Ali, the second", 'says "yes"']]


def as_csv(separator: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(ROWS)
    return text.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_csv_is_read_in_every_way_that_it_is_saved(separator: str, encoding: str) -> None:
    assert list(rows_of(as_csv(separator).encode(encoding))) == ROWS


def test_xlsx_is_read_with_numbers_as_they_are_written() -> None:
    book = Workbook()
    book.active.append(["name", "phone", "guests"])
    book.active.append(["زينب", 7701234567, 2.0])
    kept = io.BytesIO()
    book.save(kept)
    assert list(rows_of(kept.getvalue())) == [["name", "phone", "guests"], ["زينب", "7701234567", "2"]]


DANGEROUS = ["=1+1", "+964770", "-2", "@sum", "\tx", "\rx", "＝1"]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_no_cell_of_a_csv_begins_a_formula(cell: str) -> None:
    (row,) = csv.reader(io.StringIO(b"".join(writing.csv_stream([[cell]])).decode("utf-8-sig"), newline=""))
    assert row[0][0] == "'"
    assert row[0][1:] == cell


def test_every_cell_of_an_xlsx_is_text() -> None:
    packed = b"".join(writing.xlsx_stream([DANGEROUS], right_to_left=True))
    sheet = load_workbook(io.BytesIO(packed)).worksheets[0]
    assert {cell.data_type for cell in sheet[1]} <= {"s", "inlineStr"}
    assert sheet[1][0].value == "=1+1"
    assert sheet.sheet_view.rightToLeft


def test_the_library_alone_would_have_made_a_formula() -> None:
    book = Workbook()
    book.active.append(["=1+1"])
    assert book.active["A1"].data_type == "f"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_back(kind: str) -> None:
    rows = [["name", "contact"], ["زينب & <b>", "+964770"], ["=1+1", "line\nbreak"]]
    _type, write = writing.WRITERS[kind]
    assert list(rows_of(b"".join(write(rows, right_to_left=False)))) == rows


def test_a_stream_holds_only_a_few_rows() -> None:
    chunks = list(writing.xlsx_stream(([str(number)] * 5 for number in range(5_000)), right_to_left=False))
    assert len(chunks) > 20
    assert max(map(len, chunks)) < 100_000


def bomb(member: str, size: int) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(member, b"0" * size)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        bomb("xl/worksheets/sheet1.xml", 5_000_000),
        bomb("xl/sharedStrings.xml", reading.LARGEST_STRINGS + 1),
        b"PK\x03\x04 and nothing",
        b"\x00\x01\x02 a picture",
        b'name\n"never closed',
        b"a," * (reading.MOST_COLUMNS + 1),
        b"x" * (reading.LARGEST_FILE + 1),
    ],
    ids=["ratio", "strings", "broken zip", "binary", "open quote", "columns", "size"],
)
def test_what_is_no_sheet_is_refused_with_the_reason(content: bytes) -> None:
    with pytest.raises(SheetUnreadable) as refused:
        list(rows_of(content))
    assert len(str(refused.value)) > 20


def test_a_sheet_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert len(list(rows_of(b"a\nb\nc\nd\n"))) == 4
    with pytest.raises(SheetUnreadable):
        list(rows_of(b"a\n" * 6))
