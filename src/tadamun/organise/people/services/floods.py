"""When sign-ups come too thick to believe in. Counters live in memory, keyed by marks that die with the process.

Nobody is turned away: what is beyond a limit is taken in, holds no place, and waits for an organiser's look.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from django.conf import settings

NETWORK_WINDOW = timedelta(hours=1)
FROM_ONE_NETWORK = 15
RUSH_WINDOW = timedelta(minutes=10)
RUSH_AT_LEAST = 10
RUSH_SHARE = 0.5
RUSH_WITHOUT_LIMIT = 300
_KEPT_KEYS = 10_000


class Window:
    """How often each key came within a span of time; remembers a bounded number of keys."""

    def __init__(self, span: timedelta) -> None:
        self._span = span
        self._seen: OrderedDict[object, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def count(self, key: object, *, now: datetime, most: int) -> int:
        """Note one more of ``key``; returns how many came within the span, this one included (at most ``most`` + 1)."""
        with self._lock:
            times = self._seen.setdefault(key, deque(maxlen=most + 1))
            self._seen.move_to_end(key)
            times.append(now)
            while times and times[0] <= now - self._span:
                times.popleft()
            if len(self._seen) > _KEPT_KEYS:
                self._seen.popitem(last=False)
            return len(times)

    def forget(self) -> None:
        """Forget everything, as a restart does."""
        with self._lock:
            self._seen.clear()


networks = Window(NETWORK_WINDOW)
rushes = Window(RUSH_WINDOW)


def is_suspicious(*, activity: UUID, capacity: int | None, network: str | None, trapped: bool, now: datetime) -> bool:
    """Whether a sign-up must be looked at before it may hold a place.

    It must when a field was filled in that people do not see (``trapped``), when one network sent many, or when more
    came within ten minutes than half of the places (at least ten): so who floods never holds more than that share.
    """
    processes = max(1, settings.ENVIRONMENT.processes)
    from_network = FROM_ONE_NETWORK // processes or 1
    rush = rush_limit(capacity) // processes or 1
    crowded = network is not None and networks.count((activity, network), now=now, most=from_network) > from_network
    rushed = rushes.count(activity, now=now, most=rush) > rush
    return trapped or crowded or rushed


def rush_limit(capacity: int | None) -> int:
    """How many sign-ups of one activity are believed within ten minutes."""
    return RUSH_WITHOUT_LIMIT if capacity is None else max(RUSH_AT_LEAST, int(capacity * RUSH_SHARE))
