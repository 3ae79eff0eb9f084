"""Paper: what was keyed twice alike goes into the log once, as if a phone had written it."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.urls import reverse

from tadamun.organise.field.models import Entry, Keying
from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.rules import sheets
from tadamun.organise.people.models import Registration
from tadamun.organise.planning.models import PrintedMatter
from tadamun.organise.programme.models import Sitting
from tests.characters import Character
from tests.organise.people_desk.houses import House as Desk
from tests.organise.people_desk.houses import make_activity, make_house
from tests.organise.volunteers.crews import a_crew, a_shift, duty_of, joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    """Layla's desk, with an activity on 3 March 2099."""
    return make_house()


def page(desk: Desk, sheet: str) -> str:
    return reverse("field_paper_keyed", kwargs={"uid": desk.activity.uid, "sheet": sheet})


def mark(answer: Any) -> str:
    return str(answer.content.decode().split('name="mark" value="')[1].split('"')[0])


def keyed(desk: Desk, sheet: str, *times: dict[str, str], by: Sequence[Character] = ()) -> Any:
    """Key a sheet in several times, each perhaps by another member; the last answer."""
    members = [desk.client(one) for one in by] or [desk.client()]
    path, sent = page(desk, sheet), {"at": "2099-03-03T16:00"}
    answer = members[0].get(path)
    sent["mark"] = mark(answer)
    for number, cells in enumerate(times):
        answer = members[number % len(members)].post(path, {**sent, **cells})
        if number == 0 and answer.status_code == 302:
            path = answer["Location"]
            answer = members[0].get(path)
    return answer


