"""New keys when a member must no longer open names, and sealing to them what the old ones opened.

Taking access away needs nobody's key: the organisation and its activities get new key pairs at once, sealed to the
public keys of those who stay, so that what comes from now on is out of the leaver's reach. What was sealed before needs
a member with an open vault. It waits as *old keys* (not current, not destroyed): the rows of the database themselves
say what is left to do, so a killed process loses at most the batch that it was in.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from tadamun.organise.safety.models import VaultKey, VaultLink
from tadamun.organise.safety.services import vault
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vault import chains
from tadamun.organise.safety.vault.chains import SealedRow
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.organise.safety.vault.keys import KeyPair, key_id
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit.leftovers import wipe_leftovers
from tadamun.toolkit.rulings import Refused

BATCH = 200
# Long enough for some thousands of entries, short enough for a page.
SECONDS = 5.0


@dataclass(frozen=True)
class StoredText:
    """One sealed text as its table has it: ``row`` (primary key) and ``column`` say where it goes back to."""

    row: int
    column: str
    sealed: SealedRow = field(repr=False)


class SealedStore(Protocol):
    """A table whose rows are sealed to subjects of one kind. Every writer of it locks before it asks for the key."""

    @property
    def models(self) -> Sequence[type[Model]]:
        """The tables that hold the rows."""
        ...

    def lock(self, subject: str) -> None:
        """Keep all writers of the subject's rows away until the transaction ends."""
        ...

    def sealed_to(self, subject: str, key: bytes, *, after: int, limit: int | None) -> list[StoredText]:
        """The texts sealed to the key with this id (``vault.keys.key_id``), of the first rows above ``after``."""
        ...

    def put(self, text: StoredText, envelope: bytes) -> None:
        """Store another envelope in the same place."""
        ...


@dataclass(frozen=True)
class Renewed:
    """What one run did: texts that were sealed anew, old keys that it could end, and old keys that still wait."""

    texts: int
    keys: int
    waiting: int


_STORES: dict[str, SealedStore] = {}


