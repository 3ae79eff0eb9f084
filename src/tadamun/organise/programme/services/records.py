"""Changes that concern a whole week."""

from collections.abc import Collection
from datetime import UTC, datetime

from django.db.models import F

from tadamun.organise.programme.models import Publication, Week

# Before any moment that a clock can say: the record is due at once.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


def renew_record(weeks: Collection[int], *, changed_at: datetime | None = None) -> None:
    """Something that these weeks' records tell has changed: those that are public are published again by themselves."""
    changed = {"changed_at": changed_at} if changed_at else {}
    Week.objects.filter(pk__in=weeks).update(revision=F("revision") + 1, **changed)
    Publication.objects.filter(week__in=weeks).update(due_again_at=AT_ONCE)
