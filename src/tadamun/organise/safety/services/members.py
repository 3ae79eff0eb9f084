"""Members' keys: made at the first sign-in, opened with the passphrase, kept apart from the reset by e-mail."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tadamun.organise.safety.models import MemberWrap, Unlocking, VaultKey, VaultLink
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vault import recovery, sessions, wrapping
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.organise.safety.vault.keys import KeyPair, generate
from tadamun.toolkit.rulings import Refused

COST = wrapping.COST
UNLOCKED_FOR = timedelta(hours=4)
_HANDLE_BYTES = 16


@transaction.atomic
def found_member(*, actor: Actor, member: str, passphrase: str, now: datetime) -> str:
    """Give a member a key pair; returns her recovery code, which is shown once and stored nowhere.

    If she had a key already, that one is lost with all that it opened: another member has to let her in again.

    :raises BadPassphrase: when the passphrase is empty or too long.
    """
    lost = VaultKey.objects.filter(subject=member, current=True).update(current=False, destroyed_at=now)
    VaultLink.objects.filter(holder__subject=member).delete()
    MemberWrap.objects.filter(key__subject=member).delete()
    forget_unlockings_of(member)
    pair, code = generate(), recovery.code_text(recovery.new_secret())
    key = VaultKey.objects.create(subject=member, public_key=pair.public, made_at=now)
    MemberWrap.objects.create(
        key=key,
        by_passphrase=wrapping.wrap_with_passphrase(pair, passphrase, owner=member, cost=COST),
        by_code=wrapping.wrap_with_code(pair, code, owner=member),
    )
    note_act(actor=actor, act="make member key", subject=member, now=now, detail={"replaced": bool(lost)})
    return code


def has_member_key(member: str) -> bool:
    """Whether the member has a key that a passphrase opens."""
    return MemberWrap.objects.filter(key__subject=member, key__current=True).exists()


def keeps_code(member: str) -> bool:
    """Whether the member has said that she wrote her recovery code down."""
    return MemberWrap.objects.filter(key__subject=member, key__current=True, code_kept=True).exists()


def note_code_kept(*, member: str) -> None:
    """Take it that the member keeps her recovery code: she has typed parts of it from the paper."""
    MemberWrap.objects.filter(key__subject=member, key__current=True).update(code_kept=True)


def unlock(*, member: str, passphrase: str, now: datetime) -> str:
    """Open the vault for a session with the passphrase; returns the cookie's text.

    :raises WrongSecret: when the passphrase does not open the key.
    :raises Refused: when the member has no key.
    """
    wrap = _wrap(member)
    pair = wrapping.unwrap_with_passphrase(bytes(wrap.by_passphrase), passphrase, owner=member)
    if wrapping.cost_of(bytes(wrap.by_passphrase)).memory < COST.memory:
        _wrap_again(wrap, pair, passphrase)
    return _unlocking(member, pair, now)


def unlock_with_code(*, member: str, code: str, now: datetime) -> str:
    """Open the vault for a session with the printed recovery code; returns the cookie's text.

    :raises VaultError: when the code is mistyped or another one.
    :raises Refused: when the member has no key.
    """
    wrap = _wrap(member)
    return _unlocking(member, wrapping.unwrap_with_code(bytes(wrap.by_code), code, owner=member), now)


def unlocked(cookie: str, *, member: str, now: datetime) -> Keyring | None:
    """The member's keyring for this request, or None when the vault is closed for this browser."""
    handle, _dot, secret = cookie.partition(".")
    row = Unlocking.objects.filter(handle=handle, member=member).first() if secret else None
    if row is None:
        return None
    try:
        pair = sessions.unlock_from_session(secret, bytes(row.stored), owner=f"{member}/{handle}", now=now)
    except VaultError:
        return None
    return Keyring(member, pair)


@transaction.atomic
def change_passphrase(*, actor: Actor, member: str, old: str, new: str, now: datetime) -> None:
    """Close the member's key with a new passphrase; the recovery code stays, all unlockings end.

    :raises WrongSecret: when the old passphrase does not open the key.
    """
    wrap = _wrap(member)
    pair = wrapping.unwrap_with_passphrase(bytes(wrap.by_passphrase), old, owner=member)
    _wrap_again(wrap, pair, new)
    forget_unlockings_of(member)
    note_act(actor=actor, act="change passphrase", subject=member, now=now)


@transaction.atomic
def recover_member(*, actor: Actor, member: str, code: str, new: str, now: datetime) -> str:
    """Close the member's key with a new passphrase, by her recovery code; returns a new code, the old one is dead.

    :raises VaultError: when the code is mistyped or another one.
    """
    wrap = _wrap(member)
    pair = wrapping.unwrap_with_code(bytes(wrap.by_code), code, owner=member)
    fresh = recovery.code_text(recovery.new_secret())
    wrap.by_code = wrapping.wrap_with_code(pair, fresh, owner=member)
    wrap.code_kept = False
    _wrap_again(wrap, pair, new)
    forget_unlockings_of(member)
    note_act(actor=actor, act="use recovery code", subject=member, now=now)
    return fresh


@transaction.atomic
def renew_code(*, actor: Actor, keyring: Keyring, now: datetime) -> str:
    """A new recovery code for a member whose vault is open; the old one is dead."""
    wrap = _wrap(keyring.member)
    fresh = recovery.code_text(recovery.new_secret())
    wrap.by_code = wrapping.wrap_with_code(keyring.pair, fresh, owner=keyring.member)
    wrap.code_kept = False
    wrap.save(update_fields=["by_code", "code_kept"])
    note_act(actor=actor, act="renew recovery code", subject=keyring.member, now=now)
    return fresh


def forget_unlocking(cookie: str) -> None:
    """End one unlocking, at sign-out."""
    Unlocking.objects.filter(handle=cookie.partition(".")[0]).delete()


def forget_unlockings_of(member: str) -> None:
    """End all unlockings of a member, in all her browsers."""
    Unlocking.objects.filter(member=member).delete()


def forget_all_unlockings(*, now: datetime | None = None) -> int:
    """End every unlocking of everybody, or, with ``now``, those whose time is over; returns how many."""
    rows = Unlocking.objects.all() if now is None else Unlocking.objects.filter(ends_at__lte=now)
    return rows.delete()[0]


def _wrap(member: str) -> MemberWrap:
    wrap = MemberWrap.objects.filter(key__subject=member, key__current=True).first()
    if wrap is None:
        raise Refused(_("You have no key yet. Sign out and in again to make one."))
    return wrap


def _wrap_again(wrap: MemberWrap, pair: KeyPair, passphrase: str) -> None:
    owner = wrap.key.subject
    wrap.by_passphrase = wrapping.wrap_with_passphrase(pair, passphrase, owner=owner, cost=COST)
    wrap.save()


def _unlocking(member: str, pair: KeyPair, now: datetime) -> str:
    forget_all_unlockings(now=now)
    handle = secrets.token_hex(_HANDLE_BYTES)
    lock = sessions.lock_for_session(pair, owner=f"{member}/{handle}", now=now, lifetime=UNLOCKED_FOR)
    Unlocking.objects.create(handle=handle, member=member, stored=lock.stored, ends_at=lock.ends_at)
    return f"{handle}.{lock.cookie}"
