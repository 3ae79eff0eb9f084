"""Links between weeks: each says of the other only what that one let out itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from tadamun.record.structs import ActivityLink, ActivityRecord, PromiseRecord, RelationRecord, WeekRecord

_SEEN_FROM_THE_OTHER = frozenset({"repeated_as", "followed_up_by", "prepared_by", "edition_before", "edition_after"})


@dataclass(frozen=True)
class LetOut:
    """What a week let out about one of its activities: what links to it may say, and which ones it names itself.

    ``names`` are week and activity (slugs) of those that it repeats, follows or prepares; ``series`` its series.
    """

    link: ActivityLink
    names: frozenset[tuple[str, str]] = frozenset()
    series: str = ""


def let_out_of(record: WeekRecord) -> dict[str, LetOut]:
    """What a released record lets other weeks say of its activities, by slug."""
    return {one.slug: _let_out(record, one) for one in record.activities}


def _let_out(week: WeekRecord, activity: ActivityRecord) -> LetOut:
    first = activity.sittings[0] if activity.sittings else None
    place = first.place.names if first and first.place and first.place.exact_told_from is None else {}
    link = ActivityLink(
        week=week.slug,
        activity=activity.slug,
        titles=activity.titles,
        start=first.when.start if first else None,
        place=place,
    )
    names = frozenset((one.activity.week, one.activity.activity) for one in activity.relations)
    return LetOut(link=link, names=names, series=activity.series.slug if activity.series else "")


def links_as_published(
    record: WeekRecord, current: WeekRecord, published: Mapping[str, Mapping[str, LetOut]]
) -> WeekRecord:
    """The record with its links to other weeks as those were let out, without links to what was not.

    What other weeks let out about themselves ("a repeat of yours") shows here at once, as ``current`` has it.
    ``published`` holds what was let out, by week and activity (slugs).
    """

    def link(to: ActivityLink | None) -> ActivityLink | None:
        if to is None or to.week == record.slug:
            return to
        found = published.get(to.week, {}).get(to.activity)
        if found is None or found.link.place == to.place:
            return found.link if found else None
        return replace(found.link, place={})

    def promises(of: Sequence[PromiseRecord]) -> tuple[PromiseRecord, ...]:
        return tuple(replace(one, kept_by=link(one.kept_by)) for one in of)

    def relations(of: ActivityRecord) -> tuple[RelationRecord, ...]:
        new = [one for one in there.get(of.uid, ()) if one not in of.relations and _told_by_other(of, one)]
        told = ((one, link(one.activity)) for one in (*of.relations, *new))
        return tuple(replace(one, activity=to) for one, to in told if to is not None)

    def _told_by_other(of: ActivityRecord, one: RelationRecord) -> bool:
        found = published.get(one.activity.week, {}).get(one.activity.activity)
        if found is None or one.type.code not in _SEEN_FROM_THE_OTHER:
            return False
        same_series = of.series is not None and of.series.slug == found.series
        return same_series or (record.slug, of.slug) in found.names

    there = {one.uid: one.relations for one in current.activities}
    activities = tuple(
        replace(one, promises=promises(one.promises), relations=relations(one)) for one in record.activities
    )
    return replace(record, promises=promises(record.promises), activities=activities)


def linked_weeks(record: WeekRecord) -> set[str]:
    """The slugs of the other weeks that a record links to."""
    promises = [*record.promises, *(promise for one in record.activities for promise in one.promises)]
    links = [promise.kept_by for promise in promises if promise.kept_by]
    links += [relation.activity for one in record.activities for relation in one.relations]
    return {link.week for link in links} - {record.slug}
