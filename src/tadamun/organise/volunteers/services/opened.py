"""Opening helpers' names for a member whose vault is open: announced first, limited, in memory only."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tadamun.organise.people.services import entries
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.openings import Keyring, note_opening
from tadamun.organise.safety.vault.errors import ChainBroken, VaultError
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.organise.volunteers.models import Crew, Helper
from tadamun.toolkit.rulings import Refused


def open_helpers(
    *, actor: Actor, keyring: Keyring, crew: Crew, helpers: Sequence[Helper], why: OpeningReason, now: datetime
) -> Mapping[int, Entry]:
    """The entries of helpers by their keys; who deleted hers is left out. Not inside a transaction.

    :raises Refused: when there is no way to the key, or above the hourly limit.
    """
    rows = [helper for helper in helpers if helper.sealed]
    if not keyring.reaches(crew.key_subject):
        raise Refused(_("Your key does not open these names. Another member has to let you in."))
    if rows:
        names = [str(row.uid) for row in rows]
        note_opening(actor=actor, keyring=keyring, subject=crew.key_subject, rows=names, why=why, now=now)
    found = {row.pk: _opened(keyring, crew, row) for row in rows}
    return {key: entry for key, entry in found.items() if entry is not None}


def _opened(keyring: Keyring, crew: Crew, row: Helper) -> Entry | None:
    context = entries.context_of(crew.activity.uid, row.uid)
    try:
        return entries.read(keyring.open(crew.key_subject, bytes(row.sealed), context=context))
    except ChainBroken:
        raise
    except VaultError:
        return None
