"""What personal data is held is written down until it is gone, and then there is a certificate."""

from datetime import date, timedelta

import pytest

from tadamun.organise.safety.models import Holding
from tadamun.organise.safety.services import holdings
from tadamun.organise.safety.vocabulary import Ending, HeldData, HoldingReason
from tests.organise.safety.vault_world import ACTOR, NOW, RUN

pytestmark = pytest.mark.django_db


def held(until: date = date(2026, 4, 20)) -> Holding:
    return holdings.begin_holding(
        subject=RUN,
        label={"en": "Run for peace"},
        what=HeldData.REGISTRATIONS,
        why=HoldingReason.ACTIVITY,
        since=NOW.date(),
        until=until,
    )


def end() -> str | None:
    return holdings.end_holding(
        actor=ACTOR, subject=RUN, what=HeldData.REGISTRATIONS, how=Ending.TIME, counts={"entries": 41}, now=NOW
    )


def test_a_holding_is_listed_until_it_ends() -> None:
    first = held()
    again = held(date(2026, 4, 20) + timedelta(days=7))
    assert again.pk == first.pk
    assert [(entry.subject, entry.until) for entry in holdings.open_holdings()] == [(RUN, date(2026, 4, 27))]
    number = end()
    assert holdings.open_holdings() == []
    ended = Holding.objects.get(certificate_number=number)
    assert (ended.ended_at, ended.ended_how, ended.counts) == (NOW, "time", {"entries": 41})


def test_what_is_not_held_has_no_end() -> None:
    assert end() is None
    held()
    assert end()
    assert end() is None


def test_data_that_comes_again_is_a_new_holding() -> None:
    held()
    first = end()
    held()
    assert len(holdings.open_holdings()) == 1
    assert end() != first
