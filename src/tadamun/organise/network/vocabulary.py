"""The words of the network: kinds of organisation, ties between them, roles in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    COALITION = "coalition", _("coalition")
    FORUM = "forum", _("social forum")
    PATH = "path", _("path")
    WORKING_GROUP = "working_group", _("working group")
    ASSOCIATION = "association", _("association")
    UNION = "union", _("trade union")
    MEDIA = "media", _("media organisation")
    TEAM = "team", _("team")
    VENUE = "venue", _("venue keeper")
    UNIVERSITY = "university", _("university")
    PARTY = "party", _("political party")
    BLOC = "bloc", _("political bloc")
    AUTHORITY = "authority", _("public authority")
    EMBASSY = "embassy", _("embassy")
    FOUNDATION = "foundation", _("foundation")
    FEDERATION = "federation", _("federation")
    OTHER = "other", _("organisation")


POLITICAL = frozenset({OrganisationKind.PARTY, OrganisationKind.BLOC})


class Side(models.TextChoices):
    """Whether a body works locally, internationally or on both sides."""

    LOCAL = "local", _("local civil society")
    INTERNATIONAL = "international", _("international civil society")
    BOTH = "both", _("local and international civil society")


class TieType(models.TextChoices):
    """How one organisation belongs to another."""

    PART_OF = "part_of", _("part of")
    RUN_BY = "run_by", _("run by")
    HOSTED_BY = "hosted_by", _("hosted by")
    SISTER_OF = "sister_of", _("sister of")
    MEMBER_OF = "member_of", _("member of")


class Role(models.TextChoices):
    """An account's role in an organisation."""

    COORDINATOR = "coordinator", _("coordinator")
    EDITOR = "editor", _("editor")
    FIELD = "field", _("field")
    TRANSLATOR = "translator", _("translator")
    VIEWER = "viewer", _("viewer")


class Permission(Enum):
    """What a role may do for its organisation. To see names is no permission of a role: it is given apart."""

    LOOK = "look"
    TRANSLATE = "translate"
    RUN_DOOR = "run_door"
    EDIT = "edit"
    ADMIT = "admit"
    PUBLISH = "publish"
    INVITE = "invite"
    DESTROY = "destroy"
    SHUT_DOWN = "shut_down"


@dataclass(frozen=True)
class RoleCard:
    """A role as it is shown to whoever gives it or has it."""

    title: "str | Promise"
    says: "str | Promise"
    permissions: frozenset[Permission]


_EDITOR = frozenset(
    {Permission.LOOK, Permission.TRANSLATE, Permission.RUN_DOOR, Permission.EDIT, Permission.ADMIT, Permission.PUBLISH}
)
ROLES = {
    Role.COORDINATOR: RoleCard(
        _("Coordinator"),
        _("Plans and publishes, decides about sign-up, invites members, and shuts everything down in danger."),
        frozenset(Permission),
    ),
    Role.EDITOR: RoleCard(_("Editor"), _("Plans activities, decides about sign-up, publishes."), _EDITOR),
    Role.FIELD: RoleCard(
        _("Field"),
        _("Works at the door and outside: checks tickets, counts."),
        frozenset({Permission.LOOK, Permission.RUN_DOOR}),
    ),
    Role.TRANSLATOR: RoleCard(
        _("Translator"), _("Writes texts in other languages."), frozenset({Permission.LOOK, Permission.TRANSLATE})
    ),
    Role.VIEWER: RoleCard(_("Viewer"), _("Looks on without changing anything."), frozenset({Permission.LOOK})),
}


@dataclass(frozen=True)
class Part:
    """A member's part in one organisation."""

    organisation: str
    role: Role
    may_see_names: bool

    @property
    def card(self) -> RoleCard:
        """Title, sentence and permissions of the role."""
        return ROLES[self.role]


@dataclass(frozen=True)
class Standing:
    """What rules need to know of whoever acts: her parts, and whether she has a second factor."""

    member: str
    label: str
    operator: bool
    second_factor: bool
    parts: tuple[Part, ...]

    def may(self, permission: Permission, organisations: Iterable[str]) -> bool:
        """Whether one of her roles in one of the organisations (slugs) gives the permission."""
        wanted = set(organisations)
        return any(part.organisation in wanted and permission in part.card.permissions for part in self.parts)

    def organisations_with(self, permission: Permission) -> frozenset[str]:
        """The slugs of the organisations in which her role gives the permission."""
        return frozenset(part.organisation for part in self.parts if permission in part.card.permissions)

    def sees_names_of(self, organisations: Iterable[str]) -> bool:
        """Whether she was allowed to see names in one of the organisations (slugs)."""
        wanted = set(organisations)
        return any(part.organisation in wanted and part.may_see_names for part in self.parts)

    @property
    def organisations(self) -> frozenset[str]:
        """The slugs of her organisations."""
        return frozenset(part.organisation for part in self.parts)

    @property
    def needs_second_factor(self) -> bool:
        """Coordinators and operators can do the most harm, so a passphrase is not enough for them."""
        return self.operator or any(part.role is Role.COORDINATOR for part in self.parts)
