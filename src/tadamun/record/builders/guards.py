"""What the public record of a week keeps back now, and what was let out to be told later: for narrowing."""

from datetime import datetime

from tadamun.organise.programme.models import Week
from tadamun.organise.programme.vocabulary import TellPlace
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import is_guarded
from tadamun.record.builders.places import place_is_told, places_kept_back
from tadamun.record.builders.rows import Stored, read
from tadamun.record.builders.telling import Telling
from tadamun.record.builders.week import build_week, telling_of
from tadamun.record.narrowing import Coming, Guarded


def guarded_now(*, week: Week, now: datetime) -> Guarded:
    """The places that the public may not be told at ``now``, and whose counts follow sign-up."""
    telling = telling_of(week=week, audience=Audience.PUBLIC, now=now, languages=("en",), small_cell=0)
    stored = read(week)
    kept = [stored.places[key] for key in places_kept_back(stored, telling) if key in stored.places]
    keeping = {str(row.uid) for row in stored.activities if _keeps_a_place(stored, row.pk, telling)}
    counting = {str(row.uid) for row in stored.activities if _counts(stored, row.pk)}
    return Guarded(
        places=frozenset(place.slug for place in kept),
        place_names=tuple(place.names for place in kept),
        activities=frozenset(keeping),
        counting=frozenset(counting),
    )


def what_comes(*, week: Week, now: datetime, languages: tuple[str, ...], small_cell: int) -> tuple[Coming, ...]:
    """What the plan as it stands tells the public later: for each moment the activities that say more by then."""
    stored = read(week)
    guarded = {row.pk for row in stored.activities if is_guarded(row.safety, Audience.PUBLIC)}
    moments = sorted(
        {
            sitting.told_from
            for key, sittings in stored.sittings.items()
            for sitting in sittings
            if key not in guarded and sitting.tell_place == TellPlace.LATER and sitting.told_from is not None
        }
    )
    coming, known = [], {}
    for moment in [now, *(moment for moment in moments if moment > now)]:
        record = build_week(week=week, audience=Audience.PUBLIC, now=moment, languages=languages, small_cell=small_cell)
        for one in record.activities:
            if known.get(one.uid, (one.sittings, one.facts)) != (one.sittings, one.facts):
                coming.append(Coming(activity=one.uid, told_from=moment, sittings=one.sittings, facts=one.facts))
            known[one.uid] = one.sittings, one.facts
    return tuple(coming)


def _keeps_a_place(stored: Stored, key: int, telling: Telling) -> bool:
    activity = next(row for row in stored.activities if row.pk == key)
    return any(
        sitting.place_id is not None and not place_is_told(activity, sitting, telling)
        for sitting in stored.sittings.get(key, ())
    )


def _counts(stored: Stored, key: int) -> bool:
    admission = stored.admissions.get(key)
    return admission is not None and bool(admission.arrivals)
