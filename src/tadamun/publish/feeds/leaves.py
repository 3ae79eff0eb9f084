"""All files of this package as leaves of the bundle."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tadamun.publish.bundle.store import Leaf
from tadamun.publish.feeds.atom import atom_leaves
from tadamun.publish.feeds.ical import ical_leaves
from tadamun.publish.feeds.jsonld import jsonld_leaves
from tadamun.publish.feeds.opendata import opendata_leaves
from tadamun.publish.feeds.scopes import Shelf, prepare, wide_scopes
from tadamun.publish.feeds.sitemap import Contact, guide_leaves
from tadamun.publish.published import PublishedWeek
from tadamun.record.structs import SiteRecord


def feed_leaves(
    *,
    site: SiteRecord,
    weeks: Sequence[PublishedWeek],
    contact: Contact | None = None,
    locale_folder: Path | None = None,
) -> Iterator[Leaf]:
    """List calendars, news feeds, linked data, open data, site map, ``robots.txt`` and ``security.txt``.

    Making a file raises :class:`~tadamun.publish.feeds.scopes.WrongAudience` when its record is not the public one.
    """
    feeds = prepare(site=site, weeks=weeks, locale_folder=locale_folder)
    shelf = Shelf()
    wide = wide_scopes(feeds)
    yield from ical_leaves(feeds, wide)
    yield from atom_leaves(feeds, wide)
    yield from jsonld_leaves(feeds, shelf)
    yield from opendata_leaves(feeds, shelf)
    yield from guide_leaves(feeds, contact)
