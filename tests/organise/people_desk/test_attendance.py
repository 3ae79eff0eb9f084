"""Attendance: hours by sitting, the certificate by one's own ticket, and on the desk for who may see names."""

import io
from datetime import date, time
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tadamun.organise.field.services import paper
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.queries import attendance as queries
from tadamun.organise.programme.models import Sitting
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.openings import OPENED
from tadamun.toolkit import clock
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, PLANTED_NAME, House

pytestmark = pytest.mark.django_db


@pytest.fixture
def sittings(house: House) -> list[Sitting]:
    """Three days: of three hours, of six, and one of an hour after midnight."""
    first = house.activity.sittings.get()
    hours = [(time(9), time(12)), (time(9), time(15)), (time(23, 30), time(0, 30))]
    first.start_time, first.end_time = hours[0]
    first.save()
    rest = [
        Sitting.objects.create(
            activity=house.activity,
            position=at,
            start=date(2099, 3, 3 + at),
            end=date(2099, 3, 3 + at),
            start_time=begins,
            end_time=ends,
        )
        for at, (begins, ends) in enumerate(hours[1:], 1)
    ]
    return [first, *rest]


def attends(house: House, row: Registration, *seen: Sitting) -> Registration:
    """Her row was ticked on the paper of these sittings."""
    for sitting in seen:
        paper.write_sheet(
            actor=LAYLA,
            activity=house.activity,
            sheet=f"sitting-{sitting.pk}",
            keyed={str(row.number): "1"},
            mark=f"{row.pk} {sitting.pk}",
            at=clock.now(),
            now=clock.now(),
        )
    row.refresh_from_db()
    return row


def read(answer: Any) -> list[str]:
    """The pages of a PDF."""
    assert answer.headers["Content-Type"] == "application/pdf", answer.content.decode()[:2000]
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def test_hours_and_share_follow_from_the_sittings(house: House, sittings: list[Sitting]) -> None:
    def came_to(*seen: Sitting) -> tuple[float | None, int, bool]:
        found = queries.attended([sitting.pk for sitting in seen], sittings, asked=80)
        return found.hours, found.share, found.reached

    assert came_to() == (0, 0, False)
    assert came_to(sittings[0], sittings[2]) == (4, 40, False)
    assert came_to(*sittings[:2]) == (9, 90, True)
    assert came_to(*sittings) == (10, 100, True)
    sittings[1].end_time = None
    assert came_to(*sittings[:2]) == (None, 66, False), "where times are not stated, sittings count"
    sittings[1].end_time, sittings[1].end = time(15), date(2099, 3, 6)
    assert came_to(sittings[1]) == (18, 81, True), "on each of three days"


def test_the_certificate_of_the_desk_has_names_and_pages(house: House, sittings: list[Sitting]) -> None:
    there = [attends(house, house.sign_up(), *sittings) for _ in range(2)]
    house.sign_up()
    path = house.url("people_attendance")
    page = house.client().get(path).content.decode()
    assert there[0].short_code in page
    assert PLANTED_NAME not in page
    assert not AuditEntry.objects.filter(act=OPENED).exists()
    for code in ("en", "ar", "ckb"):
        assert len(read(house.client().post(path, {"part": "0", "language": code}))) == 2
    (only,) = read(house.client().post(path, {"only": str(there[0].pk), "language": "en"}))
    assert "Hours in all: 10" in only.replace("\n", " ")
    assert PLANTED_NAME.split()[0] in only
    assert AuditEntry.objects.filter(act=OPENED).count() == 2, "of both, and of one; again within the hour is the same"


def test_who_may_not_see_names_prints_none(house: House, sittings: list[Sitting]) -> None:
    row = attends(house, house.sign_up(), *sittings)
    answer = house.client(Character.DOOR).post(house.url("people_attendance"), {"only": str(row.pk)})
    assert answer.status_code == 403
    assert "reached" in house.client(Character.DOOR).get(house.url("people_attendance")).content.decode()


def test_nobody_gets_one_who_was_not_there_long_enough(house: House, sittings: list[Sitting]) -> None:
    row = attends(house, house.sign_up(), sittings[0])
    answer = house.client().post(house.url("people_attendance"), {"only": str(row.pk), "language": "en"})
    assert answer.status_code == 422
    assert "80 per cent" in answer.content.decode()
    Admission.objects.update(attendance_share=30)
    answer = house.client().post(house.url("people_attendance"), {"only": str(row.pk), "language": "en"})
    assert len(read(answer)) == 1


def test_she_prints_her_own_from_her_ticket(house: House, sittings: list[Sitting]) -> None:
    made = house.registered()
    ticket, row = made.ticket, Registration.objects.get(uid=made.registration)
    Registration.objects.update(language="en")
    client, path = Client(), reverse("ticket_attendance", kwargs={"ticket": ticket})
    assert path not in client.get(reverse("ticket", kwargs={"ticket": ticket})).content.decode()
    attends(house, row, sittings[0])
    assert path in client.get(reverse("ticket", kwargs={"ticket": ticket})).content.decode()
    assert "80 per cent" in client.get(path).content.decode()
    attends(house, row, sittings[1])
    page = client.get(path).content.decode()
    slip = page.split('name="slip" value="')[1].split('"')[0]

    def sent(name: str) -> Any:
        return client.post(
            path, urlencode({"slip": slip, "name": name}), content_type="application/x-www-form-urlencoded"
        )

    (printed,) = read(sent("Noor of Basra"))
    assert "Noor of Basra" in printed
    assert sent("").status_code == 422


def test_the_settings_say_how_much_is_asked(house: House) -> None:
    page = house.client().get(house.url("people_settings")).content.decode()
    assert 'name="attendance_share" value="80"' in page
