"""Opening entries for a member whose vault is open: announced first, limited, in memory only; and remarks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import entries, line
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.openings import Keyring, note_opening, public_key_of
from tadamun.organise.safety.vault.errors import ChainBroken, VaultError
from tadamun.organise.safety.vault.sealing import seal
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit.rulings import Refused

LONGEST_REMARK = 500


@dataclass(frozen=True)
class Opened:
    """A sign-up with its entry. ``entry`` is None when it was deleted by its owner, or cannot be opened."""

    registration: Registration
    entry: Entry | None = field(repr=False)
    remark: str = field(repr=False, default="")

    @property
    def deleted(self) -> bool:
        """Whether she took her entry back."""
        return not self.registration.sealed


def announce(
    *,
    actor: Actor,
    keyring: Keyring,
    admission: Admission,
    rows: Sequence[tuple[UUID, bool]],
    why: OpeningReason,
    now: datetime,
) -> None:
    """Write down that entries (uid, whether there is a remark) will be opened, and allow it.

    :raises Refused: when there is no way to the key, or above the hourly limit.
    """
    if not keyring.reaches(admission.key_subject):
        raise Refused(_("Your key does not open these names. Another member has to let you in."))
    names = [str(uid) for uid, _remark in rows] + [f"{uid} remark" for uid, remark in rows if remark]
    if names:
        note_opening(actor=actor, keyring=keyring, subject=admission.key_subject, rows=names, why=why, now=now)


def open_entries(
    *,
    actor: Actor,
    keyring: Keyring,
    admission: Admission,
    rows: Sequence[Registration],
    why: OpeningReason,
    now: datetime,
) -> list[Opened]:
    """Open the entries of some sign-ups.

    :raises Refused: when there is no way to the key, or above the hourly limit.
    """
    named = [(row.uid, bool(row.remark)) for row in rows if row.sealed]
    announce(actor=actor, keyring=keyring, admission=admission, rows=named, why=why, now=now)
    return [open_one(keyring, admission, row) for row in rows]


def open_one(keyring: Keyring, admission: Admission, row: Registration) -> Opened:
    """Open one entry that was announced."""
    if not row.sealed:
        return Opened(row, None)
    subject, activity = admission.key_subject, admission.activity.uid
    try:
        plain = keyring.open(subject, bytes(row.sealed), context=entries.context_of(activity, row.uid))
        remark = (
            keyring.open(subject, bytes(row.remark), context=entries.remark_context_of(activity, row.uid))
            if row.remark
            else b""
        )
    except ChainBroken:
        raise
    except VaultError:
        return Opened(row, None)
    return Opened(row, entries.read(plain), remark.decode())


def open_stream(keyring: Keyring, admission: Admission, rows: Iterator[Registration]) -> Iterator[Opened]:
    """Open one entry after the other, keeping none. They must have been announced."""
    return (open_one(keyring, admission, row) for row in rows)


@transaction.atomic
def put_remark(*, actor: Actor, registration: Registration, remark: str, now: datetime) -> None:
    """Seal an organiser's remark beside an entry; an empty one takes it away. Needs no open vault.

    :raises Refused: when the remark is too long.
    """
    if len(remark) > LONGEST_REMARK:
        raise Refused(_("A remark has at most %(most)d signs.") % {"most": LONGEST_REMARK})
    admission = line.lock(registration.admission)
    context = entries.remark_context_of(admission.activity.uid, registration.uid)
    sealed = seal(public_key_of(admission.key_subject), remark.encode(), context=context) if remark else b""
    Registration.objects.filter(pk=registration.pk).update(remark=sealed)
    note_act(
        actor=actor, act="put remark", subject=admission.key_subject, now=now, detail={"number": registration.number}
    )


def by_uid(opened: Sequence[Opened]) -> Mapping[UUID, Opened]:
    """The opened entries by their sign-up."""
    return {row.registration.uid: row for row in opened}
