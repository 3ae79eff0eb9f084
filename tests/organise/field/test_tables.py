"""What the log says of the plan: in tables on the day's screen, in results, and in figures of the record."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadamun.organise.field.models import Question, Speaker
from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.queries.tables import Table, tables_of
from tadamun.organise.field.services import results
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.people.models import Registration
from tadamun.organise.programme.models import Figure
from tadamun.organise.safety.models import AuditEntry
from tadamun.toolkit import clock
from tests.characters import Character
from tests.organise.field.phones import HAWRE, Phone, comes_for, enrolled, issued
from tests.organise.field.plans import a_debate, a_question, a_race, areas, planned
from tests.organise.people_desk.houses import PLANTED_NAME, House, make_house

pytestmark = pytest.mark.django_db
NINE = 1_900_000_000_000 - 1_900_000_000_000 % 3_600_000
MINUTE = 60_000


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def phone(house: House) -> Phone:
    return enrolled(house.activity, role=KitRole.MARSHAL)


def table(house: House, code: str) -> list[tuple[str, ...]]:
    """The rows of one table, without their marks."""
    made = {one.code: one for one in tables_of(house.activity, account_of(house.activity).state)}
    return plain(made[code])


def plain(made: Table) -> list[tuple[str, ...]]:
    return [tuple(re.sub(r"<[^>]*>", "", str(cell)) for cell in row) for row in made.rows]


def writes(phone: Phone, *entries: tuple[int, str, dict[str, Any]]) -> None:
    for minute, kind, body in entries:
        phone.writes(kind, body, clock_at=NINE + minute * MINUTE)
    phone.sends()


def runs(phone: Phone, house: House) -> None:
    """A race of two waves: bib 60 and 120 by their numbers alone, 7 with words of its own, 130 did not start."""
    first, second, _women = a_race(house.activity)
    writes(
        phone,
        (0, "race_start", {"wave": first.code}),
        (10, "race_start", {"wave": second.code}),
        (40, "finish", {"bib": "60"}),
        (45, "finish", {"bib": "120"}),
        (50, "finish", {"bib": "7"}),
        (51, "status", {"bib": "130", "status": "dns"}),
    )


def test_a_bib_runs_in_the_wave_and_the_category_of_its_number(house: House, phone: Phone) -> None:
    runs(phone, house)
    found = {one.bib: (one.time, one.place) for one in account_of(house.activity).state.results}
    assert found == {
        "60": (40 * MINUTE, 2),
        "120": (35 * MINUTE, 1),
        "7": (50 * MINUTE, 1),
        "130": (None, None),
    }


def test_what_a_phone_said_of_a_bib_goes_before_its_number(house: House, phone: Phone) -> None:
    first, _second, _women = a_race(house.activity)
    body = {"bib": "120", "category": "sex:man", "wave": first.code}
    writes(phone, (0, "race_start", {"wave": first.code}), (1, "bib", body), (30, "finish", {"bib": "120"}))
    (only,) = account_of(house.activity).state.results
    assert (only.time, only.category) == (30 * MINUTE, "sex:man")


def test_the_day_shows_waves_and_categories(house: House, phone: Phone) -> None:
    runs(phone, house)
    waves = table(house, "waves-now")
    assert [(row[0], row[2], row[3]) for row in waves] == [("First wave", "2", "2"), ("Second wave", "2", "1")]
    assert waves[0][1].endswith(":00:00"), "in the zone of the week"
    assert table(house, "categories-now") == [("Women 5 km", "3", "2", "1"), ("Without a category", "1", "1", "0")]


def test_the_day_shows_who_spoke_how_long_what_was_said_and_asked(house: House, phone: Phone) -> None:
    speaker = a_debate(house.activity)
    silent = planned(house.activity, Speaker, words={"en": "The other list"})
    writes(
        phone,
        (0, "speaker", {"speaker": speaker.code, "act": "start"}),
        (2, "speaker", {"speaker": speaker.code, "act": "stop"}),
        (3, "statement", {"speaker": speaker.code, "minute": 1, "language": "ar", "words": "نعد بالماء <b>"}),
        (4, "question", {"from": "sex:woman"}),
        (5, "question", {"from": ""}),
        (6, "speaker", {"speaker": silent.code, "act": "start"}),
    )
    assert table(house, "speakers-now") == [
        ("The list of the river", "0:02:00", "0:01:30", ""),
        ("The other list", "0:00:00", "", "speaks now"),
    ]
    assert table(house, "said-now")[0][:3] == ("1", "The list of the river", "العربية")
    assert table(house, "asked-now") == [("From the hall", "1"), ("woman", "1")]
    page = house.client().get(house.url("field_day")).content.decode()
    assert '<q lang="ar" dir="rtl">نعد بالماء &lt;b&gt;</q>' in page


def test_leaflets_stand_by_area_and_hour_and_on_the_drawing(house: House, phone: Phone) -> None:
    market, _bank = areas(house.activity)
    given = {"act": "given", "of": "p1"}
    writes(
        phone,
        (0, "stock", {"act": "out", "of": "p1", "n": 500, "area": ""}),
        (1, "stock", {**given, "n": 30, "area": market.code}),
        (70, "stock", {**given, "n": 50, "area": market.code}),
        (71, "stock", {**given, "n": 20, "area": "the old bridge"}),
    )
    rows = table(house, "areas-now")
    assert rows == [
        ("1 · Market", "80", "30", "50"),
        ("2 · River bank", "0", "0", "0"),
        ("the old bridge", "20", "0", "20"),
    ]
    page = house.client().get(house.url("field_day")).content.decode()
    assert 'class="area" data-loud="4"' in page
    assert 'class="area" data-loud="0"' in page


def test_answers_stand_before_beside_after(house: House, phone: Phone) -> None:
    question = a_question(house.activity)
    for when, counts in (("before", (2, 0, 12)), ("after", (11, 3, 0))):
        for choice, count in enumerate(counts, 1):
            if count:
                phone.writes("answer", {"question": f"{question.code}/{when}", "choice": str(choice), "n": count})
    phone.sends()
    assert table(house, f"answers-{question.code}") == [("Yes", "2", "11"), ("A little", "0", "3"), ("No", "12", "0")]
    phone.writes("answer", {"question": "of the sheet", "choice": "yes", "n": 4})
    phone.sends()
    assert table(house, "answers-of the sheet") == [("yes", "4")]


def test_the_days_screen_asks_the_database_as_often_for_many_as_for_one(house: House, phone: Phone) -> None:
    runs(phone, house)
    a_question(house.activity)
    client, counts = house.client(), list[int]()
    client.get(house.url("field_day"))
    for more in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(house.url("field_day"))
        counts.append(len(asked))
        for _ in range(20 * (1 - more)):
            planned(house.activity, Question, words={"en": "Q"}, answers={"en": "1\n2"})
            a_debate(house.activity)
            areas(house.activity)
    assert counts[0] == counts[1]


def test_counts_go_into_the_record_with_their_split(house: House, phone: Phone) -> None:
    runs(phone, house)
    market, _bank = areas(house.activity)
    question = a_question(house.activity)
    writes(
        phone,
        (60, "stock", {"act": "out", "of": "p1", "n": 90, "area": ""}),
        (61, "stock", {"act": "given", "of": "p1", "n": 80, "area": market.code}),
        (62, "tally", {"counter": "age:under_18", "by": 9}),
        (63, "tally", {"counter": "k1", "by": 5}),
        (64, "answer", {"question": f"{question.code}/before", "choice": "3", "n": 12}),
    )
    results.count_into_record(actor=HAWRE, activity=house.activity, now=clock.now())
    found = {(one.counted, one.group): one for one in Figure.objects.filter(activity=house.activity)}
    assert {key: one.quantity for key, one in found.items()} == {
        ("started", ""): 3,
        ("finished", ""): 3,
        ("given_out", ""): 80,
        ("visited", "age-under_18"): 9,
        ("answered", f"{question.code}-before-3"): 12,
    }
    assert found["answered", f"{question.code}-before-3"].group_names["en"] == "Before: Do you know the law? – No"
    assert split(found["finished", ""]) == {"Women 5 km": 2}
    assert split(found["given_out", ""]) == {"Market": 80}
    assert {(one.source and one.source.slug, one.method) for one in found.values()} == {("field-log", "counted")}
    assert results.count_into_record(actor=HAWRE, activity=house.activity, now=clock.now()) == 0
    phone.writes("bib", {"bib": "7", "category": "sex:woman"})
    phone.sends()
    assert results.count_into_record(actor=HAWRE, activity=house.activity, now=clock.now()) == 2
    assert split(Figure.objects.get(counted="finished")) == {"Women 5 km": 2, "woman": 1}


def split(figure: Figure) -> dict[str, int]:
    return {cell.group_names["en"]: cell.quantity for cell in figure.parts.all()}


def test_other_phones_are_told_of_bibs_but_not_of_those_taken_back(house: House, phone: Phone) -> None:
    phone.writes("bib", {"bib": "12", "category": "", "wave": "w1", "no_photo": True})
    phone.writes("bib", {"bib": "13", "category": 5})
    phone.writes("bib", {"bib": "14", "category": ""})
    phone.writes("undo", {"of": 3})
    phone.sends()
    (activity,) = comes_for(issued(house.activity).secret)["kit"]["activities"]
    assert activity["bibs"] == [{"bib": "12", "category": "", "wave": "w1", "no_photo": True}]


def finished_with_a_name(house: House, phone: Phone) -> Registration:
    """Bib 60 wants her name shown and no photo, bib 61 has a name and does not want it shown."""
    shown, hidden = house.sign_up(), house.sign_up("Hidden Hamid")
    first, _second, _women = a_race(house.activity)
    tickets = [bytes(row.ticket_hash).hex()[:16] for row in (shown, hidden)]
    writes(
        phone,
        (0, "race_start", {"wave": first.code}),
        (1, "bib", {"bib": "60", "category": "sex:woman", "wave": first.code, "no_photo": True, "ticket": tickets[0]}),
        (2, "opt_in", {"bib": "60", "shown": True}),
        (3, "bib", {"bib": "61", "category": "sex:woman", "wave": first.code, "ticket": tickets[1]}),
        (40, "finish", {"bib": "61"}),
        (41, "finish", {"bib": "60"}),
    )
    return shown


def test_results_name_only_who_wants_it_and_only_when_opened(house: House, phone: Phone) -> None:
    finished_with_a_name(house, phone)
    layla, address = house.client(), house.url("field_results")
    page = layla.get(address).content.decode()
    assert PLANTED_NAME not in page
    assert "0:41:00" in page
    assert re.search(r'Not to be photographed</h2><p class="bibs"><b><bdi>60</bdi></b>', page)
    opened = layla.post(address).content.decode()
    assert PLANTED_NAME in opened
    assert "Hidden" not in opened, "she did not ask to be named"
    assert AuditEntry.objects.filter(act="open names").exists()
    assert PLANTED_NAME not in layla.get(address).content.decode(), "for one page alone"


def test_names_in_results_need_the_right_and_an_open_vault(house: House, phone: Phone) -> None:
    finished_with_a_name(house, phone)
    for client in (house.client(Character.DOOR), house.client(unlocked=False)):
        answer = client.post(house.url("field_results"))
        assert answer.status_code == 403
        assert PLANTED_NAME not in answer.content.decode()
        assert "0:41:00" in answer.content.decode()
