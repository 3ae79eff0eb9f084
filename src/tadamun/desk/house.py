"""The publishing house of this installation: what publishing needs to know of it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from tadamun.organise.network.models import Site
from tadamun.organise.programme.models import Week
from tadamun.organise.safety.vocabulary import Audience
from tadamun.publish.bundle.signing import load_key
from tadamun.record.builders.guards import public_now, to_let_out
from tadamun.record.builders.site import build_site
from tadamun.record.builders.week import build_week
from tadamun.record.narrowing import Coming, Guarded
from tadamun.record.structs import SiteRecord, WeekRecord


@dataclass(frozen=True)
class PublishingHouse:
    """Where an installation keeps what it publishes, in which languages, and where its key lies."""

    home: Path
    key_file: Path
    languages: tuple[str, ...]
    base_url: str
    onion_url: str
    small_cell: int
    locale_folder: Path

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs the site.

        :raises BundleError: when it cannot be used.
        """
        return load_key(self.key_file)

    @property
    def records(self) -> Path:
        """Where the public records lie."""
        return self.home / "records"

    def site(self, today: date) -> SiteRecord:
        """Who publishes here."""
        return build_site(
            site=Site.objects.select_related("publisher").filter(pk=1).first(),
            languages=self.languages,
            base_url=self.base_url,
            onion_url=self.onion_url,
            small_cell=self.small_cell,
            today=today,
        )

    def week(self, week: Week, now: datetime, audience: Audience) -> WeekRecord:
        """What an audience may know of a week as it is planned now.

        :raises NotForThisAudience: when the week is an idea and the audience is outside.
        """
        return build_week(week=week, audience=audience, now=now, languages=self.languages, small_cell=self.small_cell)

    def public_now(self, week: Week, now: datetime, *, every_link: bool = False) -> tuple[WeekRecord, Guarded]:
        """The public record of a week as it is planned now, and what is kept from the public; see ``guards``."""
        return public_now(
            week=week, now=now, languages=self.languages, small_cell=self.small_cell, every_link=every_link
        )

    def to_let_out(self, week: Week, at: datetime) -> tuple[WeekRecord, tuple[Coming, ...]]:
        """The record that would be let out for the moment ``at``, and what it tells later; see ``guards``."""
        return to_let_out(week=week, at=at, languages=self.languages, small_cell=self.small_cell)


def our_house() -> PublishingHouse:
    """The house of this installation."""
    environment = settings.ENVIRONMENT
    return PublishingHouse(
        home=environment.home,
        key_file=environment.home / "keys" / "site.pem",
        languages=environment.languages,
        base_url=environment.base_url,
        onion_url=environment.onion_url,
        small_cell=environment.small_cell,
        locale_folder=environment.locale_folder,
    )
