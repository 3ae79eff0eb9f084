"""Four processes race for the last places of a shift: nobody has one too many, and none stays free."""

from typing import Any

import pytest

from tadamun.organise.volunteers.models import Crew, Duty, Helper, Shift
from tests.characters import make_world
from tests.organise.people_desk.houses import make_activity
from tests.organise.volunteers.crews import a_crew, a_shift
from tests.organise.volunteers.racers import raced

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PROCESSES, EACH, NEEDED = 4, 4, 5


def race(mode: str) -> tuple[list[dict[str, Any]], Shift]:
    """What the racers said, and the shift they raced for."""
    crew: Crew = a_crew(make_activity(make_world()))
    shift = a_shift(crew.activity, needed=NEEDED)
    said = raced(crew=crew.pk, shift=shift.pk, mode=mode, processes=PROCESSES, each=EACH, seed=7)
    return said, shift


def test_the_last_place_of_a_shift_is_given_once() -> None:
    said, shift = race("race")
    assert [line for line in said if "error" in line] == []
    has, left = (sum(name in line for line in said) for name in ("has", "left"))
    full = sum("full" in line for line in said)
    assert has + full == PROCESSES * EACH
    taken = Duty.objects.filter(shift=shift).count()
    assert taken == has - left
    assert taken <= NEEDED
    assert full == 0 or has >= NEEDED, "nobody was turned away while there was room"
    numbers = list(Helper.objects.values_list("number", flat=True))
    assert sorted(numbers) == list(range(1, has + 1))


def test_without_the_lock_there_would_be_one_too_many() -> None:
    _said, shift = race("unguarded")
    assert Duty.objects.filter(shift=shift).count() > NEEDED
