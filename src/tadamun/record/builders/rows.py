"""Everything that is stored about a week, read with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q

from tadamun.organise.archive.models import Photo
from tadamun.organise.network.models import Organisation
from tadamun.organise.people.models import Admission
from tadamun.organise.programme.models import (
    Activity,
    Campaign,
    Contribution,
    Figure,
    Involvement,
    Occasion,
    Outcome,
    Person,
    Place,
    Postponement,
    Promise,
    Relation,
    Sitting,
    Source,
    Week,
)

Row = TypeVar("Row", bound=Model)
# Rows by activity; None holds those that belong to the week itself.
ByActivity = Mapping[int | None, Sequence[Row]]

ByCampaign = Mapping[int, Sequence[Organisation]]

# A landmark lies in a venue, an area, a city, a governorate, a country.
DEPTH_OF_PLACES = 5


@dataclass(frozen=True)
class Stored:
    """A week's rows in their stated order, before any rule has looked at them."""

    week: Week
    activities: tuple[Activity, ...]
    sittings: ByActivity[Sitting]
    postponements: ByActivity[Postponement]
    involvements: ByActivity[Involvement]
    figures: ByActivity[Figure]
    promises: ByActivity[Promise]
    people: ByActivity[Person]
    outcomes: ByActivity[Outcome]
    contributions: ByActivity[Contribution]
    photos: tuple[Photo, ...]
    occasions: ByActivity[Occasion]
    told_by: ByActivity[Source]
    week_places: tuple[int, ...]
    places: Mapping[int, Place]
    owners: ByCampaign
    relations: tuple[Relation, ...]
    editions: tuple[Activity, ...]
    admissions: Mapping[int, Admission]
    sittings_elsewhere: ByActivity[Sitting]


def read(week: Week) -> Stored:
    """Read a week afresh, with all that its record may speak of."""
    week = Week.objects.select_related("series").get(pk=week.pk)
    activities = tuple(Activity.objects.filter(week=week).select_related("series").order_by("position", "slug", "pk"))
    for activity in activities:
        activity.week = week
    sittings = tuple(Sitting.objects.filter(activity__week=week).order_by("activity", "position"))
    promises = tuple(
        Promise.objects.filter(week=week)
        .select_related("owner", "kept_by__week__publication")
        .order_by("position", "pk")
    )
    contributions = tuple(Contribution.objects.filter(week=week).select_related("campaign").order_by("position", "pk"))
    week_places = tuple(Week.places.through.objects.filter(week=week).values_list("place_id", flat=True))
    relations = _relations(week)
    editions = _editions(activities)
    return Stored(
        week=week,
        activities=activities,
        sittings=_grouped(sittings),
        postponements=_parts(Postponement, week),
        involvements=_parts(Involvement, week, "organisation"),
        figures=_grouped(
            Figure.objects.filter(week=week)
            .select_related("source")
            .prefetch_related("parts")
            .order_by("position", "pk")
        ),
        promises=_grouped(promises),
        people=_parts(Person, week, "organisation"),
        outcomes=_parts(Outcome, week),
        contributions=_grouped(contributions),
        photos=tuple(Photo.objects.filter(week=week, looked_at=True).order_by("position", "pk")),
        occasions=_joined(Week.occasions.through, Activity.occasions.through, week, "occasion"),
        told_by=_joined(Week.also_told_by.through, Activity.also_told_by.through, week, "source"),
        week_places=week_places,
        places=_places(week_places, sittings, promises),
        owners=_owners(contributions),
        relations=relations,
        editions=editions,
        admissions={row.activity_id: row for row in Admission.objects.filter(activity__week=week)},
        sittings_elsewhere=_sittings_elsewhere(week, promises, relations, editions),
    )


def _grouped(rows: Iterable[Row]) -> ByActivity[Row]:
    groups: defaultdict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, "activity_id", None)].append(row)
    return groups


def _parts(model: type[Row], week: Week, *related: str) -> ByActivity[Row]:
    objects: Any = model._default_manager
    rows = objects.filter(week=week).order_by("position", "pk")
    return _grouped(rows.select_related(*related) if related else rows)


def _joined(of_week: type[Any], of_activity: type[Any], week: Week, field: str) -> ByActivity[Any]:
    groups: defaultdict[int | None, list[Any]] = defaultdict(list)
    for row in of_week.objects.filter(week=week).select_related(field):
        groups[None].append(getattr(row, field))
    for row in of_activity.objects.filter(activity__week=week).select_related(field):
        groups[row.activity_id].append(getattr(row, field))
    return groups


def _places(week_places: Iterable[int], sittings: Iterable[Sitting], promises: Iterable[Promise]) -> dict[int, Place]:
    wanted = {*week_places, *(promise.place_id for promise in promises)}
    for sitting in sittings:
        wanted |= {sitting.place_id, sitting.public_place_id}
    chain = "__".join(["within"] * DEPTH_OF_PLACES)
    places = Place.objects.filter(pk__in=wanted - {None}).select_related(chain)
    return {place.pk: place for place in places}


def _owners(contributions: Iterable[Contribution]) -> ByCampaign:
    owners: defaultdict[int, list[Organisation]] = defaultdict(list)
    campaigns = {contribution.campaign_id for contribution in contributions}
    rows = Campaign.owners.through.objects.filter(campaign__in=campaigns).select_related("organisation")
    for row in rows.order_by("organisation__slug"):
        owners[row.campaign_id].append(row.organisation)
    return owners


def _relations(week: Week) -> tuple[Relation, ...]:
    rows = Relation.objects.filter(Q(activity__week=week) | Q(to__week=week))
    return tuple(rows.select_related("activity__week__publication", "to__week__publication").order_by("pk"))


def _editions(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    series = {activity.series_id for activity in activities} - {None}
    rows = Activity.objects.filter(series__in=series).select_related("week__publication")
    return tuple(rows.order_by("week__start", "week__slug", "position", "slug"))


def _sittings_elsewhere(
    week: Week, promises: Iterable[Promise], relations: Iterable[Relation], editions: Iterable[Activity]
) -> ByActivity[Sitting]:
    linked = {promise.kept_by_id for promise in promises} | {edition.pk for edition in editions}
    for relation in relations:
        linked |= {relation.activity_id, relation.to_id}
    rows = Sitting.objects.filter(Q(activity__in=linked - {None}) | Q(activity__week=week))
    return _grouped(rows.select_related("place", "public_place").order_by("activity", "position"))
