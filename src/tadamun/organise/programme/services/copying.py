"""Carrying on elsewhere: an activity repeated in another place, a week begun again, with what holds there, too.

Texts, hours, the plan of the kind and the chosen partners come along; people, figures, photos, what came of it and all
that was announced or changed stay where they were. Partners are asked anew: nobody agreed to the new one yet.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Activity, Involvement, Place, Promise, Relation, Series, Sitting, Week
from tadamun.organise.programme.queries.slugs import free_slug, slug_of
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.vocabulary import (
    InvolvementType,
    PlaceKind,
    PromiseState,
    RelationType,
    SignOff,
    State,
    TellPlace,
    WeekForm,
)
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.rulings import Refused

_TEXTS = ("titles", "summary", "purpose", "target_group")
_KEPT = ("kind", "safety", "part_in_week", "themes", "open_to_all")
_WEEK_KEPT = ("form", "timezone", "themes", "reach", "target_group", "summary", "series", "invented")
_SCALES = (PlaceKind.VENUE, PlaceKind.AREA, PlaceKind.GOVERNORATE, PlaceKind.CITY)


@dataclass(frozen=True)
class Swap:
    """A name of the old place and the one that takes its stead; ``language`` is empty for keys of places in plans."""

    language: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Carriage:
    """What an app above needs to bring along what is its own: both activities, how many days lie between, the names."""

    actor: Actor
    old: Activity
    new: Activity
    shift: timedelta
    swaps: Sequence[Swap]
    now: datetime


Carry = Callable[[Carriage], None]


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What is different in the new place. ``week`` None: a week of its own is made around the activity.

    ``keep`` has the keys of the involvements that are asked again; ``promise`` is the one that this fulfils.
    """

    titles: Text
    first_day: date
    week: Week | None
    organisation: Organisation
    place: Place | None = None
    target_group: Text | None = None
    swaps: Sequence[Swap] = ()
    keep: Collection[int] = ()
    promise: Promise | None = None
    with_body: bool = False


def swaps_between(old: Collection[Place], new: Place) -> list[Swap]:
    """The names of old places that the new place's names replace, scale by scale: governorate for governorate.

    Of places of one name (a governorate and its capital) the governorate decides.
    """
    theirs = {place.kind: place for place in _around(new)}
    found: dict[tuple[str, str], Swap] = {}
    for scale in _SCALES:
        for place in {place.pk: place for start in old for place in _around(start) if place.kind == scale}.values():
            into = theirs.get(scale)
            if into is None or into.pk == place.pk:
                continue
            found.setdefault(("", place.slug), Swap("", place.slug, into.slug))
            for code, name in place.names.items():
                if code in into.names:
                    found.setdefault((code, name), Swap(code, name, into.names[code]))
    return sorted(found.values(), key=lambda swap: (swap.language, -len(swap.old)))


def places_of(activity: Activity) -> list[Place]:
    """Where an activity takes place; where that is not said, where its week does."""
    own = [sitting.place for sitting in activity.sittings.select_related("place") if sitting.place]
    return own or list(activity.week.places.all())


@transaction.atomic
def repeat_activity(
    *, actor: Actor, activity: Activity, elsewhere: Elsewhere, carry: Collection[Carry], now: datetime
) -> Activity:
    """Make a repeat of an activity in another place; it begins as an idea, tied to the first by *repeat of*.

    ``carry`` are the apps above that bring along what is theirs (checklists, what sign-up asks).

    :raises Refused: when the promise is settled already.
    """
    week = elsewhere.week or _week_around(actor, activity, elsewhere, now)
    new = _copy(actor, activity, week, elsewhere.titles, elsewhere.swaps, now, with_body=elsewhere.with_body)
    if elsewhere.target_group is not None:
        new.target_group = elsewhere.target_group
        new.save(update_fields=["target_group"])
    shift = _shift(activity, elsewhere.first_day)
    _copy_sittings(activity, new, shift, elsewhere)
    _ask_again(activity.involvements.filter(pk__in=elsewhere.keep), new.week, new)
    Relation.objects.create(activity=new, type=RelationType.REPEAT_OF, to=activity)
    for bring in carry:
        bring(Carriage(actor=actor, old=activity, new=new, shift=shift, swaps=elsewhere.swaps, now=now))
    if elsewhere.promise:
        _schedule(actor, elsewhere.promise, new, now)
    note_act(actor=actor, act="repeat", subject=f"activity:{new.uid}", now=now, detail={"of": str(activity.uid)})
    return new


