"""Every address of the private side answers each character as the access matrix says (P-10)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse

from tests.architecture.access import ACCESS, Line
from tests.characters import Character, World, make_world

pytestmark = pytest.mark.once

Pattern = URLPattern | URLResolver


def addresses(patterns: Sequence[Pattern], prefix: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespace; one without a name is shown by its route."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield prefix + (pattern.name or f"(no name: {pattern.pattern})")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert sorted(addresses(get_resolver().url_patterns)) == sorted(ACCESS)


def test_an_address_without_a_line_is_seen() -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    inner = ([path("names/", answer, name="names"), path("secret/", answer)], "vault")
    found = list(addresses([*get_resolver().url_patterns, path("vault/", include(inner))]))
    assert {"vault:names", "vault:(no name: secret/)"} <= set(found) - set(ACCESS)


@pytest.mark.parametrize("name", ACCESS)
def test_address_answers_each_character(world: World, name: str) -> None:
    line: Line = ACCESS[name]
    answers = {}
    for character in Character:
        with a_world_to_itself():
            address = reverse(name, kwargs=dict(line.names(world)))
            answers[character.value] = world.client(character).generic(line.method, address).status_code
    assert answers == {character.value: getattr(line, character.value) for character in Character}


@contextmanager
def a_world_to_itself() -> Iterator[None]:
    """What one character does is not there for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_two_coalitions_have_nothing_in_common(world: World) -> None:
    layla = world.accounts[Character.COORDINATOR]
    dara = world.accounts[Character.COORDINATOR_ELSEWHERE]
    assert [membership.organisation for membership in layla.memberships.all()] == [world.ours]
    assert [membership.organisation for membership in dara.memberships.all()] == [world.theirs]
    assert not world.accounts[Character.OPERATOR].memberships.exists()
