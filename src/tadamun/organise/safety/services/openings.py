"""Opening sealed names: only with an unlocked key, only after the audit trail has said so, only so many in an hour."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tadamun.organise.safety.models import AuditEntry, VaultKey, VaultLink
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.vault import chains
from tadamun.organise.safety.vault.errors import ChainBroken
from tadamun.organise.safety.vault.keys import KeyPair, key_id
from tadamun.organise.safety.vault.sealing import Context, open_sealed, recipient_of
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit.prepared import Prepared, Slot
from tadamun.toolkit.rulings import Refused

OPENED = "open names"
REFUSED_OPENING = "refused to open names"
HOUR = timedelta(hours=1)
# Turning a page of the same list is not a new opening.
SAME_LIST_FOR = timedelta(minutes=30)
_CURRENT = Prepared(lambda: VaultKey.objects.filter(subject=Slot("subject"), current=True).only("public_key")[:1])


class NotAnnounced(Exception):
    """Something was to be opened that no entry of the audit trail speaks of: a mistake of the program."""


@dataclass(slots=True)
class Keyring:
    """A member's opened key, for one request. It follows her links and forgets all with the request.

    It opens no more entries of an activity than ``note_opening`` has announced.
    """

    member: str
    pair: KeyPair = field(repr=False)
    _ways: dict[str, list[VaultLink]] = field(default_factory=dict, repr=False)
    _reached: dict[bytes, KeyPair] = field(default_factory=dict, repr=False)
    _announced: Counter[str] = field(default_factory=Counter, repr=False)

    def reach(self, subject: str) -> KeyPair:
        """The present key pair of an organisation or activity, for passing it on.

        :raises ChainBroken: when no link leads there from this member.
        """
        for row in self._ways_to(subject):
            if row.key.subject == subject and row.key.current:
                return self.reach_key(subject, bytes(row.key.public_key))
        raise ChainBroken(subject=subject)

    def reach_key(self, subject: str, public_key: bytes) -> KeyPair:
        """One key pair of a subject, also an old one that is still being replaced.

        :raises ChainBroken: when no link leads there from this member.
        """
        if public_key not in self._reached:
            links = [as_link(row) for row in self._ways_to(subject)]
            self._reached[public_key] = chains.reach(self.pair, links, subject=subject, public_key=public_key)
        return self._reached[public_key]

    def reaches(self, subject: str) -> bool:
        """Whether this member can open what is sealed to the subject."""
        try:
            self.reach(subject)
        except ChainBroken:
            return False
        return True

    def open(self, subject: str, envelope: bytes, *, context: Context) -> bytes:
        """The text of one envelope that is sealed to the activity ``subject``.

        :raises NotAnnounced: when ``note_opening`` was not called for it, or for fewer.
        :raises VaultError: when there is no way to the key, or the envelope was altered or moved.
        """
        if self._announced[subject] < 1:
            raise NotAnnounced(subject)
        pair = self._pair_for(subject, bytes(envelope))
        self._announced[subject] -= 1
        return open_sealed(pair, bytes(envelope), context=context)

    def announce(self, subject: str, count: int) -> None:
        """Allow ``count`` openings; called by ``note_opening`` alone."""
        self._announced[subject] += count

    def _pair_for(self, subject: str, envelope: bytes) -> KeyPair:
        """The key pair that an envelope names: while a key is renewed, some rows are still sealed to the old one."""
        recipient = recipient_of(envelope)
        for row in self._ways_to(subject):
            if row.key.subject == subject and key_id(bytes(row.key.public_key)) == recipient:
                return self.reach_key(subject, bytes(row.key.public_key))
        return self.reach(subject)

    def _ways_to(self, subject: str) -> list[VaultLink]:
        """All links from the member, and all to keys of the subject. Keys that are destroyed have none."""
        if subject not in self._ways:
            mine = Q(holder__subject=self.member, holder__current=True)
            self._ways[subject] = list(
                VaultLink.objects.filter(mine | Q(key__subject=subject)).select_related("key", "holder")
            )
        return self._ways[subject]


def as_link(row: VaultLink) -> chains.Link:
    """A stored link, as the vault's arithmetic knows it. Wants ``key`` and ``holder`` loaded."""
    return chains.Link(
        subject=row.key.subject,
        public_key=bytes(row.key.public_key),
        holder=row.holder.subject,
        envelope=bytes(row.envelope),
    )


