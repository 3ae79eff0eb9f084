"""The audit trail cannot lose or change an entry unseen (P-11)."""

from datetime import UTC, datetime

import pytest

from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services import audit
from tadamun.organise.safety.services.audit import Actor

NOW = datetime(2026, 3, 21, 12, tzinfo=UTC)
LAYLA = Actor("Layla, coordinator")

pytestmark = pytest.mark.django_db


def three_acts() -> None:
    for act in ("plan week", "open activity", "publish week"):
        audit.note_act(actor=LAYLA, act=act, subject="kahramana-week-2018", now=NOW)


def test_trail_holds_who_did_what_in_order() -> None:
    three_acts()
    assert list(AuditEntry.objects.values_list("number", "actor", "act")) == [
        (1, "Layla, coordinator", "plan week"),
        (2, "Layla, coordinator", "open activity"),
        (3, "Layla, coordinator", "publish week"),
    ]
    assert audit.first_broken_entry() is None


def test_trail_shows_a_changed_entry() -> None:
    three_acts()
    AuditEntry.objects.filter(number=2).update(actor="Somebody else")
    assert audit.first_broken_entry() == 2


@pytest.mark.parametrize("removed", [1, 2, 3])
def test_trail_shows_a_removed_entry(removed: int) -> None:
    three_acts()
    AuditEntry.objects.filter(number=removed).delete()
    assert audit.first_broken_entry() == removed


def test_entry_cannot_be_changed_or_deleted_through_its_object() -> None:
    three_acts()
    entry = AuditEntry.objects.get(number=1)
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
