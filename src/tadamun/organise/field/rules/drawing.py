"""A drawing of areas: shapes on a plain grid of twelve columns (A to L) and eight rows (1 to 8), no map.

A shape is written in words that can also be typed: squares ("B2 C2", or "B2-D4" for all between), or corners of one
figure ("12,5 40,5 40,30": steps from the left and from the top, ten to a square). Several are parted by ";".
"""

import re

Corner = tuple[int, int]
Shape = list[list[Corner]]
COLUMNS, ROWS, STEPS = "ABCDEFGHIJKL", 8, 10
WIDTH, HEIGHT = len(COLUMNS) * STEPS, ROWS * STEPS
FEWEST_CORNERS, MOST_FIGURES = 3, 96
_SQUARES = re.compile(r"([A-L])([1-8])(?:-([A-L])([1-8]))?")
_CORNER = re.compile(r"(\d{1,3}),(\d{1,3})")


class NotAShape(ValueError):
    """What was written is no shape; the text is the piece that cannot be read."""


def read_shape(written: str) -> Shape:
    """The figures of a shape, each by its corners; none for an empty one.

    :raises NotAShape: with the piece that is neither a square nor a corner on the grid.
    """
    shape: Shape = []
    for part in re.split(r"[;؛]", _plain(written)):
        pieces = part.split()
        corners = [corner for piece in pieces if (corner := _corner(piece))]
        if not corners:
            shape += [_square(piece) for piece in pieces]
        elif len(corners) < max(len(pieces), FEWEST_CORNERS):
            raise NotAShape(part.strip())
        else:
            shape.append(corners)
    if len(shape) > MOST_FIGURES:
        raise NotAShape(written[:40])
    return shape


def tidy(written: str) -> str:
    """A shape as it is stored: capital letters, ASCII digits, single spaces."""
    return "; ".join(part for part in (" ".join(one.split()) for one in re.split(r"[;؛]", _plain(written))) if part)


def _plain(written: str) -> str:
    signs = (str(int(sign)) if sign.isdecimal() else sign for sign in written.upper().replace("،", ","))
    return "".join(signs)


def _square(piece: str) -> list[Corner]:
    read = _SQUARES.fullmatch(piece)
    if read is None:
        raise NotAShape(piece)
    columns = sorted(COLUMNS.index(letter) for letter in (read[1], read[3] or read[1]))
    rows = sorted(int(number) - 1 for number in (read[2], read[4] or read[2]))
    left, right = columns[0] * STEPS, (columns[1] + 1) * STEPS
    top, bottom = rows[0] * STEPS, (rows[1] + 1) * STEPS
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _corner(piece: str) -> Corner | None:
    read = _CORNER.fullmatch(piece)
    if read is None:
        return None
    across, down = int(read[1]), int(read[2])
    if across > WIDTH or down > HEIGHT:
        raise NotAShape(piece)
    return across, down