@dataclass(frozen=True)
class _Together:
    """Two stores of one kind as one: rows of the first have even numbers, those of the second odd ones."""

    stores: tuple[SealedStore, SealedStore]

    @property
    def models(self) -> Sequence[type[Model]]:
        """The tables of both."""
        return [model for store in self.stores for model in store.models]

    def lock(self, subject: str) -> None:
        """Keep the writers of both away."""
        for store in self.stores:
            store.lock(subject)

    def sealed_to(self, subject: str, key: bytes, *, after: int, limit: int | None) -> list[StoredText]:
        """The texts of both in the order of their numbers, as far as each of them was read."""
        found, until = list[StoredText](), math.inf
        for odd, store in enumerate(self.stores):
            texts = store.sealed_to(subject, key, after=max((after - odd) // 2, 0), limit=limit)
            rows = [text.row for text in texts]
            if limit is not None and len(set(rows)) >= limit:
                until = min(until, 2 * rows[-1] + odd)
            found += [replace(text, row=2 * text.row + odd) for text in texts]
        return sorted((text for text in found if text.row <= until), key=lambda text: text.row)

    def put(self, text: StoredText, envelope: bytes) -> None:
        """Store another envelope where the text came from."""
        self.stores[text.row % 2].put(replace(text, row=text.row // 2), envelope)


def register_store(kind: str, store: SealedStore) -> None:
    """Say who keeps what is sealed to subjects of this kind, for example ``activity``; at the start of the program.

    Several may keep texts of one kind.
    """
    other = _STORES.get(kind)
    _STORES[kind] = store if other is None else _Together((other, store))


@transaction.atomic
def take_access_away(*, actor: Actor, organisation: str, member: str, now: datetime) -> int:
    """Take a member's access away: her organisation and all that is sealed to it get new keys, which she does not get.

    Returns how many old keys wait for ``renew_keys``; 0 when she had no access. What she could read before she may
    still know, and an old backup opens with a key that she may have copied.

    :raises Refused: when nobody would be left who can open the names.
    """
    old = vault.current_key(organisation)
    hers = VaultLink.objects.filter(key__subject=organisation, holder__subject=member)
    if old is None or not hers.exists():
        return 0
    staying = {
        link.holder.subject: link.holder
        for link in old.links.select_related("holder").exclude(holder__subject=member)
        if link.holder.current
    }
    if not staying:
        raise Refused(_("Nobody could open the names any more. First let another member in, or destroy the key."))
    hers.delete()
    _set_aside(old)
    vault.store_new(organisation, staying, now)
    for subject in _held_by(organisation):
        _give_new_key(subject, now)
    vault.end_idle_keys(now=now)
    waiting = keys_waiting([organisation])
    detail = {"member": member, "old keys": waiting}
    note_act(actor=actor, act="take access to names away", subject=organisation, now=now, detail=detail)
    return waiting


def keys_waiting(organisations: Sequence[str]) -> int:
    """Of how many things the old key, held by one of the organisations (subjects), is not yet replaced everywhere."""
    return _waiting(organisations).values("subject").distinct().count()


def renew_keys(
    *, actor: Actor, keyring: Keyring, organisations: Sequence[str], now: datetime, seconds: float = SECONDS
) -> Renewed:
    """Seal to the new keys what is still sealed to old ones, for at most about so many seconds.

    Batches of rows are committed one by one; whoever goes on later finds what is left. A text that does not open is
    left as it is: nobody could ever read it. Nobody sees anything of what is opened here, so it does not count as
    an opening; the trail says how much was sealed anew. Not inside a transaction.
    """
    until = time.monotonic() + seconds
    texts, ended = 0, list[SealedStore]()
    _hand_over(keyring, organisations, now)
    for key in _waiting(organisations):
        store = _STORES.get(_kind(key.subject))
        try:
            pair = keyring.reach_key(key.subject, bytes(key.public_key))
        except VaultError:
            continue
        if store is not None:
            run = _Run(actor, key, pair, store, now)
            ended += [store] if run.go_on(until) else []
            texts += run.texts
    with transaction.atomic():
        vault.end_idle_keys(now=now)
        if ended:
            models = {model for store in ended for model in store.models}
            transaction.on_commit(lambda: wipe_leftovers(*models, VaultLink))
    return Renewed(texts=texts, keys=len(ended), waiting=keys_waiting(organisations))


@dataclass
class _Run:
    """Replacing one old key."""

    actor: Actor
    key: VaultKey
    pair: KeyPair = field(repr=False)
    store: SealedStore
    now: datetime
    texts: int = 0

    def go_on(self, until: float) -> bool:
        """Seal batch after batch; whether all is done and the old key is ended."""
        after: int | None = 0
        while after is not None:
            if time.monotonic() >= until:
                return False
            after = self._batch(after)
        return True

    @transaction.atomic
    def _batch(self, after: int) -> int | None:
        """One batch; returns the last row that was looked at, None when the old key opens nothing any more."""
        subject = self.key.subject
        self.store.lock(subject)
        target = VaultKey.objects.filter(subject=subject, current=True).first()
        if target is None or VaultKey.objects.filter(pk=self.key.pk, destroyed_at__isnull=False).exists():
            return None  # the names ended meanwhile, or somebody else has finished
        batch = self._left(after, BATCH)
        detail: dict[str, int | str] = {"why": OpeningReason.KEYS.value}
        if batch:
            detail["entries"] = len(batch) - self._seal(batch, bytes(target.public_key))
        else:  # once more from the start: a sign-up may have begun before there was a new key
            late = self._left(0, None)
            detail |= {"entries": len(late), "cannot be opened": self._seal(late, bytes(target.public_key))}
            vault.end_key(self.key, now=self.now)
        act = "seal entries anew" if batch else "end old key"
        note_act(actor=self.actor, act=act, subject=subject, now=self.now, detail=detail)
        return batch[-1].row if batch else None

    def _left(self, after: int, limit: int | None) -> list[StoredText]:
        return self.store.sealed_to(self.key.subject, key_id(self.pair.public), after=after, limit=limit)

    def _seal(self, batch: Sequence[StoredText], public_key: bytes) -> int:
        """Seal a batch anew; returns how many texts could not be opened."""
        broken = 0
        for text in batch:
            try:
                renewed = chains.seal_again(text.sealed, self.pair, public_key)
            except VaultError:
                broken += 1
                continue
            self.store.put(text, renewed.envelope)
        self.texts += len(batch) - broken
        return broken


def _waiting(organisations: Sequence[str]) -> QuerySet[VaultKey]:
    old = VaultKey.objects.filter(current=False, destroyed_at__isnull=True)
    return old.filter(links__holder__subject__in=organisations).distinct()


def _held_by(organisation: str) -> list[str]:
    """The subjects whose current key the organisation holds, and whose rows somebody can seal anew."""
    rows = VaultLink.objects.filter(holder__subject=organisation, key__current=True)
    subjects = rows.order_by("key__subject").values_list("key__subject", flat=True).distinct()
    return [subject for subject in subjects if _kind(subject) in _STORES]


def _give_new_key(subject: str, now: datetime) -> None:
    old = vault.current_key(subject)
    if old is None:
        return
    wanted = old.links.values("holder__subject")
    holders = {key.subject: key for key in VaultKey.objects.filter(subject__in=wanted, current=True)}
    _set_aside(old)
    vault.store_new(subject, holders, now)


def _set_aside(key: VaultKey) -> None:
    VaultKey.objects.filter(pk=key.pk).update(current=False)


@transaction.atomic
def _hand_over(keyring: Keyring, organisations: Sequence[str], now: datetime) -> None:
    """Keys of which nobody said where their rows are stay as they are, sealed to the organisation's new key."""
    rows = VaultLink.objects.filter(
        holder__subject__in=organisations, holder__current=False, holder__destroyed_at__isnull=True, key__current=True
    ).select_related("key", "holder")
    for row in rows:
        holder = vault.current_key(row.holder.subject)
        try:
            pair = keyring.reach_key(row.key.subject, bytes(row.key.public_key))
        except VaultError:
            continue
        if holder is None:
            continue
        (link,) = chains.pass_on(pair, subject=row.key.subject, holders={holder.subject: bytes(holder.public_key)})
        VaultLink.objects.update_or_create(key=row.key, holder=holder, defaults={"envelope": link.envelope})
        row.delete()


def _kind(subject: str) -> str:
    return subject.partition(":")[0]
