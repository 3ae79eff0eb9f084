"""What every publisher is given: each week with its fingerprint, its card, and a way to load the whole.

A site of a thousand weeks must not be read whole to publish one change. So whatever prints many weeks
(lists, year pages, organisation pages, the calendar of the whole site) prints *cards*; only what is about
one week loads its record, and only when its fingerprint is new.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from tadamun.record.structs import (
    ActivityRecord,
    InvolvementRecord,
    KindRecord,
    OrganisationRecord,
    PhotoRecord,
    PostponementRecord,
    PromiseRecord,
    Record,
    SittingRecord,
    Term,
    WeekRecord,
)
from tadamun.toolkit.languages.text import Text


class ActivityCard(Record, frozen=True):
    """What a list or a calendar says of an activity. ``photo`` is its first one."""

    uid: str
    slug: str
    kind: KindRecord
    titles: Text
    state: Term
    sittings: tuple[SittingRecord, ...] = ()
    summary: Text = {}
    involvements: tuple[InvolvementRecord, ...] = ()
    postponements: tuple[PostponementRecord, ...] = ()
    photo: PhotoRecord | None = None
    open_to_all: bool = False
    sequence: int = 0
    changed_at: datetime | None = None


class WeekCard(Record, frozen=True):
    """What a list or a calendar says of a week. ``photos`` is its gallery: the files of each are part of the site."""

    uid: str
    slug: str
    form: Term
    titles: Text
    state: Term
    start: date
    end: date
    timezone: str
    summary: Text = {}
    target_group: Text = {}
    reach: Text = {}
    involvements: tuple[InvolvementRecord, ...] = ()
    activities: tuple[ActivityCard, ...] = ()
    photos: tuple[PhotoRecord, ...] = ()
    promises: tuple[PromiseRecord, ...] = ()
    postponements: tuple[PostponementRecord, ...] = ()
    organisations: tuple[OrganisationRecord, ...] = ()
    invented: bool = False
    changed_at: datetime | None = None

    @property
    def photo(self) -> PhotoRecord | None:
        """The first of the gallery."""
        return next(iter(self.photos), None)


class PublishedWeek(NamedTuple):
    """One week of the site. ``fingerprint`` changes exactly when its public record does."""

    slug: str
    fingerprint: bytes
    card: WeekCard
    load: Callable[[], WeekRecord]


def activity_card(activity: ActivityRecord) -> ActivityCard:
    """Take from an activity what lists and calendars need."""
    return ActivityCard(
        uid=activity.uid,
        slug=activity.slug,
        kind=activity.kind,
        titles=activity.titles,
        state=activity.state,
        sittings=activity.sittings,
        summary=activity.summary,
        involvements=activity.involvements,
        postponements=activity.postponements,
        photo=next(iter(activity.photos), None),
        open_to_all=activity.open_to_all,
        sequence=activity.sequence,
        changed_at=activity.changed_at,
    )


def week_card(week: WeekRecord) -> WeekCard:
    """Take from a week what lists and calendars need. Promises of its activities are included."""
    promises = {promise.slug: promise for promise in week.promises}
    for activity in week.activities:
        for promise in activity.promises:
            promises.setdefault(promise.slug, promise)
    return WeekCard(
        uid=week.uid,
        slug=week.slug,
        form=week.form,
        titles=week.titles,
        state=week.state,
        start=week.start,
        end=week.end,
        timezone=week.timezone,
        summary=week.summary,
        target_group=week.target_group,
        reach=week.reach,
        involvements=week.involvements,
        activities=tuple(activity_card(activity) for activity in week.activities),
        photos=week.photos,
        promises=tuple(promises.values()),
        postponements=week.postponements,
        organisations=week.organisations,
        invented=week.invented,
        changed_at=week.changed_at,
    )
