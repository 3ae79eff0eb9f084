"""Lists come in as people have them and go out logged, unlocked, asked twice, and on no disk meanwhile (P-12, P-67)."""

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files import temp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from openpyxl import Workbook, load_workbook

from tadamun.organise.people.models import PlaceGroup, Question, Registration
from tadamun.organise.people.services import importing
from tadamun.organise.people.services.exporting import HANDED_OUT
from tadamun.organise.people.services.importing import check, take_in
from tadamun.organise.people.vocabulary import AgeBand, Asked, Sex, Standing
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.openings import OPENED
from tadamun.toolkit import clock, search
from tadamun.toolkit.sheets.reading import SheetUnreadable, rows_of
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, PLANTED_NAME, PLANTED_PHONE, House, make_house

pytestmark = pytest.mark.django_db
EVERYTHING = {"categories": ["sex", "age_band", "governorate"], "needs": ["childcare", "transport"], "guests_max": 3}
SHEET = (
    (
        "الاسم;رقم الموبايل;الجنس;العمر;المحافظة;المرافقون;الاحتياجات;لون\n"
        "زينب التميمي;٠٧٧٠ ١٢٣ ٤٥٦٧;أنثى;٢٣;بغداد;٢;رعاية الأطفال;أحمر\n"
        ";;;;;;;\n"
        "علي;;ذكر;;;;;\n"
    )
    .replace("رعاية الأطفال", "childcare")
    .replace("بغداد", "baghdad")
)


@pytest.fixture
def house(db: None) -> House:
    return make_house(**EVERYTHING)


def opened_rows(house: House) -> list[list[str]]:
    answer = house.client().post(house.url("people_export"), {"why": "export", "format": "csv", "sure": "yes"})
    return list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig"), newline="")))


