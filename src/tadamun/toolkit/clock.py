"""The one place that reads the time. Services take ``now`` as an argument; only doors call this."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, in UTC, to the second: finer time is nobody's business here."""
    return datetime.now(UTC).replace(microsecond=0)


def milliseconds() -> int:
    """The present moment in milliseconds since 1970: to compare with the clock of a phone that times a race."""
    return time.time_ns() // 1_000_000
