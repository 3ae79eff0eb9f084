"""Queries whose SQL is worked out once find what Django's own find, and rows are stored as Django stores them."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.models import Subquery
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tadamun.organise.people.models import Admission, Registration
from tadamun.toolkit import prepared
from tadamun.toolkit.prepared import Prepared, Slot
from tests.organise.people.house import comes, house

pytestmark = pytest.mark.django_db
LATER = datetime(2030, 3, 2, 9, 30, tzinfo=UTC)


def values(row: Registration) -> dict[str, object]:
    """All columns of a row, comparable on both databases."""
    found = {field.attname: getattr(row, field.attname) for field in Registration._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in found.items()}


def test_a_prepared_query_finds_what_the_same_query_finds_each_time_anew() -> None:
    numbered = Prepared(lambda: Registration.objects.filter(admission_id=Slot("admission"), number=Slot("number")))
    run, other = house(3, needs=["childcare"]), house(1)
    for sign_up in (run, run, other):
        comes(sign_up, needs=["childcare"])
    Registration.objects.filter(number=2).update(offer_until=LATER)
    for sign_up, number in ((run, 1), (run, 2), (other, 1)):
        (found,) = numbered.all(admission=sign_up.pk, number=number)
        assert values(found) == values(Registration.objects.get(admission=sign_up.pk, number=number))
    assert numbered.first(admission=run.pk, number=3) is None


def test_it_brings_related_rows_annotations_and_leaves_out_what_is_deferred() -> None:
    run = house(3)
    count = Registration.objects.filter(admission=run.pk).values("number")[:1]
    rows = Admission.objects.select_related("activity__week").defer("folded", "activity__titles")
    doors = Prepared(lambda: rows.annotate(somebody=Subquery(count)).filter(pk=Slot("pk")))
    comes(run)
    with CaptureQueriesContext(connection) as asked:
        door = doors.first(pk=run.pk)
        assert door is not None
        assert (door.activity.slug, door.activity.week.slug) == ("run", run.activity.week.slug)
        assert getattr(door, "somebody") == 1  # noqa: B009  an annotation, which types do not know
        assert (door._state.adding, door.get_deferred_fields()) == (False, {"folded"})
    assert len(asked) == 1
    assert door.activity.titles == {"en": "Run"}


def test_its_sql_is_worked_out_once() -> None:
    built = []
    counted = Prepared(lambda: built.append(1) or Admission.objects.filter(pk=Slot("pk")))
    run = house(1)
    assert [door.pk for _ in range(3) for door in counted.all(pk=run.pk)] == [run.pk] * 3
    assert built == [1]


def test_a_slot_that_is_left_empty_is_an_error() -> None:
    with pytest.raises(KeyError, match="pk"):
        Prepared(lambda: Admission.objects.filter(pk=Slot("pk"))).all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite locks the whole file")
def test_rows_are_locked_only_within_a_transaction() -> None:
    locked = Prepared(lambda: Admission.objects.select_for_update().filter(pk=Slot("pk")))
    run = house(1)
    with transaction.atomic():
        assert len(locked.all(pk=run.pk)) == 1
    with pytest.raises(TransactionManagementError):
        locked.all(pk=run.pk)


def test_rows_are_stored_as_django_stores_them() -> None:
    run = house(3)
    comes(run, needs=["childcare"])
    mine = Registration.objects.get()
    theirs = Registration.objects.get()
    for number, row in ((2, mine), (3, theirs)):
        row.pk, row.uid, row.number = None, Registration._meta.get_field("uid").default(), number
        row.ticket_hash = row.form_mark = bytes([number]) * 32
        row.offer_until, row.needs = LATER, ["transport"]
        row._state.adding = True
    prepared.insert(mine)
    theirs.save(force_insert=True)
    own = {"id", "uid", "number", "ticket_hash", "form_mark"}
    stored = [values(Registration.objects.get(pk=row.pk)) for row in (mine, theirs)]
    assert {name: value for name, value in stored[0].items() if name not in own} == {
        name: value for name, value in stored[1].items() if name not in own
    }
    assert (stored[0]["uid"], mine._state.adding) == (mine.uid, False)


def test_an_update_stores_the_fields_named_and_no_others() -> None:
    run = house(3)
    door = run.admission
    door.taken, door.needs, door.capacity = 2, ["childcare"], 99
    prepared.update(door, "taken", "needs")
    assert (run.admission.taken, run.admission.needs, run.admission.capacity) == (2, ["childcare"], 3)
