"""The people of all tests: two coalitions, so that a leak has something to leak.

Layla coordinates the organisation that the week is about, Dara another one that has nothing to do
with it, Noor runs the installation and belongs to neither. Rana edits beside Layla, Hawre works at the
door. A visitor, somebody who signed up and somebody who helps on the day have no account. Members have
a key that nobody opens here, keep their recovery code, and those who need a second factor have one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from allauth.mfa.models import Authenticator
from django.test import Client

from tadamun.organise.network.models import Account, Membership, Organisation
from tadamun.organise.network.vocabulary import OrganisationKind, Role
from tadamun.organise.safety.models import MemberWrap, VaultKey

BEFORE_THE_WEEK = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)


class Character(str, Enum):
    """Who opens a page."""

    VISITOR = "visitor"
    REGISTERED = "registered"
    VOLUNTEER = "volunteer"
    DOOR = "door"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    COORDINATOR_ELSEWHERE = "coordinator_elsewhere"
    OPERATOR = "operator"


@dataclass(frozen=True)
class World:
    """Two organisations and the accounts of the characters."""

    ours: Organisation
    theirs: Organisation
    accounts: dict[Character, Account]

    def client(self, character: Character) -> Client:
        """A browser in which ``character`` has signed in, if she has an account."""
        client = Client(raise_request_exception=False)
        account = self.accounts.get(character)
        if account:
            client.force_login(account)
        return client


def make_world() -> World:
    """Store the two organisations and the accounts."""
    ours = Organisation.objects.create(slug="our-forum", kind=OrganisationKind.FORUM, names={"en": "Our Forum"})
    theirs = Organisation.objects.create(slug="their-forum", kind=OrganisationKind.FORUM, names={"en": "Their Forum"})
    accounts = {
        Character.DOOR: _account("hawre@example.org", "Hawre", member_of=ours, role=Role.FIELD),
        Character.EDITOR: _account("rana@example.org", "Rana", member_of=ours, role=Role.EDITOR),
        Character.COORDINATOR: _account("layla@example.org", "Layla", member_of=ours),
        Character.COORDINATOR_ELSEWHERE: _account("dara@example.org", "Dara", member_of=theirs),
        Character.OPERATOR: _account("noor@example.org", "Noor", operator=True),
    }
    return World(ours, theirs, accounts)


def _account(
    email: str,
    name: str,
    *,
    member_of: Organisation | None = None,
    role: Role = Role.COORDINATOR,
    operator: bool = False,
) -> Account:
    account = Account.objects.create_user(email=email, shown_name=name, operator=operator, created_at=BEFORE_THE_WEEK)
    if member_of:
        Membership.objects.create(account=account, organisation=member_of, role=role)
    key = VaultKey.objects.create(subject=account.subject, public_key=bytes(32), made_at=BEFORE_THE_WEEK)
    MemberWrap.objects.create(key=key, by_passphrase=b"", by_code=b"", code_kept=True)
    if operator or role is Role.COORDINATOR:
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    return account