@transaction.atomic
def copy_week(
    *,
    actor: Actor,
    week: Week,
    titles: Text,
    first_day: date,
    organisation: Organisation,
    keep: Collection[int] = (),
    carry: Collection[Carry] = (),
    now: datetime,
) -> Week:
    """Begin a week again on other days, with all its activities as ideas; a series goes on with its next edition."""
    shift = first_day - week.start
    values = {name: getattr(week, name) for name in _WEEK_KEPT}
    edition = None if week.series is None else _next_edition(week.series)
    new = Week(
        **values, uid=uuid4(), slug=free_slug(Week.objects.all(), slug_of(titles, week.form)),
        titles=titles, state=State.IDEA, edition=edition,
        start=first_day, end=week.end + shift, changed_at=now,
    )  # fmt: skip
    changes.add(actor=actor, row=new, now=now)
    new.places.set(week.places.all())
    own_activities = list(week.activities.order_by("position"))
    _involve(new, None, organisation, InvolvementType.ORGANISER)
    mine = week.involvements.filter(pk__in=keep).exclude(organisation=organisation, type=InvolvementType.ORGANISER)
    _ask_again(mine.filter(activity=None), new, None)
    for activity in own_activities:
        copied = _copy(actor, activity, new, activity.titles, (), now, with_body=False, slug=activity.slug)
        _copy_sittings(activity, copied, shift, None)
        _ask_again(mine.filter(activity=activity), new, copied)
        for bring in carry:
            bring(Carriage(actor=actor, old=activity, new=copied, shift=shift, swaps=(), now=now))
    note_act(actor=actor, act="copy week", subject=f"week:{new.slug}", now=now, detail={"of": week.slug})
    return new


def swapped(value: Any, swaps: Sequence[Swap]) -> Any:
    """A text, or a plan with texts anywhere in it, with the names of the new place."""
    if isinstance(value, list):
        return [swapped(item, swaps) for item in value]
    if isinstance(value, Mapping):
        return {key: _swapped_in(key, item, swaps) for key, item in value.items()}
    keys = {swap.old: swap.new for swap in swaps if not swap.language}
    return keys.get(value, value) if isinstance(value, str) else value


def _swapped_in(key: str, item: Any, swaps: Sequence[Swap]) -> Any:
    if not isinstance(item, str):
        return swapped(item, swaps)
    for swap in swaps:
        if swap.language == key:
            item = item.replace(swap.old, swap.new)
    return swapped(item, swaps)


def _around(place: Place) -> list[Place]:
    """The place and all that it lies within."""
    found: list[Place] = []
    here: Place | None = place
    while here is not None and here not in found:
        found.append(here)
        here = here.within
    return found


def _copy(
    actor: Actor, activity: Activity, week: Week, titles: Text, swaps: Sequence[Swap], now: datetime,
    *, with_body: bool, slug: str = "",
) -> Activity:  # fmt: skip
    texts = {name: swapped(getattr(activity, name), swaps) for name in (*_TEXTS, *(("body",) if with_body else ()))}
    new = Activity(
        **{name: getattr(activity, name) for name in _KEPT}, **texts | {"titles": titles},
        uid=uuid4(), week=week, state=State.IDEA,
        slug=slug or free_slug(week.activities.all(), slug_of(titles, activity.kind)),
        details=swapped(activity.details, swaps), series=activity.series, changed_at=now,
    )  # fmt: skip
    if activity.series:
        new.edition = _next_edition(activity.series)
    return changes.add(actor=actor, row=new, now=now, many={"occasions": [row.pk for row in activity.occasions.all()]})


