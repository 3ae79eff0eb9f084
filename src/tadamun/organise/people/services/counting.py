"""Counts of sign-up as figures of the record: from the registrations, and counted at the door.

They are claims beside those that others made. Of each this keeps one row up to date: the claim of the same thing and
method that has no source, since this installation is its source. What is published of it, and which small cells are
withheld, the record decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from tadamun.organise.people.models import Admission
from tadamun.organise.people.services import endings, line
from tadamun.organise.people.vocabulary import AgeBand, Category, Governorate, Sex
from tadamun.organise.programme.models import Figure, FigurePart
from tadamun.organise.programme.services.records import renew_record
from tadamun.organise.programme.vocabulary import Counted, Dimension, Group, Method
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.languages.fields import label_in

_LABELS = {Category.SEX: Sex, Category.AGE_BAND: AgeBand, Category.GOVERNORATE: Governorate}
_DIMENSIONS = {
    Category.SEX: Dimension.SEX,
    Category.AGE_BAND: Dimension.AGE,
    Category.GOVERNORATE: Dimension.GOVERNORATE,
}
_GROUPS = {Sex.WOMAN.value: Group.WOMEN.value, Sex.MAN.value: Group.MEN.value}
_METHODS = {Counted.REGISTERED: Method.REGISTRATION, Counted.ATTENDED: Method.COUNTED}


@dataclass(frozen=True)
class Count:
    """One figure as it should stand: how many, and its split by categories."""

    counted: Counted
    quantity: int
    parts: tuple[tuple[Dimension, str, int], ...] = ()


@transaction.atomic
def count_into_record(*, actor: Actor, admission: Admission, now: datetime) -> bool:
    """Put the counts of sign-up and door into the record; returns whether anything changed.

    Persons are counted, guests too. Nothing is opened, and it works after the entries are destroyed.
    """
    admission = line.lock(admission)
    changed = [_keep(admission, count, now) for count in counts_of(admission)]
    if not any(changed):
        return False
    renew_record([admission.activity.week_id], changed_at=now)
    note_act(actor=actor, act="count into record", subject=admission.key_subject, now=now)
    return True


def keep_counts_current(*, actor: Actor, now: datetime) -> int:
    """Bring those counts up to date that were put into the record before; returns of how many activities."""
    ours = Figure.objects.filter(
        source=None, counted=Counted.REGISTERED, method=Method.REGISTRATION, activity__isnull=False
    )
    alive = Admission.objects.filter(activity__in=ours.values("activity"), arrivals__gt=0, emptied_at__isnull=True)
    return sum(count_into_record(actor=actor, admission=admission, now=now) for admission in alive)


def counts_of(admission: Admission) -> Iterator[Count]:
    """What the record may say of an activity's sign-up and door; a count of nobody says nothing and has no figure.

    Persons, their guests included: registered are those whose sign-up stands (with a place, in line, or waiting for an
    answer; not who cancelled or was declined), attended those who were let in. So nobody attends who is not registered.
    """
    told = endings.counts(admission, small_cell=settings.ENVIRONMENT.small_cell)
    people = told.get("people", {})
    yield Count(Counted.REGISTERED, people.get("registered", 0) + people.get("guests_registered", 0))
    came = people.get("came", 0) + people.get("guests_came", 0)
    yield Count(Counted.ATTENDED, came, tuple(_parts(told)))


def _parts(told: dict[str, dict[str, int]]) -> Iterator[tuple[Dimension, str, int]]:
    for category, dimension in _DIMENSIONS.items():
        for value, quantity in told.get(f"came_{category.value}", {}).items():
            yield dimension, _GROUPS.get(value, value), quantity


def _keep(admission: Admission, count: Count, now: datetime) -> bool:
    activity, method = admission.activity, _METHODS[count.counted]
    around = {"week": activity.week, "activity": activity}
    figure = Figure.objects.filter(
        **around, counted=count.counted, method=method, source=None, group="", quantity_max=None
    ).first()
    if not count.quantity:
        return figure is not None and bool(figure.delete()[0])
    if figure is None:
        last = Figure.objects.filter(**around).aggregate(last=Max("position"))["last"]
        figure = Figure(**around, counted=count.counted, method=method, position=0 if last is None else last + 1)
    elif figure.quantity == count.quantity and _stored(figure) == list(count.parts):
        return False
    figure.quantity, figure.as_of = count.quantity, now.date()
    figure.save()
    figure.parts.all().delete()
    FigurePart.objects.bulk_create(
        FigurePart(
            figure=figure,
            position=position,
            dimension=dimension,
            group=group,
            group_names={} if group in Group.values else _names(dimension, group),
            quantity=quantity,
        )
        for position, (dimension, group, quantity) in enumerate(count.parts)
    )
    return True


def _stored(figure: Figure) -> list[tuple[str, str, int]]:
    return [(part.dimension, part.group, part.quantity) for part in figure.parts.all()]


def _names(dimension: Dimension, value: str) -> dict[str, str]:
    """The name of a cell in all languages of the site."""
    category = next(category for category, known in _DIMENSIONS.items() if known == dimension)
    labels = dict(_LABELS[category].choices) | {
        endings.MERGED: endings.MERGED_LABEL,
        endings.UNSAID: endings.UNSAID_LABEL,
    }
    return label_in(tuple(code for code, _name in settings.LANGUAGES), labels[value])
