"""What pages and rules ask about members and their organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.translation import gettext as _

from tadamun.organise.network.models import Account, Alias, Invitation, Membership, Organisation, Site
from tadamun.organise.network.vocabulary import ROLES, Part, Permission, Role, RoleCard, Standing
from tadamun.organise.safety.models import MemberWrap, VaultKey, VaultLink
from tadamun.organise.safety.services import renewing, vault
from tadamun.toolkit.languages.text import Text

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Words of the program and of the place that everybody would try.
_WORDS = (
    "tadamun", "تضامن", "هاوپشتی", "kahramana", "كهرمانة", "کەهرەمانە", "baghdad", "بغداد", "بەغدا", "iraq", "العراق",
    "عێراق", "kurdistan", "كردستان", "کوردستان", "erbil", "أربيل", "هەولێر", "basra", "البصرة", "passphrase",
    "password", "weekofaction",
)  # fmt: skip


def standing_of(account: Account) -> Standing:
    """What rules need to know of a member. Two queries."""
    parts = tuple(
        Part(membership.organisation.slug, Role(membership.role), membership.may_see_names)
        for membership in account.memberships.select_related("organisation").order_by("organisation__slug")
    )
    return Standing(
        member=account.subject,
        label=str(account),
        operator=account.operator,
        second_factor=has_second_factor(account),
        parts=parts,
    )


def is_organised() -> bool:
    """Whether anybody belongs to an organisation here; until then an operator begins the first one."""
    return Membership.objects.exists()


def has_second_factor(account: Account) -> bool:
    """Whether signing in takes more than the passphrase."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=SECOND_FACTORS).exists())


def second_factors_of(account: Account) -> list[Authenticator]:
    """The apps and passkeys of a member, the oldest first; spare codes are not among them."""
    return list(Authenticator.objects.filter(user_id=account.pk, type__in=SECOND_FACTORS).order_by("created_at"))


def factor_name(factor: Authenticator) -> str:
    """What a member calls her second factor."""
    return _("An app with codes") if factor.type == Authenticator.Type.TOTP else str(factor)


def factors_with_codes(account: Account) -> list[Authenticator]:
    """What a typed code may belong to: the app, the spare codes."""
    return list(Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.WEBAUTHN))


def working_account(number: int) -> Account | None:
    """The account with this number, unless it was closed."""
    return Account.objects.filter(pk=number, is_active=True).first()


def membership_of(organisation: Organisation, number: int) -> Membership | None:
    """A membership of this organisation; None for those of others."""
    return organisation.memberships.select_related("account", "organisation").filter(pk=number).first()


def account_with(email: str) -> Account | None:
    """The account that signs in with this address."""
    return Account.objects.filter(email=email.strip().lower()).first()


def words_of_the_place(*own: str) -> list[str]:
    """Names that a passphrase must not consist of: of the program, the site, its organisations, and ``own``."""
    words = [*_WORDS]
    for name in own:
        words += [name, *name.replace("@", " ").replace(".", " ").split()]
    texts: list[Text] = []
    for site in Site.objects.all():
        texts += [site.names, site.short_names]
    for names, short_names, city in Organisation.objects.values_list("names", "short_names", "city"):
        texts += [names, short_names, city]
    texts += Alias.objects.values_list("names", flat=True)
    words += Organisation.objects.values_list("slug", flat=True)
    for text in texts:
        for name in text.values():
            words += [name, *name.split()]
    return words


def organisation_of(standing: Standing, slug: str) -> Organisation | None:
    """An organisation that the member belongs to; None for others and for those that do not exist."""
    return Organisation.objects.filter(slug=slug).first() if slug in standing.organisations else None


def names_of(slugs: Iterable[str]) -> list[Text]:
    """The names of organisations."""
    return list(Organisation.objects.filter(slug__in=slugs).values_list("names", flat=True))


@dataclass(frozen=True)
class PartLine:
    """A member's part in an organisation, as her own page shows it."""

    slug: str
    names: Text
    card: RoleCard
    may_see_names: bool
    opens_names: bool


