"""Changing what a week says, so that nothing anybody wrote is lost and everything can be undone.

Whoever edits a row sends back what she saw. Fields that only one of two people changed are merged, texts language by
language; a field that both changed otherwise is given back with both versions and nothing is written (a three-way
merge, as in version control). Every change is kept in words (``Change``), noted in the audit trail without the words,
and lets the record be made again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tadamun.organise.programme.models import Act, Activity, Change, Week
from tadamun.organise.programme.services.records import renew_record
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.languages.fields import TextColumn
from tadamun.toolkit.merging import merged_text, merged_value
from tadamun.toolkit.rulings import ALLOWED, Refused, Ruling

Plain = dict[str, Any]
# What an addition brought along by itself.
_GO_ALONG = frozenset({"changes", "sittings", "relations", "relations_from_others", "parts", "aliases"})
Row = TypeVar("Row", bound=models.Model)
# What says where a row that went stood, and under which name others know it.
_PLACED = ("week", "activity", "position", "uid")
# These follow from the others, or place a row; nobody edits them in a form.
_OWN = frozenset({"id", "uid", "revision", "sequence", "changed_at", "week", "activity", "position"})


@dataclass(frozen=True)
class Both:
    """A field that two people changed: what one wants, what the other has stored meanwhile, and who that was."""

    field: str
    mine: Any
    theirs: Any
    by: str


@dataclass(frozen=True)
class Outcome:
    """What came of a change: the entry of the history (None when nothing differed), or the fields with two versions."""

    change: Change | None = None
    both: tuple[Both, ...] = ()


def values_of(row: models.Model, fields: Collection[str]) -> Plain:
    """The values of some fields as JSON knows them: days as ISO text, other rows as their keys."""
    return {name: _value(row, row._meta.get_field(name)) for name in fields}


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet):
        return sorted(value.values_list("pk", flat=True))
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value


def all_fields(model: type[models.Model]) -> list[str]:
    """The fields of a model that somebody enters."""
    entered = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field.name for field in entered if field.name not in _OWN]


@transaction.atomic
def add(*, actor: Actor, row: Row, now: datetime, many: Mapping[str, Collection[int]] | None = None) -> Row:
    """Store a new row that belongs to a week; it comes last in its order. ``many`` has keys of rows that it names.

    :raises django.core.exceptions.ValidationError: when a rule of the model forbids it.
    """
    if hasattr(row, "position") and row.position is None:
        row.position = _last_position(row) + 1
    row.validate_constraints()
    row.save()
    for name, keys in (many or {}).items():
        getattr(row, name).set(keys)
    stated = values_of(row, all_fields(type(row)))
    fields = {name: [None, value] for name, value in stated.items() if value not in (None, "", [], {})}
    _keep(actor, row, Act.ADDED, fields, now)
    return row


@transaction.atomic
def change(*, actor: Actor, row: models.Model, seen: Plain, wanted: Plain, now: datetime) -> Outcome:
    """Change fields of a row. ``seen`` is what the member saw when she began, ``wanted`` what she sends.

    :raises django.core.exceptions.ValidationError: when a rule of the model forbids the result.
    """
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    now_there = values_of(stored, wanted)
    merged, double = _merged(type(row), seen, now_there, wanted)
    if double:
        return Outcome(both=tuple(Both(name, wanted[name], now_there[name], _who(stored, name)) for name in double))
    changed = {name: [now_there[name], value] for name, value in merged.items() if value != now_there[name]}
    if not changed:
        return Outcome()
    _apply(stored, {name: after for name, (_before, after) in changed.items()})
    return Outcome(change=_keep(actor, stored, Act.CHANGED, changed, now))


@transaction.atomic
def remove(*, actor: Actor, row: models.Model, now: datetime) -> Change:
    """Take a row away; its values stay in the history, so that this can be undone.

    :raises Refused: when other rows still need it.
    """
    fields = {name: [value, None] for name, value in values_of(row, [*all_fields(type(row)), *_places(row)]).items()}
    kept = _keep(actor, row, Act.REMOVED, fields, now)
    try:
        row.delete()
    except models.ProtectedError as error:
        raise Refused(_("Something else still refers to this. Change that first.")) from error
    return kept


@transaction.atomic
def undo(*, actor: Actor, change_made: Change, now: datetime) -> Outcome:
    """Put back what a change changed, unless it was changed again since.

    :raises Refused: when it was undone already, or what it was about is gone.
    """
    if change_made.undone_by_id:
        raise Refused(_("This was undone already."))
    model = apps.get_model(change_made.thing)
    never: Collection[str] = getattr(model, "never_undone", ())
    if change_made.act == Act.CHANGED and set(never) & set(change_made.fields):
        if model is Week:
            raise Refused(_("An address is not undone here. Change it with the title and the days."))
        raise Refused(_("What somebody agreed to is not undone here. Open its own page, and ask again."))
    if change_made.act == Act.REMOVED:
        outcome = Outcome(change=_back_again(actor, model, change_made, now))
    else:
        row = model._default_manager.filter(pk=change_made.row).first()
        if row is None:
            raise Refused(_("What this was about is not there any more."))
        if change_made.act == Act.ADDED:
            _may_go(row).require()
            outcome = Outcome(change=remove(actor=actor, row=row, now=now))
        else:
            before = {name: values[0] for name, values in change_made.fields.items()}
            after = {name: values[1] for name, values in change_made.fields.items()}
            outcome = change(actor=actor, row=row, seen=after, wanted=before, now=now)
    if outcome.change:  # an activity that goes takes its history along, so there may be no row to mark
        change_made.undone_by = outcome.change
        Change.objects.filter(pk=change_made.pk).update(undone_by=outcome.change)
    return outcome


def _may_go(row: models.Model) -> Ruling:
    """Whether nothing would go with the row that no step back brings again."""
    for relation in row._meta.related_objects:
        if relation.on_delete is models.CASCADE and relation.get_accessor_name() not in _GO_ALONG:
            related: Any = relation.related_model
            held = related._default_manager.filter(**{relation.field.name: row})
            if held.exists():
                return Ruling(_("It holds more by now, which would be lost. Cancel it instead, or empty it first."))
    return ALLOWED


def _merged(model: type[models.Model], seen: Plain, there: Plain, wanted: Plain) -> tuple[Plain, list[str]]:
    """Each field as it shall be, and the fields that two people changed differently."""
    merged, double = {}, []
    for name, mine in wanted.items():
        if isinstance(model._meta.get_field(name), TextColumn):
            merged[name], clash = merged_text(seen.get(name) or {}, there[name] or {}, mine or {})
        else:
            merged[name], clash = merged_value(seen.get(name), there[name], mine)
        if clash:
            double.append(name)
    return merged, double


def _value(row: models.Model, field: Any) -> Any:
    if field.many_to_many:
        return sorted(getattr(row, field.name).values_list("pk", flat=True)) if row.pk else []
    return plain(getattr(row, field.attname))


def _apply(row: models.Model, values: Plain) -> None:
    many = {}
    for name, value in values.items():
        field: Any = row._meta.get_field(name)
        if field.many_to_many:
            many[name] = value
        else:
            target = field.target_field if field.is_relation else field
            setattr(row, field.attname, None if value is None else target.to_python(value))
    row.validate_constraints()
    row.save()
    for name, keys in many.items():
        getattr(row, name).set(keys)


def _places(row: models.Model) -> list[str]:
    return [name for name in _PLACED if any(f.name == name for f in row._meta.concrete_fields)]


def _back_again(actor: Actor, model: type[models.Model], removed: Change, now: datetime) -> Change:
    if model._default_manager.filter(pk=removed.row).exists():
        raise Refused(_("This is there again already."))
    values = {name: before for name, (before, _after) in removed.fields.items()}
    # The same key again, so that older changes of this row, and rows that stood below it, find it.
    row: Any = model(pk=removed.row)
    many = {name: values.pop(name) for name in list(values) if model._meta.get_field(name).many_to_many}
    for name, value in values.items():
        field: Any = model._meta.get_field(name)
        target = field.target_field if field.is_relation else field
        setattr(row, field.attname, None if value is None else target.to_python(value))
    if hasattr(row, "changed_at"):
        row.changed_at = now
    if hasattr(row, "position") and _siblings(row).filter(position=row.position).exists():
        row.position = None
    add(actor=actor, row=row, now=now, many=many)
    return latest_of(row)


def latest_of(row: models.Model) -> Change:
    """The last entry of the history about a row.

    :raises Change.DoesNotExist: when nothing of it was kept.
    """
    return Change.objects.filter(thing=row._meta.label_lower, row=row.pk).latest("pk")


def _siblings(row: Any) -> "models.QuerySet[Any]":
    """The rows among which a row has its position."""
    scope = {name: getattr(row, f"{name}_id") for name in ("week", "activity", "figure") if hasattr(row, f"{name}_id")}
    rows: models.QuerySet[Any] = type(row)._default_manager.filter(**scope)
    return rows


def _last_position(row: models.Model) -> int:
    last = _siblings(row).aggregate(last=models.Max("position"))["last"]
    return int(last if last is not None else -1)


def _who(row: models.Model, field: str) -> str:
    last = Change.objects.filter(thing=row._meta.label_lower, row=row.pk, fields__has_key=field).first()
    return last.by if last else ""


def _keep(actor: Actor, row: models.Model, act: Act, fields: Plain, now: datetime) -> Change:
    """Keep the change in words, note it in the trail, and let the record be made again."""
    week, activity = scope_of(row)
    left_out: Collection[str] = getattr(row, "history_leaves_out", ())
    kept = Change.objects.create(
        week=week,
        # What an activity takes with it when it goes must not be the word that it went.
        activity=None if act == Act.REMOVED and isinstance(row, Activity) else activity,
        thing=row._meta.label_lower,
        row=row.pk,
        act=act,
        fields={name: values for name, values in fields.items() if name not in left_out},
        by=actor.label,
        account=actor.account,
        at=now,
    )
    subject = f"activity:{activity.uid}" if activity else f"week:{week.slug}" if week else f"{row}"
    detail = {"thing": row._meta.model_name, "act": str(act), "fields": sorted(fields)}
    note_act(actor=actor, act="change", subject=subject, now=now, detail=detail)
    if getattr(row, "stays_inside", False):  # no record tells it, and a moving revision would tell that it changed
        return kept
    if activity:
        Activity.objects.filter(pk=activity.pk).update(sequence=F("sequence") + 1, changed_at=now)
    renew_record([week.pk] if week else list(Week.objects.values_list("pk", flat=True)), changed_at=now)
    return kept


def scope_of(row: models.Model) -> tuple[Week | None, Activity | None]:
    """The week and the activity that a row belongs to; neither for rows of the world, such as places."""
    if isinstance(row, Week):
        return row, None
    if isinstance(row, Activity):
        return row.week, row
    activity: Activity | None = getattr(row, "activity", None)
    week: Week | None = getattr(row, "week", None) or (activity.week if activity else None)
    return week, activity
