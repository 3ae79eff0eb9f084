"""How an activity goes from state to state, is postponed, given a new date, or cancelled: one step, undone as one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Min, Model
from django.utils.translation import gettext as _

from tadamun.organise.programme import rules
from tadamun.organise.programme.models import Activity, Change, Figure, Outcome, Postponement, Promise, Sitting, Week
from tadamun.organise.programme.rules import Days, Facts
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.together import tie
from tadamun.organise.programme.vocabulary import PromiseState, State
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.rulings import Refused

_GOES_ON_AS = {State.PLANNED, State.OPEN}


@dataclass(frozen=True)
class Why:
    """Why a step is made: ``reason`` for everybody, in languages; ``note`` for those who work on it."""

    note: str = ""
    reason: Text | None = None


NO_REASON = Why()


def facts_of(activity: Activity) -> Facts:
    """What rules about states need to know; a text is a record too, since not all that was held was counted.

    Three queries.
    """
    span = Sitting.objects.filter(activity=activity).aggregate(first=Min("start"), last=Max("end"))
    counted = Figure.objects.filter(activity=activity).exists() or Outcome.objects.filter(activity=activity).exists()
    return Facts(
        state=State(activity.state),
        days=(span["first"], span["last"]) if span["first"] else None,
        recorded=counted or bool(activity.body),
    )


def today_at(activity: Activity, now: datetime) -> date:
    """The day that it is at the activity's place."""
    return now.astimezone(ZoneInfo(activity.week.timezone)).date()


@transaction.atomic
def step(*, actor: Actor, activity: Activity, to: State, why: Why = NO_REASON, now: datetime) -> tuple[Change, ...]:
    """Bring an activity into another state, neither by postponing nor by cancelling it; a promise it kept is held.

    :raises Refused: when that does not follow from how it stands.
    """
    if to in {State.POSTPONED, State.CANCELLED}:
        raise ValueError(f"{to} has a verb of its own")
    stored = _locked(activity)
    rules.may_step(facts=facts_of(stored), to=to, today=today_at(stored, now)).require()
    made = _into(actor, stored, to, now)
    if to is State.HELD:
        for promise in Promise.objects.select_for_update(of=("self",)).filter(
            kept_by=stored, state=PromiseState.SCHEDULED
        ):
            made += _set(actor, promise, {"state": PromiseState.HELD.value}, now)
    return _done(actor, stored, made, why, now)


@transaction.atomic
def postpone(
    *, actor: Actor, activity: Activity, start: date | None, why: Why = NO_REASON, now: datetime
) -> tuple[Change, ...]:
    """Move an activity to a new first day, all its days along, or put it off without one; the old date is kept.

    With a new day it is what it was before (planned, open); what was put off without one gets its day in this way too.

    :raises Refused: when it has no day, or is over, or the new day is the old one.
    """
    stored = _locked(activity)
    facts = facts_of(stored)
    rules.may_step(facts=facts, to=State.POSTPONED, today=today_at(stored, now)).require()
    if facts.days is None:
        raise Refused(_("It has no day yet that could be postponed."))
    shift = start - facts.days[0] if start else None
    waiting = Postponement.objects.filter(activity=stored, moved_start=None).order_by("-position").first()
    if facts.state is State.POSTPONED and shift is None:
        raise Refused(_("It is postponed already. Give the new day."))
    if shift == timedelta(0) and facts.state is not State.POSTPONED:
        raise Refused(_("This is the day that it has. Give another one, or none."))
    made = _kept_date(actor, stored, facts.days, shift, why, now) if facts.state is not State.POSTPONED else []
    if shift is not None:
        made += _given_date(actor, waiting, facts.days, shift, why, now) if waiting and not made else []
        for sitting in Sitting.objects.filter(activity=stored):
            made += _shifted(actor, sitting, shift, now)
    made += _into(actor, stored, _afterwards(stored, facts.state, shift), now)
    return _done(actor, stored, made, why, now)


@transaction.atomic
def cancel(*, actor: Actor, activity: Activity, why: Why = NO_REASON, now: datetime) -> tuple[Change, ...]:
    """Say that an activity does not take place; a reason for everybody is kept beside the date that was announced.

    :raises Refused: when it is over.
    """
    stored = _locked(activity)
    facts = facts_of(stored)
    rules.may_step(facts=facts, to=State.CANCELLED, today=today_at(stored, now)).require()
    made = _kept_date(actor, stored, facts.days, None, why, now) if why.reason and facts.days else []
    return _done(actor, stored, [*made, *_into(actor, stored, State.CANCELLED, now)], why, now)


