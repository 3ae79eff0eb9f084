"""Sign-up is shaped within what the safety profile sets, in languages side by side, and audited."""

from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.urls import reverse

from tadamun.organise.people.models import Admission, Condition, Letter, PlaceGroup, Question, Registration
from tadamun.organise.people.services.entries import code_hash
from tadamun.organise.people.vocabulary import Asked, LetterKind, LetterState
from tadamun.organise.safety.models import AuditEntry, Holding
from tadamun.organise.safety.vocabulary import SafetyProfile
from tests.characters import Character, make_world
from tests.organise.people_desk.houses import PLANTED_NAME, PLANTED_PHONE, House, make_activity, make_house

pytestmark = pytest.mark.django_db


def shaped(house: House, **changes: Any) -> HttpResponse:
    admission = Admission.objects.get(pk=house.admission.pk)
    names = ("promotion", "offer_hours", "guests_max", "name", "contact", "retention_days")
    values = {name: getattr(admission, name) for name in names} | {"waiting_list": "on"} | changes
    return house.client().post(house.url("people_settings"), values)


@pytest.mark.parametrize(
    ("state", "waits"), [("idea", True), ("planned", True), ("open", False), ("postponed", False), ("held", False)]
)
def test_the_desk_leads_on_until_the_activity_is_open(db: None, state: str, waits: bool) -> None:
    house = make_house()
    house.activity.state = state
    house.activity.save()
    page = house.client().get(house.url("people")).content.decode()
    assert ("Nobody can sign up before the activity is open for it." in page) is waits
    assert (f'href="{reverse("activity_state", kwargs={"uid": house.activity.uid})}"' in page) is waits
    assert f'href="{reverse("activity", kwargs={"uid": house.activity.uid})}#people"' in page


@pytest.mark.parametrize(
    ("safety", "name", "contact", "days"),
    [
        (SafetyProfile.OPEN, Asked.OPTIONAL, Asked.OPTIONAL, 30),
        (SafetyProfile.CAREFUL, Asked.NEVER, Asked.OPTIONAL, 14),
        (SafetyProfile.HIGH_RISK, Asked.NEVER, Asked.NEVER, 7),
    ],
)
def test_a_sign_up_begins_with_what_the_safety_profile_sets(
    db: None, safety: SafetyProfile, name: str, contact: str, days: int
) -> None:
    house = make_house(safety=safety)
    admission = Admission.objects.get(pk=house.admission.pk)
    assert (admission.name, admission.contact, admission.retention_days) == (name, contact, days)


def test_asking_more_than_the_profile_has_wants_a_second_thought(db: None) -> None:
    house = make_house(safety=SafetyProfile.HIGH_RISK)
    answer = shaped(house, contact=Asked.REQUIRED)
    assert answer.status_code == 422
    assert "If it must be, say so below" in answer.content.decode()
    assert Admission.objects.get().contact == Asked.NEVER
    assert shaped(house, contact=Asked.REQUIRED, knowingly="on").status_code == 302
    assert Admission.objects.get().contact == Asked.REQUIRED
    assert AuditEntry.objects.get(act="change sign-up").detail == {"changed": ["contact"]}


def test_keeping_entries_shorter_ends_the_holding_sooner(house: House) -> None:
    before = Holding.objects.get().until
    shaped(house, retention_days=3)
    assert (before - Holding.objects.get().until).days == 27


def test_times_are_those_of_the_week(house: House) -> None:
    shaped(house, opens_at="2099-03-01T12:00", closes_at="2099-03-02T12:00")
    opens_at = Admission.objects.get().opens_at
    assert opens_at is not None
    assert opens_at.hour == 9, "Baghdad is three hours ahead"
    page = house.client().get(house.url("people_settings")).content.decode()
    assert 'value="2099-03-01T12:00"' in page
    assert shaped(house, opens_at="2099-03-02T12:00", closes_at="2099-03-01T12:00").status_code == 422


def test_fewer_places_than_are_taken_are_refused(house: House) -> None:
    house.sign_up()
    house.sign_up()
    assert shaped(house, capacity=1).status_code == 422
    assert Admission.objects.get().capacity is None


def test_a_question_is_asked_in_several_languages_and_its_code_stays(house: House) -> None:
    new = house.url("people_part", part="question", code="new")
    wording = {"text_en": "Your size?", "text_ar": "ما مقاسك؟", "why_en": "For the shirt", "kind": "choice"}
    assert house.client().post(new, wording).status_code == 422, "a choice has answers"
    answers = {"choices_en": "small\nlarge", "choices_ar": "صغير\nكبير"}
    assert house.client().post(new, wording | answers).status_code == 302
    question = Question.objects.get()
    assert question.text == {"ar": "ما مقاسك؟", "en": "Your size?"}
    assert question.choices == [{"en": "small", "ar": "صغير"}, {"en": "large", "ar": "كبير"}]
    mended = house.url("people_part", part="question", code=question.code)
    assert "صغير\nكبير" in house.client().get(mended).content.decode()
    house.client().post(mended, wording | answers | {"text_en": "Which size?"})
    assert Question.objects.get().code == question.code
    house.client().post(mended, {"act": "drop"})
    assert not Question.objects.exists()


