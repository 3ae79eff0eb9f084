"""The paper of an activity: a kit without a phone, whose entries are written here from what was keyed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from tadamun.organise.field.models import Contact, Device, Entry
from tadamun.organise.field.rules import wire
from tadamun.organise.field.services.endings import hold_log, require_open
from tadamun.organise.field.services.onward import carry_on
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import Actor, note_act

PAPER_LABEL = "paper"
_KEPT_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Written:
    """One line of a sheet: what it says, and when it was written down (milliseconds since 1970, true time)."""

    kind: str
    body: Mapping[str, Any]
    clock: int


def paper_of(activity: Activity, *, now: datetime) -> Device:
    """The paper of an activity; made on first use. Its clock is the server's. Call it within a transaction.

    :raises Refused: when the log of the activity has ended.
    """
    require_open(activity)
    device, made = Device.objects.get_or_create(
        paper_of=activity,
        defaults={
            "label": PAPER_LABEL,
            "role": KitRole.PAPER,
            "language": "en",
            "ends_at": now + _KEPT_FOR,
            "made_at": now,
        },
    )
    if made:
        device.activities.set([activity])
        hold_log(activity=activity, now=now)
        Contact.objects.create(device=device, at=0, phone_clock=0)
    return device


@transaction.atomic
def write_on_paper(*, actor: Actor, activity: Activity, lines: Sequence[Written], now: datetime) -> list[int]:
    """Add what was keyed in to the log; returns the numbers of the entries, in the order of the lines.

    A line is taken back by a line of the kind ``undo`` with the number that it got.

    :raises Refused: when the log of the activity has ended.
    :raises wire.NotAnEntry: when a line cannot be written so.
    """
    device = Device.objects.select_for_update().get(pk=paper_of(activity, now=now).pk)
    last = Entry.objects.filter(device=device).aggregate(last=Max("number"))["last"] or 0
    rows = []
    for number, line in enumerate(lines, last + 1):
        unsigned = [str(device.uid), number, line.clock, line.kind, str(activity.uid), dict(line.body)]
        entry = wire.read_entry(wire.signed(bytes(device.key), unsigned))
        rows.append(
            Entry(
                device=device,
                number=number,
                clock=entry.clock,
                kind=entry.kind,
                activity=activity,
                body=entry.body,
                mac=entry.mac,
                received_at=now,
            )
        )
    Entry.objects.bulk_create(rows)
    carry_on(activity=activity, kinds={line.kind for line in lines})
    detail = {"lines": len(rows)}
    note_act(actor=actor, act="key in paper", subject=f"activity:{activity.uid}", now=now, detail=detail)
    return [row.number for row in rows]
