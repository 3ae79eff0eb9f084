"""One import under way: what the file wants beside what stands, and the writing of the difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import F
from django.utils.translation import gettext as _

from tadamun.organise.archive.services import Kept
from tadamun.organise.programme.models import Activity, Week
from tadamun.weekfile import document as form
from tadamun.weekfile.activities import (
    activity_numbers,
    dated,
    dependents_of,
    made_uids,
    moved,
    set_positions,
    write_activity,
    write_week,
)
from tadamun.weekfile.exporting import document_of
from tadamun.weekfile.imported import Imported
from tadamun.weekfile.mentions import weeks_related_to, weeks_that_mention
from tadamun.weekfile.normal import normal, same, settled
from tadamun.weekfile.parts import without_unknown_activities, write_parts
from tadamun.weekfile.photos import write_photos
from tadamun.weekfile.problems import WeekFileRefused
from tadamun.weekfile.reading import Reading
from tadamun.weekfile.shelves import WORLD
from tadamun.weekfile.world import numbers_of, world_entries, write_shelf


@dataclass
class Work:
    """One import under way, within its transaction."""

    reading: Reading
    now: datetime
    kept: dict[str, Kept]
    timezone: str
    unused: list[str] = field(default_factory=list)
    row: Week | None = None
    changed: bool = False

    @property
    def week(self) -> Week:
        """The week's row, once it is there."""
        if self.row is None:
            raise RuntimeError("The week has not been written yet.")
        return self.row

    def write(self) -> Imported:
        document = self.reading.document
        if document is None:
            raise WeekFileRefused(self.reading.problems)
        self.imported = Imported(document.week.slug)
        self.row = Week.objects.select_for_update().filter(slug=document.week.slug).first()
        self.before = document_of(week=self.row) if self.row else None
        self.activities = activity_numbers(document)
        self.wanted = self.settle(document)
        self.numbers = numbers_of(self.wanted)
        shown = self.write_world()
        self.bump(shown | self.write_programme())
        return self.imported

    def settle(self, document: form.WeekDocument) -> form.WeekDocument:
        """The document in normal form, with what it leaves to the system: identities, time zone, times of change."""
        before = self.before
        wanted = normal(document, timezone=before.week.timezone if before else self.timezone)
        slug = wanted.week.slug
        stood = {activity.slug: activity for activity in before.activities} if before else {}
        new = [entry.slug for entry in wanted.activities if entry.slug not in stood and not entry.uid]
        uids = made_uids([f"{slug}/{name}" for name in new] + ([] if before else [slug]))
        week = without_unknown_activities(wanted.week, slug, self.activities)
        week = msgspec.structs.replace(
            week,
            uid=week.uid or (before.week.uid if before else uids[slug]),
            timezone=week.timezone or (before.week.timezone if before else self.timezone),
        )
        activities = []
        for entry in wanted.activities:
            old = stood.get(entry.slug)
            activity = without_unknown_activities(entry, slug, self.activities)
            sequence = max(entry.sequence, old.sequence + moved(activity, old)) if old else entry.sequence
            uid = entry.uid or (old.uid if old else uids[f"{slug}/{entry.slug}"])
            activity = msgspec.structs.replace(activity, uid=uid, sequence=sequence)
            activities.append(self.settle_date(activity, old))
        return msgspec.structs.replace(
            wanted, week=self.settle_date(week, before and before.week), activities=activities
        )

    def settle_date(self, entry: Any, old: Any) -> Any:
        """Keep the time of the last change of what did not change."""
        if old and same(msgspec.structs.replace(entry, changed_at=old.changed_at), old):
            return old
        return dated(entry, old, self.now)

    def write_world(self) -> set[int]:
        """Write what the week refers to. Returns the weeks that show something of what changed."""
        changed: dict[str, list[str]] = {}
        for shelf in WORLD:
            entries = getattr(self.wanted, shelf)
            stood = {entry.slug: entry for entry in settled(world_entries(shelf, [entry.slug for entry in entries]))}
            created = [entry for entry in entries if entry.slug not in stood]
            altered = [entry for entry in entries if entry.slug in stood and not same(entry, stood[entry.slug])]
            write_shelf(shelf, created + altered, self.numbers)
            changed[shelf] = [entry.slug for entry in altered]
            rest = len(entries) - len(created) - len(altered)
            self.imported.count(shelf, created=len(created), changed=len(altered), unchanged=rest)
        if not any(changed.values()):
            return set()
        return set(weeks_that_mention(changed).values_list("pk", flat=True))

    def write_programme(self) -> set[int]:
        """Write the week and all beneath it. Returns the weeks that are related to what changed."""
        stood = {activity.slug: activity for activity in self.before.activities} if self.before else {}
        gone = self.gone(stood)
        fresh = [entry for entry in self.wanted.activities if not same(entry, stood.get(entry.slug))]
        touched = [*(row.pk for row in gone), *(number for entry in fresh if (number := self.number(entry)))]
        related = weeks_related_to(touched)
        owners: dict[int | None, Any] = {}
        own_words = not same(self.wanted.week, self.before and self.before.week)
        if own_words:
            self.row = write_week(self.wanted.week, self.row, self.numbers)
            owners[None] = self.wanted.week
        self.write_activities(gone, fresh, owners)
        write_parts(self.week, owners, self.numbers, self.activities)
        photos = self.write_photos()
        reordered = [entry.slug for entry in self.wanted.activities] != list(stood)
        self.tell_week(changed=own_words or bool(gone or fresh or photos or reordered), own_words=own_words)
        return related | weeks_related_to([number for number in owners if number])

    def gone(self, stood: Mapping[str, form.ActivityEntry]) -> list[Activity]:
        """The activities that the file does not state any more.

        :raises WeekFileRefused: when something else depends on one of them.
        """
        slugs = stood.keys() - {entry.slug for entry in self.wanted.activities}
        rows = list(Activity.objects.filter(week=self.row, slug__in=slugs).order_by("position")) if slugs else []
        problems = []
        for row in rows:
            if depending := ", ".join(f"{count} × {name}" for name, count in dependents_of(row)):
                wrong = _("The activity “%(slug)s” is not in the file any more, but something depends on it: %(what)s.")
                right = _("Keep it in the file, for example with “state: cancelled”.")
                wrong %= {"slug": row.slug, "what": depending}
                problems.append(self.reading.problem(("activities",), wrong, right))
        if problems:
            raise WeekFileRefused(problems)
        return rows

    def write_activities(
        self, gone: Sequence[Activity], fresh: Sequence[form.ActivityEntry], owners: dict[int | None, Any]
    ) -> None:
        """Remove what is gone, write what is new or changed, and put all into the file's order."""
        Activity.objects.filter(pk__in=[row.pk for row in gone]).delete()
        order = [entry.slug for entry in self.wanted.activities]
        created = 0
        for entry in fresh:
            number = self.number(entry)
            created += number is None
            row = write_activity(
                entry, week=self.week, number=number, position=order.index(entry.slug), numbers=self.numbers
            )
            self.activities[self.week.slug, entry.slug] = row.pk
            owners[row.pk] = entry
        set_positions(self.week, order)
        self.imported.count(
            "activities",
            created=created,
            changed=len(fresh) - created,
            unchanged=len(order) - len(fresh),
            removed=len(gone),
        )

    def write_photos(self) -> bool:
        """Write the gallery. Returns whether anything changed."""
        own = {slug: number for (week, slug), number in self.activities.items() if week == self.week.slug}
        told = write_photos(self.week, self.wanted.photos, self.before.photos if self.before else (), self.kept, own)
        self.unused = told.pop("unused")
        numbers = {what: len(files) for what, files in told.items()}
        self.imported.count("photos", **numbers)
        return bool(told["created"] or told["changed"] or told["removed"])

    def tell_week(self, *, changed: bool, own_words: bool) -> None:
        """Count the week, and date it anew when something beneath it changed."""
        is_new = self.before is None
        self.imported.count("week", created=is_new, changed=changed and not is_new, unchanged=not changed)
        if changed and not own_words:
            self.week.changed_at = self.now
            self.week.save(update_fields=["changed_at"])
        self.changed = changed

    def bump(self, weeks: set[int]) -> None:
        """Let the revision grow of every week that shows something of what changed. A new week has its first."""
        numbers = weeks | ({self.week.pk} if self.changed else set())
        if self.before is None:
            numbers.discard(self.week.pk)
        Week.objects.filter(pk__in=numbers).update(revision=F("revision") + 1)

    def number(self, entry: form.ActivityEntry) -> int | None:
        """The primary key of an activity of this week, if it has one already."""
        return self.activities.get((self.wanted.week.slug, entry.slug))
