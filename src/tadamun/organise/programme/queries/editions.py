"""Editions of a series side by side, whatever each was called, and what contributed to a campaign."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Min, Prefetch

from tadamun.organise.programme.models import Activity, Campaign, Contribution, Figure, Series, Week
from tadamun.organise.programme.queries.reach import reachable, weeks_in_reach
from tadamun.organise.programme.vocabulary import State
from tadamun.toolkit.languages.text import Text


@dataclass(frozen=True)
class Edition:
    """An edition: a week, or an activity of one (then ``uid`` is set)."""

    number: int | None
    titles: Text
    start: date | None
    end: date | None
    state: State
    places: tuple[Text, ...]
    figures: tuple[Figure, ...]
    week: str
    uid: UUID | None = None


def editions_of(series: Series, organisations: Iterable[str]) -> list[Edition]:
    """The editions that the organisations (slugs) carry, the first one first. A fixed number of queries."""
    mine = list(organisations)
    weeks = weeks_in_reach(mine).filter(series=series).prefetch_related("places", _figures_of_week())
    activities = (
        reachable(mine)
        .filter(series=series)
        .select_related("week")
        .annotate(first=Min("sittings__start"), last=Max("sittings__end"))
        .prefetch_related("sittings__place", "figures")
    )
    found = [_week(row) for row in weeks] + [_activity(row) for row in activities]
    return sorted(found, key=lambda edition: (edition.start or date.max, edition.number or 0))


def contributions_of(campaign: Campaign, organisations: Iterable[str]) -> list[Contribution]:
    """What the organisations' weeks contributed to a campaign. One query."""
    mine = list(organisations)
    return list(
        Contribution.objects.filter(campaign=campaign, week__in=Week.objects.filter(pk__in=_weeks(mine)))
        .select_related("week", "activity")
        .order_by("week__start", "position")
    )


def _weeks(organisations: list[str]) -> set[int]:
    own = set(weeks_in_reach(organisations).values_list("pk", flat=True))
    return own | set(reachable(organisations).values_list("week", flat=True))


def _figures_of_week() -> "Prefetch[str]":
    return Prefetch("figures", queryset=Figure.objects.filter(activity=None))


def _week(row: Week) -> Edition:
    return Edition(
        number=row.edition,
        titles=row.titles,
        start=row.start,
        end=row.end,
        state=State(row.state),
        places=tuple(place.names for place in row.places.all()),
        figures=tuple(row.figures.all()),
        week=row.slug,
    )


def _activity(row: Activity) -> Edition:
    places = {sitting.place.slug: sitting.place.names for sitting in row.sittings.all() if sitting.place}
    return Edition(
        number=row.edition,
        titles=row.titles,
        start=row.first,  # type: ignore[attr-defined]  # annotated by the query
        end=row.last,  # type: ignore[attr-defined]  # annotated by the query
        state=State(row.state),
        places=tuple(places.values()),
        figures=tuple(row.figures.all()),
        week=row.week.slug,
        uid=row.uid,
    )
