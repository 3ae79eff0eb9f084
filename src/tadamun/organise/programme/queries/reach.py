"""Which activities a member's organisations carry, and so which of them she may work on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet

from tadamun.organise.network.vocabulary import Standing
from tadamun.organise.programme.models.parts import Involvement
from tadamun.organise.programme.models.weeks import Activity, Week
from tadamun.organise.programme.vocabulary import AGREED, InvolvementType, SignOff, State
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.languages.text import Text

OWNERS = (InvolvementType.ORGANISER, InvolvementType.RUNS)
CARRIERS = (*OWNERS, InvolvementType.CO_ORGANISER, InvolvementType.COOPERATION, InvolvementType.HOST)
_REFUSED = (SignOff.DECLINED, SignOff.WITHDRAWN)

# An organiser needs no invitation to its own week; whoever was asked to share it has agreed first.
_CARRIES_WEEK = Q(activity=None, type__in=OWNERS) & ~Q(sign_off__in=_REFUSED) | Q(
    activity=None, type=InvolvementType.CO_ORGANISER, sign_off__in=AGREED
)
_CARRIES_ACTIVITY = Q(activity__isnull=False, type__in=CARRIERS, sign_off__in=AGREED)


@dataclass(frozen=True)
class DeskActivity:
    """An activity in a member's list: what, when, whose."""

    uid: UUID
    titles: Text
    week_titles: Text
    week_slug: str
    state: State
    safety: SafetyProfile
    start: date | None
    end: date | None


def activities_of(standing: Standing) -> list[DeskActivity]:
    """The activities that a member may work on, the next ones first. Two queries."""
    rows = (
        reachable(standing.organisations)
        .select_related("week")
        .annotate(first=Min("sittings__start"), last=Max("sittings__end"))
        .order_by("-week__start", "position")
    )
    return [
        DeskActivity(
            uid=row.uid,
            titles=row.titles,
            week_titles=row.week.titles,
            week_slug=row.week.slug,
            state=State(row.state),
            safety=SafetyProfile(row.safety),
            start=row.first,
            end=row.last,
        )
        for row in rows
    ]


def activity_of(standing: Standing, uid: UUID) -> Activity | None:
    """An activity that a member's organisations carry; None for others and for those that do not exist."""
    return reachable(standing.organisations).select_related("week").filter(uid=uid).first()


def reachable(organisations: Iterable[str]) -> QuerySet[Activity]:
    """The activities that one of the organisations (slugs) carries, by their week or by themselves."""
    mine = Involvement.objects.filter(organisation__slug__in=list(organisations))
    weeks = mine.filter(_CARRIES_WEEK).values("week")
    activities = mine.filter(_CARRIES_ACTIVITY).values("activity")
    return Activity.objects.filter(Q(week__in=weeks) | Q(pk__in=activities))


def carriers_of(activity: Activity) -> list[str]:
    """The slugs of the organisations that carry an activity: those whose members may work on it."""
    carrying = Q(week=activity.week_id) & _CARRIES_WEEK | Q(activity=activity.pk) & _CARRIES_ACTIVITY
    found = Involvement.objects.filter(carrying, organisation__isnull=False)
    return sorted(set(found.values_list("organisation__slug", flat=True)))


def weeks_in_reach(organisations: Iterable[str]) -> QuerySet[Week]:
    """The weeks that one of the organisations (slugs) carries as a whole."""
    mine = Involvement.objects.filter(_CARRIES_WEEK, organisation__slug__in=list(organisations))
    return Week.objects.filter(pk__in=mine.values("week"))


def week_of(standing: Standing, slug: str) -> Week | None:
    """A week that a member's organisations carry, or of which they carry an activity; None for any other."""
    week = Week.objects.filter(slug=slug).first()
    if week is None:
        return None
    carried = weeks_in_reach(standing.organisations).filter(pk=week.pk).exists()
    return week if carried or reachable(standing.organisations).filter(week=week).exists() else None


def carriers_of_week(week: Week) -> list[str]:
    """The slugs of the organisations that carry a week as a whole: those whose members may work on it."""
    found = Involvement.objects.filter(_CARRIES_WEEK, week=week, organisation__isnull=False)
    return sorted(set(found.values_list("organisation__slug", flat=True)))
