"""What was sealed on a phone to the activity's key: incidents, and details of who came without a sign-up.

Only a member whose vault is open reads it, and the log says so first.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tadamun.organise.field.models import Entry
from tadamun.organise.field.rules.merging import taken_back
from tadamun.organise.field.vocabulary import Kind
from tadamun.organise.people.services.entries import context_of as registration_context
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.openings import Keyring, note_opening
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.organise.safety.vault.sealing import Context
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit.rulings import Refused

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Read:
    """A sealed entry, opened: its words; None when it cannot be opened."""

    entry: Entry
    words: tuple[tuple[str, str], ...] | None = field(repr=False)

    @property
    def kind(self) -> "str | Promise":
        """What sort of entry it is, in words."""
        return Kind(self.entry.kind).label if self.entry.kind in Kind.values else self.entry.kind


def sealed_entries(activity: Activity) -> list[Entry]:
    """What is sealed in an activity's log, incidents before all else, then the newest first; without what its own phone
    took back. Two queries.
    """
    rows = Entry.objects.filter(activity=activity).exclude(sealed=b"").select_related("device")
    undone = Entry.objects.filter(activity=activity, kind=Kind.UNDO).values_list("device", "body")
    gone = taken_back(undone)
    kept = [row for row in rows.order_by("-clock", "-pk") if (row.device_id, row.number) not in gone]
    return sorted(kept, key=lambda row: row.kind != Kind.INCIDENT)


def context_of(entry: Entry) -> Context:
    """What the seal of an entry is bound to; the phone chose the row's id."""
    activity, row = str(entry.activity.uid), str(entry.body.get("row", ""))
    if entry.kind == Kind.WALK_IN:
        purpose = registration_context(entry.activity.uid, entry.device.uid)
        return Context(purpose=purpose.purpose, activity=activity, field=purpose.field, row=row)
    return Context(purpose=entry.kind, activity=activity, field="note", row=row)


def open_sealed_entries(
    *, actor: Actor, keyring: Keyring, activity: Activity, entries: Sequence[Entry], now: datetime
) -> list[Read]:
    """Open what phones sealed. Announced in the log first; it counts towards the member's openings in an hour.

    :raises Refused: when there is no way to the key, or above the hourly limit.
    """
    subject = f"activity:{activity.uid}"
    if not keyring.reaches(subject):
        raise Refused(_("Your key does not open these names. Another member has to let you in."))
    names = [f"field {entry.device_id}:{entry.number}" for entry in entries]
    if names:
        note_opening(actor=actor, keyring=keyring, subject=subject, rows=names, why=OpeningReason.SAFETY, now=now)
    return [_opened(keyring, subject, entry) for entry in entries]


def _opened(keyring: Keyring, subject: str, entry: Entry) -> Read:
    try:
        plain = keyring.open(subject, bytes(entry.sealed), context=context_of(entry))
        return Read(entry, _words(plain.decode()))
    except (VaultError, UnicodeDecodeError):
        return Read(entry, None)


def _words(text: str) -> tuple[tuple[str, str], ...]:
    """The parts of what was written; words without parts stand alone."""
    try:
        parts = json.loads(text)
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, dict):
        return (("", text),)
    return tuple((str(name), str(said)) for name, said in parts.items() if said and name != "ticket")
