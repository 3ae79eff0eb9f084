"""What the tests of feeds publish: the week that everything is shown with, hostile words, and all files of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from tadamun.publish.feeds.leaves import feed_leaves
from tadamun.publish.published import PublishedWeek
from tadamun.record.structs import ActivityRecord, SiteRecord, WeekRecord
from tests.publish.site import samples

Made = dict[str, bytes]
S = TypeVar("S", bound=msgspec.Struct)

HOSTILE = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nATTACH:http://evil.example/\r\n"
    "<script>alert(1)</script>]]>\"'&;,\\\\ \x00\x07\x1b\x85\u2028\u2029\ufffe بغداد"
)


def with_(record: S, **changes: Any) -> S:
    """A record with some fields changed."""
    return msgspec.structs.replace(record, **changes)


def only(activity: ActivityRecord, **changes: Any) -> WeekRecord:
    """The week with a single activity."""
    return samples.kahramana_week(activities=(activity,), places=(), photos=activity.photos, **changes)


def activity(number: int = 0, **changes: Any) -> ActivityRecord:
    """One of the six activities of the week, changed."""
    return with_(samples.activities()[number], **changes)


def published(week: WeekRecord) -> PublishedWeek:
    """A week as the publisher gets it; the fingerprint is that of its bytes, whatever they hold."""
    return samples.published(week)


def everything(*weeks: WeekRecord, site: SiteRecord | None = None) -> Made:
    """Make every file of these weeks (without any: the week gone by and the week to come)."""
    records = weeks or (samples.kahramana_week(), samples.coming_week())
    leaves = feed_leaves(site=site or samples.site(), weeks=[published(week) for week in records])
    return {leaf.path: leaf.make() for leaf in leaves}


def hostile(words: str) -> str:
    """Put the hostile words behind those that stand there."""
    return words + HOSTILE


def hostile_everywhere(record: Any, change: Callable[[str], str] = hostile) -> Any:
    """Change every wording of a record, and nothing else."""
    return samples.everywhere(record, change)


CHANGED = datetime(2018, 4, 3, 12, tzinfo=UTC)
