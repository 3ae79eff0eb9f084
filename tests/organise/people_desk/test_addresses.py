"""Nobody is found by counting: what stands for a person in an address is random or signed (P-19)."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, path

from tadamun.organise.people import urls
from tadamun.organise.people.models import ListRequest
from tadamun.organise.people.queries.tickets import secret_of
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.safety.vault import letters
from tadamun.toolkit import clock
from tests.organise.people_desk.houses import House

pytestmark = pytest.mark.django_db
# The desk counts members, invitations and one's own second factors; the access matrix shows that to everybody else
# their addresses answer as if there were nothing.
COUNTED = re.compile(r"<int:|\[0-9\]|\\d")
RANDOM_BITS = 96
MANY = 30


def counted(patterns: list[URLPattern]) -> list[str]:
    """The addresses with a part that can be counted through."""
    return [str(pattern.pattern) for pattern in patterns if COUNTED.search(str(pattern.pattern))]


def test_no_address_about_people_has_a_part_that_can_be_counted_through() -> None:
    assert counted(urls.urlpatterns) == []
    assert counted([path("people/<int:pk>/", lambda request: None)]), "the search sees one"


def test_what_stands_for_a_person_is_random(house: House) -> None:
    answers = [house.registered() for _person in range(MANY)]
    assert {answer.registration.version for answer in answers} == {4}, "122 random bits, RFC 9562"
    assert ListRequest().uid.version == 4
    public_key, now = ticket_mint().signing.public, clock.now()
    secrets = [secret_of(str(answer.ticket), public_key=public_key, now=now) or b"" for answer in answers]
    assert all(len(secret) * 8 >= RANDOM_BITS for secret in secrets)
    # Thirty of 2^32 beginnings are all different but once in ten million runs; numbers that count would be alike.
    for random in (secrets, [answer.registration.bytes for answer in answers]):
        assert len({value[:4] for value in random}) == MANY


def test_the_neighbours_of_a_ticket_open_nothing(house: House, client: Client) -> None:
    ticket = str(house.registered().ticket)
    house.sign_up()
    assert client.get(f"/t/{ticket}").status_code == 200
    for place in range(0, len(ticket), 7):
        value = letters.ALPHABET.index(ticket[place])
        neighbour = ticket[:place] + letters.ALPHABET[(value + 1) % 32] + ticket[place + 1 :]
        assert client.get(f"/t/{neighbour}").status_code == 404
    for number in range(1, MANY):
        assert client.get(f"/t/{number}").status_code == 404
