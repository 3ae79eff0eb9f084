"""The ticket: how one stands, and everything that its holder alone can do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services.registrations import see_own_entry
from tadamun.organise.programme.models import Activity, Sitting
from tests.organise.people_gate.conftest import Clock
from tests.organise.people_gate.world import NAME, Gate, post, registration_of, secret_at, sign_up, slip_of


def press(client: Client, ticket: str, way: str) -> str:
    """Do what a ticket's page offers; returns the page that follows."""
    answer = post(client, f"{ticket}/{way}", {"slip": slip_of(client.get(ticket))})
    assert answer.status_code == 303, answer.content.decode()
    return str(client.get(answer["Location"]).content.decode())


def test_who_waits_moves_up_when_another_cancels(gate: Gate, client: Client) -> None:
    tickets = [sign_up(client, gate, contact="")["Location"] for _ in range(3)]
    assert "Your position in line: 1." in client.get(tickets[2]).content.decode()
    asked = client.get(f"{tickets[0]}/cancel")
    assert "Give your place back?" in asked.content.decode()
    assert Registration.objects.filter(standing="cancelled").count() == 0
    assert "This sign-up is cancelled" in press(client, tickets[0], "cancel")
    assert "You have a place" in client.get(tickets[2]).content.decode()
    assert gate.fresh().taken == 2


def test_an_offer_is_taken_in_time_or_goes_on(gate: Gate, client: Client, time_passes: Clock) -> None:
    Admission.objects.update(offer_hours=24, capacity=1)
    first, second = (sign_up(client, gate, contact="")["Location"] for _ in range(2))
    press(client, first, "cancel")
    page = client.get(second).content.decode()
    assert "A place is offered to you" in page
    assert "Take it until" in page
    assert "You have a place" in press(client, second, "coming")


def test_an_offer_that_ended_cannot_be_taken(gate: Gate, client: Client, time_passes: Clock) -> None:
    Admission.objects.update(offer_hours=24, capacity=1)
    first, second = (sign_up(client, gate, contact="")["Location"] for _ in range(2))
    press(client, first, "cancel")
    slip = slip_of(client.get(second))
    time_passes.at += timedelta(hours=25)
    assert "The offer has ended" in client.get(second).content.decode()
    late = post(client, f"{second}/coming", {"slip": slip})
    assert late.status_code == 409
    assert "the place went to the next in line" in late.content.decode()


def test_a_reminder_s_question_is_answered_by_one_press(gate: Gate, client: Client) -> None:
    ticket = sign_up(client, gate)["Location"]
    assert "You said that you will come." in press(client, ticket, "coming")
    assert registration_of(ticket).confirmed


def test_a_link_that_is_only_opened_changes_nothing(gate: Gate, client: Client) -> None:
    ticket = sign_up(client, gate)["Location"]
    for way in ("", "/coming", "/cancel", "/delete", "/entry", "/activity.ics", "/ticket.html"):
        client.get(ticket + way)
    row = registration_of(ticket)
    assert (row.standing, row.confirmed) == ("placed", False)


def test_own_entry_can_be_seen_and_mended(gate: Gate, client: Client) -> None:
    ticket = sign_up(client, gate)["Location"]
    page = client.get(f"{ticket}/entry")
    values = {"slip": slip_of(page), "name": "Zahra", "contact": "", "q_list": "Another list"}
    assert post(client, f"{ticket}/entry", values | {"contact": "x"}).status_code == 422
    assert post(client, f"{ticket}/entry", values).status_code == 303
    own = see_own_entry(secret=secret_at(ticket))
    assert (own.name, own.contact, own.answers) == ("Zahra", "", {"list": "Another list"})


def test_own_entry_can_be_destroyed(gate: Gate, client: Client) -> None:
    ticket = sign_up(client, gate)["Location"]
    assert "This sign-up is cancelled" in press(client, ticket, "delete")
    row = registration_of(ticket)
    assert (bytes(row.sealed), bytes(row.own_copy), row.sex) == (b"", b"", "")
    gone = client.get(f"{ticket}/entry")
    assert gone.status_code == 409
    assert NAME not in gone.content.decode()


def test_all_tickets_that_open_nothing_get_the_same_answer(gate: Gate, client: Client, time_passes: Clock) -> None:
    ticket = sign_up(client, gate)["Location"]
    forged = ticket[:-1] + ("0" if ticket[-1] != "0" else "1")
    deleted = sign_up(client, gate, contact="")["Location"]
    registration_of(deleted).delete()
    answers = [client.get(address) for address in (forged, deleted, "/t/ABC", f"{forged}/cancel", f"{deleted}/entry")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    time_passes.at = datetime(2031, 1, 1, tzinfo=UTC)
    assert client.get(ticket).content == answers[0].content


def test_saved_ticket_needs_nothing_from_anywhere(gate: Gate, client: Client) -> None:
    ticket = sign_up(client, gate)["Location"]
    file = client.get(f"{ticket}/ticket.html")
    text = file.content.decode()
    assert file["Content-Disposition"].startswith('attachment; filename="')
    assert "<style>" in text
    assert "--saffron" in text
    assert not any(mark in text for mark in ("<link", "src=", 'href="/', "<form", "@import", "url("))
    assert '<path d="M4 4' in text


@pytest.mark.parametrize(
    ("safety", "summary", "place"),
    [
        ("open", "Training for candidates", "Reed Hall"),
        ("careful", "Appointment", "Reed Hall"),
        ("high_risk", "Appointment", ""),
    ],
)
def test_calendar_says_no_more_than_a_phone_may_show(
    gate: Gate, client: Client, safety: str, summary: str, place: str
) -> None:
    Activity.objects.update(safety=safety)
    file = client.get(f"{sign_up(client, gate)['Location']}/activity.ics").content.decode()
    assert f"SUMMARY:{summary}\r\n" in file
    assert ("LOCATION:" in file, place in file) == (bool(place), True)
    assert "DTSTART:20300322T133000Z\r\nDTEND:20300322T150000Z\r\n" in file  # Baghdad is three hours ahead
    assert NAME not in file


@pytest.mark.parametrize(
    ("tell", "told_from", "safety", "outside", "expected"),
    [
        ("always", None, "open", True, True),
        ("always", None, "high_risk", False, True),
        ("later", 2, "open", False, False),
        ("later", -2, "open", True, True),
        ("later", -2, "high_risk", False, True),
        ("never", None, "careful", False, False),
    ],
)
def test_exact_place_is_told_to_those_who_have_one_once_it_may_be(
    gate: Gate, client: Client, tell: str, told_from: int | None, safety: str, outside: bool, expected: bool
) -> None:
    moment = gate.activity.changed_at + timedelta(days=told_from) if told_from else None
    Sitting.objects.update(tell_place=tell, told_from=moment)
    Activity.objects.update(safety=safety)
    placed = sign_up(client, gate, contact="", guests="1")["Location"]
    waiting = sign_up(client, gate, contact="")["Location"]
    shown = ["Reed Hall" in client.get(address).content.decode() for address in (gate.address(), waiting, placed)]
    assert shown == [outside, outside, expected]
