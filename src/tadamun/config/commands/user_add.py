"""tadamun user add: invite a member from the command line; the first coordinator comes in this way."""

import argparse

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from tadamun.config import installation, server
from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.organise.network import queries
from tadamun.organise.network.models import Account, Membership, Organisation
from tadamun.organise.network.services import accounts, invitations
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.safety.services import members
from tadamun.organise.safety.services.audit import COMMAND_LINE
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

SENTENCE = "Invite a member: prints a link that works once. Also for who cannot sign in any more."
# For the demo alone, where everything is invented and only this machine can reach it.
DEMO_PASSPHRASE = "only invented people live here"  # noqa: S105  published on purpose, refused outside the demo


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who, where, as what."""
    parser.add_argument("what", choices=["add"], help="add: make the link")
    parser.add_argument("email", metavar="EMAIL", help="the address to sign in with")
    parser.add_argument("--organisation", metavar="SLUG", help="the organisation that the member belongs to")
    parser.add_argument("--role", choices=[role.value for role in Role], help="the role there")
    parser.add_argument("--may-see-names", action="store_true", help="may open the names of those who sign up")
    parser.add_argument("--operator", action="store_true", help="runs this installation")
    parser.add_argument(
        "--demo-passphrase", action="store_true", help="in a demo only: make the account with a published passphrase"
    )


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Make the link, or, for an account that exists, a link to a new passphrase.

    :raises CannotGoOn: when the address, the organisation or the role is missing or not known.
    """
    installation.prepare(environment)
    email = _email(arguments.email)
    organisation, role = _part(arguments)
    if arguments.demo_passphrase:
        return _for_demo(email, organisation, role, arguments, environment)
    base = environment.base_url or server.address(environment)
    existing = queries.account_with(email)
    if existing is not None and existing.is_active and organisation is None and not arguments.operator:
        path = accounts.link_to_new_passphrase(account=existing)
        says = "There is an account already. This link gives it a new passphrase, for one hour; names stay closed:"
    else:
        if organisation is None and not arguments.operator:
            raise CannotGoOn("Say where the member belongs: --organisation SLUG --role coordinator; or --operator.")
        secret = invitations.invite(
            actor=COMMAND_LINE,
            email=email,
            organisation=organisation,
            role=role,
            sees_names=arguments.may_see_names,
            operator=arguments.operator,
            now=clock.now(),
        )
        path = reverse("welcome", kwargs={"secret": secret})
        says = "Hand this link on by a way that you trust. It works once, for seven days:"
    return Outcome(sentence=f"{says}\n{base}{path}", facts={"link": base + path, "email": email})


def demo_member(
    *,
    email: str,
    name: str,
    organisation: Organisation | None,
    role: Role | None,
    sees_names: bool,
    operator: bool = False,
) -> Account:
    """Make an account with the demo's published passphrase, or return it as it is."""
    now = clock.now()
    account = queries.account_with(email)
    if account is None:
        account = Account.objects.create_user(email=email, shown_name=name, operator=operator, created_at=now)
        if organisation is not None and role is not None:
            Membership.objects.create(account=account, organisation=organisation, role=role, may_see_names=sees_names)
        accounts.choose_first_passphrase(account=account, passphrase=DEMO_PASSPHRASE, now=now)
        members.note_code_kept(member=account.subject)
    return account


def _for_demo(
    email: str,
    organisation: Organisation | None,
    role: Role | None,
    arguments: argparse.Namespace,
    environment: Environment,
) -> Outcome:
    if not (environment.home / "demo").is_dir():
        raise CannotGoOn("--demo-passphrase is for the demo only; leave it out and hand the link on.")
    try:
        demo_member(
            email=email,
            name=email.partition("@")[0].capitalize(),
            organisation=organisation,
            role=role,
            sees_names=arguments.may_see_names,
            operator=arguments.operator,
        )
    except Refused as refusal:
        raise CannotGoOn(str(refusal)) from refusal
    sentence = f"{email} signs in at {server.address(environment)}/desk/ with the passphrase: {DEMO_PASSPHRASE}"
    return Outcome(sentence=sentence, facts={"email": email, "passphrase": DEMO_PASSPHRASE})


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise CannotGoOn(f"{text} is not an e-mail address.") from None
    return text.strip().lower()


def _part(arguments: argparse.Namespace) -> tuple[Organisation | None, Role | None]:
    if not arguments.organisation and not arguments.role:
        if arguments.may_see_names:
            raise CannotGoOn("--may-see-names is about an organisation's names: add --organisation SLUG --role editor.")
        return None, None
    if not arguments.organisation or not arguments.role:
        raise CannotGoOn("--organisation and --role belong together.")
    organisation = Organisation.objects.filter(slug=arguments.organisation).first()
    if organisation is None:
        none = "none yet; invite with --operator, who adds the first on the desk, or import a week"
        known = ", ".join(Organisation.objects.values_list("slug", flat=True)) or none
        raise CannotGoOn(f"There is no organisation {arguments.organisation}. Known: {known}.")
    return organisation, Role(arguments.role)
