"""The drawing of areas as pages print it: a grid, and the figures of each area, the louder the more was given there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tadamun.organise.field.models import Area
from tadamun.organise.field.rules.drawing import COLUMNS, HEIGHT, ROWS, STEPS, WIDTH, NotAShape, Shape, read_shape
from tadamun.toolkit.languages.text import Text

LOUDEST = 4
_MIDDLE = STEPS // 2


@dataclass(frozen=True)
class Figure:
    """An area on the drawing: its name, the corners of its figures, where its number stands, how loud it is."""

    number: int
    name: Text
    figures: tuple[str, ...]
    at: tuple[int, int]
    loud: int = 0


@dataclass(frozen=True)
class Drawing:
    """The grid and what is drawn on it."""

    figures: tuple[Figure, ...]
    own: tuple[str, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def columns(self) -> list[tuple[str, int, int]]:
        """Each letter with the left end and the middle of its column."""
        return [(letter, at * STEPS, at * STEPS + _MIDDLE) for at, letter in enumerate(COLUMNS)]

    @property
    def rows(self) -> list[tuple[int, int, int]]:
        """Each number with the upper end and the middle of its row."""
        return [(at + 1, at * STEPS, at * STEPS + _MIDDLE) for at in range(ROWS)]


def drawing_of(areas: Iterable[Area], *, own: str = "", amounts: Mapping[str, int] | None = None) -> Drawing:
    """The drawing of these areas; ``amounts`` by the code of an area, ``own`` the shape that is being written."""
    given = amounts or {}
    most = max(given.values(), default=0)
    drawn = []
    for number, area in enumerate(areas, 1):
        shape = _shape(area.shape)
        if not shape:
            continue
        amount = given.get(area.code, 0)
        loud = -(-amount * LOUDEST // most) if most > 0 and amount > 0 else 0
        drawn.append(Figure(number, area.name, _points(shape), _middle(shape[0]), loud))
    return Drawing(tuple(drawn), _points(_shape(own)))


def _shape(written: str) -> Shape:
    try:
        return read_shape(written)
    except NotAShape:
        return []


def _points(shape: Shape) -> tuple[str, ...]:
    return tuple(" ".join(f"{across},{down}" for across, down in figure) for figure in shape)


def _middle(figure: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(across for across, _down in figure) // len(figure), sum(down for _across, down in figure) // len(figure)
