"""Which weeks show something of the outside world, so that they are published anew when it changes."""

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from tadamun.organise.network.models import Tie
from tadamun.organise.programme.models import (
    Activity,
    Campaign,
    Contribution,
    Figure,
    Involvement,
    Person,
    Place,
    Promise,
    Relation,
    Sitting,
    Week,
)
from tadamun.weekfile.references import reached


def weeks_that_mention(changed: Mapping[str, Iterable[str]]) -> "QuerySet[Week]":
    """The weeks that mention any of the changed slugs (by shelf), directly or through what they mention."""
    organisations = _those_tied_to(set(changed.get("organisations", ())))
    places = _those_within(set(changed.get("places", ())), organisations)
    campaigns = set(changed.get("campaigns", ())) | set(
        Campaign.objects.filter(owners__slug__in=organisations).values_list("slug", flat=True)
    )
    occasions, series, sources = (list(changed.get(shelf, ())) for shelf in ("occasions", "series", "sources"))
    mentioning = [
        Involvement.objects.filter(organisation__slug__in=organisations).values("week"),
        Person.objects.filter(organisation__slug__in=organisations).values("week"),
        Promise.objects.filter(Q(owner__slug__in=organisations) | Q(place__slug__in=places)).values("week"),
        Sitting.objects.filter(Q(place__slug__in=places) | Q(public_place__slug__in=places)).values("activity__week"),
        Contribution.objects.filter(campaign__slug__in=campaigns).values("week"),
        Figure.objects.filter(source__slug__in=sources).values("week"),
        Activity.objects.filter(
            Q(occasions__slug__in=occasions) | Q(also_told_by__slug__in=sources) | Q(series__slug__in=series)
        ).values("week"),
        Week.objects.filter(
            Q(places__slug__in=places)
            | Q(occasions__slug__in=occasions)
            | Q(also_told_by__slug__in=sources)
            | Q(series__slug__in=series)
        ).values("pk"),
    ]
    numbers = {number for rows in mentioning for row in rows for number in row.values()}
    return Week.objects.filter(pk__in=numbers)


def _those_tied_to(organisations: set[str]) -> set[str]:
    """The organisations and all whose ties lead to them: their pages name what they belong to."""
    ties: dict[str, list[str]] = {}
    for body, other in Tie.objects.values_list("organisation__slug", "to__slug"):
        ties.setdefault(other, []).append(body)
    return reached(organisations, ties)


def _those_within(places: set[str], keepers: set[str]) -> set[str]:
    """The places, those kept by the organisations, and all that lie within any of them."""
    inner: dict[str, list[str]] = {}
    for place, outer, keeper in Place.objects.values_list("slug", "within__slug", "keeper__slug"):
        inner.setdefault(outer or "", []).append(place)
        if keeper in keepers:
            places = places | {place}
    return reached(places, inner)


def weeks_related_to(activities: Iterable[int]) -> set[int]:
    """The weeks of other activities that are told with these: related ones, kept promises, other editions."""
    numbers = list(activities)
    related = [
        Relation.objects.filter(to__in=numbers).values_list("activity__week", flat=True),
        Relation.objects.filter(activity__in=numbers).values_list("to__week", flat=True),
        Promise.objects.filter(kept_by__in=numbers).values_list("week", flat=True),
        Activity.objects.filter(keeps__activity__in=numbers).values_list("week", flat=True),
        Activity.objects.filter(series__activities__in=numbers).values_list("week", flat=True),
    ]
    return {number for rows in related for number in rows}
