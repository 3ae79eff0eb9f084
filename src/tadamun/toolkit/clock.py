"""The one place that reads the time. Services take ``now`` as an argument; only doors call this."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, in UTC, to the second: finer time is nobody's business here."""
    return datetime.now(UTC).replace(microsecond=0)
