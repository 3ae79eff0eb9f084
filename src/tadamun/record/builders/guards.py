"""What the public record of a week keeps back now, and what was let out to be told later: for narrowing."""

from dataclasses import replace
from datetime import datetime

from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.vocabulary import TellPlace
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import is_guarded
from tadamun.record.builders.places import place_is_told, places_kept_back
from tadamun.record.builders.rows import Stored, read
from tadamun.record.builders.telling import Telling
from tadamun.record.builders.week import telling_of, week_record
from tadamun.record.narrowing import Coming, Guarded
from tadamun.record.structs import WeekRecord


def public_now(
    *, week: Week, now: datetime, languages: tuple[str, ...], small_cell: int, every_link: bool = False
) -> tuple[WeekRecord, Guarded]:
    """The public record of the plan as it stands at ``now``, and what the plan keeps from the public then.

    :raises NotForThisAudience: when the week is an idea.
    """
    telling = telling_of(week=week, audience=Audience.PUBLIC, now=now, languages=languages, small_cell=small_cell)
    telling = replace(telling, every_link=every_link)
    stored = read(week)
    kept = [stored.places[key] for key in places_kept_back(stored, telling) if key in stored.places]
    guarded = Guarded(
        places=frozenset(place.slug for place in kept),
        place_names=tuple(place.names for place in kept),
        activities=frozenset(str(row.uid) for row in stored.activities if _keeps_a_place(stored, row, telling)),
        counting=frozenset(str(row.uid) for row in stored.activities if _counts(stored, row)),
    )
    return week_record(stored, telling), guarded


def to_let_out(
    *, week: Week, at: datetime, languages: tuple[str, ...], small_cell: int
) -> tuple[WeekRecord, tuple[Coming, ...]]:
    """The public record of the plan for the moment ``at``, with every link, and what it will tell later.

    What comes: for each moment after ``at`` the activities that say more of their places by then.

    :raises NotForThisAudience: when the week is an idea.
    """
    telling = telling_of(week=week, audience=Audience.PUBLIC, now=at, languages=languages, small_cell=small_cell)
    telling = replace(telling, every_link=True)
    stored = read(week)
    record = week_record(stored, telling)
    known = {one.uid: (one.sittings, one.facts) for one in record.activities}
    coming = []
    for moment in _moments(stored, at):
        for one in week_record(stored, replace(telling, now=moment)).activities:
            if known.get(one.uid) != (one.sittings, one.facts):
                coming.append(Coming(activity=one.uid, told_from=moment, sittings=one.sittings, facts=one.facts))
            known[one.uid] = one.sittings, one.facts
    return record, tuple(coming)


def _moments(stored: Stored, after: datetime) -> list[datetime]:
    guarded = {row.pk for row in stored.activities if is_guarded(row.safety, Audience.PUBLIC)}
    told = {
        sitting.told_from
        for key, sittings in stored.sittings.items()
        for sitting in sittings
        if key not in guarded and sitting.tell_place == TellPlace.LATER and sitting.told_from is not None
    }
    return sorted(moment for moment in told if moment > after)


def _keeps_a_place(stored: Stored, activity: Activity, telling: Telling) -> bool:
    return any(
        sitting.place_id is not None and not place_is_told(activity, sitting, telling)
        for sitting in stored.sittings.get(activity.pk, ())
    )


def _counts(stored: Stored, activity: Activity) -> bool:
    admission = stored.admissions.get(activity.pk)
    return admission is not None and bool(admission.arrivals)
