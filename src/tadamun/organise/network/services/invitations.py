"""Invitations: a link that works once, for a few days, for exactly one role. Nobody signs up by herself."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network import queries
from tadamun.organise.network.models import Account, Invitation, Membership, Organisation
from tadamun.organise.network.services.accounts import Arrival, actor_of, choose_first_passphrase, found_missing_keys
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.locks import hold
from tadamun.toolkit.rulings import Refused

VALID_FOR = timedelta(days=7)
_SECRET_BYTES = 24


@transaction.atomic
def invite(
    *,
    actor: Actor,
    email: str,
    organisation: Organisation | None,
    role: Role | None,
    sees_names: bool = False,
    operator: bool = False,
    language: str = "",
    now: datetime,
) -> str:
    """Make an invitation; returns the secret of its link, which is stored nowhere. The actor's right is checked above.

    Whether the address has an account already is not told: the link is the same, its page differs for who opens it.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    invitation = Invitation.objects.create(
        secret_hash=_hash(secret),
        email=email.strip().lower(),
        organisation=organisation,
        role=role or "",
        may_see_names=sees_names,
        operator=operator,
        language=language,
        by=actor.label,
        made_at=now,
        ends_at=now + VALID_FOR,
    )
    subject = organisation.subject if organisation else "site"
    detail = {"role": role or "", "sees names": sees_names, "operator": operator, "invitation": invitation.pk}
    note_act(actor=actor, act="invite", subject=subject, now=now, detail=detail)
    return secret


def open_invitation(secret: str, *, now: datetime) -> Invitation | None:
    """The invitation that a link's secret belongs to, as long as it works."""
    found = Invitation.objects.select_related("organisation").filter(secret_hash=_hash(secret)).first()
    return found if found and not found.used_at and found.ends_at > now else None


@transaction.atomic
def accept_as_newcomer(*, secret: str, shown_name: str, passphrase: str, now: datetime) -> Arrival:
    """Make the account that the invitation is for, with a passphrase and a key.

    :raises Refused: when the link is over or was used, the address has an account, or the passphrase will not do.
    """
    invitation = _take(secret, now)
    if Account.objects.filter(email=invitation.email, is_active=True).exists():
        raise Refused(_("There is an account for this invitation already. Sign in, then open the link again."))
    account = Account.objects.filter(email=invitation.email).first() or Account(email=invitation.email, created_at=now)
    account.shown_name, account.language, account.is_active = shown_name, invitation.language, True
    account.operator = invitation.operator
    account.set_unusable_password()
    account.save()
    _join(account, invitation, now)
    return choose_first_passphrase(account=account, passphrase=passphrase, now=now)


@transaction.atomic
def accept_as_member(*, secret: str, account: Account, now: datetime) -> None:
    """Take the invitation's role with an account that exists.

    :raises Refused: when the link is over or was used, or is for another address.
    """
    invitation = _take(secret, now)
    if invitation.email != account.email:
        raise Refused(_("This invitation is for another address. Sign out and open the link again."))
    if invitation.operator and not account.operator:
        account.operator = True
        account.save(update_fields=["operator"])
    _join(account, invitation, now)
    found_missing_keys(account=account, now=now)


@transaction.atomic
def withdraw(*, actor: Actor, invitation: Invitation, now: datetime) -> None:
    """Make an invitation's link worthless."""
    Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(ends_at=now, email="")
    subject = invitation.organisation.subject if invitation.organisation else "site"
    note_act(actor=actor, act="withdraw invitation", subject=subject, now=now, detail={"invitation": invitation.pk})


@transaction.atomic
def coordinate_first(*, actor: Actor, account: Account, organisation: Organisation, now: datetime) -> None:
    """Make an operator the coordinator of the first organisation here, whose names nobody else could open.

    :raises Refused: when somebody belongs to an organisation already; then coordinators invite.
    """
    hold("first organisation")
    if not account.operator or queries.is_organised():
        raise Refused(_("There are organisations here already. One of their coordinators can invite you."))
    Membership.objects.create(account=account, organisation=organisation, role=Role.COORDINATOR, may_see_names=True)
    note_act(actor=actor, act="coordinate first organisation", subject=organisation.subject, now=now)
    found_missing_keys(account=account, now=now)


def forget_old(*, now: datetime) -> int:
    """Forget the addresses of invitations that are over; returns of how many."""
    return Invitation.objects.filter(ends_at__lte=now).exclude(email="").update(email="")


def _take(secret: str, now: datetime) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(secret_hash=_hash(secret), used_at__isnull=True, ends_at__gt=now)
        .first()
    )
    if invitation is None:
        raise Refused(_("This link was used already, or its time is over. Ask whoever invited you for a new one."))
    return invitation


def _join(account: Account, invitation: Invitation, now: datetime) -> None:
    if invitation.organisation:
        Membership.objects.update_or_create(
            account=account,
            organisation=invitation.organisation,
            defaults={"role": invitation.role, "may_see_names": invitation.may_see_names},
        )
    Invitation.objects.filter(pk=invitation.pk).update(used_at=now, email="")
    subject = invitation.organisation.subject if invitation.organisation else "site"
    detail = {"member": account.subject, "invitation": invitation.pk, "role": invitation.role}
    note_act(actor=actor_of(account), act="accept invitation", subject=subject, now=now, detail=detail)


def _hash(secret: str) -> str:
    return hashlib.sha256(b"tadamun invitation 1\x00" + secret.encode()).hexdigest()
