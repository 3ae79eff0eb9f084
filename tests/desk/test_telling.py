"""Whoever changes a day, an hour or a place is asked whether those who signed up are told; nobody is told silently."""

from typing import Any

import pytest
from django.urls import reverse

from tadamun.organise.people.models import Letter
from tadamun.organise.people.vocabulary import LetterKind, LetterState
from tadamun.organise.programme.models import Change, Sitting
from tests.characters import Character
from tests.organise.people_desk.houses import House, make_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    made = make_house()
    for number in range(2):
        made.sign_up(f"Guest {number}", f"+96477012345{number}0")
    return made


def change_the_sitting(house: House, **fields: Any) -> Any:
    sitting = Sitting.objects.get()
    address = reverse("activity_row", kwargs={"uid": house.activity.uid, "code": "sittings", "row": sitting.pk})
    client = house.client(Character.EDITOR)
    seen = client.get(address).context["form"].initial["seen"]
    stands = {"start": "2099-03-03", "end": "2099-03-03", "precision": "exact", "tell_place": sitting.tell_place}
    answer = client.post(address, {"seen": seen, **stands, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return answer


def letters() -> list[str]:
    return [letter.state for letter in Letter.objects.filter(kind=LetterKind.CHANGED)]


def test_a_change_of_the_day_asks_and_tells_only_when_told_to(house: House) -> None:
    answer = change_the_sitting(house, start="2099-03-05", end="2099-03-05")
    assert answer.url == house.url("activity_tell")
    client = house.client(Character.EDITOR)
    assert "Tell the 2 people who signed up" in client.get(answer.url).content.decode()
    assert letters() == []
    client.post(answer.url)
    assert letters() == [LetterState.WAITING] * 2
    client.post(answer.url)
    assert letters() == [LetterState.WAITING] * 2, "asked twice, told once"


def test_what_nobody_needs_to_know_asks_nothing(house: House) -> None:
    answer = change_the_sitting(house, **{"note-en": "Bring water"})
    assert answer.url.endswith("#sittings")


def test_where_nobody_signed_up_nothing_is_asked(house: House) -> None:
    Letter.objects.all().delete()
    house.admission.registrations.all().delete()
    answer = change_the_sitting(house, start="2099-03-05", end="2099-03-05")
    assert house.client(Character.EDITOR).get(answer.url).url.endswith("#sittings")


def test_undoing_the_change_takes_back_what_waits(house: House) -> None:
    answer = change_the_sitting(house, start="2099-03-05", end="2099-03-05")
    client = house.client(Character.EDITOR)
    client.post(answer.url)
    client.post(house.url("activity_undo", change=Change.objects.latest("pk").pk))
    assert letters() == [LetterState.DROPPED] * 2


def test_moving_a_card_on_the_board_asks_too_and_leads_back_to_it(house: House) -> None:
    client, sitting = house.client(Character.EDITOR), Sitting.objects.get()
    sent = {"sitting": sitting.pk, "seen": sitting.start.isoformat(), "to": "2099-03-05"}
    asked = client.post(house.url("activity_move"), sent).headers["Location"]
    board = f"{reverse('week', args=[house.activity.week.slug])}?undo={Change.objects.latest('pk').pk}"
    html = client.get(asked).content.decode()
    assert "Tell the 2 people who signed up" in html
    assert f'href="{board}"' in html
    assert letters() == []
    assert client.post(asked).headers["Location"] == board
    assert letters() == [LetterState.WAITING] * 2
    client.post(house.url("activity_move_back", change=Change.objects.latest("pk").pk))
    assert letters() == [LetterState.DROPPED] * 2


def test_a_card_that_nobody_signed_up_for_is_moved_without_a_question(house: House) -> None:
    Letter.objects.all().delete()
    house.admission.registrations.all().delete()
    sitting = Sitting.objects.get()
    sent = {"sitting": sitting.pk, "seen": sitting.start.isoformat(), "to": "2099-03-05"}
    answer = house.client(Character.EDITOR).post(house.url("activity_move"), sent)
    assert answer.headers["Location"].endswith("#day-2099-03-05")
