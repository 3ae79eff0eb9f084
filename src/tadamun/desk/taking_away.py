"""Taking away an activity that was added by mistake, with the rows that it holds by now; undoing brings all back.

Only what this history can put back goes. Where more hangs on the activity (it was public, people or helpers could sign
up, partners were asked, a phone knows it), somebody counts on it, and it is cancelled instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadamun.desk.models import Conditions, PartRelease, Release
from tadamun.organise.archive.models import Photo
from tadamun.organise.field.forms.plan import DAY_ROWS
from tadamun.organise.field.models import Device
from tadamun.organise.people.models import Admission
from tadamun.organise.planning.forms.kinds_of_rows import PLANNED_ROWS
from tadamun.organise.programme.forms.kinds_of_rows import ACTIVITY_ROWS
from tadamun.organise.programme.models import Activity, Change, Involvement
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.together import tie
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.volunteers.forms.desk import KINDS as HELPERS_ROWS
from tadamun.organise.volunteers.models import Crew
from tadamun.record.schema import decode
from tadamun.toolkit.rulings import ALLOWED, Refused, Ruling

_WHY: "dict[type[models.Model], str | Promise]" = {
    Admission: gettext_lazy("A sign-up was made for it."),
    Crew: gettext_lazy("People can sign up to help with it."),
    Device: gettext_lazy("A phone has a kit for it."),
    PartRelease: gettext_lazy("It was published."),
}

# The kinds of rows that are written through the history, by their model.
_KINDS = {
    kind.model._meta.label_lower: kind
    for rows in (ACTIVITY_ROWS, PLANNED_ROWS, HELPERS_ROWS, DAY_ROWS)
    for kind in rows.values()
}


@dataclass(frozen=True)
class Held:
    """What hangs on an activity: rows that go along by what they are called, and why it cannot go."""

    rows: tuple[tuple["str | Promise", int], ...]
    hinders: tuple["str | Promise", ...]

    @property
    def ruling(self) -> Ruling:
        """Whether it may go."""
        return Ruling(" ".join(str(one) for one in self.hinders)) if self.hinders else ALLOWED


def held_by(activity: Activity) -> Held:
    """What goes along with an activity, and what hinders it. The number of queries depends on no rows."""
    rows, hinders = [], [*_published(activity), *_told(activity)]
    for relation in _relations():
        model: Any = relation.related_model
        found = _rows(relation, activity)
        number = found.count()
        if not number:
            continue
        if _is_ours(model) or relation.on_delete is models.SET_NULL:
            rows.append((_called(model), number))
            hinders += _below(model, found)
        else:
            hinders.append(_WHY.get(model, _("It holds more that could not be put back.")))
    return Held(tuple(rows), tuple(dict.fromkeys(hinders)))


@transaction.atomic
def take_away(*, actor: Actor, activity: Activity, now: datetime) -> Change:
    """Take the activity away with all its rows, as one step that can be undone; returns the last change of it.

    :raises Refused: when something hinders it.
    """
    stored = Activity.objects.select_for_update(of=("self",)).select_related("week").get(pk=activity.pk)
    held_by(stored).ruling.require()
    made: list[Change] = []
    for relation in _relations():
        for row in _rows(relation, stored).order_by("-pk"):
            made += _let_go(actor, relation, row, now)
    # Its history stays with the week: what tells that something went must not go along with it.
    Change.objects.filter(activity=stored).update(activity=None)
    made.append(changes.remove(actor=actor, row=stored, now=now))
    for change in made:
        change.activity = None
    tie(made)
    return made[-1]


def _let_go(actor: Actor, relation: Any, row: Any, now: datetime) -> Iterator[Change]:
    """The changes by which a row goes, or points to the activity no more."""
    if relation.on_delete is not models.SET_NULL:
        kind = _KINDS.get(row._meta.label_lower)
        given: dict[str, Any] = {"actor": actor, "row": row, "now": now}
        yield from kind.take_away(**given) if kind else (changes.remove(**given),)
        return
    name = relation.field.name
    seen = changes.values_of(row, [name])
    outcome = changes.change(actor=actor, row=row, seen=seen, wanted={name: None}, now=now)
    if outcome.change is None:
        raise Refused(_("It was changed meanwhile. Look at it again, then decide."))
    yield outcome.change


def _relations() -> list[Any]:
    """What points to an activity, apart from its history and from tables that only join."""
    every: list[Any] = Activity._meta.get_fields(include_hidden=True)
    found = [one for one in every if one.one_to_many or one.one_to_one]
    ours = [one for one in found if one.auto_created and not one.concrete]
    return [one for one in ours if one.related_model is not Change and not one.related_model._meta.auto_created]


def _rows(relation: Any, activity: Activity) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = relation.related_model._default_manager.filter(**{relation.field.name: activity})
    return rows


def _is_ours(model: type[models.Model]) -> bool:
    """Whether rows of this model are written through the history, so that they can be put back."""
    return model is Involvement or model._meta.label_lower in _KINDS


def _called(model: type[models.Model]) -> "str | Promise":
    if model is Photo:
        return _("Photos, which stay with the week")
    kind = _KINDS.get(model._meta.label_lower)
    return kind.title if kind else _("Partners")


def _below(model: type[models.Model], rows: "models.QuerySet[Any]") -> Iterator["str | Promise"]:
    """Why rows cannot go: something hangs on them that the history does not know."""
    for relation in model._meta.related_objects:
        below: Any = relation.related_model
        known = relation.get_accessor_name() == "parts" or relation.on_delete is not models.CASCADE
        if not known and below._default_manager.filter(**{f"{relation.field.name}__in": rows}).exists():
            yield _("Partners were asked.") if model is Involvement else _("People have put themselves down for it.")


def _told(activity: Activity) -> Iterator["str | Promise"]:
    """Whether something of another kind is for this activity too, and could not find it again: kits of phones."""
    every: list[Any] = Activity._meta.get_fields(include_hidden=True)
    for relation in (one for one in every if one.many_to_many and one.auto_created):
        model: Any = relation.related_model
        if model._default_manager.filter(**{relation.field.name: activity}).exists():
            yield _WHY.get(model, _("It holds more that could not be put back."))


def _published(activity: Activity) -> Iterator["str | Promise"]:
    """Whether the public has read of it, or may have."""
    releases = Release.objects.filter(week=activity.week)
    uid = str(activity.uid)
    told = any(uid in {one.uid for one in decode(bytes(release.record)).activities} for release in releases)
    if told:
        yield _("It was published.")
    elif Conditions.objects.filter(week=activity.week, withdrawn_at__isnull=False).exists():
        yield _("The week was public once, and it may have been in it.")
