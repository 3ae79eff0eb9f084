"""Rows of weeks and activities: their identity, what depends on them, and bringing them up to date."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

import msgspec

from tadamun.organise.archive.models import Photo
from tadamun.organise.programme.models import (
    Activity,
    Contribution,
    Figure,
    Involvement,
    Outcome,
    Person,
    Postponement,
    Promise,
    Relation,
    Sitting,
    Week,
)
from tadamun.weekfile import document as form
from tadamun.weekfile.references import activity_references
from tadamun.weekfile.shelves import Numbers, columns, fill

# Made once, for good: what has no uid in its file gets one from this and its slugs, the same everywhere.
NAMESPACE = UUID("5d0c3c6e-6d5b-5b0e-9c5f-3f1f7f1d2a64")

# What belongs to an activity and goes with it.
_OWN = frozenset({Contribution, Figure, Involvement, Outcome, Person, Photo, Postponement, Promise, Relation, Sitting})
_Dated = TypeVar("_Dated", form.WeekEntry, form.ActivityEntry)


def activity_numbers(document: form.WeekDocument) -> dict[tuple[str, str], int]:
    """(week, activity) → primary key, for this week and those that the document mentions."""
    weeks = {reference.week for reference in activity_references(document)} | {document.week.slug}
    rows = Activity.objects.filter(week__slug__in=weeks).values_list("week__slug", "slug", "pk")
    return {(week, slug): number for week, slug, number in rows}


def made_uids(names: Collection[str]) -> dict[str, str]:
    """The uids of what states none, by name (``week`` or ``week/activity``).

    When another one has it already (slugs were exchanged), it is the next that is free.
    """
    uids = {name: uuid5(NAMESPACE, name) for name in names}
    while taken := _taken(uids.values()):
        uids = {name: uuid5(uid, name) if uid in taken else uid for name, uid in uids.items()}
    return {name: str(uid) for name, uid in uids.items()}


def _taken(uids: Iterable[UUID]) -> set[UUID]:
    wanted = list(uids)
    weeks = Week.objects.filter(uid__in=wanted).values_list("uid", flat=True)
    return {*weeks, *Activity.objects.filter(uid__in=wanted).values_list("uid", flat=True)}


def dated(wanted: _Dated, existing: _Dated | None, now: datetime) -> _Dated:
    """The entry with the time of its change: as stated if that is news, else the present moment."""
    stated = wanted.changed_at
    if stated is None or (existing and existing.changed_at and stated <= existing.changed_at):
        stated = now
    return msgspec.structs.replace(wanted, changed_at=stated)


def moved(wanted: form.ActivityEntry, existing: form.ActivityEntry) -> bool:
    """Whether time, place or state changed: what a calendar must tell again."""

    def told(activity: form.ActivityEntry) -> tuple[str, list[form.SittingEntry]]:
        return activity.state, [msgspec.structs.replace(sitting, note={}) for sitting in activity.sittings]

    return told(wanted) != told(existing)


def write_week(entry: form.WeekEntry, week: Week | None, numbers: Numbers) -> Week:
    """Make the week's row or bring it up to date. Its revision is the caller's."""
    row = week or Week()
    _fill(row, entry, numbers)
    row.save()
    row.places.set(numbers["places"][slug] for slug in entry.places)
    _set_world(row, entry, numbers)
    return row


def write_activity(
    entry: form.ActivityEntry, *, week: Week, number: int | None, position: int, numbers: Numbers
) -> Activity:
    """Make an activity's row or bring it up to date; ``number`` is its primary key if it has one."""
    row = Activity(week=week) if number is None else Activity.objects.get(pk=number)
    _fill(row, entry, numbers)
    row.position = position
    row.save()
    if number is not None or entry.occasions or entry.also_told_by:
        _set_world(row, entry, numbers)
    return row


def dependents_of(activity: Activity) -> Iterator[tuple[str, int]]:
    """What else depends on an activity: the name of the sort of thing, and how many there are."""
    for relation in Activity._meta.related_objects:
        model: Any = relation.related_model
        meta = model._meta
        rows = meta.default_manager.filter(**{relation.field.name: activity})
        if model in _OWN and relation.field.name == "activity":
            continue
        if model is Relation:
            rows = rows.exclude(activity__week=activity.week)
        elif model is Promise:
            rows = rows.exclude(week=activity.week)
        if count := rows.count():
            yield str(meta.verbose_name_plural if count > 1 else meta.verbose_name), count


def set_positions(week: Week, slugs: Iterable[str]) -> None:
    """Bring the activities into this order."""
    for position, slug in enumerate(slugs):
        Activity.objects.filter(week=week, slug=slug).exclude(position=position).update(position=position)


def _fill(row: Week | Activity, entry: Any, numbers: Numbers) -> None:
    edition = entry.edition
    values = columns(
        entry,
        numbers,
        edition=edition.number if edition else None,
        series_id=numbers["series"][edition.series] if edition and edition.series else None,
    )
    fill(row, values)


def _set_world(row: Week | Activity, entry: Any, numbers: Numbers) -> None:
    row.occasions.set(numbers["occasions"][slug] for slug in entry.occasions)
    row.also_told_by.set(numbers["sources"][slug] for slug in entry.also_told_by)