def test_a_condition_by_code_shows_its_code_once_and_keeps_its_trace(house: House) -> None:
    answer = house.client().post(
        house.url("people_part", part="condition", code="new"), {"says_en": "I am a candidate", "proof": "code"}
    )
    condition = Condition.objects.get()
    word = answer.context["word"]
    assert word in answer.content.decode()
    assert condition.code_hash == code_hash(word)
    again = house.client().get(house.url("people_part", part="condition", code=condition.code))
    assert word not in again.content.decode()


def test_places_are_held_for_a_group_only_where_there_is_room(db: None) -> None:
    house = make_house(capacity=3)
    new = house.url("people_part", part="group", code="new")
    assert house.client().post(new, {"names_en": "List 1", "places": 4}).status_code == 422
    assert not PlaceGroup.objects.exists(), "nothing half-written"
    assert house.client().post(new, {"names_en": "List 1", "places": 2}).status_code == 200
    assert PlaceGroup.objects.get().places == 2


def test_a_sign_up_is_made_closed_and_opened_from_the_desk(house: House) -> None:
    for act, closed in (("close", True), ("reopen", False)):
        house.client().post(house.url("people"), {"act": act})
        assert Admission.objects.get().closed is closed


def test_without_a_key_no_sign_up_is_made_and_the_reason_is_told(db: None) -> None:
    world = make_world()
    activity = make_activity(world)
    client = world.client(Character.EDITOR)
    client.post(reverse("people", kwargs={"uid": activity.uid}), {"act": "open"})
    assert "sealed to nobody" in client.get(reverse("people", kwargs={"uid": activity.uid})).content.decode()
    assert not Admission.objects.exists()


def test_somebody_added_by_hand_gets_a_ticket_that_is_shown_once(house: House) -> None:
    client, address = house.client(), house.url("add_by_hand")
    slip = client.get(address).context["form"]["slip"].value()
    given = {"name": PLANTED_NAME, "contact": "0770 123 4567", "language": "ar", "agreed": "on", "slip": slip}
    page = client.post(address, given).content.decode()
    row = Registration.objects.get()
    assert row.short_code in page
    assert "/t/" in page
    assert row.by_hand
    assert PLANTED_NAME.encode() not in bytes(row.sealed)
    client.post(address, given)
    assert Registration.objects.count() == 1, "the same form again is the same person"
    assert client.post(address, given | {"slip": "forged"}).status_code == 422


def test_the_door_reads_codes_tickets_and_their_addresses(house: House) -> None:
    tickets = [house.registered(f"N{number}") for number in range(3)]
    codes = [Registration.objects.get(uid=one.registration).short_code for one in tickets]
    hawre = house.client(Character.DOOR)
    readings = [codes[0].lower().replace("-", " "), tickets[1].ticket, f"https://example.org/t/{tickets[2].ticket}"]
    for read in readings:
        answer = hawre.post(house.url("door"), {"code": read})
        assert answer.status_code == 200, answer.content.decode()
        assert PLANTED_NAME not in answer.content.decode()
    assert Registration.objects.filter(came=True).count() == 3
    assert hawre.post(house.url("door"), {"code": readings[0]}).status_code == 422, "already in"
    forged = tickets[1].ticket[:-1] + ("A" if tickets[1].ticket[-1] != "A" else "B")
    assert hawre.post(house.url("door"), {"code": forged}).status_code == 422
    undone = {"act": "undo", "uid": str(tickets[0].registration)}
    assert hawre.post(house.url("door"), undone).status_code == 200
    assert Registration.objects.filter(came=True).count() == 2


def test_the_printed_sheet_has_codes_and_no_names(house: House) -> None:
    row = house.sign_up(contact=PLANTED_PHONE)
    page = house.client().get(house.url("sign_in_sheet")).content.decode()
    assert row.short_code in page
    assert PLANTED_NAME not in page


def test_messages_wait_until_a_member_opens_the_addresses(house: House, settings: Any) -> None:
    house.sign_up(contact="zaynab@example.org")
    settings.MAILS = True
    client = house.client()
    client.post(house.url("people_letters"), {"act": "owe", "kind": "changed"})
    assert Letter.objects.get().state == LetterState.WAITING
    locked = house.client(unlocked=False).post(house.url("people_letters"), {"act": "release"})
    assert locked.status_code == 403
    assert mail.outbox == []
    client.post(house.url("people_letters"), {"act": "release"})
    assert Letter.objects.get(kind=LetterKind.CHANGED).state == LetterState.SENT
    assert [message.to for message in mail.outbox] == [["zaynab@example.org"]]


def test_texts_to_copy_stand_in_every_language_and_name_nobody(house: House) -> None:
    house.sign_up()
    page = house.client().get(house.url("people_letters")).content.decode()
    assert page.count('class="copy"') == 12
    assert PLANTED_NAME not in page
