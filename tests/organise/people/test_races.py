"""Eight processes race for the last places: nobody sits on a place too many, and none stays free while people wait."""

import json

import pytest
from django.db import IntegrityError

from tadamun.organise.people.models import Admission
from tadamun.organise.people.vocabulary import Standing
from tests.organise.people.house import House, group, house, wrongs
from tests.organise.people.racers import started

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PROCESSES, EACH, CAPACITY = 8, 8, 20


def raced(run: House, mode: str) -> list[dict[str, str]]:
    """Let the processes race; returns what they were told."""
    job = {"admission": run.pk, "mode": mode, "processes": PROCESSES, "each": EACH, "seed": 20300301}
    with started(job) as process:
        assert process.stdout is not None
        return [json.loads(line) for line in process.stdout]


def test_racing_for_the_last_places_oversells_none() -> None:
    run = house(CAPACITY)
    group(run, 3)
    said = raced(run, "race")
    assert [line["error"] for line in said if "error" in line] == []
    assert len(said) == len(run.rows()) == PROCESSES * EACH
    assert {line["uid"] for line in said} == {str(row.uid) for row in run.rows()}
    assert list(wrongs(run)) == []
    numbers = [row.number for row in run.rows()]
    assert numbers == list(range(1, PROCESSES * EACH + 1))
    assert {row.standing for row in run.rows()} == {Standing.PLACED, Standing.WAITING, Standing.CANCELLED}


def test_without_the_lock_the_same_race_oversells() -> None:
    """The negative control: if it fails, the test above may be useless."""
    run = house(CAPACITY)
    raced(run, "unguarded")
    assert any("people on 20 places" in wrong for wrong in wrongs(run)), list(wrongs(run))


def test_the_database_itself_refuses_one_place_too_many() -> None:
    run = house(1)
    with pytest.raises(IntegrityError, match="never_one_place_too_many"):
        Admission.objects.filter(pk=run.pk).update(taken=2)
