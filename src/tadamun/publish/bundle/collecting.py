"""Python's collector of cyclic garbage, told to look seldom while a site is compiled."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG, _OLDER, _OLDEST = 20_000, 20, 20


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let garbage pile up a little for the time of the work, and leave what was there before out of the search.

    A compile holds hundreds of thousands of small objects to its end, and the collector went through them again and
    again: a third of the time of publishing one change among 10,000 activities. It is not switched off, for the
    templates do leave cycles behind.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
