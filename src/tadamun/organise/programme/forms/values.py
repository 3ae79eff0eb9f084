"""Values of the history in words."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tadamun.organise.programme.forms.fields import called
from tadamun.organise.programme.forms.words import choices_of
from tadamun.organise.programme.queries.history import Altered, Names
from tadamun.toolkit.languages import days


def in_words(altered: Altered, value: Any, *, names: Names, zone: ZoneInfo) -> str:
    """A plain value as a reader knows it: names of rows, labels of choices, days and hours as they are said."""
    if value in (None, "", [], {}):
        return ""
    field: Any = apps.get_model(altered.label)._meta.get_field(altered.name)
    if isinstance(value, list) and not altered.code:
        return " · ".join(_one(field, one, names, zone) for one in value)
    return _leaves(value) if altered.code else _one(field, value, names, zone)


def _one(field: Any, value: Any, names: Names, zone: ZoneInfo) -> str:
    if field.is_relation:
        row = names.get((field.related_model._meta.label_lower, value))
        return called(row) if row else _("something that is not there any more")
    choices = choices_of(field)
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _time(field, value, zone) if isinstance(value, str) else _leaves(value)


def _time(field: Any, value: str, zone: ZoneInfo) -> str:
    code = get_language() or "en"
    if isinstance(field, models.DateTimeField):
        return " ".join(days.moment(datetime.fromisoformat(value), zone, code))
    if isinstance(field, models.DateField):
        return days.day(date.fromisoformat(value), code)
    if isinstance(field, models.TimeField):
        return days.clock(time.fromisoformat(value), code)
    return value


def _leaves(value: Any) -> str:
    """Whatever words and numbers a nested value has, one after another."""
    if isinstance(value, dict):
        return " · ".join(filter(None, (_leaves(one) for one in value.values())))
    if isinstance(value, list):
        return " · ".join(filter(None, (_leaves(one) for one in value)))
    return "" if value is None else str(value)
