"""What was changed in a week or an activity, step by step, the last first, with what stood there before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q

from tadamun.organise.programme.models import Act, Activity, Change, Week
from tadamun.toolkit.languages.fields import TextColumn

STEPS_A_PAGE = 30
# Where a row stands, not what it says.
_PLACES = frozenset({"week", "activity", "figure", "position", "uid"})
Names = Mapping[tuple[str, Any], Any]


@dataclass(frozen=True)
class Altered:
    """A field that a change altered: its values before and after, as plain values; ``code`` names a text's language."""

    label: str
    name: str
    before: Any
    after: Any
    code: str = ""


@dataclass(frozen=True)
class Made:
    """One change of one row."""

    thing: str
    act: Act
    altered: tuple[Altered, ...]


@dataclass(frozen=True)
class Step:
    """What somebody did at once: its changes, and whether it was undone since, or is itself an undoing."""

    key: int
    by: str
    at: datetime
    note: str
    made: tuple[Made, ...]
    undone: bool
    undoes: bool

    @property
    def can_be_undone(self) -> bool:
        """Whether there is something that can be put back."""
        return not self.undone and any(one.altered or one.act != Act.CHANGED for one in self.made)


@dataclass(frozen=True)
class HistoryPage:
    """Some steps, what the rows are called to which their values point, and where the older ones begin."""

    steps: tuple[Step, ...]
    names: Names
    older: int | None


def history_page(
    *, week: Week, activity: Activity | None, before: int | None, without: Collection[str] = ()
) -> HistoryPage:
    """The steps before a key, or the last ones. A fixed number of queries, and one for each kind of rows named.

    ``without`` has the labels of the models of which the member sees nothing.
    """
    scope = Q(activity=activity) if activity else Q(week=week)
    rows = Change.objects.filter(scope).exclude(thing__in=without).select_related("undoes")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: STEPS_A_PAGE + 1])
    more, found = len(found) > STEPS_A_PAGE, found[:STEPS_A_PAGE]
    steps = list(_together(found))
    older = min(change.pk for change in steps[-1]) if more else None
    every = [change for step in steps for change in step]
    return HistoryPage(steps=tuple(_step(step) for step in steps), names=_names(every), older=older)


def last_step(of: Activity | Week) -> Change | None:
    """The change that brought an activity or a week into its present state; None when it began in it."""
    return Change.objects.filter(
        thing=of._meta.label_lower, row=of.pk, act=Act.CHANGED, fields__has_key="state"
    ).first()


def _together(found: list[Change]) -> Iterable[list[Change]]:
    """The changes by the steps that they were made in, whole ones, the last first. One query."""
    ties = {change.together for change in found if change.together}
    whole: dict[UUID | None, list[Change]] = defaultdict(list)
    for change in Change.objects.filter(together__in=ties).select_related("undoes").order_by("pk"):
        whole[change.together].append(change)
    for change in found:
        if change.together is None:
            yield [change]
        elif step := whole.pop(change.together, None):
            yield step


def _step(changes: list[Change]) -> Step:
    last = changes[-1]
    return Step(
        key=last.pk,
        by=last.by,
        at=last.at,
        note=last.note,
        made=tuple(Made(one.thing, Act(one.act), tuple(_altered(one))) for one in changes),
        undone=any(one.undone_by_id for one in changes),
        undoes=any(getattr(one, "undoes", None) is not None for one in changes),
    )


def _altered(change: Change) -> Iterable[Altered]:
    model = apps.get_model(change.thing)
    for name, (before, after) in change.fields.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if name in _PLACES:
            continue
        if isinstance(field, TextColumn) or name == "details":
            then, now = before or {}, after or {}
            for code in sorted({*then, *now}):
                if then.get(code) != now.get(code):
                    yield Altered(change.thing, name, then.get(code), now.get(code), code)
        elif before != after:
            yield Altered(change.thing, name, before, after)


def _names(found: Iterable[Change]) -> Names:
    """What the rows are called to which values point: one query for each model."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for change in found:
        for altered in _altered(change):
            field: Any = apps.get_model(change.thing)._meta.get_field(altered.name)
            if field.is_relation:
                for value in (altered.before, altered.after):
                    wanted[field.related_model].update(value if isinstance(value, list) else [value])
    return {
        (model._meta.label_lower, row.pk): row
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys - {None})
    }
