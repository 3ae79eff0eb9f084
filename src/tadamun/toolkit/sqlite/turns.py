"""A lock that is given in the order in which it was asked for."""

import threading
from collections import deque


class Turns:
    """Threads take turns, first come, first served; whoever has the turn may take it again.

    The standard lock lets a thread that has just given it back snatch it again before those who wait
    have woken up, so that some of them starve. Here the turn is handed over.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[tuple[int, threading.Lock]] = deque()
        self._owner: int | None = None
        self._depth = 0

    def acquire(self) -> None:
        """Wait for the turn."""
        me = threading.get_ident()
        with self._guard:
            if self._owner in (None, me):
                self._owner = me
                self._depth += 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append((me, turn))
        try:
            turn.acquire()
        except BaseException:  # interrupted while waiting: leave the queue, or pass on a turn that came just now
            self._step_out(me, turn)
            raise

    def release(self) -> None:
        """Hand the turn to the one who has waited longest."""
        with self._guard:
            self._hand_over()

    def _hand_over(self) -> None:
        self._depth -= 1
        if self._depth:
            return
        self._owner = None
        if self._waiting:
            self._owner, turn = self._waiting.popleft()
            self._depth = 1
            turn.release()

    def _step_out(self, me: int, turn: threading.Lock) -> None:
        with self._guard:
            if (me, turn) in self._waiting:
                self._waiting.remove((me, turn))
            else:
                self._hand_over()
