"""The record says whether the gate of an activity is open, and nothing else of who signs up."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tadamun.organise.people.models import Admission
from tadamun.organise.people.services.admissions import set_closed
from tadamun.organise.people.services.endings import lockdown
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.safety.services.audit import COMMAND_LINE
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.week import build_week, when_due_again
from tests.organise.people_gate.doors import NOW, make_door

pytestmark = pytest.mark.django_db


def is_open(*, now: datetime = NOW) -> bool:
    week = Week.objects.get()
    record = build_week(week=week, audience=Audience.PUBLIC, now=now, languages=("en",), small_cell=10)
    return record.activities[0].sign_up


def test_an_open_gate_is_told_and_a_shut_one_is_not() -> None:
    door = make_door()
    assert is_open()
    for change in ({"closed": True}, {"emptied_at": NOW}, {"opens_at": NOW + timedelta(1)}, {"closes_at": NOW}):
        Admission.objects.filter(pk=door.pk).update(**change)
        assert not is_open(), change
        Admission.objects.filter(pk=door.pk).update(closed=False, emptied_at=None, opens_at=None, closes_at=None)
    Activity.objects.update(state="planned")
    assert not is_open()


def test_without_an_admission_nothing_can_be_signed_up_for() -> None:
    make_door().delete()
    assert not is_open()


def test_record_is_due_again_when_a_door_opens_or_shuts_by_itself() -> None:
    door = make_door()
    opens, closes = NOW + timedelta(days=2), NOW + timedelta(days=9)
    Admission.objects.filter(pk=door.pk).update(opens_at=opens, closes_at=closes)
    week = Week.objects.get()
    assert when_due_again(week=week, now=NOW) == opens
    assert when_due_again(week=week, now=opens) == closes
    assert (is_open(now=NOW), is_open(now=opens), is_open(now=closes)) == (False, True, False)


def shut_by_hand(door: Admission) -> None:
    set_closed(actor=COMMAND_LINE, admission=door, closed=True, now=NOW)


def shut_all(door: Admission) -> None:
    lockdown(actor=COMMAND_LINE, now=NOW)


@pytest.mark.parametrize("shut", [shut_by_hand, shut_all])
def test_a_door_that_is_shut_by_hand_renews_the_page(shut: Any) -> None:
    door = make_door()
    before = Week.objects.get().revision
    shut(door)
    assert Week.objects.get().revision == before + 1
    assert not is_open()
