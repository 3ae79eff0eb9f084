"""Keys of organisations and activities: who holds them, how they change hands, how they die.

    member ─▶ organisation ─▶ activity ─▶ sealed rows

Subjects are texts (see ``models.vault``). Whether the actor may do this is decided above, where roles are known. Of the
keys of a subject one is current, which everything new is sealed to; an old one lives on until ``services.renewing`` has
sealed to the current one what it opened.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tadamun.organise.safety.models import MemberWrap, VaultKey, VaultLink
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vault import chains
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.toolkit.rulings import Refused


@transaction.atomic
def give_access(*, actor: Actor, organisation: str, member: str, keyring: Keyring | None, now: datetime) -> None:
    """Pass the organisation's key on to a member, or make a first key for it when it has none.

    :raises Refused: when the member has no key yet, or the keyring is missing or does not open the organisation's.
    """
    holder = current_key(member)
    if holder is None:
        raise Refused(_("This member has no key yet: she has to sign in once and choose a passphrase."))
    key = current_key(organisation)
    if key is None:
        store_new(organisation, {member: holder}, now)
    elif not key.links.filter(holder=holder).exists():
        if keyring is None or not keyring.reaches(organisation):
            raise Refused(_("Only a member who can open the names herself can let somebody else in."))
        _pass_on(keyring, organisation, holder)
    else:
        return
    note_act(actor=actor, act="give access to names", subject=organisation, now=now, detail={"member": member})


@transaction.atomic
def found_activity_key(*, actor: Actor, activity: str, organisations: Iterable[str], now: datetime) -> bytes:
    """Make the key that an activity's sign-up is sealed to, for those of the organisations that have a key.

    Returns the public key. Without effect when there is one already.

    :raises Refused: when none of the organisations has a key.
    """
    existing = current_key(activity)
    if existing is not None:
        return bytes(existing.public_key)
    wanted = set(organisations)
    holders = current_keys(wanted)
    if not holders:
        raise Refused(
            _(
                "Names would be sealed to nobody: none of the organisations has a key yet. "
                "Let a member who may see names sign in first."
            )
        )
    key = store_new(activity, holders, now)
    detail = {"organisations": sorted(holders), "without key": sorted(wanted - set(holders))}
    note_act(actor=actor, act="make key of sign-up", subject=activity, now=now, detail=detail)
    return bytes(key.public_key)


@transaction.atomic
def share_activity_key(*, actor: Actor, activity: str, organisation: str, keyring: Keyring, now: datetime) -> None:
    """Let one more organisation open an activity's names.

    :raises Refused: when it has no key, or the keyring does not open the activity's.
    """
    key, holder = current_key(activity), current_key(organisation)
    if key is None or holder is None:
        raise Refused(_("That organisation has no key yet: a member who may see names has to sign in first."))
    if not keyring.reaches(activity):
        raise Refused(_("Only a member who can open the names herself can let somebody else in."))
    _pass_on(keyring, activity, holder)
    note_act(actor=actor, act="share names", subject=activity, now=now, detail={"organisation": organisation})


@transaction.atomic
def destroy_key(*, actor: Actor, subject: str, why: str, now: datetime) -> int:
    """Destroy all keys of a subject: what is sealed to them is dead. Returns how many living keys died.

    ``why`` is a code such as ``vocabulary.Ending`` has, never a text about a person.
    """
    keys = VaultKey.objects.filter(subject=subject)
    VaultLink.objects.filter(key__in=keys).delete()
    VaultLink.objects.filter(holder__in=keys).delete()
    MemberWrap.objects.filter(key__in=keys).delete()
    died = keys.filter(destroyed_at__isnull=True).update(current=False, destroyed_at=now)
    end_idle_keys(now=now)
    note_act(actor=actor, act="destroy key", subject=subject, now=now, detail={"why": why, "keys": died})
    return died


def holders_of(subject: str) -> list[str]:
    """Who holds the current key of a subject."""
    rows = VaultLink.objects.filter(key__subject=subject, key__current=True, holder__destroyed_at__isnull=True)
    return list(rows.order_by("holder__subject").values_list("holder__subject", flat=True).distinct())


def current_key(subject: str) -> VaultKey | None:
    """The key that is sealed to now, locked. Two steps: whoever waits for the lock must see what came meanwhile."""
    return current_keys([subject]).get(subject)


def current_keys(subjects: Iterable[str]) -> dict[str, VaultKey]:
    """The same for several subjects; those without a key are left out."""
    wanted = list(subjects)
    list(VaultKey.objects.select_for_update().filter(subject__in=wanted).order_by("pk").values_list("pk", flat=True))
    return {key.subject: key for key in VaultKey.objects.filter(subject__in=wanted, current=True)}


def store_new(subject: str, holders: dict[str, VaultKey], now: datetime) -> VaultKey:
    """Make a new current key for a subject that has none, given to its holders. Needs no private key of anybody."""
    links = chains.found(subject=subject, holders={holder: bytes(key.public_key) for holder, key in holders.items()})
    key = VaultKey.objects.create(subject=subject, public_key=links[0].public_key, made_at=now)
    VaultLink.objects.bulk_create(
        VaultLink(key=key, holder=holders[link.holder], envelope=link.envelope) for link in links
    )
    return key


def end_key(key: VaultKey, *, now: datetime) -> None:
    """Forget one key: nobody holds it any more, and it holds nothing."""
    VaultLink.objects.filter(Q(key=key) | Q(holder=key)).delete()
    VaultKey.objects.filter(pk=key.pk).update(current=False, destroyed_at=now)


def end_idle_keys(*, now: datetime) -> None:
    """Forget old keys of organisations that open nothing any more."""
    old = VaultKey.objects.filter(current=False, destroyed_at__isnull=True, subject__startswith="organisation:")
    for key in old.filter(holds__isnull=True):
        end_key(key, now=now)


def _pass_on(keyring: Keyring, subject: str, holder: VaultKey) -> None:
    """Give a holder all living keys of a subject that the keyring reaches: some rows may wait for the new one."""
    for key in VaultKey.objects.filter(subject=subject, destroyed_at__isnull=True).exclude(links__holder=holder):
        try:
            pair = keyring.reach_key(subject, bytes(key.public_key))
        except VaultError:
            continue
        (link,) = chains.pass_on(pair, subject=subject, holders={holder.subject: bytes(holder.public_key)})
        VaultLink.objects.create(key=key, holder=holder, envelope=link.envelope)
