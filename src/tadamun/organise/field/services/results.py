"""What the log comes to, carried on: who came, into the sign-ups; how many, into the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from tadamun.organise.field.models import Entry
from tadamun.organise.field.queries.account import Account, account_of
from tadamun.organise.field.queries.kit import HASH_SIGNS
from tadamun.organise.field.rules.state import State
from tadamun.organise.field.vocabulary import Kind
from tadamun.organise.people.models import Registration
from tadamun.organise.programme.models import Activity, Figure, Source
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.vocabulary import Counted, Group, Method, Unit
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import locks
from tadamun.toolkit.languages.fields import label_in
from tadamun.toolkit.languages.text import Text

SOURCE = "field-log"
SOURCE_TITLE: "str | Promise" = _("Field log")
ARRIVALS = frozenset({Kind.IN.value, Kind.UNDO.value})
_GROUPS = {group.value for group in Group}


@dataclass(frozen=True)
class Count:
    """A figure as it should stand."""

    counted: Counted
    unit: Unit
    group: str
    quantity: int


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
    return sum(_keep(actor, activity, source, count, note, now) for count in counts_of(account.state))


def counts_of(state: State) -> Iterator[Count]:
    """The figures that a log comes to; what was not counted has none."""
    yield from (
        count
        for count in (
            Count(Counted.ATTENDED, Unit.PERSONS, "", state.inside),
            Count(Counted.STARTED, Unit.PERSONS, "", _started(state)),
            Count(Counted.FINISHED, Unit.PERSONS, "", sum(one.time is not None for one in state.results)),
            Count(Counted.GIVEN_OUT, Unit.COPIES, "", sum(stock.given for stock in state.stock.values())),
            *_counters(state),
        )
        if count.quantity > 0
    )


def _counters(state: State) -> Iterator[Count]:
    """Tallies of people that have no sign-up: visitors, and groups that the product has names for."""
    for counter, quantity in sorted(state.tallies.items()):
        if counter == "visitors" or counter in _GROUPS:
            yield Count(Counted.VISITED, Unit.PERSONS, counter if counter in _GROUPS else "", quantity)


def _started(state: State) -> int:
    return sum(one.status != "dns" for one in state.results) if state.starts else 0


def _spoken_of(activity: Activity) -> set[str]:
    """Tickets and short codes that some check-in of the log named, also one that was taken back."""
    rows = Entry.objects.filter(activity=activity, kind=Kind.IN).values_list("body", flat=True)
    return {str(body[name]) for body in rows for name in ("ticket", "code") if name in body}


def _keep(actor: Actor, activity: Activity, source: Source, count: Count, note: Text, now: datetime) -> bool:
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
            quantity=count.quantity,
            source=source,
            method=Method.COUNTED,
            as_of=now.date(),
            note=note,
        )
        changes.add(actor=actor, row=row, now=now)
        return True
    if figure.quantity == count.quantity:
        return False
    fields = ("quantity", "note", "as_of")
    wanted = {"quantity": count.quantity, "note": note, "as_of": now.date().isoformat()}
    changes.change(actor=actor, row=figure, seen=changes.values_of(figure, fields), wanted=wanted, now=now)
    return True


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
