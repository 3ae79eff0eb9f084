"""Beginning a week, adding an activity to it, moving a sitting to another day. Everything begins as an idea."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Activity, Involvement, Sitting, Week
from tadamun.organise.programme.queries.slugs import free_slug, slug_of, week_slug
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.changes import Outcome
from tadamun.organise.programme.services.templates import WeekTemplate
from tadamun.organise.programme.vocabulary import InvolvementType, PartInWeek, SignOff, State, WeekForm
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.languages.fields import label_in
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.locks import hold
from tadamun.toolkit.rulings import Refused

LONGEST_WEEK = timedelta(days=400)
_SLUGS = "slugs of weeks"


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What is asked before a week begins: what it is called, when it is, who organises it, perhaps a short name."""

    titles: Text
    form: WeekForm
    start: date
    end: date
    organiser: Organisation
    timezone: str
    slug: str = ""


@transaction.atomic
def begin_week(
    *,
    actor: Actor,
    beginning: Beginning,
    now: datetime,
    template: WeekTemplate | None = None,
    languages: Sequence[str] = (),
) -> Week:
    """Begin a week as an idea, with the activities of a template, titled in ``languages`` as far as they know it.

    :raises Refused: when it ends before it begins, or lasts for longer than a year.
    """
    if beginning.end < beginning.start:
        raise Refused(_("The last day comes before the first."))
    if beginning.end - beginning.start > LONGEST_WEEK:
        raise Refused(_("That is longer than a year. Begin one for each year."))
    hold(_SLUGS)
    wanted = beginning.slug or week_slug(beginning.titles, beginning.form, beginning.start)
    week = Week(
        uid=uuid4(),
        slug=free_slug(Week.objects.all(), wanted),
        form=beginning.form,
        titles=beginning.titles,
        state=State.IDEA,
        start=beginning.start,
        end=beginning.end,
        timezone=beginning.timezone,
        changed_at=now,
    )
    changes.add(actor=actor, row=week, now=now)
    organiser = Involvement(
        week=week,
        organisation=beginning.organiser,
        type=InvolvementType.ORGANISER,
        sign_off=SignOff.ACCEPTED,
        signed_off_on=now.astimezone(ZoneInfo(week.timezone)).date(),
    )
    changes.add(actor=actor, row=organiser, now=now)
    for sketch in template.sketches if template else ():
        day = min(week.start + timedelta(days=sketch.day - 1), week.end)
        titles = label_in(languages, sketch.title)
        add_activity(actor=actor, week=week, kind=sketch.kind, titles=titles, day=day, now=now, part=sketch.part)
    return week


@transaction.atomic
def add_activity(
    *,
    actor: Actor,
    week: Week,
    kind: str,
    titles: Text,
    day: date | None,
    now: datetime,
    part: PartInWeek | str = "",
) -> Activity:
    """Add an activity as an idea, on a day or on none yet; its name in addresses is made by itself."""
    hold(_SLUGS)
    wanted = slug_of(titles, kind)
    activity = Activity(
        uid=uuid4(),
        week=week,
        slug=free_slug(week.activities.all(), wanted),
        kind=kind,
        titles=titles,
        state=State.IDEA,
        part_in_week=part,
        changed_at=now,
    )
    changes.add(actor=actor, row=activity, now=now)
    if day:
        put_on_day(actor=actor, activity=activity, day=day, now=now)
    return activity


def put_on_day(*, actor: Actor, activity: Activity, day: date, now: datetime) -> Sitting:
    """Give an activity a day, as one more sitting."""
    return changes.add(actor=actor, row=Sitting(activity=activity, start=day, end=day), now=now)


def move_sitting(*, actor: Actor, sitting: Sitting, seen: date, to: date, now: datetime) -> Outcome:
    """Move a sitting so that it begins on the day ``to``; it keeps its length, its hours and its place.

    ``seen`` is the first day that the member saw: when somebody moved it meanwhile, nothing happens and the outcome
    has both days. The moment from which the place is told moves along, so that it stays as long before.
    """
    shift = to - seen
    before = {"start": seen, "end": seen + (sitting.end - sitting.start)}
    if sitting.told_from:
        before["told_from"] = sitting.told_from
    return changes.change(
        actor=actor,
        row=sitting,
        seen={name: changes.plain(value) for name, value in before.items()},
        wanted={name: changes.plain(value + shift) for name, value in before.items()},
        now=now,
    )
