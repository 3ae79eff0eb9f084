"""Coming for a kit: once, with a secret that the server does not keep; a lost answer comes again."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tadamun.organise.field.models import Device
from tadamun.organise.field.services import kits
from tadamun.organise.planning.models import PrintedMatter
from tadamun.organise.volunteers.models import Shift
from tadamun.toolkit import clock
from tests.organise.field.phones import HAWRE, comes_for, enrolled, issued, phone_of
from tests.organise.people.house import House, comes, leaves

pytestmark = pytest.mark.django_db
NAME = "Zaynab Al-Tamimi"


def test_a_kit_knows_tickets_by_hash_and_nobody_by_name(run: House) -> None:
    placed, left = comes(run, "zaynab@example.org", name=NAME), comes(run, name="Hind")
    leaves(left)
    answer = comes_for(issued(run.activity).secret)
    (activity,) = answer["kit"]["activities"]
    rows = {bytes(row.ticket_hash).hex()[:16]: row for row in run.rows()}
    assert activity["tickets"] == {
        one: {placed.registration: "in", left.registration: "over"}[row.uid] for one, row in rows.items()
    }
    assert activity["codes"] == {row.short_code: one for one, row in rows.items()}
    text = json.dumps(answer, ensure_ascii=False)
    assert all(word not in text for word in (NAME, "Zaynab", "Hind", "example.org"))
    assert activity["seal_key"], "nothing could be sealed on the phone"


def test_a_second_phone_does_not_get_the_kit(run: House) -> None:
    secret = issued(run.activity).secret
    first = comes_for(secret)
    assert comes_for(secret)["key"] == first["key"], "who lost the answer must get it again"
    phone_of(first, run.activity).sends()
    assert comes_for(secret, status=410) == {"reason": "taken"}


def test_the_same_answer_is_given_for_ten_minutes_only(run: House) -> None:
    secret = issued(run.activity).secret
    comes_for(secret)
    Device.objects.update(enrolled_at=clock.now() - kits.SAME_ANSWER_FOR - timedelta(seconds=1))
    comes_for(secret, status=410)


def test_a_link_ends_and_a_kit_that_was_taken_back_is_not_given_out(run: House) -> None:
    old, taken_back = issued(run.activity), issued(run.activity)
    Device.objects.filter(pk=old.device.pk).update(enrol_until=clock.now() - timedelta(seconds=1))
    kits.revoke_kit(actor=HAWRE, device=taken_back.device, now=clock.now())
    for secret in (old.secret, taken_back.secret, "0" * 26):
        assert comes_for(secret, status=404) == {"reason": "unknown"}


def test_a_secret_that_was_typed_by_hand_is_understood(run: House) -> None:
    secret = issued(run.activity).secret
    assert comes_for(f" {secret[:8].lower()}-{secret[8:]} ")["kit"]["role"] == "door"


def test_the_servers_disk_holds_no_secret_of_a_link(run: House) -> None:
    issue = issued(run.activity)
    stored = Device.objects.filter(pk=issue.device.pk).values().get()
    assert all(
        issue.secret not in repr(value) and issue.secret.encode() not in repr(value).encode()
        for value in stored.values()
    )


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"secret": 5}', b'{"secret": 1.5}', b"[" * 60_000])
def test_nonsense_gets_a_reason(run: House, body: bytes) -> None:
    answer = Client().post("/field/enrol", body, content_type="application/json")
    assert (answer.status_code, json.loads(answer.content)) == (400, {"reason": "shape"})


def test_no_door_of_phones_sets_a_cookie_or_is_kept(run: House) -> None:
    phone = enrolled(run.activity)
    answer = Client().post(**phone.request())
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_kit_knows_shifts_and_what_can_be_given_out(run: House) -> None:
    now = datetime(2030, 3, 24, 13, 0, tzinfo=UTC)
    shift = Shift.objects.create(
        activity=run.activity, position=0, what={"en": "Water"}, start=now, end=now + timedelta(hours=2)
    )
    leaflet = PrintedMatter.objects.create(
        week=run.activity.week, activity=run.activity, position=0, what={"en": "Leaflet"}, language="ar", copies=500
    )
    (activity,) = comes_for(issued(run.activity).secret)["kit"]["activities"]
    (told,) = activity["shifts"]
    assert (told["id"], told["label"], told["start"]) == (str(shift.uid), {"en": "Water"}, "2030-03-24T16:00")
    assert activity["items"] == [{"code": f"p{leaflet.pk}", "label": {"en": "Leaflet"}, "n": 500}]
