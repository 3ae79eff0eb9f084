"""Keys of organisations and activities: who holds them, how they change hands, how they die.

    member ─▶ organisation ─▶ activity ─▶ sealed rows

Subjects are texts (see ``models.vault``). Whether the actor may do this is decided above, where roles are known.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tadamun.organise.safety.models import MemberWrap, VaultKey, VaultLink
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.openings import Keyring, as_link
from tadamun.organise.safety.vault import chains
from tadamun.toolkit.rulings import Refused


@transaction.atomic
def give_access(*, actor: Actor, organisation: str, member: str, keyring: Keyring | None, now: datetime) -> None:
    """Pass the organisation's key on to a member, or make a first key for it when it has none.

    :raises Refused: when the member has no key yet, or the keyring is missing or does not open the organisation's.
    """
    holder = _current(member)
    if holder is None:
        raise Refused(_("This member has no key yet: she has to sign in once and choose a passphrase."))
    key = _current(organisation)
    if key is None:
        _store_first(organisation, {member: holder}, now)
    elif not key.links.filter(holder=holder).exists():
        if keyring is None or not keyring.reaches(organisation):
            raise Refused(_("Only a member who can open the names herself can let somebody else in."))
        (link,) = chains.pass_on(
            keyring.reach(organisation), subject=organisation, holders={member: bytes(holder.public_key)}
        )
        VaultLink.objects.create(key=key, holder=holder, envelope=link.envelope)
    else:
        return
    note_act(actor=actor, act="give access to names", subject=organisation, now=now, detail={"member": member})


@transaction.atomic
def remove_member(*, actor: Actor, organisation: str, member: str, keyring: Keyring, now: datetime) -> None:
    """Take a member's access away: the organisation gets a new key, which she does not get.

    What she could read before she may still know. The keys of activities are sealed to the new key; to change those
    too, call ``rotate_activity`` for each.

    :raises Refused: when nobody would be left who can open the names, or the keyring does not open the key.
    """
    old = _current(organisation)
    if old is None or not old.links.filter(holder__subject=member).exists():
        return
    staying = {
        link.holder.subject: link.holder
        for link in old.links.select_related("holder").exclude(holder__subject=member)
        if link.holder.current
    }
    if not staying:
        raise Refused(_("Nobody could open the names any more. First let another member in, or destroy the key."))
    if not keyring.reaches(organisation):
        raise Refused(_("Only a member who can open the names herself can take the access of another one away."))
    onward = list(VaultLink.objects.filter(holder=old).select_related("key", "holder"))
    rotation = chains.rotate(
        keyring.reach(organisation),
        subject=organisation,
        holders=_public_keys(staying),
        onward=[as_link(row) for row in onward],
    )
    new = _replace(old, rotation.public_key, now)
    _store_links(new, rotation.links, staying)
    for row, renewed in zip(onward, rotation.onward, strict=True):
        VaultLink.objects.create(key=row.key, holder=new, envelope=renewed.envelope)
    VaultLink.objects.filter(pk__in=[row.pk for row in onward]).delete()
    note_act(actor=actor, act="take access to names away", subject=organisation, now=now, detail={"member": member})


@transaction.atomic
def found_activity_key(*, actor: Actor, activity: str, organisations: Iterable[str], now: datetime) -> bytes:
    """Make the key that an activity's sign-up is sealed to, for those of the organisations that have a key.

    Returns the public key. Without effect when there is one already.

    :raises Refused: when none of the organisations has a key.
    """
    existing = _current(activity)
    if existing is not None:
        return bytes(existing.public_key)
    wanted = set(organisations)
    holders = {key.subject: key for key in VaultKey.objects.filter(subject__in=wanted, current=True)}
    if not holders:
        raise Refused(
            _(
                "Names would be sealed to nobody: none of the organisations has a key yet. "
                "Let a member who may see names sign in first."
            )
        )
    key = _store_first(activity, holders, now)
    detail = {"organisations": sorted(holders), "without key": sorted(wanted - set(holders))}
    note_act(actor=actor, act="make key of sign-up", subject=activity, now=now, detail=detail)
    return bytes(key.public_key)


@transaction.atomic
def share_activity_key(*, actor: Actor, activity: str, organisation: str, keyring: Keyring, now: datetime) -> None:
    """Let one more organisation open an activity's names.

    :raises Refused: when it has no key, or the keyring does not open the activity's.
    """
    key, holder = _current(activity), _current(organisation)
    if key is None or holder is None:
        raise Refused(_("That organisation has no key yet: a member who may see names has to sign in first."))
    if not keyring.reaches(activity):
        raise Refused(_("Only a member who can open the names herself can let somebody else in."))
    (link,) = chains.pass_on(
        keyring.reach(activity), subject=activity, holders={organisation: bytes(holder.public_key)}
    )
    VaultLink.objects.update_or_create(key=key, holder=holder, defaults={"envelope": link.envelope})
    note_act(actor=actor, act="share names", subject=activity, now=now, detail={"organisation": organisation})


@transaction.atomic
def rotate_activity(
    *, actor: Actor, activity: str, rows: Sequence[chains.SealedRow], keyring: Keyring, now: datetime
) -> tuple[chains.SealedRow, ...]:
    """A new key for an activity; returns its rows sealed to it, in the order given, to be stored in this transaction.

    :raises Refused: when the keyring does not open the activity's key.
    :raises VaultError: when one of the rows is damaged; then nothing is changed.
    """
    old = _current(activity)
    if old is None or not keyring.reaches(activity):
        raise Refused(_("Only a member who can open the names herself can change their key."))
    holders = {link.holder.subject: link.holder for link in old.links.select_related("holder") if link.holder.current}
    rotation = chains.rotate(keyring.reach(activity), subject=activity, holders=_public_keys(holders), rows=rows)
    _store_links(_replace(old, rotation.public_key, now), rotation.links, holders)
    note_act(actor=actor, act="change key of sign-up", subject=activity, now=now, detail={"entries": len(rows)})
    return rotation.rows


@transaction.atomic
def destroy_key(*, actor: Actor, subject: str, why: str, now: datetime) -> int:
    """Destroy all keys of a subject: what is sealed to them is dead. Returns how many current keys died.

    ``why`` is a code such as ``vocabulary.Ending`` has, never a text about a person.
    """
    keys = VaultKey.objects.filter(subject=subject)
    VaultLink.objects.filter(key__in=keys).delete()
    VaultLink.objects.filter(holder__in=keys).delete()
    MemberWrap.objects.filter(key__in=keys).delete()
    died = keys.filter(destroyed_at__isnull=True).update(current=False, destroyed_at=now)
    note_act(actor=actor, act="destroy key", subject=subject, now=now, detail={"why": why, "keys": died})
    return died


def holders_of(subject: str) -> list[str]:
    """Who holds the current key of a subject."""
    rows = VaultLink.objects.filter(key__subject=subject, key__current=True, holder__current=True)
    return list(rows.order_by("holder__subject").values_list("holder__subject", flat=True))


def _current(subject: str) -> VaultKey | None:
    return VaultKey.objects.select_for_update().filter(subject=subject, current=True).first()


def _public_keys(keys: dict[str, VaultKey]) -> dict[str, bytes]:
    return {subject: bytes(key.public_key) for subject, key in keys.items()}


def _store_first(subject: str, holders: dict[str, VaultKey], now: datetime) -> VaultKey:
    links = chains.found(subject=subject, holders=_public_keys(holders))
    key = VaultKey.objects.create(subject=subject, public_key=links[0].public_key, made_at=now)
    _store_links(key, links, holders)
    return key


def _replace(old: VaultKey, public_key: bytes, now: datetime) -> VaultKey:
    old.links.all().delete()
    old.current, old.destroyed_at = False, now
    old.save(update_fields=["current", "destroyed_at"])
    return VaultKey.objects.create(subject=old.subject, public_key=public_key, made_at=now)


def _store_links(key: VaultKey, links: Iterable[chains.Link], holders: dict[str, VaultKey]) -> None:
    VaultLink.objects.bulk_create(
        VaultLink(key=key, holder=holders[link.holder], envelope=link.envelope) for link in links
    )
