"""Draws the placeholders of the example week: quiet drawings without people, in the colours of the site.

    python examples/draw_placeholders.py

Each is drawn at twice its size and brought down, so that edges are smooth. Same code, same picture.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1067
TWICE = 2
PAPER, SAND, LINE = "#fbf8f1", "#efe7d6", "#dccfb6"
BLUE, TILE, POMEGRANATE, SAFFRON = "#143c63", "#2f6d8f", "#a3213b", "#dd9a1f"
FOLDER = Path(__file__).parent / "kahramana-week" / "photos"

Point = tuple[float, float]


class Sheet:
    """A sheet of paper with a floor; coordinates are those of the finished picture."""

    def __init__(self, *, floor: int, ground: str = SAND) -> None:
        self.image = Image.new("RGB", (WIDTH * TWICE, HEIGHT * TWICE), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.box((0, floor), (WIDTH, HEIGHT), ground)

    def box(self, top_left: Point, bottom_right: Point, fill: str, *, radius: float = 0) -> None:
        """A box, perhaps with round corners."""
        corners = [_scaled(top_left), _scaled(bottom_right)]
        self.pen.rounded_rectangle(corners, radius * TWICE, fill=fill)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        """A filled polygon."""
        self.pen.polygon([_scaled(point) for point in points], fill=fill)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line with round ends and corners."""
        self.pen.line([_scaled(point) for point in points], fill=colour, width=int(width * TWICE), joint="curve")
        for point in (points[0], points[-1]):
            self.disc(point, width / 2, colour)

    def disc(self, centre: Point, radius: float, fill: str, *, flat: float = 1.0) -> None:
        """A disc; ``flat`` presses it into an ellipse."""
        x, y = centre
        self.pen.ellipse(
            [_scaled((x - radius, y - radius * flat)), _scaled((x + radius, y + radius * flat))], fill=fill
        )

    def star(self, centre: Point, radius: float, fill: str) -> None:
        """The eight-pointed star: two squares, one of them turned."""
        for turn in (0.0, math.pi / 4):
            self.shape([_around(centre, radius, turn + corner * math.pi / 2) for corner in range(4)], fill)

    def lattice(self, bottom: int) -> None:
        """A pale lattice of stars on the wall, down to ``bottom``."""
        for row, y in enumerate(range(60, bottom, 120)):
            for x in range(-60 + 60 * (row % 2), WIDTH + 60, 120):
                self.star((x, y), 17, SAND)

    def saved(self, path: Path) -> None:
        """Bring the drawing down to its size and keep it as JPEG."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.save(path, quality=86, optimize=True, progressive=True)


def candidate_training() -> Sheet:
    """A board with three lines, before a half circle of empty chairs."""
    sheet = Sheet(floor=690)
    sheet.lattice(640)
    sheet.box((470, 120), (1130, 560), BLUE, radius=14)
    sheet.box((494, 144), (1106, 536), PAPER, radius=6)
    for at, (length, colour) in enumerate(((420, POMEGRANATE), (500, TILE), (310, SAFFRON))):
        sheet.line([(550, 230 + 105 * at), (550 + length, 230 + 105 * at)], colour, 20)
    sheet.line([(560, 560), (500, 760)], BLUE, 16)
    sheet.line([(1040, 560), (1100, 760)], BLUE, 16)
    for at in range(7):
        angle = math.pi * (0.06 + 0.88 * at / 6)
        _chair(sheet, (800 - 620 * math.cos(angle), 700 + 180 * math.sin(angle)), POMEGRANATE if at % 2 else TILE)
    return sheet


def _chair(sheet: Sheet, seat: Point, colour: str) -> None:
    x, y = seat
    for foot in (-40, 40):
        sheet.line([(x + foot, y + 10), (x + foot, y + 92)], BLUE, 9)
    sheet.box((x - 52, y - 6), (x + 52, y + 20), colour, radius=10)
    sheet.line([(x - 44, y), (x - 44, y - 92)], BLUE, 9)
    sheet.line([(x + 44, y), (x + 44, y - 92)], BLUE, 9)
    sheet.box((x - 50, y - 106), (x + 50, y - 52), colour, radius=12)


def tea_and_talks() -> Sheet:
    """Three waisted tea glasses on saucers, with steam."""
    sheet = Sheet(floor=720, ground=BLUE)
    sheet.lattice(680)
    sheet.box((0, 720), (WIDTH, 738), SAFFRON)
    for x in (430, 800, 1170):
        _tea_glass(sheet, x, foot=830)
    return sheet


def _tea_glass(sheet: Sheet, x: float, *, foot: float) -> None:
    sheet.disc((x, foot), 165, PAPER, flat=0.24)
    sheet.disc((x, foot - 6), 120, LINE, flat=0.22)
    sheet.shape(_glass(x, foot, 0.0, 1.0, 1.0), LINE)
    sheet.shape(_glass(x, foot, 0.05, 0.8, 0.88), POMEGRANATE)
    sheet.disc((x, foot - 10 - 330 * 0.8), _girth(0.8) * 0.88, SAFFRON, flat=0.16)
    for side in (-30, 30):
        steam = [(x + side + 18 * math.sin(step / 3.2), foot - 400 - 9 * step) for step in range(20)]
        sheet.line(steam, LINE, 9)


def _girth(height: float) -> float:
    """The half width of a tea glass at a height from 0 (foot) to 1 (rim): belly, waist, wide rim."""
    return 66 + 22 * math.cos(2 * math.pi * (height * 0.92 - 0.14)) + 26 * height**3


def _glass(x: float, foot: float, low: float, high: float, share: float) -> list[Point]:
    heights = [low + (high - low) * step / 40 for step in range(41)]
    right = [(x + share * _girth(height), foot - 10 - 330 * height) for height in heights]
    return right + [(2 * x - px, py) for px, py in reversed(right)]


def kahramana_marathon() -> Sheet:
    """A running track that bends towards trees, with small flags along it."""
    sheet = Sheet(floor=470)
    sheet.disc((1290, 210), 92, SAFFRON)
    for trunk, size in ((150, 92), (330, 120), (545, 84), (720, 104), (1010, 78), (1440, 112)):
        sheet.line([(trunk, 480), (trunk, 480 - size)], BLUE, 14)
        sheet.disc((trunk, 440 - size), size, TILE)
    sheet.shape(_band(-1.0, 1.0), POMEGRANATE)
    for lane in (-0.5, 0.0, 0.5):
        sheet.shape(_band(lane - 0.018, lane + 0.018), PAPER)
    for step in (0.12, 0.3, 0.46, 0.6, 0.72):
        near, (x, y) = 1.15 - step, _on_track(step, -1.12)
        sheet.line([(x, y), (x, y - 190 * near)], BLUE, 11 * near)
        flag = [(x, y - 188 * near), (x + 108 * near, y - 152 * near), (x, y - 112 * near)]
        sheet.shape(flag, SAFFRON)
    return sheet


def _on_track(step: float, lane: float) -> Point:
    """A point of the track: ``step`` from 0 (here) to 1 (far), ``lane`` from -1 (left) to 1 (right)."""
    nearness = (1 - step) ** 2
    return 830 + 420 * math.sin(2.4 * step) * (1 - 0.35 * step) - 250 * nearness + lane * (36 + 560 * nearness), (
        485 + 640 * nearness
    )


def _band(left: float, right: float) -> list[Point]:
    steps = [step / 60 for step in range(61)]
    return [_on_track(step, left) for step in steps] + [_on_track(step, right) for step in reversed(steps)]


def leaflets_against_violence() -> Sheet:
    """A fan of folded leaflets; the first one bears the eight-pointed star."""
    sheet = Sheet(floor=HEIGHT)
    sheet.lattice(HEIGHT + 60)
    colours = (TILE, SAFFRON, BLUE, POMEGRANATE)
    for at, colour in enumerate(colours):
        _leaflet(sheet, math.radians(-33 + 20 * at), colour)
    centre = _leaflet_point(math.radians(27), 0, 560)
    sheet.star(centre, 104, PAPER)
    sheet.star(centre, 62, SAFFRON)
    return sheet


def _leaflet_point(turn: float, across: float, up: float) -> Point:
    x, y = 760 + across * math.cos(turn) + up * math.sin(turn), 1010 + across * math.sin(turn) - up * math.cos(turn)
    return x, y


def _leaflet(sheet: Sheet, turn: float, colour: str) -> None:
    def corners(left: float, right: float, low: float, high: float) -> list[Point]:
        return [
            _leaflet_point(turn, across, up) for across, up in ((left, low), (right, low), (right, high), (left, high))
        ]

    sheet.shape(corners(-190, 196, 134, 816), LINE)
    sheet.shape(corners(-190, 190, 140, 810), PAPER)
    sheet.shape(corners(-172, 172, 158, 792), colour)
    sheet.shape(corners(-172, 172, 250, 256), PAPER)
    for up, right in ((206, 60), (320, 130), (366, 90)):
        sheet.line([_leaflet_point(turn, -130, up), _leaflet_point(turn, right, up)], PAPER, 13)


def election_debate() -> Sheet:
    """Two lecterns that face each other, a ballot box between them."""
    sheet = Sheet(floor=760)
    sheet.lattice(700)
    for side, colour in ((-1, BLUE), (1, POMEGRANATE)):
        _lectern(sheet, 800 + side * 470, side, colour)
    sheet.box((640, 600), (960, 880), TILE, radius=10)
    sheet.box((610, 560), (990, 624), BLUE, radius=10)
    sheet.box((720, 582), (880, 600), PAPER, radius=6)
    sheet.shape([(738, 590), (738, 424), (862, 446), (862, 590)], LINE)
    sheet.shape([(746, 590), (746, 434), (854, 453), (854, 590)], PAPER)
    sheet.line([(768, 500), (792, 530), (834, 476)], POMEGRANATE, 13)
    sheet.star((800, 752), 66, PAPER)
    return sheet


def _lectern(sheet: Sheet, x: float, side: int, colour: str) -> None:
    sheet.shape([(x - 92, 470), (x + 92, 470), (x + 122, 900), (x - 122, 900)], colour)
    sheet.shape([(x + side * 150, 460), (x - side * 150, 380), (x - side * 150, 424), (x + side * 150, 504)], SAFFRON)
    sheet.box((x - 150, 890), (x + 150, 924), BLUE, radius=8)
    sheet.line([(x - side * 60, 400), (x - side * 40, 290), (x + side * 20, 260)], BLUE, 10)
    sheet.disc((x + side * 34, 256), 24, BLUE)
    sheet.star((x, 680), 46, PAPER)


def _scaled(point: Point) -> Point:
    return point[0] * TWICE, point[1] * TWICE


def _around(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


DRAWINGS: dict[str, Callable[[], Sheet]] = {
    "candidate-training": candidate_training,
    "tea-and-talks": tea_and_talks,
    "kahramana-marathon": kahramana_marathon,
    "leaflets-against-violence": leaflets_against_violence,
    "election-debate": election_debate,
}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in DRAWINGS.items():
        draw().saved(FOLDER / f"{name}.jpg")
