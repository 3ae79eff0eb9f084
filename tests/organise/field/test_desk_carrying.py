"""The desk takes in what was carried, and hears what an order to erase a phone costs before it gives one."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tadamun.organise.field.models import Entry
from tadamun.organise.safety.models import AuditEntry
from tests.characters import Character
from tests.organise.field.phones import enrolled
from tests.organise.field.test_carrying import file_of, packed
from tests.organise.field.test_syncing import tallies
from tests.organise.people_desk.houses import House, make_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("day.json", content, "application/json")


def test_the_desk_takes_a_file_in_and_gives_account(house: House) -> None:
    first, second = tallies(enrolled(house.activity), 3), tallies(enrolled(house.activity, label="door 2"), 2)
    first.sends(first.log[:1])
    forged = [*second.log[0][:6], "A" * 43]
    content = file_of(packed(first), packed(second, [forged, second.log[1]]), "nonsense")
    for numbers in ([3, 1, 1], [0, 4, 1]):
        answer = house.client(Character.DOOR).post(house.url("field_files"), {"file": upload(content)})
        assert answer.status_code == 200
        brought = answer.context["brought"]
        assert [brought.new, brought.known, brought.turned_away] == numbers
        assert [int(one) for one in re.findall(r"<dd>(\d+)</dd>", answer.content.decode())] == numbers
        assert (brought.unopened, brought.packs) == (1, 3)
    assert Entry.objects.count() == 4
    assert AuditEntry.objects.filter(act="take in carried file").count() == 2


@pytest.mark.parametrize(
    "content", [b"", b"x", b"{}", b'{"format": "tadamun carry 2"}', b'{"format": "tadamun entries 1"}']
)
def test_what_is_no_file_of_a_kit_is_said(house: House, content: bytes) -> None:
    answer = house.client(Character.DOOR).post(house.url("field_files"), {"file": upload(content or b"[]")})
    assert answer.status_code == 422
    assert "no file of a kit" in answer.content.decode()


def test_the_desk_says_what_is_lost_and_offers_both(house: House) -> None:
    phone = tallies(enrolled(house.activity), 5)
    phone.sends(phone.log[:1], unsent=4)
    hawre, page = house.client(Character.DOOR), house.url("field_kit", kit=phone.device)
    asked = hawre.get(f"{page}lost/").content.decode()
    assert "it had not sent: 4" in asked
    assert "what it has not sent is lost" in asked
    assert hawre.post(f"{page}lost/", {}).status_code == 422
    assert phone.row.revoked_at is None
    hawre.post(f"{page}lost/", {"unsent": "first"})
    assert (phone.row.erase, phone.row.erase_locked) == (True, False)
    assert "lost/" in hawre.get(page).content.decode(), "the harder order can still be given"
    hawre.post(f"{page}lost/", {"unsent": "lost"})
    assert phone.row.erase_locked is True
