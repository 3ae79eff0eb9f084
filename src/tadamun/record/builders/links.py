"""Links from one activity to another, of this week or of others, as far as the audience may follow them."""

from collections.abc import Collection

from tadamun.organise.programme.models import Activity, Promise, Relation, Sitting, Week
from tadamun.organise.programme.vocabulary import State, TellPlace
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import activity_is_told, is_guarded, is_outside
from tadamun.record.builders.rows import Stored
from tadamun.record.builders.telling import Telling
from tadamun.record.structs import ActivityLink, RelationRecord
from tadamun.record.wordings import SEEN_FROM_THE_OTHER, Link
from tadamun.toolkit.languages.text import Text


class Links:
    """Makes links for one telling of one week."""

    def __init__(self, stored: Stored, telling: Telling) -> None:
        self._stored = stored
        self._telling = telling

    def to(self, activity: Activity | None) -> ActivityLink | None:
        """A link, or None when there is nothing to link to or the audience may not know of it."""
        if activity is None or not self._may_follow(activity):
            return None
        sittings = self._stored.sittings_elsewhere.get(activity.pk, ())
        return ActivityLink(
            week=activity.week.slug,
            activity=activity.slug,
            titles=activity.titles,
            start=sittings[0].start if sittings else None,
            place=self._place(activity, sittings[0]) if sittings else {},
        )

    def relations(self, activity: Activity) -> tuple[RelationRecord, ...]:
        """Repeats, follow-ups and preparations seen from this activity, then the other editions of its series."""
        found = [tie for row in self._stored.relations if (tie := self._tie(row, activity))]
        return (*sorted(found, key=_by_type), *self._other_editions(activity))

    def _tie(self, row: Relation, activity: Activity) -> RelationRecord | None:
        if row.activity_id == activity.pk:
            return self._relation(row.type, row.to)
        if row.to_id == activity.pk and row.type in SEEN_FROM_THE_OTHER:
            return self._relation(SEEN_FROM_THE_OTHER[row.type], row.activity)
        return None

    def _relation(self, code: str, other: Activity) -> RelationRecord | None:
        link = self.to(other)
        return RelationRecord(type=self._telling.term(Link, code), activity=link) if link else None

    def _other_editions(self, activity: Activity) -> tuple[RelationRecord, ...]:
        """All other editions, oldest first; which come before is told by their days, not by their numbers."""
        editions = [row for row in self._stored.editions if row.series_id == activity.series_id]
        if activity.series_id is None:
            return ()
        editions.sort(key=self._age)
        own = [row.pk for row in editions].index(activity.pk)
        ties = [self._relation(Link.EDITION_BEFORE, row) for row in editions[:own]]
        ties += [self._relation(Link.EDITION_AFTER, row) for row in editions[own + 1 :]]
        return tuple(tie for tie in ties if tie)

    def _age(self, activity: Activity) -> tuple[object, ...]:
        sittings = self._stored.sittings_elsewhere.get(activity.pk, ())
        start = sittings[0].start if sittings else activity.week.start
        return start, activity.edition or 0, activity.week.slug, activity.position, activity.slug

    def _may_follow(self, activity: Activity) -> bool:
        if not activity_is_told(activity.state, self._telling.audience):
            return False
        if activity.week_id == self._stored.week.pk:
            return True
        every = self._telling.every_link and activity.week.state != State.IDEA
        return every or week_may_be_linked(activity.week, self._telling.audience)

    def _place(self, activity: Activity, sitting: Sitting) -> Text:
        """The place in words that do not change by themselves: the exact one only when it is always told."""
        open_place = sitting.tell_place == TellPlace.ALWAYS and not is_guarded(activity.safety, self._telling.audience)
        place = sitting.public_place
        if open_place or not is_outside(self._telling.audience):
            place = sitting.place or sitting.public_place
        return place.names if place else {}


def weeks_that_link_to(weeks: Collection[int]) -> set[int]:
    """The other weeks (by key) whose records link to activities of these, so change with what these publish."""
    linking = set(Relation.objects.filter(to__week__in=weeks).values_list("activity__week", flat=True))
    linking |= set(Relation.objects.filter(activity__week__in=weeks).values_list("to__week", flat=True))
    linking |= set(Promise.objects.filter(kept_by__week__in=weeks).values_list("week", flat=True))
    series = Activity.objects.filter(week__in=weeks, series__isnull=False).values("series")
    linking |= set(Activity.objects.filter(series__in=series).values_list("week", flat=True))
    return linking - set(weeks)


def week_may_be_linked(week: Week, audience: Audience) -> bool:
    """Whether the audience may know of a week: outside when it is published, inside when it is more than an idea."""
    if week.state == State.IDEA:
        return False
    return not is_outside(audience) or hasattr(week, "publication")


def _by_type(relation: RelationRecord) -> tuple[str, str, str]:
    return relation.type.code, relation.activity.week, relation.activity.activity
