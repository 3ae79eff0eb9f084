"""Files that lead programs to the pages: site map, rules for robots, contact for reports of weaknesses.

A small site has one map. Beyond ``_ONE_MAP`` weeks the map is an index of maps by year, so that one change does
not write all of them again (sitemaps.org, at most 50,000 addresses in each).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import msgspec

from tadamun.publish.bundle.store import Leaf
from tadamun.publish.feeds.scopes import Feeds, digest
from tadamun.publish.published import PublishedWeek

_ONE_MAP = 60
_CLOSED = ("/desk/", "/gate/", "/field/", "/t/", "/h/", "/v/", "/api/")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Contact(NamedTuple):
    """Where reports of weaknesses go (``mailto:`` or ``https:``), and until when that holds (RFC 9116)."""

    address: str
    expires: datetime


def guide_leaves(feeds: Feeds, contact: Contact | None = None) -> Iterator[Leaf]:
    """List the site map (if the site knows its address), ``robots.txt`` and, with a contact, ``security.txt``."""
    base = digest(b"guides", feeds.base(feeds.site.languages[0]))
    yield Leaf("robots.txt", base, partial(_robots, feeds))
    if contact:
        made = _security(feeds, contact)
        yield Leaf(".well-known/security.txt", digest(base, made), partial(bytes, made))
    if feeds.addresses.whole:
        yield from _maps(feeds, base)


def _maps(feeds: Feeds, base: bytes) -> Iterator[Leaf]:
    bodies = msgspec.msgpack.encode(sorted(feeds.bodies))
    years: dict[int, list[PublishedWeek]] = {}
    for week in feeds.weeks:
        years.setdefault(week.card.start.year, []).append(week)
    numbers = msgspec.msgpack.encode(sorted(years))
    if len(feeds.weeks) <= _ONE_MAP:
        fingerprint = digest(base, bodies, *(week.fingerprint for week in feeds.weeks))
        yield Leaf("sitemap.xml", fingerprint, partial(_map, feeds, feeds.weeks, sorted(years)))
        return
    yield Leaf("sitemap.xml", digest(base, numbers), partial(_index, feeds, sorted(years)))
    yield Leaf("sitemaps/site.xml", digest(base, bodies, numbers), partial(_map, feeds, (), sorted(years)))
    for year, weeks in years.items():
        fingerprint = digest(base, *(week.fingerprint for week in weeks))
        yield Leaf(f"sitemaps/{year}.xml", fingerprint, partial(_map, feeds, weeks, None))


def _index(feeds: Feeds, years: Sequence[int]) -> bytes:
    names = ("site", *years)
    maps = (f"<sitemap><loc>{escape(feeds.addresses.file(f'sitemaps/{name}.xml'))}</loc></sitemap>\n" for name in names)
    return f"{_HEAD}<sitemapindex {_SPACES}>\n{''.join(maps)}</sitemapindex>\n".encode()


def _map(feeds: Feeds, weeks: Sequence[PublishedWeek], years: Sequence[int] | None) -> bytes:
    """Write the pages of weeks; with ``years`` also those that are about no single week."""
    pages: list[tuple[tuple[str, ...], datetime | None]] = []
    if years is not None:
        pages += [((), None), (("about",), None), (("promises",), None), (("weeks",), None), (("organisations",), None)]
        pages += [(("years", str(year)), None) for year in years]
        pages += [(("organisations", slug), None) for slug in sorted(feeds.bodies)]
    for week in weeks:
        pages.append((("weeks", week.slug), week.card.changed_at))
        for activity in week.card.activities:
            pages.append((("weeks", week.slug, activity.slug), activity.changed_at or week.card.changed_at))
    body = "".join(_urls(feeds, names, changed_at) for names, changed_at in pages)
    spaces = f'{_SPACES} xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_HEAD}<urlset {spaces}>\n{body}</urlset>\n".encode()


def _urls(feeds: Feeds, names: tuple[str, ...], changed_at: datetime | None) -> str:
    """Write a page in all its languages; each names all of them, and the one for readers of other languages."""
    addresses = {code: feeds.addresses.page(code, *names) for code in feeds.site.languages}
    others = addresses | {"x-default": addresses[feeds.site.languages[0]] if names else f"{feeds.addresses.base}/"}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>' for code, address in others.items()
    )
    changed = f"<lastmod>{changed_at.date().isoformat()}</lastmod>" if changed_at else ""
    return "".join(f"<url><loc>{escape(address)}</loc>{changed}{links}</url>\n" for address in addresses.values())


def _robots(feeds: Feeds) -> bytes:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED)]
    if feeds.addresses.whole:
        lines += ["", f"Sitemap: {feeds.addresses.file('sitemap.xml')}"]
    return "\n".join([*lines, ""]).encode()


def _security(feeds: Feeds, contact: Contact) -> bytes:
    if any(sign in contact.address for sign in "\r\n") or ":" not in contact.address:
        raise ValueError(f"The security contact {contact.address!r} must be one address: mailto:… or https://…")
    lines = [f"Contact: {contact.address}", f"Expires: {contact.expires.isoformat(timespec='seconds')}"]
    lines.append(f"Preferred-Languages: {', '.join(feeds.site.languages)}")
    if feeds.addresses.whole:
        lines.append(f"Canonical: {feeds.addresses.file('.well-known/security.txt')}")
    return "\n".join([*lines, ""]).encode()
