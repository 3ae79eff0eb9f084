"""Which weeks and activities a feed is about, and what its bytes depend on."""

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import msgspec

import tadamun
from tadamun.publish.feeds.addresses import Addresses
from tadamun.publish.feeds.wording import Wording
from tadamun.publish.published import ActivityCard, PublishedWeek
from tadamun.publish.site import catalogue
from tadamun.publish.site.pages.organisations import everybody
from tadamun.publish.site.rows import newest_first
from tadamun.record.structs import OrganisationRecord, SiteRecord, WeekRecord
from tadamun.toolkit.languages.text import Text

# Calendars and readers fetch the whole file again and again. Older weeks have their own.
_LATEST_WEEKS = 60

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class WrongAudience(ValueError):
    """A record that was not made for the public was given to the publisher. Nothing of it is written."""


class Chosen(NamedTuple):
    """A week in a feed with those of its activities that the feed is about."""

    week: PublishedWeek
    activities: tuple[ActivityCard, ...]


class Scope(NamedTuple):
    """What a feed is about. ``path`` is its place below ``feeds/{lang}/`` without ending; ``page`` its page's names.

    ``chosen`` are the weeks, the latest first. ``single`` is set when it is about one activity alone.
    """

    path: str
    page: tuple[str, ...]
    title: Text
    uid: str
    chosen: tuple[Chosen, ...]
    single: bool = False


class Feeds(NamedTuple):
    """The site as all feeds need it: its record, its languages' wordings, its addresses, its weeks and bodies."""

    site: SiteRecord
    wordings: dict[str, Wording]
    addresses: Addresses
    weeks: Sequence[PublishedWeek]
    bodies: dict[str, OrganisationRecord]

    def base(self, code: str) -> bytes:
        """Digest what every file in a language depends on: our code, the site's record, the words."""
        return digest(_code(), _encode(self.site), code.encode(), self.wordings[code].digest)


def prepare(*, site: SiteRecord, weeks: Sequence[PublishedWeek], locale_folder: Path | None = None) -> Feeds:
    """Make ready what all feeds share."""
    folder = locale_folder or catalogue.default_folder()
    wordings = {code: Wording(site=site, code=code, locale_folder=folder) for code in site.languages}
    return Feeds(site, wordings, Addresses(site), newest_first(weeks), everybody(site, weeks))


def wide_scopes(feeds: Feeds) -> list[Scope]:
    """Choose for the feeds that are about many weeks: of the whole site, and of each organisation."""
    return [_site_scope(feeds), *_organisation_scopes(feeds)]


def _site_scope(feeds: Feeds) -> Scope:
    """Choose for the feed of the whole site: the latest weeks with all that is in them."""
    chosen = tuple(Chosen(week, week.card.activities) for week in feeds.weeks[:_LATEST_WEEKS])
    return Scope("all", (), feeds.site.name, f"site {feeds.site.base_url or feeds.site.publisher}", chosen)


def week_scope(week: PublishedWeek) -> Scope:
    """Choose for the feed of a week."""
    card = week.card
    return Scope(f"weeks/{week.slug}", ("weeks", week.slug), card.titles, card.uid, (Chosen(week, card.activities),))


def activity_scope(week: PublishedWeek, activity: ActivityCard) -> Scope:
    """Choose for the calendar file of one activity."""
    return Scope(
        f"weeks/{week.slug}/{activity.slug}",
        ("weeks", week.slug, activity.slug),
        activity.titles,
        activity.uid,
        (Chosen(week, (activity,)),),
        single=True,
    )


def _organisation_scopes(feeds: Feeds) -> Iterator[Scope]:
    """Choose for the feed of each organisation: the weeks it has a part in, else the activities."""
    parts: dict[str, list[Chosen]] = {slug: [] for slug in feeds.bodies}
    for week in feeds.weeks:
        whole = {involvement.organisation for involvement in week.card.involvements}
        single: dict[str, list[ActivityCard]] = {}
        for activity in week.card.activities:
            for slug in dict.fromkeys(part.organisation for part in activity.involvements):
                if slug:
                    single.setdefault(slug, []).append(activity)
        for slug in sorted(part for part in {*whole, *single} if part in parts):
            activities = week.card.activities if slug in whole else tuple(single[slug])
            parts[slug].append(Chosen(week, activities))
    for slug, chosen in parts.items():
        names = feeds.bodies[slug].names
        uid = f"organisation {feeds.site.base_url or feeds.site.publisher} {slug}"
        yield Scope(f"organisations/{slug}", ("organisations", slug), names, uid, tuple(chosen[:_LATEST_WEEKS]))


def scope_digest(base: bytes, scope: Scope) -> bytes:
    """Digest what a feed prints: the weeks chosen, and its title."""
    return digest(
        base, scope.path.encode(), _encode(scope.title), *(chosen.week.fingerprint for chosen in scope.chosen)
    )


class Shelf:
    """Keeps the record that was loaded last: the files of a week come one after the other."""

    def __init__(self) -> None:
        self._held: tuple[str, bytes, WeekRecord] | None = None

    def record(self, week: PublishedWeek) -> WeekRecord:
        """Load a week's record, or take the one loaded just before.

        :raises WrongAudience: when the record was made for another audience than the public.
        """
        held = self._held
        if held is None or held[:2] != (week.slug, week.fingerprint):
            record = week.load()
            if record.audience != "public":
                told = (
                    f"The record of week {week.slug!r} is for the audience {record.audience!r}; publish the public one."
                )
                raise WrongAudience(told)
            self._held = held = (week.slug, week.fingerprint, record)
        return held[2]


def digest(*parts: bytes) -> bytes:
    """Digest parts so that no two lists of parts give the same."""
    told = blake2b(digest_size=16)
    for part in parts:
        told.update(len(part).to_bytes(4, "big"))
        told.update(part)
    return told.digest()


@cache
def _code() -> bytes:
    package = Path(tadamun.__file__).parent
    folders = (package / "publish" / "feeds", package / "toolkit" / "languages", package / "record")
    files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    files += [package / "publish" / "site" / f"{name}.py" for name in ("calendar", "phrases", "voice")]
    libraries = (version(name) for name in ("Babel", "msgspec", "tzdata"))
    return digest(*(file.read_bytes() for file in files), *(library.encode() for library in libraries))
