"""Signing up at the gate: one form, one ticket, no trace in the open."""

from django.test import Client

from tests.organise.people_gate.world import Gate, registration_of, sign_up


def test_a_form_leads_to_a_ticket(gate: Gate, client: Client) -> None:
    answer = sign_up(client, gate)
    assert answer.status_code == 303, answer.content.decode()
    page = client.get(answer["Location"])
    assert "You have a place" in page.content.decode()
    assert registration_of(answer["Location"]).standing == "placed"
