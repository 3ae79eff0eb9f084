"""The desk's side of the day: kits are handed out and taken back, counts and conflicts are seen and decided."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.organise.field.models import Device, Settlement
from tadamun.organise.field.queries import today
from tadamun.organise.field.rules import wire
from tadamun.organise.field.services import incidents
from tadamun.organise.field.services.incidents import context_of
from tadamun.organise.network.queries import standing_of
from tadamun.organise.programme.models import Figure
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services import members
from tadamun.organise.safety.services.openings import public_key_of
from tadamun.organise.safety.vault.sealing import Context, seal
from tadamun.organise.safety.vault.wrapping import LIMITS
from tadamun.toolkit import clock
from tests.characters import Character
from tests.organise.field.phones import Phone, comes_for, enrolled, phone_of
from tests.organise.people_desk.houses import PLANTED_NAME, House, make_house

pytestmark = pytest.mark.django_db
NEW_KIT = {"label": "North door", "role": "door", "language": "ar", "ends_on": "2099-03-04"}


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(members, "COST", LIMITS.least)
    return make_house()


@pytest.fixture
def layla(house: House) -> Client:
    return house.client()


def test_a_kit_is_handed_out_once_and_a_phone_gets_it(house: House, layla: Client) -> None:
    page = layla.post(house.url("field_kits"), NEW_KIT).content.decode()
    (secret,) = set(re.findall(r"/field/#k=([0-9A-Z]{26})", page))
    assert "<svg" in page
    phone = phone_of(comes_for(secret), house.activity)
    assert phone.kit["label"] == "North door"
    assert secret not in layla.get(house.url("field_kits")).content.decode(), "it is shown once"
    device = Device.objects.get()
    assert f"{device.ends_at:%Y-%m-%d %H:%M}" == "2099-03-04 21:00", "midnight in Baghdad"


@pytest.mark.parametrize(
    ("field", "value"), [("label", ""), ("role", "paper"), ("ends_on", "2018-03-04"), ("ends_on", "?")]
)
def test_a_form_that_cannot_be_says_which_field(house: House, layla: Client, field: str, value: str) -> None:
    answer = layla.post(house.url("field_kits"), {**NEW_KIT, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Device.objects.exists()


def test_whoever_works_at_the_door_sees_kits_and_takes_back_a_lost_one_but_hands_out_none(house: House) -> None:
    phone, hawre = enrolled(house.activity), house.client(Character.DOOR)
    assert hawre.post(house.url("field_kits"), NEW_KIT).status_code == 403
    lost = house.url("field_kit_lost", kit=phone.device)
    assert hawre.get(lost).status_code == 200
    assert phone.row.revoked_at is None, "asked first"
    hawre.post(lost, {"unsent": "first"})
    assert phone.sends(status=401)["erase"] is True
    assert AuditEntry.objects.filter(act="take back kit").exists()


def test_a_kit_of_another_activity_is_not_found(house: House, layla: Client) -> None:
    phone = enrolled(house.activity)
    Device.objects.get(uid=phone.device).activities.clear()
    assert layla.post(house.url("field_kit_lost", kit=phone.device)).status_code == 404
    assert phone.row.revoked_at is None


def counted(house: House) -> tuple[Phone, Phone]:
    north, south = enrolled(house.activity, label="north"), enrolled(house.activity, label="south")
    for phone, number in ((north, 25), (south, 26)):
        phone.writes("tally", {"counter": "women", "by": number})
        phone.writes("attend", {"counter": "all", "sitting": "1", "n": number})
        phone.sends()
    return north, south


def test_the_days_screen_shows_counts_and_both_sides_of_a_conflict(house: House, layla: Client) -> None:
    _north, south = counted(house)
    page = layla.get(house.url("field_day")).content.decode()
    assert "<dd>51</dd>" in page
    assert all(word in page for word in ("north", "south", ">25<", ">26<"))
    layla.post(house.url("field_day"), {"conflict": "count:1:all", "choice": south.device})
    assert "holds now" in layla.get(house.url("field_day")).content.decode()
    assert Settlement.objects.get().choice == south.device


def test_deciding_is_for_who_may_edit(house: House) -> None:
    _north, south = counted(house)
    hawre = house.client(Character.DOOR)
    assert hawre.post(house.url("field_day"), {"conflict": "count:1:all", "choice": south.device}).status_code == 403
    assert not Settlement.objects.exists()
    assert (
        "<button"
        not in hawre.get(house.url("field_day")).content.decode().partition('id="conflicts"')[2].partition("</form>")[0]
    )


def test_counts_go_into_the_record_by_one_press(house: House, layla: Client) -> None:
    counted(house)
    layla.post(house.url("field_day"), {"act": "record"})
    assert {(one.counted, one.group, one.quantity) for one in Figure.objects.all()} == {("visited", "women", 51)}


def test_the_hall_sees_numbers_alone(house: House, layla: Client) -> None:
    counted(house)
    page = layla.get(house.url("field_hall"), {"live": 1}).content.decode()
    assert 'http-equiv="refresh"' in page
    assert "<dd>51</dd>" in page
    assert all(word not in page for word in ("north", "south", "/kits/"))
    assert 'http-equiv="refresh"' not in layla.get(house.url("field_hall")).content.decode()


def sealed_note(house: House, phone: Phone, words: str = f"Hurt: {PLANTED_NAME}", row: str = "r1") -> None:
    place = Context(purpose="incident", activity=str(house.activity.uid), field="note", row=row)
    envelope = seal(public_key_of(house.admission.key_subject), words.encode(), context=place)
    phone.writes("incident", {"sealed": wire.encode(envelope), "row": row, "level": "high"})
    phone.sends()


def test_an_incident_is_read_only_with_an_open_vault_and_the_log_says_so(house: House) -> None:
    sealed_note(house, enrolled(house.activity))
    address = house.url("field_incidents")
    locked, hawre, layla = house.client(unlocked=False), house.client(Character.DOOR), house.client()
    for client in (locked, hawre):
        assert client.post(address).status_code == 403
    assert PLANTED_NAME not in layla.get(address).content.decode(), "a look opens nothing"
    before = AuditEntry.objects.filter(act="open names").count()
    assert PLANTED_NAME in layla.post(address).content.decode()
    assert AuditEntry.objects.filter(act="open names").count() == before + 1


def test_a_note_that_is_nested_without_end_or_stands_nowhere_hides_no_other(house: House, layla: Client) -> None:
    phone = enrolled(house.activity)
    sealed_note(house, phone)
    sealed_note(house, phone, words="[" * 20_000, row="r2")
    for row in ([], "x" * 5000, "\n", "٣", 10**30):
        phone.writes("incident", {**phone.log[0][5], "row": row})
    phone.sends()
    assert PLANTED_NAME in layla.post(house.url("field_incidents")).content.decode()


def test_no_note_is_out_of_reach_behind_many_others(
    house: House, layla: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Walk-ins by the hundred, or a phone in wrong hands, must not bury who was hurt."""
    monkeypatch.setattr(incidents, "MOST_AT_ONCE", 2)
    phone = enrolled(house.activity)
    sealed_note(house, phone)
    for row in ("w1", "w2", "w3"):
        phone.writes("walk_in", {"sealed": wire.encode(b"x"), "row": row, "count": 1})
    phone.sends()
    first, second = (layla.post(house.url("field_incidents"), {"part": part}) for part in ("", "2"))
    assert PLANTED_NAME in first.content.decode()
    assert [len(answer.context["read"]) for answer in (first, second)] == [2, 2]
    assert "2 / 2" in layla.get(house.url("field_incidents")).content.decode()


