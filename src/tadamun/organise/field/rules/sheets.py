"""Reading what was keyed in from a sheet of paper, and when a number holds: when it was keyed twice alike."""

import re
from collections.abc import Mapping, Sequence
from datetime import time

MOST_ROWS = 2000
_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?")
Keyed = Mapping[str, str]


def row_numbers(typed: str) -> list[int]:
    """The numbers in "1 3 7-12", each once, in order; digits of any script are understood.

    :raises ValueError: with the piece that is no number.
    """
    found: set[int] = set()
    for piece in re.split(r"[\s,،;؛]+", typed.strip()):
        if not piece:
            continue
        read = _RANGE.fullmatch(piece)
        if read is None:
            raise ValueError(piece)
        first, last = int(read[1]), int(read[2] or read[1])
        if last < first or last - first > MOST_ROWS:
            raise ValueError(piece)
        found.update(range(first, last + 1))
    return sorted(found)


def finishes(typed: str) -> Keyed:
    """Lines of a bib and its time, "17 9:31:05", as bib → "09:31:05"; the same bib again has a "#" and a count.

    :raises ValueError: with the line that cannot be read.
    """
    found: dict[str, str] = {}
    for line in typed.splitlines():
        if not (parts := line.split()):
            continue
        if len(parts) != 2 or len(parts[0]) > 20:
            raise ValueError(line)
        own = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in parts[0].upper())
        bib, again = own, 2
        while bib in found:
            bib, again = f"{own}#{again}", again + 1
        found[bib] = clock_time(parts[1])
    return found


def clock_time(typed: str) -> str:
    """A time of day as "09:31:05".

    :raises ValueError: with what was typed, when it is none.
    """
    read = _TIME.fullmatch(typed.strip())
    try:
        return time(int(read[1]), int(read[2]), int(read[3] or 0)).isoformat() if read else _no(typed)
    except ValueError:
        raise ValueError(typed) from None


def count(typed: str) -> str:
    """A whole number as text.

    :raises ValueError: with what was typed, when it is none, or a mistake by its size.
    """
    if not re.fullmatch(r"\d{1,5}", typed.strip()):
        raise ValueError(typed)
    return str(int(typed))


def differences(passes: Sequence[Keyed]) -> list[str]:
    """What does not hold yet: the keys whose latest value was not keyed the same in an earlier pass."""
    *earlier, latest = passes
    keys = sorted({key for one in passes for key in one})
    return [key for key in keys if all(latest.get(key, "") != one.get(key, "") for one in earlier)]


def _no(typed: str) -> str:
    raise ValueError(typed)