def _copy_sittings(activity: Activity, new: Activity, shift: timedelta, elsewhere: Elsewhere | None) -> None:
    """Each sitting on its new day. An exact place that was told later is kept back until somebody says when."""
    moved = elsewhere is not None
    for sitting in activity.sittings.order_by("position"):
        later = sitting.tell_place == TellPlace.LATER
        Sitting.objects.create(
            activity=new, position=sitting.position, precision=sitting.precision, days=sitting.days,
            start=sitting.start + shift, end=sitting.end + shift, start_time=sitting.start_time,
            end_time=sitting.end_time, part_of_day=sitting.part_of_day,
            place=elsewhere.place if elsewhere else sitting.place, public_place=None if moved else sitting.public_place,
            tell_place=sitting.tell_place, told_from=sitting.told_from + shift if later and sitting.told_from else None,
        )  # fmt: skip
    if elsewhere and not activity.sittings.exists():
        day = elsewhere.first_day
        Sitting.objects.create(activity=new, position=0, start=day, end=day, place=elsewhere.place)


def _shift(activity: Activity, first_day: date) -> timedelta:
    first = activity.sittings.order_by("start").first()
    return first_day - (first.start if first else activity.week.start)


def _ask_again(involvements: Any, week: Week, activity: Activity | None) -> None:
    """The same parts, not agreed to yet. Who needs no asking, as a collective, needs none here."""
    start = week.involvements.filter(activity=activity).count()
    Involvement.objects.bulk_create(
        Involvement(
            week=week, activity=activity, position=start + at, audiences=row.audiences, type=row.type, line=row.line,
            organisation_id=row.organisation_id, collective=row.collective,
            sign_off=SignOff.NOT_NEEDED if row.sign_off == SignOff.NOT_NEEDED else SignOff.ASKED,
        )
        for at, row in enumerate(involvements.order_by("position"))
    )  # fmt: skip


def _involve(week: Week, activity: Activity | None, organisation: Organisation, part: InvolvementType) -> None:
    Involvement.objects.create(
        week=week, activity=activity, position=0, organisation=organisation, type=part, sign_off=SignOff.NOT_NEEDED
    )


def _week_around(actor: Actor, activity: Activity, elsewhere: Elsewhere, now: datetime) -> Week:
    """A week of one activity, for a repeat that belongs to no other."""
    sittings = list(activity.sittings.order_by("start"))
    length = max((sitting.end for sitting in sittings), default=elsewhere.first_day) - (
        sittings[0].start if sittings else elsewhere.first_day
    )
    week = Week(
        uid=uuid4(), slug=free_slug(Week.objects.all(), slug_of(elsewhere.titles, activity.kind)),
        form=WeekForm.DAY, titles=elsewhere.titles,
        state=State.IDEA, start=elsewhere.first_day, end=elsewhere.first_day + length,
        timezone=activity.week.timezone, themes=activity.themes, changed_at=now,
    )  # fmt: skip
    changes.add(actor=actor, row=week, now=now)
    _involve(week, None, elsewhere.organisation, InvolvementType.ORGANISER)
    return week


def _schedule(actor: Actor, promise: Promise, activity: Activity, now: datetime) -> None:
    if promise.state in {PromiseState.HELD, PromiseState.DROPPED}:
        raise Refused(_("This promise is settled already."))
    seen = changes.values_of(promise, ["state", "kept_by"])
    wanted = {"state": str(PromiseState.SCHEDULED), "kept_by": activity.pk}
    changes.change(actor=actor, row=promise, seen=seen, wanted=wanted, now=now)


def _next_edition(series: Series) -> int | None:
    numbers = [row.edition for rows in (series.weeks.all(), series.activities.all()) for row in rows if row.edition]
    return max(numbers) + 1 if numbers else None