def note_opening(
    *, actor: Actor, keyring: Keyring, subject: str, rows: Sequence[str], why: OpeningReason, now: datetime
) -> None:
    """Announce that the entries with the ids ``rows`` of the activity ``subject`` will be opened, and allow it.

    Commits at once, so that no later mistake takes the entry back; hence not inside a transaction. Opening the same
    entries again for the same reason within half an hour is covered by the first entry. Above the hourly limit the
    refusal itself is written to the trail, where operators see it (P-13).

    :raises Refused: above the hourly limit, saying how many are left.
    """
    which = hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:16]
    with transaction.atomic(durable=True):
        _queue_up(keyring.member)
        earlier = openings_of(keyring.member, since=now - HOUR)
        if any(_covers(entry, subject, which, why, now) for entry in earlier):
            keyring.announce(subject, len(rows))
            return
        left = settings.OPENINGS_PER_HOUR - sum(entry.detail["count"] for entry in earlier)
        allowed = len(rows) <= left
        detail = {"member": keyring.member, "count": len(rows), "why": why.value, "which": which}
        act = OPENED if allowed else REFUSED_OPENING
        note_act(actor=actor, act=act, subject=subject, now=now, detail=detail)
    if not allowed:
        raise Refused(_too_many(len(rows), max(left, 0)))
    keyring.announce(subject, len(rows))


def openings_of(member: str, *, since: datetime) -> list[AuditEntry]:
    """What a member has opened since then, the newest first."""
    entries = AuditEntry.objects.filter(act=OPENED, at__gte=since).order_by("-number")
    return [entry for entry in entries if entry.detail.get("member") == member]


def refused_openings(*, since: datetime) -> list[AuditEntry]:
    """Attempts to open more than the hourly limit, the newest first: the alert for operators and coordinators."""
    return list(AuditEntry.objects.filter(act=REFUSED_OPENING, at__gte=since).order_by("-number"))


def public_key_of(subject: str) -> bytes:
    """The key to seal to; needs no unlocking.

    :raises Refused: when the subject has no key now.
    """
    found = _CURRENT.first(subject=subject)
    if found is None:
        raise Refused(_("There is no key to seal to, so nothing can be received. A coordinator has to make one."))
    return bytes(found.public_key)


def has_key(subject: str) -> bool:
    """Whether there is a key to seal to."""
    return VaultKey.objects.filter(subject=subject, current=True).exists()


def _queue_up(member: str) -> None:
    """One opening of a member at a time: otherwise two at once could both think that they are within the limit."""
    VaultKey.objects.select_for_update().filter(subject=member, current=True).first()


def _covers(entry: AuditEntry, subject: str, which: str, why: OpeningReason, now: datetime) -> bool:
    same = entry.subject == subject and entry.detail["which"] == which and entry.detail["why"] == why.value
    return same and entry.at > now - SAME_LIST_FOR


def _too_many(wanted: int, left: int) -> str:
    asked = ngettext_lazy(
        "You asked to open %(count)d entry, which is more than may be opened in an hour.",
        "You asked to open %(count)d entries, which is more than may be opened in an hour.",
        wanted,
    ) % {"count": wanted}
    rest = ngettext_lazy("%(left)d is left.", "%(left)d are left.", left) % {"left": left}
    advice = _("Search for the one that you need, or wait. This attempt was noted.")
    return f"{asked} {rest} {advice}"
