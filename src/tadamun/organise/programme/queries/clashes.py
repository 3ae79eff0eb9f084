"""What gets in the way of a week's activities: places, people, partners, prayer, the outside world, our other weeks."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from tadamun.organise.network.vocabulary import Standing
from tadamun.organise.programme.models import Activity, Involvement, Occasion, Person, Place, Sitting, Week
from tadamun.organise.programme.queries.clashing import Clash, OutsideDay, Point, Slot, clashes_of, hours_of
from tadamun.organise.programme.queries.reach import reachable
from tadamun.organise.programme.vocabulary import (
    DatePrecision,
    InvolvementType,
    Naming,
    OccasionKind,
    PlaceKind,
    SignOff,
    State,
)
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.search import folded
from tadamun.toolkit.zones import point_of_zone

_OVER = (State.POSTPONED, State.CANCELLED)
_ONE_AT_A_TIME = (PlaceKind.VENUE, PlaceKind.LANDMARK)
_BUSY = (
    InvolvementType.RUNS,
    InvolvementType.CO_ORGANISER,
    InvolvementType.COOPERATION,
    InvolvementType.HOST,
    InvolvementType.ORGANISER,
)
_DISTURB = (OccasionKind.ELECTION, OccasionKind.HOLIDAY)
# A first name alone, or none, does not tell whether it is the same woman.
_TELLING = (Naming.FULL_NAME, Naming.PSEUDONYM)


def clashes_in(week: Week, standing: Standing) -> list[Clash]:
    """The clashes of a week as far as the member may see both sides. Eight queries, however long the week is."""
    sittings = list(
        Sitting.objects.filter(activity__in=reachable(standing.organisations), precision=DatePrecision.EXACT)
        .filter(Q(activity__week=week) | Q(start__lte=week.end, end__gte=week.start))
        .exclude(activity__state__in=_OVER)
        .select_related("activity__week", "place")
        .order_by("start", "pk")
    )
    keys = {sitting.activity_id for sitting in sittings}
    people, partners = _people(keys), _partners(keys)
    tied = _tied(week, keys)
    points = _Points(week)
    slots = [
        _slot(sitting, day, week, people, partners, tied, points)
        for sitting in sittings
        for day in _days(sitting, week)
    ]
    return clashes_of(slots, _occasions(slots))


class _Points:
    """Where places are: each by its own point, else by the nearest one around it that has one. One query."""

    def __init__(self, week: Week) -> None:
        columns = Place.objects.values_list("pk", "within", "latitude", "longitude")
        self._places = {key: (within, latitude, longitude) for key, within, latitude, longitude in columns}
        of_week = (self._of(key) for key in sorted(week.places.values_list("pk", flat=True)))
        self._otherwise = next(filter(None, of_week), None) or point_of_zone(week.timezone)

    def of(self, place: int | None) -> Point | None:
        """The point of a place, else that of the week, else that of its time zone."""
        return self._of(place) or self._otherwise

    def _of(self, place: int | None) -> Point | None:
        passed = set()
        while place is not None and place not in passed:
            passed.add(place)
            place, latitude, longitude = self._places[place]
            if latitude is not None and longitude is not None:
                return latitude, longitude
        return None


def _slot(
    sitting: Sitting,
    day: date,
    week: Week,
    people: dict[int, dict[str, Text]],
    partners: dict[int, dict[str, Text]],
    tied: dict[int, set[int]],
    points: _Points,
) -> Slot:
    activity, place = sitting.activity, sitting.place
    return Slot(
        activity=activity.uid,
        titles=activity.titles,
        day=day,
        own=activity.week_id == week.pk,
        week_titles=activity.week.titles,
        hours=hours_of(sitting.start_time, sitting.end_time, sitting.part_of_day),
        place=place.pk if place and place.kind in _ONE_AT_A_TIME else None,
        place_names=place.names if place else {},
        people=people.get(activity.pk, {}),
        partners=partners.get(activity.pk, {}),
        occasions=frozenset(tied.get(activity.pk, set()) | tied.get(0, set())),
        point=points.of(sitting.place_id),
        zone=activity.week.timezone,
    )


def _days(sitting: Sitting, week: Week) -> Iterable[date]:
    """The days of a sitting; of our other weeks only those that lie in this one."""
    own = sitting.activity.week_id == week.pk
    first = sitting.start if own else max(sitting.start, week.start)
    last = sitting.end if own else min(sitting.end, week.end)
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _people(activities: set[int]) -> dict[int, dict[str, Text]]:
    found: dict[int, dict[str, Text]] = {}
    rows = Person.objects.filter(activity__in=activities, naming__in=_TELLING)
    for activity, name in rows.values_list("activity", "name"):
        for words in name.values():
            found.setdefault(activity, {})[folded(words)] = name
    return found


def _partners(activities: set[int]) -> dict[int, dict[str, Text]]:
    rows = Involvement.objects.filter(activity__in=activities, type__in=_BUSY, organisation__isnull=False)
    found: dict[int, dict[str, Text]] = {}
    for activity, slug, names in rows.exclude(sign_off__in=(SignOff.DECLINED, SignOff.WITHDRAWN)).values_list(
        "activity", "organisation__slug", "organisation__names"
    ):
        found.setdefault(activity, {})[slug] = names
    return found


def _tied(week: Week, activities: set[int]) -> dict[int, set[int]]:
    """The occasions that each activity is meant for; under 0 those of the whole week."""
    found: dict[int, set[int]] = {0: set(week.occasions.values_list("pk", flat=True))}
    for activity, occasion in Activity.occasions.through.objects.filter(activity__in=activities).values_list(
        "activity", "occasion"
    ):
        found.setdefault(activity, set()).add(occasion)
    return found


def _occasions(slots: list[Slot]) -> list[OutsideDay]:
    days = [slot.day for slot in slots if slot.own]
    if not days:
        return []
    rows = Occasion.objects.filter(start__lte=max(days), end__gte=min(days))
    return [OutsideDay(row.pk, row.names, row.start, row.end, row.kind in _DISTURB) for row in rows]
