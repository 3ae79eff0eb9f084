"""What many sign-ups leave behind: no statement that reads them all, and nothing of a deleted entry in any file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import registrations
from tests.organise.people.house import NOW, comes, house, row_of, secret_of
from tests.taken import bytes_of

ONLY_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="it is about SQLite's plans and files")


def plans(statements: list[str]) -> Iterator[str]:
    """How SQLite finds the rows of each statement."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            yield from (step for *_numbers, step in cursor.fetchall() if "people_registration" in step)


def reads_whole_house(plan: str) -> bool:
    """Whether a plan goes through all who signed up for an activity, or all there are."""
    return plan.startswith("SCAN") or ("(admission_id=?)" in plan)


@pytest.mark.django_db
@ONLY_SQLITE
def test_a_sign_up_does_not_read_those_who_came_before() -> None:
    run = house(2)
    with CaptureQueriesContext(connection) as asked:
        comes(run, "zaynab@example.org")
    found = list(plans([query["sql"] for query in asked if query["sql"].startswith("SELECT")]))
    assert len(found) >= 2
    assert [plan for plan in found if reads_whole_house(plan)] == []


@pytest.mark.django_db
@ONLY_SQLITE
def test_asked_with_the_activity_beside_the_address_it_would() -> None:
    """The negative control: so the question was put once."""
    run = house(2)
    either: QuerySet[Registration] = Registration.objects.filter(
        Q(form_mark=b"f") | Q(admission_id=run.pk, contact_mark=b"c")
    )
    with CaptureQueriesContext(connection) as asked:
        list(either)
    assert any(reads_whole_house(plan) for plan in plans([query["sql"] for query in asked]))


def in_files(what: bytes) -> bool:
    """Whether these bytes stand in the database's file or in its log."""
    path = Path(str(connection.settings_dict["NAME"]))
    return any(what in bytes_of(Path(f"{path}{end}")) for end in ("", "-wal") if Path(f"{path}{end}").exists())


def deleted_entry() -> bytes:
    """The middle of a sealed entry whose owner has just deleted it."""
    answer = comes(house(2), "zaynab@example.org")
    sealed = bytes(row_of(answer).sealed)[60:120]
    assert in_files(sealed)
    registrations.delete_own_entry(secret=secret_of(answer), now=NOW)
    return sealed


@pytest.mark.django_db(transaction=True)
@ONLY_SQLITE
def test_a_deleted_entry_is_in_no_file_any_more() -> None:
    assert not in_files(deleted_entry())


@pytest.mark.django_db(transaction=True)
@ONLY_SQLITE
def test_with_its_log_left_as_it_is_the_entry_could_still_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    monkeypatch.setattr(registrations, "empty_log", lambda: None)
    assert in_files(deleted_entry())
