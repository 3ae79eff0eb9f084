"""Places, in the version that the audience may know.

A place that is kept back in one part of the week must not come out in another: not among the week's places,
not as that within which a told place lies, not as the place of a promise. It counts as told when some other
sitting of the week tells it. Of an activity that the audience may not know every place is kept back but cities
and what is larger: that a week reaches a city is for the week to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from tadamun.organise.programme.models import Activity, Place, Sitting
from tadamun.organise.programme.vocabulary import PlaceKind, TellPlace
from tadamun.record.audiences import activity_is_told, exact_place_is_told, is_guarded
from tadamun.record.builders.rows import DEPTH_OF_PLACES, Stored
from tadamun.record.builders.telling import Telling, in_utc
from tadamun.record.structs import PlaceRecord
from tadamun.toolkit.languages.text import Text

_LARGE = frozenset({PlaceKind.CITY, PlaceKind.GOVERNORATE, PlaceKind.COUNTRY})


class Places:
    """The places of one week for one telling."""

    def __init__(self, stored: Stored, telling: Telling) -> None:
        self._rows: Mapping[int, Place] = stored.places
        self._telling = telling
        self._kept_back = places_kept_back(stored, telling)

    def of_sitting(self, activity: Activity, sitting: Sitting) -> PlaceRecord | None:
        """The exact place when it is told; else the public one, with the moment when the exact one will be told."""
        public = self._row(sitting.public_place_id)
        if place_is_told(activity, sitting, self._telling):
            exact = self._row(sitting.place_id) or public
            return self._record(exact) if exact else None
        if public is None:
            return None
        later = sitting.place_id is not None and sitting.tell_place == TellPlace.LATER
        guarded = is_guarded(activity.safety, self._telling.audience)
        return self._record(public, told_from=sitting.told_from if later and not guarded else None)

    def listed(self, keys: Iterable[int]) -> tuple[PlaceRecord, ...]:
        """The places that a week names by itself, without those that are kept back."""
        rows = (self._rows[key] for key in keys if key not in self._kept_back)
        return tuple(self._record(row) for row in sorted(rows, key=lambda row: row.slug))

    def name(self, key: int | None) -> Text:
        """The name of a place; none when it is kept back or none was stated."""
        row = self._row(key)
        return row.names if row is not None and row.pk not in self._kept_back else {}

    def _row(self, key: int | None) -> Place | None:
        return None if key is None else self._rows[key]

    def _record(self, place: Place, told_from: datetime | None = None) -> PlaceRecord:
        within = (outer.names for outer in _around(place) if outer.pk not in self._kept_back)
        return PlaceRecord(
            slug=place.slug,
            names=place.names,
            kind=self._telling.term(PlaceKind, place.kind),
            landmark=place.landmark,
            within=tuple(within),
            latitude=place.latitude,
            longitude=place.longitude,
            exact_told_from=in_utc(told_from) if told_from else None,
        )


def place_is_told(activity: Activity, sitting: Sitting, telling: Telling) -> bool:
    """Whether this telling may say the exact place of a sitting."""
    return exact_place_is_told(
        tell=sitting.tell_place,
        told_from=sitting.told_from,
        safety=activity.safety,
        audience=telling.audience,
        now=telling.now,
    )


def places_kept_back(stored: Stored, telling: Telling) -> frozenset[int]:
    """The keys of the places that this telling must not say anywhere."""
    told: set[int] = set()
    kept: set[int] = set()
    for activity in stored.activities:
        shown = activity_is_told(activity.state, telling.audience)
        for sitting in stored.sittings.get(activity.pk, ()):
            exact, public = (_places_of(stored, key) for key in (sitting.place_id, sitting.public_place_id))
            if not shown:
                kept |= {place.pk for place in (*exact[:1], *public[:1]) if place.kind not in _LARGE}
            elif place_is_told(activity, sitting, telling):
                told |= {place.pk for place in exact or public}
            else:
                kept |= {place.pk for place in exact[:1]}
                told |= {place.pk for place in public[:1]}
    return frozenset(kept - told)


def _places_of(stored: Stored, key: int | None) -> list[Place]:
    """A place, then those in which it lies."""
    return [stored.places[key], *_around(stored.places[key])] if key is not None else []


def _around(place: Place) -> Iterator[Place]:
    """The places in which this one lies, from the nearest outwards, as far as they were read."""
    for _ in range(DEPTH_OF_PLACES):
        if place.within_id is None or place.within is None:
            return
        place = place.within
        yield place
