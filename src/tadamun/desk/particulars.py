"""What the kind adds to an activity: its panel, and writing it, merged field by field, with nobody in the history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tadamun.desk.forms.asking import Shape, asked_of, plain_details
from tadamun.desk.forms.in_short import in_short
from tadamun.kinds.contract import Kind
from tadamun.kinds.registry import UnknownKind, kind_of
from tadamun.organise.programme.models import Activity, Change
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.merging import merged_text, merged_value
from tadamun.toolkit.panels import Line, Panel, Way

Plain = dict[str, Any]


@dataclass(frozen=True)
class Saved:
    """What came of it: the change, or the fields that somebody else changed otherwise, with what is stored now."""

    change: Change | None = None
    clashes: tuple[str, ...] = ()
    stored: Plain | None = None


@transaction.atomic
def save_particulars(*, actor: Actor, activity: Activity, seen: Plain, wanted: Plain, now: datetime) -> Saved:
    """Change what the kind adds; ``seen`` is what the member saw, ``wanted`` what she sends.

    Whatever only one of two people changed is merged; nothing is written while something was changed by both.
    """
    stored = Activity.objects.select_for_update(of=("self",)).select_related("week").get(pk=activity.pk)
    kind = kind_of(stored.kind)
    merged, clashes = merge(kind, seen, stored.details, wanted)
    if clashes:
        return Saved(clashes=clashes, stored=stored.details)
    return Saved(change=_change(actor, stored, kind, {"details": merged}, now))


@transaction.atomic
def change_kind(*, actor: Actor, activity: Activity, kind: Kind, now: datetime) -> Change | None:
    """Make an activity one of another kind. What the new kind does not know is put away; undoing brings it back."""
    stored = Activity.objects.select_for_update(of=("self",)).select_related("week").get(pk=activity.pk)
    before = kind_of(stored.kind)
    wanted = {"kind": kind.code, "details": fitting(kind, stored.details)}
    return _change(actor, stored, before if before.keeps_people else kind, wanted, now)


def fitting(kind: Kind, details: Plain) -> Plain:
    """Those details that a kind knows by the same name and type."""
    known: Plain = {}
    for name, value in details.items():
        try:
            known |= plain_details(kind, {name: value})
        except msgspec.ValidationError:
            continue
    return known


def merge(kind: Kind, seen: Plain, there: Plain, mine: Plain) -> tuple[Plain, tuple[str, ...]]:
    """Field by field, texts language by language, lists as a whole; and the fields that two people changed."""
    merged, clashes = {}, []
    for one in asked_of(kind):
        versions = [details.get(one.name) for details in (seen, there, mine)]
        if one.shape is Shape.TEXT:
            value, clash = merged_text(*(version or {} for version in versions))
        else:
            value, clash = merged_value(*versions)
        if clash:
            clashes.append(one.name)
        if value not in (None, "", [], {}):
            merged[one.name] = value
    return plain_details(kind, merged), tuple(clashes)


def _change(actor: Actor, activity: Activity, kind: Kind, wanted: Plain, now: datetime) -> Change | None:
    seen = changes.values_of(activity, wanted)
    change = changes.change(actor=actor, row=activity, seen=seen, wanted=wanted, now=now).change
    if change and kind.keeps_people and "details" in change.fields:
        # A teller who takes her story back must find it in no history.
        change.fields = {name: values for name, values in change.fields.items() if name != "details"}
        change.save(update_fields=["fields"])
    return change


def particulars_panels(carried: Carried) -> Iterable[Panel]:
    """What the kind adds, field by field. No query."""
    activity = carried.one
    parts = {"uid": activity.uid}
    try:
        kind = kind_of(activity.kind)
    except UnknownKind:
        return
    ways = (
        Way(_("Change"), reverse("activity_particulars", kwargs=parts)),
        Way(_("Another kind"), reverse("activity_kind", kwargs=parts)),
    )
    said = ((one.label, " · ".join(in_short(one, activity.details.get(one.name)))) for one in asked_of(kind))
    lines = tuple(Line(says=label, beside=words) for label, words in said if words)
    yield Panel(
        code="particulars",
        title=kind.name,
        lines=lines,
        ways=ways if carried.may_edit else (),
        empty=_("Nothing of what only this kind has is stated yet."),
    )
