"""What the run sheet prints: hours, places, who does what, tasks, material, who is called (by role)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from tadamun.organise.network.vocabulary import Standing
from tadamun.organise.planning.models import Contact, Material, Risk, Round, Task
from tadamun.organise.planning.vocabulary import CallFor
from tadamun.organise.programme.models import Activity, Involvement, Sitting, Week
from tadamun.organise.programme.queries.reach import carriers_of_week, reachable
from tadamun.organise.programme.vocabulary import InvolvementType, SignOff, State

Row = TypeVar("Row", Sitting, Involvement, Task, Material, Risk, Contact)
_OFF = (State.CANCELLED, State.POSTPONED)
_PLAYS_NO_PART = (SignOff.DECLINED, SignOff.WITHDRAWN)
_GIVES_ONLY = (InvolvementType.FUNDER, InvolvementType.SUPPORTER)


@dataclass(frozen=True)
class RunSheet:
    """One activity as those who run it need it on paper. ``off`` says that it does not take place as planned."""

    activity: Activity
    sittings: tuple[Sitting, ...]
    involvements: tuple[Involvement, ...]
    tasks: tuple[Task, ...]
    material: tuple[Material, ...]
    risks: tuple[Risk, ...]
    contacts: tuple[Contact, ...]
    verdict: Round | None

    @property
    def off(self) -> bool:
        """Whether it does not take place as planned."""
        return self.activity.state in _OFF


def run_sheet(activity: Activity) -> RunSheet:
    """The run sheet of one activity. Eight queries."""
    return _sheets([activity])[0]


def run_sheets(week: Week, standing: Standing, *, on: date | None) -> list[RunSheet]:
    """The run sheets of the activities of a week that the member's organisations carry, by hour.

    ``on`` leaves only those that have a sitting on that day. Nine queries, however many activities there are.
    """
    activities = reachable(standing.organisations).filter(week=week).select_related("week").order_by("position")
    sheets = _sheets(list(activities))
    if on is not None:
        sheets = [sheet for sheet in sheets if any(sitting.start <= on <= sitting.end for sitting in sheet.sittings)]
    return sorted(sheets, key=_begins)


def contacts_for(activity: Activity | None, week: Week, *, with_week: bool) -> list[Contact]:
    """Who is called: of the activity, and of the week as a whole where the member may see that. One query."""
    rows = Contact.objects.filter(week=week).select_related("account", "activity__week", "week")
    scope = rows.filter(activity=activity)
    if activity is not None and with_week:
        scope |= rows.filter(activity=None)
    return in_order(scope)


def in_order(contacts: Iterable[Contact]) -> list[Contact]:
    """Who leads first, then what is called for most urgently; within that, whose turn it is."""
    urgency = {call: number for number, call in enumerate(CallFor.values)}
    return sorted(contacts, key=lambda one: (urgency[one.call_for], one.activity_id is None, one.turn, one.position))


def days_of(week: Week, standing: Standing) -> list[date]:
    """The days on which something begins, for choosing one. One query."""
    mine = reachable(standing.organisations).filter(week=week)
    starts = Sitting.objects.filter(activity__in=mine.values("pk")).order_by("start")
    return list(starts.values_list("start", flat=True).distinct())


def carries_week(week: Week, standing: Standing) -> bool:
    """Whether the member belongs to those who carry the week as a whole, not just an activity of it."""
    return bool(standing.organisations & set(carriers_of_week(week)))


def _sheets(activities: list[Activity]) -> list[RunSheet]:
    keys = [activity.pk for activity in activities]
    sittings = Sitting.objects.filter(activity__in=keys).select_related("place", "place__within")
    involved = (
        Involvement.objects.filter(activity__in=keys)
        .exclude(sign_off__in=_PLAYS_NO_PART)
        .exclude(type__in=_GIVES_ONLY)
        .select_related("organisation")
    )
    rounds = Round.objects.filter(activity__in=keys).exclude(verdict="").order_by("position", "pk")
    by_sitting = _by_activity(sittings.order_by("start", "start_time", "position"))
    by_involvement = _by_activity(involved)
    tasks = _by_activity(Task.objects.filter(activity__in=keys, done_at=None).select_related("owner"))
    material = _by_activity(Material.objects.filter(activity__in=keys).select_related("brought_by", "lent_by"))
    risks = _by_activity(Risk.objects.filter(activity__in=keys))
    calls = Contact.objects.filter(activity__in=keys).select_related("account")
    contacts = {key: tuple(in_order(rows)) for key, rows in _by_activity(calls).items()}
    verdicts = {round_.activity_id: round_ for round_ in rounds}
    return [
        RunSheet(
            activity=activity,
            sittings=by_sitting[activity.pk],
            involvements=by_involvement[activity.pk],
            tasks=tasks[activity.pk],
            material=material[activity.pk],
            risks=risks[activity.pk],
            contacts=contacts.get(activity.pk, ()),
            verdict=verdicts.get(activity.pk),
        )
        for activity in activities
    ]


def _by_activity(rows: "QuerySet[Row]") -> "defaultdict[int | None, tuple[Row, ...]]":
    found: defaultdict[int | None, tuple[Row, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.activity_id] += (row,)
    return found


def _begins(sheet: RunSheet) -> tuple[bool, date, str, int]:
    first = sheet.sittings[0] if sheet.sittings else None
    hour = first.start_time.isoformat() if first and first.start_time else "24"
    return first is None, first.start if first else date.max, hour, sheet.activity.position
