"""What members do with their accounts: arrive, change and recover the passphrase, sign out everywhere."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tadamun.organise.network import rules
from tadamun.organise.network.models import Account, Membership, new_epoch
from tadamun.organise.network.queries import has_second_factor, words_of_the_place
from tadamun.organise.safety.services import members, renewing, vault
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.openings import has_key
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.toolkit.rulings import Refused


@dataclass(frozen=True)
class Arrival:
    """A member with a new key: her recovery code, to be shown once, and the cookie of her open vault."""

    account: Account
    code: str = field(repr=False)
    cookie: str = field(repr=False)


def actor_of(account: Account) -> Actor:
    """The member as the audit trail names her."""
    return Actor(str(account), account.pk)


def require_good_passphrase(account: Account, passphrase: str) -> None:
    """Go on only with a passphrase that is long and unforeseeable enough.

    :raises Refused: with the reason.
    """
    rules.passphrase_will_do(
        passphrase,
        second_factor=has_second_factor(account),
        words=words_of_the_place(account.email, account.shown_name),
    ).require()


@transaction.atomic
def choose_first_passphrase(*, account: Account, passphrase: str, now: datetime) -> Arrival:
    """Give an account its passphrase and a new key pair, and the key of organisations that nobody has opened yet.

    Also the way on for who has lost passphrase and code: the old key is gone, another member lets her in.

    :raises Refused: when the passphrase is too short or easy to guess.
    """
    require_good_passphrase(account, passphrase)
    actor = actor_of(account)
    account.set_password(passphrase)
    account.save(update_fields=["password"])
    code = members.found_member(actor=actor, member=account.subject, passphrase=passphrase, now=now)
    found_missing_keys(account=account, now=now)
    return Arrival(account, code, members.unlock(member=account.subject, passphrase=passphrase, now=now))


def found_missing_keys(*, account: Account, now: datetime) -> None:
    """Make a first key for each organisation of a member who may see its names, where there is none."""
    for membership in account.memberships.filter(may_see_names=True).select_related("organisation"):
        if not has_key(membership.organisation.subject) and members.has_member_key(account.subject):
            vault.give_access(
                actor=actor_of(account),
                organisation=membership.organisation.subject,
                member=account.subject,
                keyring=None,
                now=now,
            )


@transaction.atomic
def change_passphrase(*, account: Account, old: str, new: str, now: datetime) -> str:
    """A new passphrase for signing in and for the vault; returns the cookie of the open vault. All sessions end.

    :raises Refused: when the old one is wrong, or the new one too short or easy to guess.
    """
    if not account.check_password(old):
        raise Refused(_("The old passphrase is not right. Nothing was changed."))
    require_good_passphrase(account, new)
    try:
        members.change_passphrase(actor=actor_of(account), member=account.subject, old=old, new=new, now=now)
    except VaultError as error:
        raise Refused(_("Your vault is closed by an older passphrase. Open it first, on the page “Names”.")) from error
    account.set_password(new)
    account.save(update_fields=["password"])
    return members.unlock(member=account.subject, passphrase=new, now=now)


@transaction.atomic
def recover(*, account: Account, code: str, new: str, now: datetime) -> Arrival:
    """A new passphrase by the printed recovery code, with the vault as it was. The code is replaced by a new one.

    :raises Refused: when the new passphrase will not do.
    :raises VaultError: when the code is mistyped or another one.
    """
    require_good_passphrase(account, new)
    fresh = members.recover_member(actor=actor_of(account), member=account.subject, code=code, new=new, now=now)
    account.set_password(new)
    account.save(update_fields=["password"])
    return Arrival(account, fresh, members.unlock(member=account.subject, passphrase=new, now=now))


def link_to_new_passphrase(*, account: Account) -> str:
    """The path of a link that gives the account a new passphrase, once, within the hour; it opens no names."""
    number = urlsafe_base64_encode(str(account.pk).encode())
    return reverse("reset", kwargs={"account": number, "token": default_token_generator.make_token(account)})


def send_link(*, account: Account, base: str) -> None:
    """Send that link by e-mail, in the account's language, under a subject that says nothing."""
    with override(account.language or None):
        text = _(
            "Somebody, perhaps you, asked for a new passphrase. This link works for one hour:\n\n%(link)s\n\n"
            "If it was not you, do nothing."
        ) % {"link": base + link_to_new_passphrase(account=account)}
        send_mail(str(_("Your link")), str(text), None, [account.email], fail_silently=True)


