"""Areas are drawn in words: squares and corners on a plain grid, and nothing else."""

import pytest

from tadamun.organise.field.models import Area
from tadamun.organise.field.queries.drawing import drawing_of
from tadamun.organise.field.rules.drawing import NotAShape, read_shape, tidy


def test_squares_and_what_lies_between_them() -> None:
    assert read_shape("a1 L8") == [[(0, 0), (10, 0), (10, 10), (0, 10)], [(110, 70), (120, 70), (120, 80), (110, 80)]]
    assert read_shape("C4-B2") == [[(10, 10), (30, 10), (30, 40), (10, 40)]]


def test_corners_make_one_figure_and_a_semicolon_begins_another() -> None:
    assert read_shape("0,0 120,0 60,80; B2") == [[(0, 0), (120, 0), (60, 80)], [(10, 10), (20, 10), (20, 20), (10, 20)]]


@pytest.mark.parametrize("written", ["A9", "M1", "1,2 3,4", "1,2 3,4 B2", "121,0 1,1 2,2", "<script>", "1,2 3,4 5,"])
def test_what_lies_off_the_grid_or_is_no_figure_is_refused(written: str) -> None:
    with pytest.raises(NotAShape):
        read_shape(written)


def test_a_shape_is_kept_tidy_and_read_the_same() -> None:
    written = "  b2   c٢؛ ١٢،5 40,5 40,30 "
    assert tidy(written) == "B2 C2; 12,5 40,5 40,30"
    assert read_shape(tidy(written)) == read_shape(written)
    assert read_shape("") == []


def test_an_area_is_the_louder_the_more_was_given_there() -> None:
    rows = [
        Area(pk=key, name={"en": name}, shape=shape)
        for key, name, shape in ((1, "A", "A1"), (2, "B", "B1"), (3, "C", ""))
    ]
    drawing = drawing_of(rows, amounts={"a1": 100, "a2": 1, "a3": 5})
    assert [(one.number, one.loud) for one in drawing.figures] == [(1, 4), (2, 1)], "C is in the list alone"
    assert {one.loud for one in drawing_of(rows).figures} == {0}
