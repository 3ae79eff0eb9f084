"""Writing sheets as a stream: CSV or XLSX, a few rows at a time, in memory alone.

XLSX is written by us, because libraries that need little memory keep the rows in a file on disk meanwhile, and these
rows are names. It is the least that ECMA-376 asks for: one sheet of inline strings, so a cell can never be a formula.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from tadamun.toolkit.sheets.reading import NEUTRALISED

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[str]

_ROWS_AT_ONCE = 200
_UTF8_MARK = b"\xef\xbb\xbf"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        f'Target="xl/workbook.xml"/><Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="49"/><xf numFmtId="49" fontId="1" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def neutral(cell: str) -> str:
    """A cell that no program takes for a formula: an apostrophe before what could begin one."""
    return f"'{cell}" if cell[:1] in NEUTRALISED and cell else cell


def csv_stream(rows: Iterable[Row], *, right_to_left: bool = False, remark: str = "") -> Iterator[bytes]:
    """CSV in UTF-8 with its mark, which spreadsheet programs need; no cell can be a formula.

    It has no direction, and no place for a remark.
    """
    yield _UTF8_MARK
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    for number, row in enumerate(rows, start=1):
        writer.writerow([neutral(cell) for cell in row])
        if number % _ROWS_AT_ONCE == 0:
            yield _taken(lines)
    yield _taken(lines)


def xlsx_stream(rows: Iterable[Row], *, right_to_left: bool, remark: str = "") -> Iterator[bytes]:
    """XLSX with the first row as headings; every cell is text. The remark stands in the file's properties."""
    drain = _Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _PARTS.items():
            packed.writestr(name, _XML + content)
        packed.writestr("docProps/core.xml", _XML + _properties(remark))
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            turned = ' rightToLeft="1"' if right_to_left else ""
            start = (
                f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{turned}>'
                '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>'
            )
            sheet.write(start.encode())
            for number, row in enumerate(rows, start=1):
                sheet.write(_row(number, row).encode())
                if number % _ROWS_AT_ONCE == 0:
                    yield drain.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield drain.taken()


WRITERS: dict[str, tuple[str, Callable[..., Iterator[bytes]]]] = {
    "csv": (CSV_TYPE, csv_stream),
    "xlsx": (XLSX_TYPE, xlsx_stream),
}


class _Drain(io.RawIOBase):
    """What a zip file is written into; it keeps only what was not taken yet."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # any buffer will do
        self._kept += content
        return len(content)

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        kept, self._kept = bytes(self._kept), bytearray()
        return kept


def _properties(remark: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:description>{escape(_printable(remark))}</dc:description></cp:coreProperties>"
    )


def _row(number: int, row: Row) -> str:
    style = ' s="1"' if number == 1 else ""
    cells = "".join(
        f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(_printable(cell))}</t></is></c>' for cell in row
    )
    return f'<row r="{number}">{cells}</row>'


def _printable(cell: str) -> str:
    """Without the control signs that XML 1.0 does not allow."""
    return "".join(sign for sign in cell if sign >= " " or sign in "\t\n")


def _taken(lines: io.StringIO) -> bytes:
    text = lines.getvalue()
    lines.seek(0)
    lines.truncate()
    return text.encode()