@transaction.atomic
def step_week(
    *,
    actor: Actor,
    week: Week,
    to: State,
    public: bool,
    with_ideas: bool = False,
    why: Why = NO_REASON,
    now: datetime,
) -> tuple[Change, ...]:
    """Bring a week into another state; ``with_ideas``: its activities that are ideas go along when it is planned.

    :raises Refused: when that does not follow from how it stands.
    """
    stored = Week.objects.select_for_update().get(pk=week.pk)
    before, today = State(stored.state), now.astimezone(ZoneInfo(stored.timezone)).date()
    rules.may_step_week(state=before, to=to, start=stored.start, public=public, today=today).require()
    made = _set(actor, stored, {"state": to.value}, now)
    ideas = Activity.objects.select_for_update(of=("self",)).filter(week=stored, state=State.IDEA)
    for activity in ideas.select_related("week") if with_ideas and to is State.PLANNED else ():
        made += _into(actor, activity, State.PLANNED, now)
    note_act(actor=actor, act="step", subject=f"week:{stored.slug}", now=now, detail={"from": before, "to": to})
    return tie(made, note=why.note)


def _locked(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).select_related("week").get(pk=activity.pk)


def _into(actor: Actor, activity: Activity, state: State, now: datetime) -> list[Change]:
    return _set(actor, activity, {"state": state.value}, now)


def _set(actor: Actor, row: Model, wanted: changes.Plain, now: datetime) -> list[Change]:
    """Set fields of a row that this transaction has just read."""
    outcome = changes.change(actor=actor, row=row, seen=changes.values_of(row, wanted), wanted=wanted, now=now)
    return [outcome.change] if outcome.change else []


def _afterwards(activity: Activity, state: State, shift: timedelta | None) -> State:
    """The state that a postponement leads to: with a new day, the one in which the activity was before."""
    if shift is None:
        return State.POSTPONED
    if state is not State.POSTPONED:
        return state
    put_off = Change.objects.filter(
        thing=Activity._meta.label_lower, row=activity.pk, fields__state__1=State.POSTPONED.value
    ).first()
    before = State(put_off.fields["state"][0]) if put_off else State.PLANNED
    return before if before in _GOES_ON_AS else State.PLANNED


def _kept_date(
    actor: Actor, activity: Activity, announced: Days, shift: timedelta | None, why: Why, now: datetime
) -> list[Change]:
    """Keep the date that was announced, and the new one if there is one."""
    moved = {} if shift is None else {"moved_start": announced[0] + shift, "moved_end": announced[1] + shift}
    row = Postponement(
        week=activity.week,
        activity=activity,
        announced_start=announced[0],
        announced_end=announced[1],
        said_on=today_at(activity, now),
        reason=why.reason or {},
        **moved,
    )
    return [changes.latest_of(changes.add(actor=actor, row=row, now=now))]


def _given_date(
    actor: Actor, waiting: Postponement, announced: Days, shift: timedelta, why: Why, now: datetime
) -> list[Change]:
    """The new date of what was put off without one."""
    wanted: changes.Plain = {
        "moved_start": changes.plain(announced[0] + shift),
        "moved_end": changes.plain(announced[1] + shift),
    }
    if why.reason:
        wanted["reason"] = why.reason
    return _set(actor, waiting, wanted, now)


def _shifted(actor: Actor, sitting: Sitting, shift: timedelta, now: datetime) -> list[Change]:
    """A sitting moves with its activity, and so does the moment at which its place is told."""
    days = {"start": sitting.start + shift, "end": sitting.end + shift}
    wanted = {name: changes.plain(day) for name, day in days.items()}
    if sitting.told_from:
        wanted["told_from"] = changes.plain(sitting.told_from + shift)
    return _set(actor, sitting, wanted, now)


def _done(actor: Actor, activity: Activity, made: list[Change], why: Why, now: datetime) -> tuple[Change, ...]:
    fresh = Activity.objects.get(pk=activity.pk)
    detail = {"from": activity.state, "to": fresh.state}
    note_act(actor=actor, act="step", subject=f"activity:{activity.uid}", now=now, detail=detail)
    return tie(made, note=why.note)
