"""News feeds (RFC 4287), one for each language: of the site, of each week and of each organisation.

An entry is a week, or an activity: announced, changed (postponed or cancelled) or reported on. Each of these
stages is an entry of its own with an id that stays, so that a reader's program shows a change and does not
take it for something read long ago. The site's feed leaves out the announcements of single activities.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import NamedTuple
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from tadamun.publish.bundle.store import Leaf
from tadamun.publish.feeds.scopes import (
    Feeds,
    Scope,
    digest,
    scope_digest,
    week_scope,
)
from tadamun.publish.feeds.wording import plain
from tadamun.publish.published import ActivityCard, PublishedWeek, WeekCard
from tadamun.record.structs import PhotoRecord, Term
from tadamun.toolkit.languages.text import Spoken

ENTRIES = 100
_HELD_ENTRIES = 4096

# The root of ids that are made and not stored; it must never change.
_IDS = UUID("6f0a3a62-3c3f-5c0e-9d0c-6a7d0c3b1e55")
_HELD = frozenset({"held", "documented", "published"})
_CHANGED = frozenset({"postponed", "cancelled"})
_MEDIA_TYPE = "application/atom+xml"


class _Entry(NamedTuple):
    """A finished entry with the moment by which entries are sorted."""

    updated: str
    id: str
    body: str


def atom_leaves(feeds: Feeds, wide: Sequence[Scope]) -> Iterator[Leaf]:
    """List every news feed in every language: of the ``wide`` scopes, and of each week."""
    for code in feeds.wordings:
        writer = _Writer(feeds, code)
        base = digest(b"atom", feeds.base(code))
        for scope in (*wide, *map(week_scope, feeds.weeks)):
            yield Leaf(writer.path(scope), scope_digest(base, scope), partial(writer.feed, scope))


class _Writer:
    """Writes feeds in one language. An entry stands in several feeds and is written once."""

    def __init__(self, feeds: Feeds, code: str) -> None:
        self._feeds = feeds
        self._code = code
        self._wording = feeds.wordings[code]
        self._addresses = feeds.addresses
        self._written: dict[tuple[str, str, bytes], _Entry] = {}

    def path(self, scope: Scope) -> str:
        return f"feeds/{self._code}/{scope.path}.atom"

    def feed(self, scope: Scope) -> bytes:
        entries = sorted(self._entries(scope), reverse=True)[:ENTRIES]
        updated = entries[0].updated if entries else "1970-01-01T00:00:00Z"
        parts = [
            '<?xml version="1.0" encoding="utf-8"?>\n',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{self._code}">\n',
            f"<id>{_id(scope.uid, 'feed', self._code)}</id>\n",
            self._text("title", self._wording.say(scope.title)),
            f"<updated>{updated}</updated>\n",
            self._author(),
            self._links(scope),
            "<generator>Tadamun</generator>\n",
            *(entry.body for entry in entries),
            "</feed>\n",
        ]
        return "".join(parts).encode()

    def _entries(self, scope: Scope) -> Iterator[_Entry]:
        for chosen in scope.chosen:
            yield self._once(chosen.week, None)
            for activity in chosen.activities:
                if scope.page or _stage(activity) != "announced":
                    yield self._once(chosen.week, activity)

    def _once(self, week: PublishedWeek, activity: ActivityCard | None) -> _Entry:
        key = (week.slug, activity.slug if activity else "", week.fingerprint)
        entry = self._written.get(key)
        if entry is None:
            if len(self._written) >= _HELD_ENTRIES:
                self._written.clear()
            entry = self._week(week.card) if activity is None else self._activity(week.card, activity)
            self._written[key] = entry
        return entry

    def _week(self, week: WeekCard) -> _Entry:
        wording = self._wording
        told = [wording.words(week.summary), wording.credits(week.involvements)]
        told[:0] = [wording.postponement(moved) for moved in week.postponements]
        return self._entry(
            entry_id=_id(week.uid) if week.state.code not in _CHANGED else _id(week.uid, week.state.code),
            title=self._title(week),
            updated=_moment(week.changed_at, week.start),
            page=("weeks", week.slug),
            category=week.form,
            told=told,
            photo=week.photo,
        )

    def _activity(self, week: WeekCard, activity: ActivityCard) -> _Entry:
        wording = self._wording
        stage = _stage(activity)
        times = [sitting.when for sitting in activity.sittings] if stage != "postponed" else []
        told = [wording.when(when) for when in times]
        told += [wording.postponement(moved) for moved in activity.postponements]
        told += [wording.words(activity.summary), wording.credits(activity.involvements)]
        start = min((when.start for when in times), default=week.start)
        number = f" {len(activity.postponements)}" if stage == "postponed" else ""
        return self._entry(
            entry_id=_id(activity.uid) if stage == "announced" else _id(activity.uid, stage + number),
            title=self._title(activity),
            updated=_moment(activity.changed_at or week.changed_at, start),
            page=("weeks", week.slug, activity.slug),
            category=Term(code=activity.kind.code, label=activity.kind.name),
            told=told,
            photo=activity.photo,
        )

    def _entry(
        self,
        *,
        entry_id: str,
        title: Spoken,
        updated: str,
        page: tuple[str, ...],
        category: Term,
        told: list[str],
        photo: PhotoRecord | None,
    ) -> _Entry:
        address = self._addresses.page(self._code, *page)
        label = self._wording.words(category.label)
        parts = [
            f"<entry>\n<id>{entry_id}</id>\n",
            self._text("title", title),
            f"<updated>{updated}</updated>\n",
            f'<link rel="alternate" type="text/html" hreflang="{self._code}" href={quoteattr(address)}/>\n',
            f"<category term={quoteattr(plain(category.code))} label={quoteattr(label)}/>\n",
        ]
        if photo:
            parts.append(self._enclosure(photo))
        if words := "\n".join(part for part in told if part):
            parts.append(self._text("summary", Spoken(words, self._code)))
        parts.append("</entry>\n")
        return _Entry(updated, entry_id, "".join(parts))

    def _title(self, of: WeekCard | ActivityCard) -> Spoken:
        title = self._wording.say(of.titles)
        if of.state.code in _CHANGED:
            return Spoken(f"{self._wording.words(of.state.label)}: {title.words}", title.language)
        return title

    def _text(self, name: str, words: Spoken) -> str:
        language = "" if words.language == self._code else f' xml:lang="{words.language}"'
        return f'<{name} type="text"{language}>{escape(words.words)}</{name}>\n'

    def _author(self) -> str:
        site = self._feeds.site
        uri = f"<uri>{escape(self._addresses.base)}/</uri>" if self._addresses.whole else ""
        return f"<author><name>{escape(self._wording.words(site.name)) or 'Tadamun'}</name>{uri}</author>\n"

    def _links(self, scope: Scope) -> str:
        own = quoteattr(self._addresses.file(self.path(scope)))
        links = [f'<link rel="self" type="{_MEDIA_TYPE}" href={own}/>\n']
        for code in self._feeds.wordings:
            page = quoteattr(self._addresses.page(code, *scope.page))
            links.append(f'<link rel="alternate" type="text/html" hreflang="{code}" href={page}/>\n')
        return "".join(links)

    def _enclosure(self, photo: PhotoRecord) -> str:
        title = quoteattr(self._wording.words(photo.caption) or self._wording.words(photo.alternative))
        return (
            f'<link rel="enclosure" type="image/jpeg" href={quoteattr(self._addresses.photo(photo))} title={title}/>\n'
        )


def _stage(activity: ActivityCard) -> str:
    code = activity.state.code
    if code in _CHANGED:
        return code
    return "report" if code in _HELD else "announced"


@lru_cache(maxsize=16384)
def _id(uid: str, *parts: str) -> str:
    """Give the id of an entry or feed: the record's own, or one that is derived from it and from what it is about."""
    try:
        own = UUID(uid)
    except ValueError:
        own = uuid5(_IDS, uid)
    return (uuid5(own, " ".join(parts)) if parts else own).urn


def _moment(changed_at: datetime | None, start: date) -> str:
    at = changed_at or datetime(start.year, start.month, start.day, tzinfo=UTC)
    utc = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    return f"{utc.isoformat(timespec='seconds')}Z"