@transaction.atomic
def reset_passphrase(*, account: Account, new: str, now: datetime) -> None:
    """A new passphrase by a link that came by e-mail. It signs in; the vault stays closed by the old passphrase.

    :raises Refused: when the passphrase will not do.
    """
    require_good_passphrase(account, new)
    account.set_password(new)
    account.save(update_fields=["password"])
    members.forget_unlockings_of(account.subject)
    note_act(actor=actor_of(account), act="reset passphrase by e-mail", subject=account.subject, now=now)


@transaction.atomic
def reopen_vault(*, account: Account, old: str, current: str, now: datetime) -> str:
    """After a reset: open the vault with the old passphrase and close it with the current one; returns the cookie.

    :raises Refused: when the current passphrase is wrong.
    :raises VaultError: when the old one is.
    """
    _require_current(account, current)
    members.change_passphrase(actor=actor_of(account), member=account.subject, old=old, new=current, now=now)
    return members.unlock(member=account.subject, passphrase=current, now=now)


@transaction.atomic
def reopen_vault_with_code(*, account: Account, code: str, current: str, now: datetime) -> Arrival:
    """The same with the printed recovery code, which is replaced.

    :raises Refused: when the current passphrase is wrong.
    :raises VaultError: when the code is mistyped or another one.
    """
    _require_current(account, current)
    fresh = members.recover_member(actor=actor_of(account), member=account.subject, code=code, new=current, now=now)
    return Arrival(account, fresh, members.unlock(member=account.subject, passphrase=current, now=now))


@transaction.atomic
def start_afresh(*, account: Account, current: str, now: datetime) -> Arrival:
    """Who has lost both passphrase and code: a new, empty key. What the old one opened is lost to her.

    :raises Refused: when the current passphrase is wrong.
    """
    _require_current(account, current)
    code = members.found_member(actor=actor_of(account), member=account.subject, passphrase=current, now=now)
    found_missing_keys(account=account, now=now)
    return Arrival(account, code, members.unlock(member=account.subject, passphrase=current, now=now))


@transaction.atomic
def sign_out_everywhere(*, account: Account, now: datetime) -> None:
    """End all sessions and all unlockings of a member, also this one."""
    account.sessions_since = new_epoch()
    account.save(update_fields=["sessions_since"])
    members.forget_unlockings_of(account.subject)
    note_act(actor=actor_of(account), act="sign out everywhere", subject=account.subject, now=now)


@transaction.atomic
def sign_out_members(*, organisations: Collection[str]) -> None:
    """End all sessions and all unlockings of all members of these organisations (slugs)."""
    for account in Account.objects.filter(memberships__organisation__slug__in=organisations).distinct():
        Account.objects.filter(pk=account.pk).update(sessions_since=new_epoch())
        members.forget_unlockings_of(account.subject)


def choose_language(*, account: Account, language: str) -> None:
    """Remember in which language a member works."""
    Account.objects.filter(pk=account.pk).update(language=language)


@transaction.atomic
def change_membership(*, actor: Actor, membership: Membership, role: str, sees_names: bool, now: datetime) -> None:
    """Change a member's role, and whether she may see names; taking that away begins new keys (``renew_keys`` ends it).

    :raises Refused: when nobody would be left who can open the names.
    """
    if membership.may_see_names and not sees_names:
        _take_access(actor, membership, now)
    membership.role, membership.may_see_names = role, sees_names
    membership.save(update_fields=["role", "may_see_names"])
    detail = {"member": membership.account.subject, "role": role, "sees names": sees_names}
    note_act(actor=actor, act="change role", subject=membership.organisation.subject, now=now, detail=detail)
    found_missing_keys(account=membership.account, now=now)


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, now: datetime) -> None:
    """Let a member go: her sessions end, she loses the role and the key; without any part she cannot sign in any more.

    :raises Refused: when nobody would be left who can open the names.
    """
    account = membership.account
    _take_access(actor, membership, now)
    detail = {"member": account.subject}
    note_act(actor=actor, act="end membership", subject=membership.organisation.subject, now=now, detail=detail)
    membership.delete()
    if not account.operator and not account.memberships.exists():
        account.is_active = False
    account.sessions_since = new_epoch()
    account.save(update_fields=["is_active", "sessions_since"])
    members.forget_unlockings_of(account.subject)


def _take_access(actor: Actor, membership: Membership, now: datetime) -> None:
    organisation, member = membership.organisation.subject, membership.account.subject
    renewing.take_access_away(actor=actor, organisation=organisation, member=member, now=now)


def _require_current(account: Account, current: str) -> None:
    if not account.check_password(current):
        raise Refused(_("The passphrase that you sign in with is not right. Nothing was changed."))