def test_an_incident_that_was_moved_to_another_row_does_not_open(house: House, layla: Client) -> None:
    phone = enrolled(house.activity)
    sealed_note(house, phone)
    first = phone.log[0]
    phone.writes("incident", {**first[5], "row": "r2"})
    phone.sends()
    page = layla.post(house.url("field_incidents")).content.decode()
    assert page.count(PLANTED_NAME) == 1
    assert page.count("cannot be opened") == 1


def test_details_of_a_walk_in_are_bound_like_a_registration(house: House) -> None:
    phone = enrolled(house.activity)
    phone.writes("walk_in", {"sealed": wire.encode(b"x"), "row": "r", "count": 1})
    phone.sends()
    place = context_of(house.activity.field_entries.select_related("activity", "device").get())
    assert (place.purpose, place.activity, place.field, place.row) == (
        "registration",
        str(house.activity.uid),
        "entry",
        "r",
    )


def test_a_silent_phone_with_entries_on_it_is_named_today(house: House) -> None:
    phone, standing = enrolled(house.activity, label="north"), standing_of(house.layla)
    phone.sends([], unsent=7)
    assert list(today.needs(standing, clock.now())) == []
    (need,) = today.needs(standing, clock.now() + timedelta(hours=3))
    assert "7 entries" in str(need.line.says)
    phone.sends([], unsent=0)
    assert list(today.needs(standing, clock.now() + timedelta(hours=3))) == []


@pytest.mark.parametrize("name", ["field_day", "field_kits", "field_hall", "field_incidents", "activity"])
def test_pages_cost_the_same_however_many_kits_and_entries(house: House, layla: Client, name: str) -> None:
    counts = []
    for many in (1, 20):
        for _ in range(many):
            phone = enrolled(house.activity)
            phone.writes("attend", {"counter": "all", "sitting": "1", "n": many})
            phone.writes("tally", {"counter": "women", "by": 1})
            phone.sends()
        layla.get(reverse(name, kwargs={"uid": house.activity.uid}))
        with CaptureQueriesContext(connection) as seen:
            assert layla.get(reverse(name, kwargs={"uid": house.activity.uid})).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
