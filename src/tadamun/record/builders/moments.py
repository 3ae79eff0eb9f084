"""When a record changes although nobody changes anything: places told later, sign-ups that open, consents that end."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tadamun.organise.archive.models import Photo
from tadamun.organise.people.models import Admission
from tadamun.organise.programme.models import Activity, Sitting, Week
from tadamun.organise.programme.vocabulary import TellPlace
from tadamun.record.audiences import activity_is_told, is_guarded, is_outside
from tadamun.record.builders.telling import Telling, in_utc

# Beyond it there is no day after a day.
_FAR_AWAY = date(9999, 1, 1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def next_moment(week: Week, telling: Telling) -> datetime | None:
    """The earliest of all such moments that lies after the telling's now, in UTC."""
    activities = {
        row.pk: row for row in Activity.objects.filter(week=week) if activity_is_told(row.state, telling.audience)
    }
    moments = [*_places_told(activities, telling), *_doors_move(activities), *_days_end(week, activities, telling)]
    return min((in_utc(moment) for moment in moments if moment > telling.now), default=None)


def _places_told(activities: dict[int, Activity], telling: Telling) -> Iterator[datetime]:
    rows = Sitting.objects.filter(activity__in=activities, tell_place=TellPlace.LATER, told_from__gt=telling.now)
    for row in rows:
        open_later = not is_guarded(activities[row.activity_id].safety, telling.audience)
        if row.told_from is not None and is_outside(telling.audience) and open_later:
            yield row.told_from


def _doors_move(activities: dict[int, Activity]) -> Iterator[datetime]:
    doors = Admission.objects.filter(activity__in=activities, closed=False, emptied_at__isnull=True)
    for door in doors.values_list("opens_at", "closes_at"):
        yield from (moment for moment in door if moment is not None)


def _days_end(week: Week, activities: dict[int, Activity], telling: Telling) -> Iterator[datetime]:
    photos = Photo.objects.filter(week=week, consent_until__gte=telling.today)
    days = {photo.consent_until for photo in photos if photo.consent_until is not None}
    for activity in activities.values():
        days |= set(_days_in(activity.details))
    for day in (day for day in days if telling.today <= day < _FAR_AWAY):
        for midnight in (day, day + timedelta(days=1)):
            yield datetime.combine(midnight, time(), telling.zone).astimezone(UTC)


def _days_in(details: Any) -> Iterator[date]:
    """Every day that is stated anywhere in a plan."""
    if isinstance(details, dict):
        details = list(details.values())
    if isinstance(details, list):
        for value in details:
            yield from _days_in(value)
    elif isinstance(details, str) and _DAY.fullmatch(details):
        try:
            yield date.fromisoformat(details)
        except ValueError:
            return