@pytest.mark.parametrize("sheet", ["sign-in", "tally", "bibs", "stock", "shifts"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sheet_prints_without_a_name(desk: Desk, sheet: str, language: str) -> None:
    registration = desk.sign_up("Zaynab Al-Tamimi")
    address = reverse("field_paper_sheet", kwargs={"uid": desk.activity.uid, "sheet": sheet})
    answer = desk.client().get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert "Zaynab" not in answer.content.decode()
    assert (registration.short_code in answer.content.decode()) is (sheet == "sign-in")


def test_a_tally_counts_when_it_was_keyed_twice_alike(desk: Desk) -> None:
    again = keyed(desk, "tally", {"women:by": "25", "men:by": "8"})
    assert not Entry.objects.exists()
    assert 'value="25"' not in again.content.decode(), "the first time is not shown"
    assert keyed(desk, "tally", *[{"women:by": "25", "men:by": "٨"}, {"women:by": "25", "men:by": "8"}])["Location"]
    assert account_of(desk.activity).state.tallies == {"women": 25, "men": 8}


def test_what_differs_is_listed_and_a_third_time_decides(desk: Desk) -> None:
    answer = keyed(desk, "tally", {"women:by": "25"}, {"women:by": "26"})
    assert answer.status_code == 422
    assert "<bdi>25</bdi> / <bdi>26</bdi>" in answer.content.decode()
    assert not Entry.objects.exists()
    assert keyed(desk, "tally", {"women:by": "25"}, {"women:by": "26"}, {"women:by": "25"}).status_code == 302
    assert account_of(desk.activity).state.tallies == {"women": 25}


def test_pressing_twice_counts_once(desk: Desk) -> None:
    client = desk.client()
    cells = {"at": "2099-03-03T16:00", "women:by": "25", "mark": mark(client.get(page(desk, "tally")))}
    places = {client.post(page(desk, "tally"), cells)["Location"] for _time in range(2)}
    assert len(places) == 1
    for _time in range(2):
        assert client.post(*places, cells).status_code == 302
    assert account_of(desk.activity).state.tallies == {"women": 25}
    assert "in the log already" in client.post(page(desk, "tally"), cells).content.decode()
    assert not Keying.objects.exists()


def test_another_member_keys_it_days_later_and_does_not_see_the_first_time(desk: Desk) -> None:
    keyed(desk, "tally", {"women:by": "2537"})
    other = desk.client(Character.DOOR)
    papers = other.get(reverse("field_paper", args=[desk.activity.uid])).content.decode()
    assert "1 waits for the second time" in papers
    waiting = Keying.objects.get()
    assert str(waiting.uid) in other.get(reverse("desk")).content.decode(), "it is on what needs me today"
    assert str(waiting.uid) in other.get(page(desk, "tally")).content.decode()
    place = reverse("field_paper_again", args=[desk.activity.uid, waiting.uid])
    again = other.get(place).content.decode()
    assert "Somebody else keyed this sheet in" in again
    assert "2537" not in again
    assert "2537" not in papers
    differs = other.post(place, {"women:by": "2573"})
    assert "<bdi>2537</bdi> / <bdi>2573</bdi>" in differs.content.decode()
    assert other.post(place, {"women:by": "2537"}).status_code == 302
    assert account_of(desk.activity).state.tallies == {"women": 2537}
    assert not Keying.objects.exists()
    assert other.get(place).status_code == 302, "it waits no more"


def test_a_first_time_can_be_thrown_away(desk: Desk) -> None:
    keyed(desk, "tally", {"women:by": "25"})
    place = reverse("field_paper_again", args=[desk.activity.uid, Keying.objects.get().uid])
    assert desk.client().post(place, {"act": "drop"}).status_code == 302
    assert not Keying.objects.exists()
    assert not Entry.objects.exists()


def test_attendance_is_keyed_for_each_sitting_with_the_same_rows(desk: Desk) -> None:
    rows = [desk.sign_up(f"Person {number}") for number in range(3)]
    first = desk.activity.sittings.get()
    second = Sitting.objects.create(activity=desk.activity, position=1, start=first.start, end=first.end)
    client = desk.client()
    assert str(first.pk) in client.get(reverse("field_paper", args=[desk.activity.uid])).content.decode()
    sheet = client.get(reverse("field_paper_sheet", args=[desk.activity.uid, f"sitting-{second.pk}"])).content.decode()
    assert rows[0].short_code in sheet
    assert "☐" in sheet
    assert keyed(desk, f"sitting-{first.pk}", {"words": "1-3"}, {"words": "1 2 3"}).status_code == 302
    assert keyed(desk, f"sitting-{second.pk}", {"words": "2"}, {"words": "2"}).status_code == 302
    attended = list(Registration.objects.order_by("number").values_list("attended", flat=True))
    assert attended == [[first.pk], [first.pk, second.pk], [first.pk]]
    assert not Registration.objects.filter(came=True).exists()
    theirs = make_activity(desk.world, theirs=True).sittings.get()
    assert client.get(page(desk, f"sitting-{theirs.pk}")).status_code == 404


def test_ticked_rows_are_people_who_came(desk: Desk) -> None:
    rows = [desk.sign_up(f"Person {number}") for number in range(4)]
    assert keyed(desk, "sign-in", {"words": "1, 3-4"}, {"words": "٣ 4 1"}).status_code == 302
    came = Registration.objects.filter(came=True).values_list("number", flat=True)
    assert sorted(came) == [rows[0].number, rows[2].number, rows[3].number]


@pytest.mark.parametrize("words", ["99", "1 x", "5-2", "1-999999"])
def test_a_row_that_is_not_on_the_sheet_is_said(desk: Desk, words: str) -> None:
    desk.sign_up("Person")
    answer = keyed(desk, "sign-in", {"words": words})
    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()


def test_finishes_have_their_times_in_the_zone_of_the_week(desk: Desk) -> None:
    lines = {"words": "17 9:31:05\n8 09:31:07"}
    assert keyed(desk, "bibs", lines, {"words": "8 9.31.07\n17 9:31:05"}).status_code == 302
    entries = {entry.body["bib"]: entry.clock for entry in Entry.objects.filter(kind="finish")}
    assert entries["8"] - entries["17"] == 2000
    # 9:31:05 in Baghdad is 6:31:05 UTC.
    assert entries["17"] // 1000 % 86400 == 6 * 3600 + 31 * 60 + 5


def test_leaflets_are_taken_along_given_out_and_brought_back(desk: Desk) -> None:
    item = PrintedMatter.objects.create(
        week=desk.activity.week, activity=desk.activity, position=0, what={"en": "Leaflet"}, language="ar"
    )
    cells = {f"p{item.pk}:out": "100", f"p{item.pk}:given": "80", f"p{item.pk}:returned": "20"}
    assert keyed(desk, "stock", cells, cells).status_code == 302
    stock = account_of(desk.activity).state.stock[f"p{item.pk}"]
    assert (stock.out, stock.given, stock.returned) == (100, 80, 20)


def test_shifts_on_paper_say_who_is_back(desk: Desk) -> None:
    crew = a_crew(desk.activity)
    text = joined(crew, a_shift(desk.activity))
    duty = f"{duty_of(text).shift.uid} {duty_of(text).helper.short_code}"
    cells = {f"{duty}:start_shift": "8:05", f"{duty}:end_shift": "12:00", f"{duty}:check_back": "12:30"}
    assert keyed(desk, "shifts", cells, cells).status_code == 302
    found = duty_of(text)
    assert found.started_at
    assert found.back_at
    assert (found.started_at.hour, found.back_at.minute) == (5, 30), "five past eight in Baghdad"


def test_a_page_that_was_altered_begins_anew(desk: Desk) -> None:
    answer = desk.client().post(page(desk, "tally"), {"mark": "forged", "women:by": "5"})
    assert answer.status_code == 302
    assert not Entry.objects.exists()


def test_a_sheet_that_is_none_is_not_found(desk: Desk) -> None:
    assert desk.client().get(page(desk, "nonsense")).status_code == 404


def test_a_bib_that_came_twice_stays_twice() -> None:
    assert sheets.finishes("7 9:00\n7 9:05") == {"7": "09:00:00", "7#2": "09:05:00"}


@pytest.mark.parametrize("typed", ["25:00", "9", "x", "9:61"])
def test_a_time_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        sheets.clock_time(typed)
