"""Counts go into the record without anything being opened, and the public sees them by its small-cell rules."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from django.conf import settings

from tadamun.config.house import publishing_house
from tadamun.desk import publication
from tadamun.desk.models import Release
from tadamun.desk.releases import let_out
from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import counting, deciding, endings
from tadamun.organise.people.services.endings import Ending
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.programme.models import Figure, Week
from tadamun.organise.programme.vocabulary import Counted, Method
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.openings import OPENED
from tadamun.publish.bundle.signing import create_key
from tadamun.toolkit import clock
from tests.organise.people_desk.houses import LAYLA, House, make_house

pytestmark = pytest.mark.django_db


def arrive(house: House, many: int, **options: str) -> None:
    for number in range(many):
        row = house.sign_up(f"N{number}", **options)
        deciding.let_in(actor=LAYLA, admission=house.admission, read=row.short_code, now=clock.now())


def count(house: House) -> bool:
    return counting.count_into_record(actor=LAYLA, admission=house.admission, now=clock.now())


def figure(counted: Counted) -> Figure:
    return Figure.objects.get(counted=counted, source=None)


def test_counts_become_figures_with_their_method_and_the_revision_grows(house: House) -> None:
    house.sign_up()
    arrive(house, 2)
    before = Week.objects.get(slug="our-week").revision
    assert count(house)
    assert (figure(Counted.REGISTERED).quantity, figure(Counted.REGISTERED).method) == (3, Method.REGISTRATION)
    assert (figure(Counted.ATTENDED).quantity, figure(Counted.ATTENDED).method) == (2, Method.COUNTED)
    assert Week.objects.get(slug="our-week").revision == before + 1
    assert not count(house), "the same counts change nothing"
    assert not AuditEntry.objects.filter(act=OPENED).exists()


def test_guests_are_counted_with_whom_they_came() -> None:
    house = make_house(guests_max=3)
    arrive(house, 1, guests=2)  # type: ignore[arg-type]  # a number
    count(house)
    assert figure(Counted.ATTENDED).quantity == 3


def test_registered_are_those_whose_sign_up_stands(house: House) -> None:
    """In place, in line, waiting for an answer, came, stayed away: yes. Cancelled, declined, looked at, twice: no."""
    arrive(house, 1)
    rows = [house.sign_up(f"M{number}") for number in range(7)]
    twice = house.sign_up("Twice")
    standings = (Standing.PLACED, Standing.OFFERED, Standing.WAITING, Standing.PENDING)
    ended = (Standing.CANCELLED, Standing.DECLINED, Standing.QUARANTINED)
    for row, standing in zip(rows, (*standings, *ended), strict=True):
        Registration.objects.filter(pk=row.pk).update(standing=standing, told=standing)
    Registration.objects.filter(pk=twice.pk).update(standing=Standing.SHADOW, same_as=rows[0])
    count(house)
    assert figure(Counted.REGISTERED).quantity == 1 + len(standings)


def test_who_cancels_is_no_longer_counted_as_registered_on_the_desk_or_in_the_record(house: House) -> None:
    rows = [house.sign_up(f"N{number}") for number in range(3)]
    count(house)
    assert figure(Counted.REGISTERED).quantity == 3
    deciding.cancel_for(actor=LAYLA, registration=rows[0], why="", now=clock.now())
    count(house)
    assert figure(Counted.REGISTERED).quantity == 2
    assert house.client().get(house.url("people")).context["counts"]["registered"] == 2


def test_guests_are_registered_with_whom_they_come_with() -> None:
    house = make_house(guests_max=3)
    arrive(house, 1, guests=2)  # type: ignore[arg-type]  # a number
    count(house)
    assert figure(Counted.REGISTERED).quantity == figure(Counted.ATTENDED).quantity == 3


def test_a_claim_of_somebody_else_stands_beside_it(house: House) -> None:
    week = house.activity.week
    around = {"week": week, "activity": house.activity, "counted": Counted.ATTENDED, "quantity": 500}
    Figure.objects.create(**around, position=0, method=Method.REPORTED)
    arrive(house, 1)
    count(house)
    assert sorted(Figure.objects.filter(counted=Counted.ATTENDED).values_list("quantity", flat=True)) == [1, 500]


def test_a_check_in_that_is_taken_back_takes_the_figure_back(house: House) -> None:
    arrive(house, 1)
    count(house)
    row = house.admission.registrations.get()
    deciding.undo(actor=LAYLA, admission=house.admission, uid=row.uid, now=clock.now())
    assert count(house)
    assert not Figure.objects.filter(counted=Counted.ATTENDED).exists()


def test_counts_that_were_put_into_the_record_follow_the_door_by_themselves(house: House) -> None:
    arrive(house, 1)
    assert counting.keep_counts_current(actor=LAYLA, now=clock.now()) == 0, "nobody asked for it yet"
    count(house)
    arrive(house, 1)
    assert counting.keep_counts_current(actor=LAYLA, now=clock.now()) == 1
    assert figure(Counted.ATTENDED).quantity == 2


def test_counts_stay_when_the_entries_are_destroyed() -> None:
    house = make_house(categories=["sex"])
    arrive(house, 6, sex="woman")
    arrive(house, 6, sex="man")
    endings.retire(actor=LAYLA, admission=house.admission, how=Ending.TIME, now=clock.now(), small_cell=5)
    count(house)
    parts = {part.group: part.quantity for part in figure(Counted.ATTENDED).parts.all()}
    assert parts == {"women": 6, "men": 6}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("keys", "archive", "records", "bundle"):
        (tmp_path / name).mkdir()
    create_key(tmp_path / "keys" / "site.pem")
    return tmp_path


def published(home: Path) -> str:
    """The public record, which is let out once; from then on counts follow by themselves."""
    house = publishing_house(replace(settings.ENVIRONMENT, home=home))
    if not Release.objects.exists():
        let_out(actor=LAYLA, house=house, week=Week.objects.get(), now=clock.now())
    publication.publish(actor=LAYLA, house=house, now=clock.now() + timedelta(seconds=1))
    return (home / "records" / "our-week.json").read_text(encoding="utf-8")


def attended(record: str) -> list[int | None]:
    activity = msgspec.json.decode(record)["activities"][0]
    rows = [row for row in activity["figures"] if row["what"]["code"] == Counted.ATTENDED]
    return [None if row.get("withheld") else row["quantity"] for row in rows]


def test_the_public_figure_grows_by_one_after_a_check_in(house: House, home: Path) -> None:
    arrive(house, 12)
    count(house)
    assert attended(published(home)) == [12]
    arrive(house, 1)
    count(house)
    assert attended(published(home)) == [13]


def test_a_small_count_is_withheld_from_the_public(house: House, home: Path) -> None:
    arrive(house, 3)
    count(house)
    assert attended(published(home)) == [None]
