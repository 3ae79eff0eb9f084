"""What is stated about a week or one of its activities, between its rows and its entries.

An owner is the week itself (None) or the primary key of one of its activities.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from django.db import models

from tadamun.organise.programme.models import Activity, Figure, FigurePart, Promise, Relation, Sitting, Week
from tadamun.weekfile import document as form
from tadamun.weekfile.shelves import MODELS, PARTS, Numbers, columns, entry_of, fill, related, table

Owner = int | None
Activities = Mapping[tuple[str, str], int]


def parts_of(week: Week) -> dict[Owner, dict[str, list[form.Entry]]]:
    """All that is stated about the week, by owner and shelf, with one query for each shelf."""
    found: dict[Owner, dict[str, list[form.Entry]]] = {}
    for shelf, struct in PARTS.items():
        rows = table(struct).filter(week=week).select_related(*related(struct)).order_by("position")
        if shelf == "figures":
            rows = rows.prefetch_related("parts")
        elif shelf == "promises":
            rows = rows.select_related("kept_by__week", *related(struct))
        others = _OTHERS.get(shelf, _nothing)
        for row in rows:
            _put(found, row.activity_id, shelf, entry_of(struct, row, **others(row)))
    sittings = Sitting.objects.filter(activity__week=week).select_related(*related(form.SittingEntry))
    for sitting in sittings.order_by("position"):
        _put(found, sitting.activity_id, "sittings", entry_of(form.SittingEntry, sitting))
    for relation in Relation.objects.filter(activity__week=week).select_related("to__week"):
        entry = entry_of(form.RelationEntry, relation, to=_named(relation.to))
        _put(found, relation.activity_id, "relations", entry)
    return found


def write_parts(week: Week, owners: Mapping[Owner, Any], numbers: Numbers, activities: Activities) -> None:
    """Replace what is stated about the given owners by what their entries say. Promises and sittings keep their ids."""
    promises = [(owner, at, entry) for owner, body in owners.items() for at, entry in enumerate(body.promises)]
    for shelf, struct in PARTS.items():
        if shelf == "promises":
            continue
        _about(week, table(struct).all(), owners).delete()
        stated = [(owner, at, entry) for owner, body in owners.items() for at, entry in enumerate(getattr(body, shelf))]
        made = table(struct).bulk_create(_part(struct, week, *place, numbers) for place in stated)
        if shelf == "figures":
            _write_figure_parts(made, [entry for _owner, _at, entry in stated])
    _write_promises(week, owners, promises, numbers, activities)
    own = {owner: body for owner, body in owners.items() if owner is not None}
    _write_sittings(own, numbers)
    Relation.objects.filter(activity__in=own).delete()
    Relation.objects.bulk_create(
        Relation(activity_id=owner, type=entry.type.value, to_id=_number(entry.to, week, activities) or 0)
        for owner, body in own.items()
        for entry in body.relations
    )


def _put(found: dict[Owner, dict[str, list[form.Entry]]], owner: Owner, shelf: str, entry: form.Entry) -> None:
    found.setdefault(owner, {}).setdefault(shelf, []).append(entry)


def _about(week: Week, rows: "models.QuerySet[Any]", owners: Mapping[Owner, Any]) -> "models.QuerySet[Any]":
    """Those of the rows that are about one of the owners."""
    about = models.Q(activity__in=[owner for owner in owners if owner is not None])
    if None in owners:
        about |= models.Q(activity__isnull=True)
    return rows.filter(about, week=week)


def _part(struct: type[form.Entry], week: Week, owner: Owner, position: int, entry: Any, numbers: Numbers) -> Any:
    others: dict[str, Any] = {}
    if isinstance(entry, form.FigureEntry):
        others["group_names"] = entry.group_names.get(entry.group, {})
    return MODELS[struct](week=week, activity_id=owner, position=position, **columns(entry, numbers, **others))


def _write_figure_parts(figures: Sequence[Any], entries: Sequence[Any]) -> None:
    FigurePart.objects.bulk_create(
        FigurePart(
            figure=figure,
            position=position,
            dimension=dimension,
            group=group,
            group_names=entry.group_names.get(group, {}),
            quantity=quantity,
        )
        for figure, entry in zip(figures, entries, strict=True)
        for position, (dimension, group, quantity) in enumerate(_cells(entry))
    )


def _cells(entry: form.FigureEntry) -> list[tuple[str, str, int]]:
    return [
        (dimension.value, group, quantity)
        for dimension, cells in entry.parts.items()
        for group, quantity in cells.items()
    ]


def _write_promises(
    week: Week,
    owners: Mapping[Owner, Any],
    stated: Sequence[tuple[Owner, int, form.PromiseEntry]],
    numbers: Numbers,
    activities: Activities,
) -> None:
    slugs = [entry.slug for _owner, _at, entry in stated]
    _about(week, Promise.objects.all(), owners).exclude(slug__in=slugs).delete()
    for owner, position, entry in stated:
        values = columns(entry, numbers, kept_by_id=_number(entry.kept_by, week, activities))
        values |= {"week": week, "activity_id": owner, "position": position}
        Promise.objects.update_or_create(slug=entry.slug, defaults=values)


def _write_sittings(owners: Mapping[int, Any], numbers: Numbers) -> None:
    standing = {(row.activity_id, row.position): row for row in Sitting.objects.filter(activity__in=owners)}
    fresh = []
    for owner, body in owners.items():
        for position, entry in enumerate(body.sittings):
            row = standing.pop((owner, position), None)
            if row is None:
                fresh.append(Sitting(activity_id=owner, position=position, **columns(entry, numbers)))
            else:
                fill(row, columns(entry, numbers))
                row.save()
    Sitting.objects.filter(pk__in=[row.pk for row in standing.values()]).delete()
    Sitting.objects.bulk_create(fresh)


def _number(reference: str, week: Week, activities: Activities) -> int | None:
    if not reference:
        return None
    other, _slash, activity = reference.rpartition("/")
    return activities[other or week.slug, activity]


def _named(activity: Activity) -> str:
    return f"{activity.week.slug}/{activity.slug}"


def _nothing(_row: Any) -> dict[str, Any]:
    return {}


def _promise(row: Promise) -> dict[str, Any]:
    return {"kept_by": _named(row.kept_by) if row.kept_by else ""}


def _figure(row: Figure) -> dict[str, Any]:
    names = {row.group: row.group_names} if row.group and row.group_names else {}
    parts: dict[str, dict[str, int]] = {}
    for cell in row.parts.all():
        parts.setdefault(cell.dimension, {})[cell.group] = cell.quantity
        if cell.group_names:
            names.setdefault(cell.group, cell.group_names)
    return {"parts": parts, "group_names": names}


_OTHERS: dict[str, Callable[[Any], dict[str, Any]]] = {"figures": _figure, "promises": _promise}


def without_unknown_activities(entry: Any, week: str, known: Activities) -> Any:
    """The entry without relations to, and kept promises of, activities of weeks that are not here yet."""

    def here(reference: str) -> bool:
        other, _slash, activity = reference.rpartition("/")
        return not reference or not other or other == week or (other, activity) in known

    promises = [
        promise if here(promise.kept_by) else msgspec.structs.replace(promise, kept_by="") for promise in entry.promises
    ]
    if not isinstance(entry, form.ActivityEntry):
        return msgspec.structs.replace(entry, promises=promises)
    relations = [relation for relation in entry.relations if here(relation.to)]
    return msgspec.structs.replace(entry, promises=promises, relations=relations)