def parts_page(standing: Standing) -> list[PartLine]:
    """A member's organisations with her role in each. Two queries."""
    parts = {part.organisation: part for part in standing.parts}
    opened = set(
        VaultLink.objects.filter(holder__subject=standing.member, holder__current=True, key__current=True).values_list(
            "key__subject", flat=True
        )
    )
    return [
        PartLine(
            slug=organisation.slug,
            names=organisation.names,
            card=parts[organisation.slug].card,
            may_see_names=parts[organisation.slug].may_see_names,
            opens_names=organisation.subject in opened,
        )
        for organisation in Organisation.objects.filter(slug__in=parts)
    ]


@dataclass(frozen=True)
class MemberLine:
    """A member as the page of an organisation's members shows her."""

    pk: int
    subject: str
    name: str
    card: RoleCard
    role: Role
    may_see_names: bool
    opens_names: bool
    has_key: bool
    is_self: bool

    @property
    def waits(self) -> bool:
        """She may see names but nobody has passed the key on to her yet."""
        return self.may_see_names and self.has_key and not self.opens_names


@dataclass(frozen=True)
class MembersPage:
    """All that the page of an organisation's members shows."""

    organisation: Organisation
    lines: tuple[MemberLine, ...]
    invitations: tuple[Invitation, ...]
    has_key: bool
    may_invite: bool
    opens_names: bool
    one_opens: bool
    old_keys: int


def members_page(*, standing: Standing, organisation: Organisation, now: datetime) -> MembersPage:
    """The members of an organisation and the open invitations. A fixed number of queries."""
    holders = set(vault.holders_of(organisation.subject))
    memberships = list(organisation.memberships.select_related("account").order_by("role", "account__shown_name", "pk"))
    with_key = _with_key(membership.account.subject for membership in memberships)
    lines = tuple(
        MemberLine(
            pk=membership.pk,
            subject=membership.account.subject,
            name=str(membership.account),
            card=ROLES[Role(membership.role)],
            role=Role(membership.role),
            may_see_names=membership.may_see_names,
            opens_names=membership.account.subject in holders,
            has_key=membership.account.subject in with_key,
            is_self=membership.account.subject == standing.member,
        )
        for membership in memberships
    )
    may_invite = standing.may(Permission.INVITE, [organisation.slug])
    return MembersPage(
        organisation=organisation,
        lines=lines,
        invitations=tuple(open_invitations(organisation, now=now)) if may_invite else (),
        has_key=VaultKey.objects.filter(subject=organisation.subject, current=True).exists(),
        may_invite=may_invite,
        opens_names=standing.member in holders,
        one_opens=len(holders) == 1,
        old_keys=renewing.keys_waiting([organisation.subject]),
    )


def open_invitations(organisation: Organisation, *, now: datetime) -> list[Invitation]:
    """Invitations that still work."""
    return list(organisation.invitations.filter(used_at__isnull=True, ends_at__gt=now))


def is_last_coordinator(membership: Membership) -> bool:
    """Whether nobody else coordinates the organisation."""
    others = Membership.objects.filter(
        ~Q(pk=membership.pk), organisation=membership.organisation_id, role=Role.COORDINATOR, account__is_active=True
    )
    return membership.role == Role.COORDINATOR and not others.exists()


def has_other_part(membership: Membership) -> bool:
    """Whether the member of this membership has another one, or runs the installation."""
    account = membership.account
    return account.operator or account.memberships.exclude(pk=membership.pk).exists()


def can_open_names(membership: Membership) -> bool:
    """Whether the member holds the key of the organisation's names."""
    return membership.account.subject in vault.holders_of(membership.organisation.subject)


def _with_key(subjects: Iterable[str]) -> set[str]:
    wraps = MemberWrap.objects.filter(key__subject__in=list(subjects), key__current=True)
    return set(wraps.values_list("key__subject", flat=True))
