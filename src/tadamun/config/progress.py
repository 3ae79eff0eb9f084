"""Long work shows how far it is: one line on a terminal, nothing in a file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]


@contextmanager
def shown(verb: str) -> Iterator[Progress]:
    """Give a function that is told (done, total) and shows it; the line goes when the work ends."""
    on_terminal = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if on_terminal and (done == total or done % 50 == 0):
            print(f"\r{verb}: {done} of {total} ", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        if on_terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
