"""Names end: what is held is told, destroyed by itself or by hand, certified; and everything can be shut at once."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from pypdf import PdfReader

from tadamun.config import housekeeping
from tadamun.config.commands import shred as shred_command
from tadamun.config.models import Lease
from tadamun.config.outcome import CannotGoOn
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import admissions, endings
from tadamun.organise.safety.models import Holding, VaultKey
from tadamun.toolkit import clock
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, PLANTED_NAME, House

pytestmark = pytest.mark.django_db


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def destroy(house: House) -> str:
    house.client().post(house.url("shred"), {"sure": "yes", "slug": house.activity.slug})
    number = Holding.objects.get().certificate_number
    assert number
    return number


def test_the_page_tells_what_is_held_why_and_until_when(house: House) -> None:
    page = text(house.client().get(reverse("data_held")))
    assert "Our run" in page
    assert "the activity needs it" in page
    assert "2 April 2099" in page


def test_another_coalition_sees_nothing_of_it(house: House) -> None:
    page = text(house.client(Character.COORDINATOR_ELSEWHERE).get(reverse("data_held")))
    assert "Our run" not in page


@pytest.mark.parametrize("given", [{}, {"sure": "yes"}, {"slug": "our-run"}, {"sure": "yes", "slug": "our-week"}])
def test_destroying_is_asked_twice(house: House, given: dict[str, str]) -> None:
    house.sign_up()
    assert house.client().post(house.url("shred"), given).status_code == 422
    assert Registration.objects.count() == 1


def test_destroying_leaves_counts_and_no_entry_and_no_key(house: House) -> None:
    house.sign_up()
    destroy(house)
    assert not Registration.objects.exists()
    assert not VaultKey.objects.filter(subject=house.admission.key_subject, current=True).exists()
    assert Admission.objects.get().folded["people"]["registered"] == 1
    assert "destroyed, counts stay" in text(house.client().get(house.url("people")))


def test_an_editor_may_not_destroy_and_is_told_why(house: House) -> None:
    house.sign_up()
    answer = house.client(Character.EDITOR).post(house.url("shred"), {"sure": "yes", "slug": house.activity.slug})
    assert answer.status_code == 403
    assert "Only a coordinator destroys" in text(answer)
    assert Registration.objects.exists()


@pytest.mark.parametrize("code", ["en", "ar", "ckb"])
def test_the_certificate_is_a_pdf_that_names_nobody(house: House, code: str) -> None:
    house.sign_up()
    number = destroy(house)
    answer = house.client().get(reverse("certificate", kwargs={"number": number, "lang": code}))
    assert answer.headers["Content-Type"] == "application/pdf"
    document = PdfReader(io.BytesIO(answer.content))
    assert len(document.pages) == 1
    read = document.pages[0].extract_text()
    assert number in read.replace("\n", "")
    assert PLANTED_NAME not in read
    if code == "en":
        assert "Our run" in read


def test_a_title_is_set_as_words_and_never_as_a_command(house: House) -> None:
    number = destroy(house)
    Holding.objects.update(label={"en": '#read("/etc/passwd") "] #panic()'})
    answer = house.client().get(reverse("certificate", kwargs={"number": number, "lang": "en"}))
    assert answer.status_code == 200
    assert "#panic()" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


def test_anybody_with_the_number_can_check_it_and_learns_no_more(house: House) -> None:
    house.sign_up()
    number = destroy(house)
    answer = house.world.client(Character.VISITOR).get(reverse("certificate_check", kwargs={"number": number.lower()}))
    assert "This certificate is true" in text(answer)
    assert "1 entry" in text(answer)
    assert "run" not in text(answer).split("<main")[1].lower()
    assert not answer.cookies


def test_a_wrong_number_is_no_certificate(house: House) -> None:
    destroy(house)
    answer = house.world.client(Character.VISITOR).get(reverse("certificate_check", kwargs={"number": "AAAA-AAAA"}))
    assert answer.status_code == 404
    assert "no certificate" in text(answer)


def test_another_coalition_gets_no_certificate(house: House) -> None:
    address = reverse("certificate", kwargs={"number": destroy(house), "lang": "en"})
    assert house.client(Character.COORDINATOR_ELSEWHERE).get(address).status_code == 404


def after(house: House) -> Any:
    return clock.now().replace(year=2099, month=4, day=3)


def test_retention_destroys_what_is_due_by_itself_and_not_before(house: House) -> None:
    house.sign_up()
    last = admissions.ends_on(house.admission)
    assert last == date(2099, 4, 2)
    small_cell = settings.ENVIRONMENT.small_cell
    assert housekeeping.run_retention(after(house) - timedelta(days=1), small_cell=small_cell) == []
    assert Registration.objects.exists()
    assert len(housekeeping.run_retention(after(house), small_cell=small_cell)) == 1
    assert not Registration.objects.exists()
    assert housekeeping.run_retention(after(house), small_cell=small_cell) == []


def test_one_process_keeps_house_at_a_time_and_another_takes_over() -> None:
    now = clock.now()
    around = {"duty": "d", "lasts": timedelta(seconds=60)}
    assert housekeeping.take_lease(holder="a", now=now, **around)
    assert not housekeeping.take_lease(holder="b", now=now + timedelta(seconds=59), **around)
    assert housekeeping.take_lease(holder="a", now=now + timedelta(seconds=30), **around), "its own it keeps"
    assert not housekeeping.take_lease(holder="b", now=now + timedelta(seconds=89), **around)
    assert housekeeping.take_lease(holder="b", now=now + timedelta(seconds=91), **around), "a dead one's runs out"
    housekeeping.give_up_lease(duty="d", holder="a")
    assert Lease.objects.get().holder == "b"


def test_housekeeping_does_everything_and_one_failure_stops_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house.sign_up()
    monkeypatch.setattr(endings, "expire_offers", lambda **_options: 1 / 0)
    monkeypatch.setattr(housekeeping.publication, "due", lambda _now: False)
    monkeypatch.setattr(housekeeping, "empty_log", lambda: None)  # a test's transaction holds the log
    failed = housekeeping.once(settings.ENVIRONMENT, holder="a", now=after(house))
    assert failed == ["offers"]
    assert not Registration.objects.exists()
    assert "ZeroDivisionError" in caplog.text
    assert "division by zero" not in caplog.text
    assert housekeeping.once(settings.ENVIRONMENT, holder="b", now=after(house)) is None


def test_the_command_destroys_and_names_the_certificate(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.sign_up()
    monkeypatch.setattr("sys.stdin", io.StringIO("our-week/another\n"))
    arguments = type("A", (), {"activity": "our-week/our-run", "yes": False})
    with pytest.raises(CannotGoOn, match="Nothing was destroyed"):
        shred_command.carry_out(arguments, settings.ENVIRONMENT)  # type: ignore[arg-type]  # as argparse gives it
    assert Registration.objects.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO("our-week/our-run\n"))
    outcome = shred_command.carry_out(arguments, settings.ENVIRONMENT)  # type: ignore[arg-type]  # as argparse gives it
    assert outcome.facts["entries"] == 1
    assert outcome.facts["certificate"] == Holding.objects.get().certificate_number
    arguments.activity = "our-week/none"
    with pytest.raises(CannotGoOn, match="no sign-up"):
        shred_command.carry_out(arguments, settings.ENVIRONMENT)  # type: ignore[arg-type]  # as argparse gives it


def test_nothing_can_be_shaped_after_the_end(house: House) -> None:
    destroy(house)
    house.client().post(house.url("people"), {"act": "count"})
    endings.retire(actor=LAYLA, admission=house.admission, how=endings.Ending.TIME, now=clock.now(), small_cell=10)
    assert Holding.objects.filter(certificate_number__isnull=False).count() == 1
