"""What the log comes to, carried on: who came, into the sign-ups; how many, into the record."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from tadamun.organise.field.models import Entry
from tadamun.organise.field.queries.account import Account, account_of
from tadamun.organise.field.queries.figures import counts_of
from tadamun.organise.field.queries.kit import HASH_SIGNS
from tadamun.organise.field.queries.plan import plan_of
from tadamun.organise.field.rules.figures import Count
from tadamun.organise.field.vocabulary import Kind
from tadamun.organise.people.models import Registration
from tadamun.organise.programme.models import Activity, Figure, FigurePart, Source
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.vocabulary import Dimension, Method
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import locks
from tadamun.toolkit.languages.fields import label_in
from tadamun.toolkit.languages.text import Text

SOURCE = "field-log"
SOURCE_TITLE: "str | Promise" = _("Field log")
ARRIVALS = frozenset({Kind.IN.value, Kind.UNDO.value})


@transaction.atomic
def carry_arrivals(*, activity: Activity) -> int:
    """Let sign-up know who came, as far as the log speaks of her; returns how many rows changed.

    A sign-up that the log does not speak of is left as the desk has it.
    """
    locks.hold(f"field log {activity.uid}")
    state = account_of(activity, kinds=ARRIVALS).state
    came = set(state.came)
    rows = Registration.objects.filter(admission__activity=activity)
    new, gone = [], []
    spoken_of = _spoken_of(activity)
    for key, stored, code, is_in in rows.values_list("pk", "ticket_hash", "short_code", "came"):
        ticket = bytes(stored).hex()[:HASH_SIGNS]
        if ticket in came and not is_in:
            new.append(key)
        elif is_in and ticket not in came and spoken_of & {ticket, code}:
            gone.append(key)
    for keys, is_in in ((new, True), (gone, False)):
        for start in range(0, len(keys), 500):
            Registration.objects.filter(pk__in=keys[start : start + 500]).update(came=is_in)
    return len(new) + len(gone)


@transaction.atomic
def count_into_record(*, actor: Actor, activity: Activity, now: datetime) -> int:
    """Put the counts of the log into the record, each with source and method; returns how many figures changed.

    They stand beside what others claim. Which small ones are withheld, the record decides.
    """
    locks.hold(f"field log {activity.uid}")
    account = account_of(activity)
    source, _made = Source.objects.get_or_create(
        slug=SOURCE, defaults={"titles": label_in(_languages(), SOURCE_TITLE), "publisher": {}}
    )
    note = _note(account, now)
    return sum(
        _keep(actor, activity, source, count, note, now)
        for count in counts_of(account.state, plan_of(activity), _languages())
    )


def _spoken_of(activity: Activity) -> set[str]:
    """Tickets and short codes that some check-in of the log named, also one that was taken back."""
    rows = Entry.objects.filter(activity=activity, kind=Kind.IN).values_list("body", flat=True)
    return {str(body[name]) for body in rows for name in ("ticket", "code") if name in body}


def _keep(actor: Actor, activity: Activity, source: Source, count: Count, note: Text, now: datetime) -> bool:
    """Let one figure stand as counted; returns whether anything changed."""
    figure = Figure.objects.filter(
        activity=activity, source=source, counted=count.counted, unit=count.unit, group=count.group
    ).first()
    if figure is None:
        row = Figure(
            week=activity.week,
            activity=activity,
            counted=count.counted,
            unit=count.unit,
            group=count.group,
            group_names=count.names,
            quantity=count.quantity,
            source=source,
            method=Method.COUNTED,
            as_of=now.date(),
            note=note,
        )
        _keep_cells(actor, changes.add(actor=actor, row=row, now=now), count, now)
        return True
    split = _keep_cells(actor, figure, count, now)
    if figure.quantity == count.quantity and not split:
        return False
    fields = ("quantity", "note", "as_of")
    wanted = {"quantity": count.quantity, "note": note, "as_of": now.date().isoformat()}
    changes.change(actor=actor, row=figure, seen=changes.values_of(figure, fields), wanted=wanted, now=now)
    return True


def _keep_cells(actor: Actor, figure: Figure, count: Count, now: datetime) -> bool:
    """Let the split of a figure stand as counted; returns whether anything changed."""
    stored = {cell.group: cell for cell in figure.parts.filter(dimension=Dimension.OTHER)}
    wanted = {cell.group: cell for cell in count.cells}
    changed = False
    for group, cell in stored.items():
        if group not in wanted:
            changes.remove(actor=actor, row=cell, now=now)
            changed = True
    last = max((cell.position for cell in stored.values()), default=-1)
    for at, (group, mine) in enumerate(wanted.items(), 1):
        values = {"quantity": mine.quantity, "group_names": mine.names}
        there = stored.get(group)
        if there is None:
            row = FigurePart(figure=figure, position=last + at, dimension=Dimension.OTHER, group=group, **values)
            changes.add(actor=actor, row=row, now=now)
            changed = True
            continue
        seen = changes.values_of(there, values)
        changed |= changes.change(actor=actor, row=there, seen=seen, wanted=values, now=now).change is not None
    return changed


def _note(account: Account, now: datetime) -> Text:
    """How it was counted, in every language of the site that has the words."""
    devices, when = len(account.state.devices), f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    said = {}
    for code in _languages():
        with override(code):
            pattern = ngettext(
                "Counted on the spot by %(count)d device, merged %(when)s",
                "Counted on the spot by %(count)d devices, merged %(when)s",
                devices,
            )
            said[code] = pattern % {"count": devices, "when": when}
    english = said.get("en", "")
    return {code: words for code, words in said.items() if code == "en" or words != english}


def _languages() -> tuple[str, ...]:
    return tuple(code for code, _name in settings.LANGUAGES)
