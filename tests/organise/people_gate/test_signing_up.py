"""Signing up at the gate: one form, one ticket, mistakes said beside the fields, and nothing that makes it two."""

from typing import Any

import pytest
from django.test import Client

from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services.admissions import set_closed
from tadamun.organise.people.services.registrations import see_own_entry
from tests.organise.people_gate.conftest import Clock
from tests.organise.people_gate.world import (
    EMAIL,
    NAME,
    PHONE,
    Gate,
    filled,
    post,
    registration_of,
    secret_at,
    sign_up,
    slip_of,
)
from tests.organise.safety.vault_world import ACTOR


def test_a_form_leads_to_a_ticket_by_one_post_and_one_page(gate: Gate, client: Client) -> None:
    answer = sign_up(client, gate, guests="1", needs="childcare", age_band="25_34")
    assert answer.status_code == 303
    page = client.get(answer["Location"]).content.decode()
    row = registration_of(answer["Location"])
    assert "You have a place" in page
    assert row.short_code in page
    assert (row.standing, row.guests, row.needs, row.age_band) == ("placed", 1, ["childcare"], "25_34")
    assert gate.fresh().taken == 2


def test_what_was_written_comes_back_only_to_the_ticket(gate: Gate, client: Client) -> None:
    address = sign_up(client, gate, note="Knees")["Location"]
    own = see_own_entry(secret=secret_at(address))
    assert (own.name, own.contact, own.answers, own.note) == (NAME, EMAIL, {"list": "The Reed List"}, "Knees")
    assert NAME not in client.get(address).content.decode()
    assert NAME in client.get(f"{address}/entry").content.decode()


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_gate_speaks_the_language_of_its_address(gate: Gate, client: Client, lang: str) -> None:
    page = client.get(gate.address(lang))
    text = page.content.decode()
    assert page["Content-Language"] == lang
    assert f'<html lang="{lang}" dir="{"ltr" if lang == "en" else "rtl"}">' in text
    assert gate.activity.titles[lang] in text
    ticket = client.get(sign_up(client, gate, lang=lang)["Location"])
    assert ticket["Content-Language"] == lang


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zaynab@Example.org ", "zaynab@example.org"),
        ("0770 123 4599", PHONE),
        ("٠٧٧٠ ١٢٣ ٤٥٩٩", PHONE),
        ("+964 770 123 4599", PHONE),
        ("+39 06 6982 1234", "+390669821234"),
    ],
)
def test_an_address_is_kept_in_one_spelling(gate: Gate, client: Client, typed: str, kept: str) -> None:
    address = sign_up(client, gate, contact=typed)["Location"]
    assert see_own_entry(secret=secret_at(address)).contact == kept


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"c_woman": ""}, "This activity is for people to whom this applies."),
        ({"agreed": ""}, "Please read this and tick it"),
        ({"contact": "nobody at home"}, "This is neither an e-mail address nor a phone number."),
        ({"contact": "12"}, "This is neither an e-mail address nor a phone number."),
        ({"guests": "3"}, "Select a valid choice"),
        ({"sex": "duck"}, "Select a valid choice"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_lost(gate: Gate, client: Client, changes: dict[str, str], says: str) -> None:
    answer = sign_up(client, gate, **changes)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert f'value="{NAME}"' in text
    assert "The Reed List" in text
    assert gate.count() == 0
    assert post(client, gate.address(), filled() | {"slip": slip_of(answer)}).status_code == 303


def test_double_click_reload_and_back_make_no_second_place(gate: Gate, client: Client) -> None:
    """P-75, at the gate."""
    slip = slip_of(client.get(gate.address()))
    answers = [sign_up(client, gate, slip=slip, contact=contact) for contact in ("", "", PHONE)]
    assert len({answer["Location"] for answer in answers}) == 1
    assert (gate.count(), gate.fresh().taken) == (1, 1)


def test_without_the_form_s_nonce_there_would_be_two(gate: Gate, client: Client) -> None:
    """The control of P-75."""
    assert len({sign_up(client, gate, contact="")["Location"] for _ in range(2)}) == 2
    assert gate.fresh().taken == 2


def test_going_back_finds_the_same_form_and_coming_anew_a_new_one(gate: Gate, client: Client) -> None:
    first, second = client.get(gate.address()), client.get(gate.address())
    assert first["Cache-Control"] == "private, no-cache"  # kept for the way back, never shown again without asking
    assert slip_of(first) != slip_of(second)


def test_a_form_that_lay_open_for_days_asks_once_more_and_keeps_its_ticket(
    gate: Gate, client: Client, time_passes: Clock
) -> None:
    slip = slip_of(client.get(gate.address()))
    first = sign_up(client, gate, slip=slip)["Location"]
    time_passes.at = time_passes.at.replace(day=3)
    late = sign_up(client, gate, slip=slip)
    assert late.status_code == 422
    assert "open for a long time" in late.content.decode()
    assert sign_up(client, gate, slip=slip_of(late))["Location"] == first


def test_what_was_sent_too_quickly_is_asked_once_more(gate: Gate, client: Client, time_passes: Clock) -> None:
    time_passes.step *= 0
    quick = sign_up(client, gate)
    assert quick.status_code == 422
    assert "very quick" in quick.content.decode()
    time_passes.at = time_passes.at.replace(minute=5)
    assert sign_up(client, gate, slip=slip_of(quick)).status_code == 303


def test_when_all_places_are_taken_there_is_a_line_with_a_position(gate: Gate, client: Client) -> None:
    tickets = [sign_up(client, gate, contact="")["Location"] for _ in range(4)]
    assert "You can join the waiting list" in client.get(gate.address()).content.decode()
    pages = [client.get(ticket).content.decode() for ticket in tickets]
    assert [("You have a place" in page, "waiting list" in page) for page in pages] == [
        (True, False), (True, False), (False, True), (False, True)
    ]  # fmt: skip
    assert "Your position in line: 2." in pages[3]


def test_without_a_waiting_list_the_door_says_so(gate: Gate, client: Client) -> None:
    Admission.objects.update(waiting_list=False, capacity=1)
    sign_up(client, gate, contact="")
    answer = sign_up(client, gate, contact="")
    assert answer.status_code == 422
    assert "there is no waiting list" in answer.content.decode()
    assert gate.count() == 1


def closed_by_hand(gate: Gate) -> None:
    set_closed(actor=ACTOR, admission=gate.admission, closed=True, now=gate.activity.changed_at)


def not_yet(gate: Gate) -> None:
    Admission.objects.update(opens_at=gate.activity.changed_at.replace(month=5))


def over(gate: Gate) -> None:
    Admission.objects.update(closes_at=gate.activity.changed_at)


def planned_only(gate: Gate) -> None:
    gate.activity.state = "planned"
    gate.activity.save()


def was_held(gate: Gate) -> None:
    gate.activity.state = "held"
    gate.activity.save()


@pytest.mark.parametrize(
    ("shut", "says"),
    [
        (closed_by_hand, "closed at the moment"),
        (not_yet, "not begun yet"),
        (planned_only, "not begun yet"),
        (over, "is over"),
        (was_held, "is over"),
    ],
)
def test_a_shut_door_stays_polite_also_to_who_has_the_form_already(
    gate: Gate, client: Client, shut: Any, says: str
) -> None:
    slip = slip_of(client.get(gate.address()))
    shut(gate)
    for answer in (client.get(gate.address()), sign_up(client, gate, slip=slip)):
        assert answer.status_code == 200
        assert says in answer.content.decode()
        assert "<form" not in answer.content.decode()
    assert Registration.objects.count() == 0


def test_what_cannot_be_signed_up_for_says_what_to_do(gate: Gate, client: Client) -> None:
    unknown = client.get(gate.address().replace("training", "nothing"))
    gate.activity.state = "idea"
    gate.activity.save()
    secret = client.get(gate.address())
    assert unknown.status_code == secret.status_code == 404
    assert unknown.content == secret.content
    assert "Look for the activity among the weeks." in unknown.content.decode()
    assert client.get(gate.address("xx")).status_code == 404