def content(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def send(house: House, sheet: bytes, *, act: str = "take", slip: str = "", character: Any = None) -> HttpResponse:
    client = house.client(character or Character.COORDINATOR)
    slip = slip or client.get(house.url("people_import")).context["slip"]
    file = SimpleUploadedFile("people.csv", sheet)
    return client.post(house.url("people_import"), {"file": file, "agreed": "on", "act": act, "slip": slip})


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_a_sheet_in_arabic_is_understood(house: House, encoding: str) -> None:
    # That code page has Arabic letters but no Arabic digits.
    sheet = SHEET if encoding == "utf-8" else search.digits(SHEET)
    answer = send(house, sheet.encode(encoding))
    assert answer.status_code == 200, answer.content.decode()
    zaynab, ali = Registration.objects.order_by("number")
    assert (zaynab.sex, zaynab.age_band, zaynab.governorate) == (Sex.WOMAN, AgeBand.FROM_18, "baghdad")
    assert (zaynab.guests, zaynab.needs, zaynab.reachable) == (2, ["childcare"], True)
    assert (ali.sex, ali.reachable, ali.standing) == (Sex.MAN, False, Standing.PLACED)
    assert "لون" in answer.content.decode(), "the column that is not understood is named"


def test_a_dry_run_stores_nothing(house: House) -> None:
    answer = send(house, SHEET.encode(), act="check")
    assert "2 people, all in order" in answer.content.decode()
    assert not Registration.objects.exists()


def test_each_mistake_is_told_with_its_row_and_nobody_is_signed_up(house: House) -> None:
    sheet = "name,contact,guests,sex,age\nA,nonsense,0,,\nB,,9,,\nC,,,robot,\nD,,,,999\nE,,,,\n"
    answer = send(house, sheet.encode())
    assert answer.status_code == 422
    assert not Registration.objects.exists()
    found = check(content=sheet.encode(), admission=house.admission).problems
    assert [(problem.row, problem.column) for problem in found] == [
        (2, "contact"),
        (3, "guests"),
        (4, "sex"),
        (5, "age_band"),
    ]
    assert "nonsense" not in " ".join(problem.says for problem in found)


def test_the_same_form_sent_twice_signs_nobody_up_twice(house: House) -> None:
    slip = house.client().get(house.url("people_import")).context["slip"]
    send(house, SHEET.encode(), slip=slip)
    answer = send(house, SHEET.encode(), slip=slip)
    assert Registration.objects.count() == 2
    assert "by this sheet before" in answer.content.decode()


def test_an_interrupted_sheet_goes_on_where_it_stopped(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_AT_ONCE", 2)
    sheet = "name\n" + "\n".join(f"N{number}" for number in range(5))
    real, calls = importing._batch, []

    def dies(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise ConnectionError
        return real(*given)

    monkeypatch.setattr(importing, "_batch", dies)
    around = {
        "actor": LAYLA,
        "content": sheet.encode(),
        "admission": house.admission,
        "nonce": b"n",
        "now": clock.now(),
    }
    with pytest.raises(ConnectionError):
        take_in(**around)
    assert Registration.objects.count() == 2
    assert dict(take_in(**around)) == {"again": 2, "placed": 3}
    assert Registration.objects.count() == 5


def test_what_is_never_asked_here_is_dropped_from_a_sheet() -> None:
    house = make_house(name=Asked.NEVER, contact=Asked.NEVER)
    send(house, f"name,phone\n{PLANTED_NAME},{PLANTED_PHONE}\n".encode())
    assert PLANTED_NAME not in str(opened_rows(house))


def test_an_xlsx_with_questions_and_groups_is_taken_in(house: House) -> None:
    PlaceGroup.objects.create(admission=house.admission, slug="g1", names={"ar": "القائمة الأولى"}, places=2)
    Question.objects.create(
        admission=house.admission, position=1, code="q1", text={"en": "What do you bring?"}, why={"en": "To plan"}
    )
    book, kept = Workbook(), io.BytesIO()
    book.active.append(["Name", "what do you bring", "القائمة"])
    book.active.append(["#contact+name", "#meta+q1", "#group"])
    book.active.append(["Noor", "Bread", "القائمه الاولى"])
    book.save(kept)
    send(house, kept.getvalue())
    row = Registration.objects.get()
    assert row.group is not None
    assert row.in_group_places or house.admission.capacity is None
    assert "Bread" in str(opened_rows(house))


def test_a_file_that_comes_in_lies_on_no_disk(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made: list[Any] = []
    real = temp.NamedTemporaryFile
    monkeypatch.setattr(temp, "NamedTemporaryFile", lambda *a, **o: made.append(a) or real(*a, **o))
    large = "name\n" + "\n".join(f"{PLANTED_NAME} {number} {'x' * 80}" for number in range(30_000))
    assert len(large) > 2_621_440, "large enough for a temporary file, if there were one"
    answer = send(house, large.encode(), act="check")
    assert "At most 5000 people" in answer.content.decode()
    assert made == []
    assert list(tmp_path.iterdir()) == []


def test_a_form_from_elsewhere_is_refused(house: House) -> None:
    client = house.client()
    client.handler.enforce_csrf_checks = True
    assert client.post(house.url("people_import"), {"act": "take"}).status_code == 403


def test_a_list_goes_out_with_hxl_tags_and_is_written_down(house: House) -> None:
    house.sign_up(PLANTED_NAME, PLANTED_PHONE, sex="woman", note="with a pram")
    rows = opened_rows(house)
    row = dict(zip(rows[0], rows[2], strict=True))
    assert rows[1][:3] == ["#meta+number", "#meta+id", "#status"]
    assert (row["Name"], row["E-mail or phone number"], row["sex"]) == (PLANTED_NAME, f"'{PLANTED_PHONE}", "woman")
    assert AuditEntry.objects.get(act=OPENED).detail["why"] == "export"


def test_each_list_that_goes_out_is_written_down_also_right_after_its_names_were_opened(house: House) -> None:
    house.sign_up(PLANTED_NAME)
    house.client().post(house.url("roster"), {"why": "contact"})
    for kind in ("csv", "xlsx"):
        content(house.client().post(house.url("people_export"), {"why": "contact", "format": kind}))
    entries = AuditEntry.objects.filter(act=HANDED_OUT)
    assert [entry.detail for entry in entries] == [{"people": 1, "why": "contact"}] * 2


def test_no_cell_begins_a_formula(house: House) -> None:
    house.sign_up("=HYPERLINK(1)", note="@SUM(1)")
    cells = [cell for row in opened_rows(house) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and cell]


def test_an_xlsx_reads_from_right_to_left_in_arabic(house: House) -> None:
    house.sign_up("=1+1")
    client = house.client()
    client.cookies["tadamun-language"] = "ar"
    answer = client.post(house.url("people_export"), {"why": "export", "format": "xlsx"})
    sheet = load_workbook(io.BytesIO(content(answer))).worksheets[0]
    assert sheet.sheet_view.rightToLeft
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_a_list_comes_back_in_as_it_went_out(house: House) -> None:
    house.sign_up("فاطمة", PLANTED_PHONE, sex="woman", age_band="18_24", governorate="basra", needs=["transport"])
    answer = house.client().post(house.url("people_export"), {"why": "export", "format": "xlsx"})
    sheet = content(answer)
    assert check(content=sheet, admission=house.admission).problems == []
    Registration.objects.all().delete()
    send(house, sheet)
    row = Registration.objects.get()
    assert (row.sex, row.age_band, row.governorate, row.needs) == ("woman", "18_24", "basra", ["transport"])
    assert {"فاطمة", f"'{PLANTED_PHONE}"} <= set(opened_rows(house)[2])


def test_a_long_list_is_asked_for_twice(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tadamun.organise.people.services.exporting.MANY", 1)
    house.sign_up()
    house.sign_up("Noor")
    wanted = {"why": "export", "format": "csv"}
    answer = house.client().post(house.url("people_export"), wanted)
    assert not answer.streaming
    assert PLANTED_NAME not in answer.content.decode()
    assert not AuditEntry.objects.filter(act=OPENED).exists()
    assert PLANTED_NAME in content(house.client().post(house.url("people_export"), wanted | {"sure": "yes"})).decode()


def test_no_list_goes_out_of_a_locked_vault(house: House) -> None:
    house.sign_up()
    answer = house.client(unlocked=False).post(house.url("people_export"), {"why": "export", "format": "csv"})
    assert answer.status_code == 403
    assert PLANTED_NAME not in answer.content.decode()


def lines_of(number: int) -> Iterator[str]:
    yield "name"
    yield from (f"N{row}" for row in range(number))


def test_a_sheet_without_headings_says_what_to_write() -> None:
    with pytest.raises(SheetUnreadable, match="name"):
        check(content=b"123,456\n789,0\n", admission=make_house().admission)
    assert list(rows_of("\n".join(lines_of(2)).encode())) == [["name"], ["N0"], ["N1"]]
