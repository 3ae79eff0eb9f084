"""Long work shows how far it is: one line on a terminal, nothing in a file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[..., None]


@contextmanager
def shown(verb: str) -> Iterator[Progress]:
    """Give a function that is told how much is done, of how much if that is known, and shows it until the work ends."""
    on_terminal = sys.stderr.isatty()

    def tell(done: int, total: int | None = None) -> None:
        if on_terminal:
            print(f"\r{verb}: {done}" + (f" of {total} " if total else " "), end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        if on_terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
