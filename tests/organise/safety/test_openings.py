"""Nobody opens names unseen, and nobody opens many (P-11, P-13)."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services import openings
from tadamun.organise.safety.services.audit import first_broken_entry
from tadamun.organise.safety.services.openings import Keyring, NotAnnounced
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit.rulings import Refused
from tests.organise.safety.vault_world import ACTOR, NOW, RUN, let_in, member, opened_activity, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def keyring() -> Keyring:
    layla = member(1)
    let_in(layla)
    opened_activity()
    return layla.keyring()


def announce(keyring: Keyring, *rows: str, now: datetime = NOW) -> None:
    openings.note_opening(actor=ACTOR, keyring=keyring, subject=RUN, rows=rows, why=OpeningReason.DOOR, now=now)


def noted() -> list[tuple[str, int]]:
    entries = AuditEntry.objects.filter(act__in=[openings.OPENED, openings.REFUSED_OPENING])
    return [(entry.act, entry.detail["count"]) for entry in entries]


def test_nothing_opens_that_the_trail_does_not_speak_of(keyring: Keyring) -> None:
    envelope, context = sealed("r1")
    with pytest.raises(NotAnnounced):
        keyring.open(RUN, envelope, context=context)
    announce(keyring, "r1")
    assert keyring.open(RUN, envelope, context=context)
    with pytest.raises(NotAnnounced):
        keyring.open(RUN, envelope, context=context)


def test_the_trail_says_who_opened_how_many_of_what_and_why_and_names_nobody(keyring: Keyring) -> None:
    announce(keyring, "r1", "r2")
    entry = AuditEntry.objects.get(act=openings.OPENED)
    assert (entry.actor, entry.subject, entry.at) == (ACTOR.label, RUN, NOW)
    assert {key: entry.detail[key] for key in ("member", "count", "why")} == {
        "member": "member:1",
        "count": 2,
        "why": "door",
    }
    assert "r1" not in str(entry.detail)
    assert first_broken_entry() is None


def test_the_one_above_the_hourly_limit_is_refused_and_alerts(keyring: Keyring, settings: Settings) -> None:
    settings.OPENINGS_PER_HOUR = 3
    announce(keyring, "r1", "r2", "r3")
    with pytest.raises(Refused, match="0 are left"):
        announce(keyring, "r4")
    assert noted() == [("open names", 3), ("refused to open names", 1)]
    assert [entry.subject for entry in openings.refused_openings(since=NOW)] == [RUN]


def test_without_the_limit_the_same_openings_go_through(keyring: Keyring, settings: Settings) -> None:
    settings.OPENINGS_PER_HOUR = 4
    announce(keyring, "r1", "r2", "r3")
    announce(keyring, "r4")
    assert noted() == [("open names", 3), ("open names", 1)]
    assert openings.refused_openings(since=NOW) == []


def test_a_refusal_opens_nothing(keyring: Keyring, settings: Settings) -> None:
    settings.OPENINGS_PER_HOUR = 1
    with pytest.raises(Refused):
        announce(keyring, "r1", "r2")
    envelope, context = sealed("r1")
    with pytest.raises(NotAnnounced):
        keyring.open(RUN, envelope, context=context)


def test_after_an_hour_there_is_room_again(keyring: Keyring, settings: Settings) -> None:
    settings.OPENINGS_PER_HOUR = 1
    announce(keyring, "r1")
    with pytest.raises(Refused):
        announce(keyring, "r2", now=NOW + timedelta(minutes=59))
    announce(keyring, "r2", now=NOW + timedelta(minutes=61))


def test_the_same_list_for_another_reason_is_written_down(keyring: Keyring) -> None:
    announce(keyring, "r1")
    for why in (OpeningReason.CONTACT, OpeningReason.CONTACT):
        openings.note_opening(actor=ACTOR, keyring=keyring, subject=RUN, rows=["r1"], why=why, now=NOW)
    assert noted() == [(openings.OPENED, 1)] * 2


def test_the_same_list_again_is_no_new_opening_and_another_is(keyring: Keyring, settings: Settings) -> None:
    settings.OPENINGS_PER_HOUR = 2
    announce(keyring, "r1", "r2")
    announce(keyring, "r2", "r1", now=NOW + timedelta(minutes=5))
    assert noted() == [("open names", 2)]
    with pytest.raises(Refused):
        announce(keyring, "r1", "r3", now=NOW + timedelta(minutes=5))
    with pytest.raises(Refused):
        announce(keyring, "r1", "r2", now=NOW + timedelta(minutes=31))


def test_one_members_openings_do_not_use_up_anothers(keyring: Keyring, settings: Settings) -> None:
    settings.OPENINGS_PER_HOUR = 1
    announce(keyring, "r1")
    announce(Keyring("member:2", keyring.pair), "r2")
    assert [count for _act, count in noted()] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_an_opening_cannot_be_taken_out_of_the_trail_by_a_later_mistake() -> None:
    layla = member(1)
    let_in(layla)
    opened_activity()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        announce(layla.keyring(), "r1")
    assert noted() == []
