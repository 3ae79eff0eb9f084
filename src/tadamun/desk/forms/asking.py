"""What a form asks about a kind of activity: read from the fields of the kind's plan, so a new kind needs no form."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import msgspec
from django import forms
from django.conf import settings
from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import inspect

from tadamun.kinds.contract import Kind
from tadamun.organise.programme.forms.fields import DayField, HourField, ManyField
from tadamun.toolkit.languages.asking import TextField
from tadamun.toolkit.languages.registry import UnknownLanguage, language

Label = str | Promise
LONGEST_TEXT = 2000
LONGEST_WORDS = 200


class Shape(Enum):
    """What a field of a plan holds, as a form asks for it."""

    TEXT = "text"
    WORDS = "words"
    NUMBER = "number"
    DECIMAL = "decimal"
    HOUR = "hour"
    DAY = "day"
    YES = "yes"
    CHOICE = "choice"
    CHOICES = "choices"
    TONGUES = "tongues"
    WORD_LIST = "word_list"
    TEXTS = "texts"
    ROWS = "rows"


@dataclass(frozen=True)
class Asked:
    """One field of a plan: its name, how it is asked for, the choices it has, the fields of its rows."""

    name: str
    label: Label
    shape: Shape
    required: bool = False
    long: bool = False
    choices: tuple[tuple[str, Label], ...] = ()
    parts: "tuple[Asked, ...]" = ()


def asked_of(kind: Kind) -> tuple[Asked, ...]:
    """What the form of a kind asks, in the order of its plan.

    :raises TypeError: when a plan has a field of a type that no form can ask for.
    """
    return _fields(kind, kind.plan, "")


def label_of(kind: Kind, path: str) -> Label:
    """What a field of a kind's plan is called; its own name made readable when the kind does not say."""
    return kind.labels.get(path) or path.rpartition(".")[2].replace("_", " ").capitalize()


def field_for(asked: Asked, stored: Any) -> forms.Field:
    """The form field for everything but lists of texts and of rows."""
    label: Any = asked.label
    required = False
    if asked.shape is Shape.TEXT:
        return TextField(label=label, required=required, lines=4 if asked.long else 1, longest=LONGEST_TEXT * 10)
    if asked.shape is Shape.CHOICE:
        return forms.ChoiceField(label=label, required=required, choices=asked.choices)
    if asked.shape is Shape.CHOICES:
        return ManyField(label=label, required=required, choices=asked.choices)
    if asked.shape is Shape.TONGUES:
        return ManyField(label=label, required=required, choices=_tongues(stored or ()))
    if asked.shape is Shape.WORD_LIST:
        hint = _("Put a comma between them.")
        return forms.CharField(label=label, required=required, max_length=LONGEST_TEXT, help_text=hint)
    if asked.shape is Shape.WORDS:
        return forms.CharField(label=label, required=required, max_length=LONGEST_WORDS)
    field: forms.Field = _PLAIN[asked.shape](label=label, required=required)
    return field


_PLAIN: Mapping[Shape, Any] = {
    Shape.NUMBER: forms.IntegerField,
    Shape.DECIMAL: forms.FloatField,
    Shape.HOUR: HourField,
    Shape.DAY: DayField,
    Shape.YES: forms.BooleanField,
}


def _fields(kind: Kind, struct: Any, path: str) -> tuple[Asked, ...]:
    found: Any = inspect.type_info(struct)
    return tuple(_asked(kind, field, f"{path}{field.name}") for field in found.fields)


def _asked(kind: Kind, field: Any, path: str) -> Asked:
    label, of = label_of(kind, path), _without_none(field.type)
    shape, inner = _shape(of, path)
    return Asked(
        name=field.name,
        label=label,
        shape=shape,
        required=field.required,
        long=path in kind.long,
        choices=_choices(kind, inner.cls, path) if shape in {Shape.CHOICE, Shape.CHOICES} else (),
        parts=_fields(kind, inner.cls, f"{path}.") if shape is Shape.ROWS else (),
    )


def _shape(of: Any, path: str) -> tuple[Shape, Any]:
    if isinstance(of, inspect.VarTupleType | inspect.ListType):
        item = of.item_type
        if isinstance(item, inspect.Metadata) and (item.extra or {}).get("asks") == "language":
            return Shape.TONGUES, item
        if shape := _found(_LISTS, item):
            return shape, item
    if shape := _found(_SINGLE, of):
        return shape, of
    raise TypeError(f"no form can ask for {path}, which is {of}")


def _found(shapes: Mapping[type[inspect.Type], Shape], of: Any) -> Shape | None:
    # Enums whose metaclass is not Python's own, as of Django's choices, are custom types to the inspection.
    if isinstance(of, inspect.CustomType) and issubclass(of.cls, Enum):
        return shapes[inspect.EnumType]
    return next((shape for type_, shape in shapes.items() if isinstance(of, type_)), None)


_LISTS: Mapping[type[inspect.Type], Shape] = {
    inspect.DictType: Shape.TEXTS,
    inspect.StrType: Shape.WORD_LIST,
    inspect.EnumType: Shape.CHOICES,
    inspect.StructType: Shape.ROWS,
}
_SINGLE: Mapping[type[inspect.Type], Shape] = {
    inspect.DictType: Shape.TEXT,
    inspect.StrType: Shape.WORDS,
    inspect.BoolType: Shape.YES,
    inspect.IntType: Shape.NUMBER,
    inspect.FloatType: Shape.DECIMAL,
    inspect.TimeType: Shape.HOUR,
    inspect.DateType: Shape.DAY,
    inspect.EnumType: Shape.CHOICE,
}


def _without_none(of: Any) -> Any:
    if isinstance(of, inspect.UnionType):
        stated = [one for one in of.types if not isinstance(one, inspect.NoneType)]
        return stated[0] if len(stated) == 1 else of
    return of


def _choices(kind: Kind, enum: type[Enum], path: str) -> tuple[tuple[str, Label], ...]:
    if issubclass(enum, Choices):
        return tuple((str(value), label) for value, label in enum.choices)
    return tuple((one.value, label_of(kind, f"{path}.{one.value}")) for one in enum)


def _tongues(stored: Any) -> list[tuple[str, str]]:
    """The languages of the site, those that are stored, and those that are heard beside them here."""
    codes = dict.fromkeys([*(code for code, _name in settings.LANGUAGES), *stored, *_HEARD])
    return [(code, tongue_called(code)) for code in codes]


_HEARD = ("kmr", "tr", "fa", "fr", "it", "es")


def tongue_called(code: str) -> str:
    """The language's own name; the code itself where we do not know it."""
    try:
        return language(code).own_name
    except UnknownLanguage:
        return code


def plain_details(kind: Kind, details: Any) -> dict[str, Any]:
    """Details as they are stored: in the kind's structure, without what says nothing.

    :raises msgspec.ValidationError: when they do not fit the kind.
    """
    plan = msgspec.convert(details, kind.plan)
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plan, order="deterministic"))
    return plain
