"""Figures in a record: small groups are withheld from every outside audience alike."""

import pytest

from tadamun.record.audiences import OUTSIDE
from tadamun.record.schema import encode
from tadamun.record.structs import FigureRecord
from tests.record.given import COALITION, DONOR, PUBLIC, a_week, an_activity, counted, text, told, told_activity

pytestmark = pytest.mark.django_db


def seen(figure: FigureRecord) -> tuple[int | None, list[int | None]]:
    assert figure.withheld is (figure.quantity is None)
    assert [part.withheld for part in figure.parts] == [part.quantity is None for part in figure.parts]
    return figure.quantity, [part.quantity for part in figure.parts]


def test_small_cell_and_what_would_tell_it_are_withheld_outside() -> None:
    week = a_week()
    activity = an_activity(week)
    counted(week, activity, 43, split={"sex": {"women": 40, "men": 3}}, note=text("three of them men"))
    for audience in OUTSIDE:
        [figure] = told_activity(week, audience).figures
        assert seen(figure) == (43, [None, None])
        assert figure.note == {}
        assert [part.group["en"] for part in figure.parts] == ["women", "men"]
    [figure] = told_activity(week, COALITION).figures
    assert seen(figure) == (43, [40, 3])
    assert figure.note == text("three of them men")


def test_figure_that_is_small_itself_says_only_what_was_counted() -> None:
    week = a_week()
    counted(week, an_activity(week), 3, group="women", method="counted", note=text("three"))
    [figure] = told_activity(week).figures
    assert figure == FigureRecord(what=figure.what, unit=figure.unit, group=figure.group, withheld=True)
    assert (figure.what.code, figure.group["en"]) == ("attended", "women")


@pytest.mark.parametrize(
    "values", [{"counted": "trained"}, {"counted": "spoke"}, {"counted": "delegates"}, {"unit": "sessions"}]
)
def test_functions_and_things_are_not_crowds(values: dict[str, str]) -> None:
    week = a_week()
    counted(week, None, 2, **values)
    assert seen(told(week).figures[0]) == (2, [])


def test_audiences_cannot_subtract_their_records() -> None:
    week = a_week()
    activity = an_activity(week)
    counted(week, activity, 43)
    counted(week, activity, 40, group="women", audiences=["donor"])
    assert [seen(one)[0] for one in told_activity(week, PUBLIC).figures] == [43]
    assert [seen(one)[0] for one in told_activity(week, DONOR).figures] == [43, None]


def test_what_only_the_coalition_is_told_withholds_nothing_outside() -> None:
    week = a_week()
    activity = an_activity(week)
    counted(week, activity, 43)
    counted(week, activity, 40, group="women", audiences=["coalition"])
    counted(week, an_activity(week, "dreamt", state="idea"), 41)
    assert [seen(one)[0] for one in told(week).activities[0].figures] == [43]
    assert [seen(one)[0] for one in told(week, COALITION).activities[0].figures] == [43, 40]


def test_week_does_not_give_its_activities_away() -> None:
    week = a_week()
    counted(week, None, 104)
    counted(week, an_activity(week), 100)
    record = told(week)
    assert seen(record.figures[0]) == (None, [])
    assert seen(record.activities[0].figures[0]) == (100, [])


def test_threshold_is_the_sites_but_never_less_than_five() -> None:
    week = a_week()
    counted(week, None, 4)
    counted(week, None, 7, counted="volunteered")
    assert [one.quantity for one in told(week, small_cell=10).figures] == [None, None]
    assert [one.quantity for one in told(week, small_cell=5).figures] == [None, 7]
    assert [one.quantity for one in told(week, small_cell=1).figures] == [None, 7]


def test_conflicting_claims_stand_side_by_side() -> None:
    week = a_week()
    activity = an_activity(week)
    counted(week, activity, 700, precision="more_than")
    counted(week, activity, 1344, split={"sex": {"women": 506, "men": 838}})
    assert [seen(one) for one in told_activity(week).figures] == [(700, []), (1344, [506, 838])]


def test_group_without_a_name_does_not_become_everybody() -> None:
    week = a_week()
    counted(week, None, 30, group="displaced_people")
    counted(week, None, 31, group="teachers", group_names={"ar": "معلمات"})
    assert [one.group for one in told(week).figures] == [text("displaced people"), {"ar": "معلمات"}]


def test_withheld_number_is_nowhere_in_the_record() -> None:
    week = a_week()
    counted(week, an_activity(week), 9, quantity_max=77_123, precision="range")
    assert b"77123" not in encode(told(week))
    assert b"77123" in encode(told(week, COALITION))
