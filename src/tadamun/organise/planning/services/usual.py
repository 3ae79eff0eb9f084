"""The usual lists: what an activity of a kind mostly needs, to begin with. Each line is offered, none is forced.

Lines stand in the source language and are stored in every language that has a translation. A kind without lines of its
own gets those that every activity needs.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise

from tadamun.organise.planning.models import Contact, Material, Permit, Risk, Task
from tadamun.organise.planning.services.usual_lines import (
    EVERYWHERE,
    OF_KIND,
    UsualCall,
    UsualLine,
    UsualPermit,
    UsualRisk,
    UsualTask,
)
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.languages.fields import label_in
from tadamun.toolkit.languages.text import Text

Planned = Task | Material | Risk | Permit | Contact


@dataclass(frozen=True)
class Offer:
    """A line that may be taken over: ``key`` is stable within a kind, ``model`` what it becomes."""

    key: str
    model: type[Planned]
    line: UsualLine


def offers_for(week: Week, activity: Activity | None) -> list[Offer]:
    """The lines that are usual here and do not stand here yet. Five queries."""
    here = {model: _standing(model, week, activity) for model in (Task, Material, Risk, Permit, Contact)}
    return [offer for offer in _all(activity) if _source(offer.line.says) not in here[offer.model]]


@transaction.atomic
def begin_with(
    *, actor: Actor, week: Week, activity: Activity | None, keys: Collection[str], now: datetime
) -> list[Planned]:
    """Take over the chosen lines; those that stand here by now are left out."""
    first, today = _first_day(week, activity), now.date()
    chosen = (offer for offer in offers_for(week, activity) if offer.key in keys)
    return [changes.add(actor=actor, row=_row(offer.line, week, activity, first, today), now=now) for offer in chosen]


def _all(activity: Activity | None) -> Iterator[Offer]:
    lines = (*(OF_KIND.get(activity.kind, ()) if activity else ()), *EVERYWHERE)
    said = set()
    for number, line in enumerate(lines):
        if (source := (_model(line), _source(line.says))) not in said:
            said.add(source)
            yield Offer(f"{source[0]._meta.model_name}-{number}", source[0], line)


def _model(line: UsualLine) -> type[Planned]:
    if isinstance(line, UsualTask):
        return Task
    if isinstance(line, UsualRisk):
        return Risk
    if isinstance(line, UsualPermit):
        return Permit
    return Contact if isinstance(line, UsualCall) else Material


def _row(line: UsualLine, week: Week, activity: Activity | None, first: date, today: date) -> Planned:
    """The row that a line becomes. What would have been due before today is due today."""
    text = _text(line.says)
    if isinstance(line, UsualTask):
        due = max(first - timedelta(days=line.days_before), today)
        return Task(week=week, activity=activity, what=text, due_on=due)
    if isinstance(line, UsualRisk):
        weighed = {"likelihood": line.likelihood, "harm": line.harm}
        return Risk(week=week, activity=activity, what=text, measure=_text(line.measure), **weighed)
    if isinstance(line, UsualPermit):
        deadline = max(first - timedelta(days=line.days_before), today)
        return Permit(week=week, activity=activity, what=text, deadline=deadline)
    if isinstance(line, UsualCall):
        return Contact(week=week, activity=activity, call_for=line.call_for, role=text)
    return Material(week=week, activity=activity, what=text)


def _standing(model: type[Planned], week: Week, activity: Activity | None) -> set[str]:
    """The source wordings that stand here."""
    column = "role" if model is Contact else "what"
    rows = model._default_manager.filter(week=week, activity=activity).values_list(column, flat=True)
    return {text.get("en", "") for text in rows}


def _first_day(week: Week, activity: Activity | None) -> date:
    days = activity.sittings.values_list("start", flat=True) if activity else []
    return min(days, default=week.start)


def _text(label: "str | Promise") -> Text:
    return label_in([code for code, _name in settings.LANGUAGES], label)


def _source(label: "str | Promise") -> str:
    return label_in(["en"], label)["en"]
