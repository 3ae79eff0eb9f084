"""What stands in the lists of the outside world, found however it is spelled."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from tadamun.organise.network.vocabulary import Standing
from tadamun.organise.programme.models import Place, Sitting
from tadamun.organise.programme.queries.reach import reachable
from tadamun.organise.programme.vocabulary import TellPlace
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.search import finds, folded


def rows_for(model: type[models.Model], standing: Standing, now: datetime) -> "models.QuerySet[Any]":
    """The rows that a member may know of: all, but for places that others keep back until later, or for ever."""
    rows: models.QuerySet[Any] = model._default_manager.all()
    return rows.exclude(pk__in=_kept_back(standing, now)) if model is Place else rows


def _kept_back(standing: Standing, now: datetime) -> "models.QuerySet[Any]":
    """Places of which it is known here only that activities of others meet there in secret."""
    told = Q(tell_place=TellPlace.ALWAYS) | Q(tell_place=TellPlace.LATER, told_from__lte=now)
    open_to_me = Q(activity__in=reachable(standing.organisations)) | told & ~Q(activity__safety=SafetyProfile.HIGH_RISK)
    used = Sitting.objects.filter(place__isnull=False)
    known = Sitting.objects.filter(open_to_me, place__isnull=False).values("place")
    return used.exclude(place__in=known).values("place")


def found_in(rows: "models.QuerySet[Any]", query: str) -> list[Any]:
    """The rows whose names have every word that is asked for; all of them when nothing is. One query."""
    return [row for row in rows if finds(query, _names(row))]


def twins_of(rows: "models.QuerySet[Any]", names: Text) -> list[Any]:
    """Rows that have one of these names already, so that nothing stands there twice. One query."""
    asked = {folded(words) for words in names.values()}
    return [row for row in rows if asked & {folded(words) for words in _names(row)}]


def _names(row: Any) -> list[str]:
    text: Text = getattr(row, "names", None) or getattr(row, "titles", {})
    return [*text.values(), *getattr(row, "spellings", ())]
