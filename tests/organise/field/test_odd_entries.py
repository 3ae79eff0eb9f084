"""A phone in wrong hands signs whatever it likes. No other phone, no page of the desk, and no ending stops for it."""

from typing import Any

import pytest
from django.urls import reverse

from tadamun.organise.field.models import Entry, FoldedLog
from tadamun.organise.field.services import endings
from tadamun.organise.field.services.incidents import sealed_entries
from tadamun.organise.field.services.results import count_into_record
from tadamun.organise.field.vocabulary import Kind
from tadamun.organise.safety.vocabulary import Ending
from tadamun.toolkit import clock
from tests.organise.field.phones import HAWRE, enrolled
from tests.organise.people_desk.houses import House, make_house

pytestmark = pytest.mark.django_db

NAMES = (
    "act",
    "area",
    "bib",
    "by",
    "category",
    "choice",
    "code",
    "consent",
    "count",
    "counter",
    "from",
    "language",
    "level",
    "minute",
    "n",
    "no_photo",
    "of",
    "people",
    "question",
    "row",
    "sha256",
    "shift",
    "shown",
    "sitting",
    "size",
    "speaker",
    "status",
    "ticket",
    "wave",
    "who",
    "women",
    "words",
)
ODD: tuple[Any, ...] = ([], {"a": [1]}, None, -5, 10**40, "٣", "9" * 61)
PAGES = ("field_day", "field_hall", "field_results", "field_incidents", "field_paper", "field_kits")
A_PIECE = 25


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def test_nothing_stops_for_what_one_phone_says(house: House) -> None:
    odd, other = enrolled(house.activity), enrolled(house.activity, label="door 2")
    for kind in Kind:
        for value in ODD:
            odd.writes(kind.value, dict.fromkeys(NAMES, value), clock_at=2**53 - 1 if value is None else None)
    for start in range(0, len(odd.log), A_PIECE):
        assert len(odd.sends(odd.log[start : start + A_PIECE])["taken"]) <= A_PIECE
    assert Entry.objects.count() == len(Kind) * len(ODD)
    other.writes("tally", {"counter": "women", "by": 12})
    assert other.sends(have=0)["kit"] is not None
    client = house.client()
    for name in PAGES:
        assert client.get(reverse(name, args=[house.activity.uid])).status_code == 200, name
    assert client.get("/desk/").status_code == 200
    count_into_record(actor=HAWRE, activity=house.activity, now=clock.now())
    endings.retire(actor=HAWRE, activity=house.activity, how=Ending.BY_HAND, now=clock.now())
    counts = [(one["group"], one["quantity"]) for one in FoldedLog.objects.get().counts]
    assert ("women", 12) in counts


def test_a_taking_back_of_nothing_hides_no_note_from_the_desk(house: House) -> None:
    phone = enrolled(house.activity)
    phone.writes("incident", {"sealed": "c2VhbGVk", "row": "r"})
    phone.writes("undo", {"of": [1]})
    phone.sends()
    assert [entry.number for entry in sealed_entries(house.activity)] == [1]
    phone.writes("undo", {"of": 1})
    phone.sends()
    assert sealed_entries(house.activity) == []


def test_a_bib_of_a_whole_page_reaches_no_other_phone(house: House) -> None:
    phone, other = enrolled(house.activity), enrolled(house.activity)
    phone.writes("bib", {"bib": "9" * 5000})
    phone.writes("bib", {"bib": "17"})
    phone.sends()
    (told,) = other.sends()["kit"]["activities"]
    assert [bib["bib"] for bib in told["bibs"]] == ["17"]


def test_a_number_without_end_is_no_error_of_the_server(house: House) -> None:
    address = reverse("people_attendance", kwargs={"uid": house.activity.uid})
    assert house.client().post(address, {"part": "9" * 5000}).status_code < 500
