"""Which table each part of a week file is kept in, and the way between an entry and its row.

Fields and columns that have the same name are carried over by themselves, in both directions.
"""

from collections.abc import Collection, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db import models

from tadamun.organise.archive.models import Photo
from tadamun.organise.network.models import Organisation, Tie
from tadamun.organise.programme.models import (
    Activity,
    Campaign,
    Contribution,
    Figure,
    Involvement,
    Occasion,
    Outcome,
    Person,
    Place,
    Postponement,
    Promise,
    Relation,
    Series,
    Sitting,
    Source,
    Week,
)
from tadamun.organise.safety.vocabulary import EVERYONE
from tadamun.weekfile import document as form
from tadamun.weekfile.references import REFERENCES

MODELS: dict[type[form.Entry], type[models.Model]] = {
    form.OrganisationEntry: Organisation,
    form.TieEntry: Tie,
    form.PlaceEntry: Place,
    form.OccasionEntry: Occasion,
    form.CampaignEntry: Campaign,
    form.SeriesEntry: Series,
    form.SourceEntry: Source,
    form.WeekEntry: Week,
    form.ActivityEntry: Activity,
    form.SittingEntry: Sitting,
    form.PostponementEntry: Postponement,
    form.InvolvementEntry: Involvement,
    form.FigureEntry: Figure,
    form.PromiseEntry: Promise,
    form.PersonEntry: Person,
    form.OutcomeEntry: Outcome,
    form.ContributionEntry: Contribution,
    form.RelationEntry: Relation,
    form.PhotoEntry: Photo,
}

# Shelf of a week or an activity → the structure that stands on it.
PARTS: dict[str, type[form.Entry]] = {
    "postponements": form.PostponementEntry,
    "involvements": form.InvolvementEntry,
    "people": form.PersonEntry,
    "figures": form.FigureEntry,
    "contributions": form.ContributionEntry,
    "promises": form.PromiseEntry,
    "outcomes": form.OutcomeEntry,
}

# Shelf of the world → the structure that stands on it.
WORLD: dict[str, type[form.Named]] = {
    "organisations": form.OrganisationEntry,
    "places": form.PlaceEntry,
    "occasions": form.OccasionEntry,
    "series": form.SeriesEntry,
    "sources": form.SourceEntry,
    "campaigns": form.CampaignEntry,
}

# A last day that is left out in the file is the first one.
_LAST_DAYS = {"end": "start", "announced_end": "announced_start"}
_AUDIENCES = frozenset({"audiences", "consent_audiences"})

Numbers = Mapping[str, Mapping[str, int]]
_E = TypeVar("_E", bound=form.Entry)


def columns(entry: form.Entry, numbers: Numbers, *, without: Collection[str] = (), **others: Any) -> dict[str, Any]:
    """The columns of an entry's row.

    ``numbers`` gives the primary key of a slug on a shelf. References in ``without`` are not touched; ``others`` win.
    """
    values: dict[str, Any] = {}
    for name, may_be_null in _shared(type(entry)).items():
        value = _plain(getattr(entry, name))
        if name in _AUDIENCES and value is None:
            value = list(EVERYONE)
        elif name in _LAST_DAYS and value is None and not may_be_null:
            value = getattr(entry, _LAST_DAYS[name])
        values[name] = "" if value is None and not may_be_null else value
    for name, shelf in _foreign(type(entry)).items():
        if name in without:
            continue
        slug = getattr(entry, name)
        values[f"{name}_id"] = numbers[shelf][slug] if slug else None
    return values | others


def entry_of(struct: type[_E], row: models.Model, **others: Any) -> _E:
    """The entry of a row; ``others`` are the fields that have no column of the same name."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _shared(struct)}
    for name in _foreign(struct):
        values[name] = getattr(row, name).slug if getattr(row, f"{name}_id") else ""
    for name in _AUDIENCES & values.keys():
        values[name] = None if set(values[name]) == set(EVERYONE) else values[name]
    kept = {
        name: str(value) if isinstance(value, UUID) else value
        for name, value in (values | others).items()
        if name in _AUDIENCES or value not in (None, "", {}, [])
    }
    return msgspec.convert(kept, struct)


def fill(row: models.Model, values: Mapping[str, Any]) -> None:
    """Set the columns of a row."""
    for name, value in values.items():
        setattr(row, name, value)


def table(struct: type[form.Entry]) -> "models.Manager[Any]":
    """The table that entries of this structure are kept in."""
    return MODELS[struct]._default_manager


def columns_of(struct: type[form.Entry]) -> "list[models.Field[Any, Any]]":
    """The columns of that table."""
    return list(MODELS[struct]._meta.concrete_fields)


def related(struct: type[form.Entry]) -> list[str]:
    """The columns of a row that lead to other rows, to be fetched with it."""
    return list(_foreign(struct))


@cache
def _shared(struct: type[form.Entry]) -> dict[str, bool]:
    """Columns that carry the field of the same name → whether they may be NULL."""
    skipped = {form.FigureEntry: {"group_names"}, form.WeekEntry: {"edition"}, form.ActivityEntry: {"edition"}}
    return {
        column.name: column.null
        for column in columns_of(struct)
        if column.name in struct.__struct_fields__
        and not column.is_relation
        and column.name not in skipped.get(struct, ())
    }


@cache
def _foreign(struct: type[form.Entry]) -> dict[str, str]:
    """Columns that lead to a row on a shelf → the shelf."""
    names = {column.name for column in columns_of(struct) if column.is_relation}
    return {name: shelf for name, shelf in REFERENCES.get(struct, {}).items() if name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
