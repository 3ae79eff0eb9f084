"""Organisations, how they are tied together, and the accounts that act for them."""

import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.vocabulary import POLITICAL, OrganisationKind, Role, Side, TieType
from tadamun.toolkit.languages.fields import TextColumn

_SESSIONS = "tadamun.organise.network.sessions"


class Organisation(models.Model):
    """A body that takes part. It need not be a legal person: a path of a forum is one too."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    names = TextColumn()
    short_names = TextColumn()
    description = TextColumn()
    side = models.CharField(max_length=15, choices=Side, blank=True)
    city = TextColumn()
    country = TextColumn()
    url = models.URLField(blank=True)

    class Meta:
        ordering = ("slug",)
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.slug

    @property
    def subject(self) -> str:
        """The organisation's name in the vault."""
        return f"organisation:{self.slug}"

    @property
    def political(self) -> bool:
        """Parties and blocs are participants, never partners."""
        return self.kind in POLITICAL


class Alias(models.Model):
    """Another name or spelling of an organisation, so that it is found and merged under one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    position = models.PositiveSmallIntegerField()
    names = TextColumn()

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("organisation", "position"), name="alias_has_one_position"),)

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.position}"


class Tie(models.Model):
    """How one organisation belongs to another, since when and until when, and who says so."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties")
    type = models.CharField(max_length=12, choices=TieType)
    to = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties_from_others")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    according_to = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("type", "to__slug")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "type", "to"), name="tie_is_stated_once"),
            models.CheckConstraint(condition=~models.Q(organisation=models.F("to")), name="tie_joins_two_bodies"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.type} {self.to_id}"


def new_epoch() -> str:
    """A random mark; all sessions that began under an older one are over."""
    return secrets.token_hex(16)


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, *, email: str, password: str | None = None, **values: Any) -> "Account":
        """Make an account that signs in with ``email``; without a password it cannot sign in yet."""
        account = self.model(email=self.normalize_email(email).lower(), **values)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A member who signs in to organise. People who only register have none."""

    email = models.EmailField(unique=True)
    shown_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    sessions_since = models.CharField(max_length=32, default=new_epoch)

    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ("email",)

    def __str__(self) -> str:
        return self.shown_name or f"account {self.pk}"

    @property
    def subject(self) -> str:
        """The member's name in the vault."""
        return f"member:{self.pk}"

    def get_session_auth_hash(self) -> str:
        """What a session carries: it dies with a new passphrase, and when ``sessions_since`` is renewed."""
        return salted_hmac(_SESSIONS, f"{self.password}/{self.sessions_since}", algorithm="sha256").hexdigest()


class Membership(models.Model):
    """An account's role in an organisation. Seeing names is apart from editing."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    may_see_names = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "organisation"), name="one_role_in_an_organisation"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.organisation_id}"


class Invitation(models.Model):
    """A link that works once and for a few days: who opens it gets exactly this role, whoever sent it.

    The link's secret is not stored, only its hash; the address is forgotten when the link has been used or is over.
    """

    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(max_length=12, choices=Role, blank=True)
    may_see_names = models.BooleanField(default=False)
    operator = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=True) | ~models.Q(role=""), name="an_invitation_says_the_role"
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Site(models.Model):
    """The one public site of this installation: who publishes it, under which name, with which mission."""

    names = TextColumn()
    short_names = TextColumn()
    mission = TextColumn()
    about = TextColumn()
    publisher = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_site"),)

    def __str__(self) -> str:
        return "site"
