"""Prints what was measured: a row a measurement, with its ratio to a baseline of the same run."""

from typing import NamedTuple


class Row(NamedTuple):
    """One measurement. ``ratio`` compares with the row named in ``to``; ``aim`` is the budget of the design."""

    what: str
    value: str
    ratio: str = ""
    aim: str = ""


def show(title: str, rows: list[Row]) -> None:
    """Print the rows under a title, in columns."""
    print(f"\n{title}")
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(), flush=True)
