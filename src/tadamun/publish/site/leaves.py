"""All pages of the public site as leaves: where each lies, what it was made from, how to make it.

A leaf's fingerprint is a digest of exactly what its page prints, so the compiler makes a page again when,
and only when, it would come out different: the record or cards, the site, the words of the language, our code
and styles, and which days have passed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import msgspec

import tadamun
from tadamun.publish.bundle.store import Leaf
from tadamun.publish.published import ActivityCard, PublishedWeek
from tadamun.publish.site import catalogue
from tadamun.publish.site.pages import many, organisations, standing
from tadamun.publish.site.pages.activity import activity_page
from tadamun.publish.site.pages.week import Edition, edition, last_day, week_page
from tadamun.publish.site.rows import newest_first
from tadamun.publish.site.styles import content_security_policy
from tadamun.publish.site.typesetting import Typesetter, icon, icon_path
from tadamun.record.structs import PromiseRecord, SiteRecord, WeekRecord

_LATEST = 12
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def site_leaves(
    *, site: SiteRecord, weeks: Sequence[PublishedWeek], now: date, locale_folder: Path | None = None
) -> Iterator[Leaf]:
    """List every page of the site in every language. Weeks are loaded only when a page of theirs is made."""
    folder = locale_folder or catalogue.default_folder()
    setters = {code: Typesetter(site=site, code=code, locale_folder=folder) for code in site.languages}
    bases = {code: _digest(_code(), _encode(site), code.encode(), it.words_digest) for code, it in setters.items()}
    first = site.languages[0]
    yield Leaf("csp.txt", _digest(_code()), partial(_csp))
    yield Leaf(icon_path(), _digest(icon()), icon)
    yield Leaf("index.html", bases[first], partial(standing.chooser_page, setters[first]))
    everything = _Everything(site, weeks, now)
    for code, typesetter in setters.items():
        yield from _standing(code, typesetter, bases[code])
        yield from everything.leaves(code, typesetter, bases[code])
    yield from _single_weeks(site=site, weeks=weeks, now=now, setters=setters, bases=bases)


def _standing(code: str, typesetter: Typesetter, base: bytes) -> Iterator[Leaf]:
    yield Leaf(f"{code}/about/index.html", base, partial(standing.about_page, typesetter))
    yield Leaf(f"{code}/404.html", base, partial(standing.missing_page, typesetter))


class _Everything:
    """The pages about many weeks, with what they need from all cards gathered once for all languages."""

    def __init__(self, site: SiteRecord, weeks: Sequence[PublishedWeek], now: date) -> None:
        self.now = now
        self.weeks = newest_first(weeks)
        self.coming, self.past = many.shown_at_home(weeks, now=now)
        self.promises: list[PromiseRecord] = list(
            {promise.slug: promise for week in self.weeks for promise in week.card.promises}.values()
        )
        self.known = organisations.everybody(site, weeks)
        self.ties = organisations.ties_to(self.known)
        self.parts = organisations.parts_by_organisation(weeks)
        self.years: dict[int, list[PublishedWeek]] = {}
        for week in self.weeks:
            self.years.setdefault(week.card.start.year, []).append(week)
        self._cards = {week.slug: self._card_digest(week) for week in weeks}
        self._all_known = _digest(_encode([self.known[slug] for slug in sorted(self.known)]))
        self._promised = _digest(_encode(self.promises), self._all_known)
        self._described = {slug: self._description(slug) for slug in self.known}

    def leaves(self, code: str, typesetter: Typesetter, base: bytes) -> Iterator[Leaf]:
        """List the pages about many weeks in one language."""
        yield self._home(code, typesetter, base)
        yield Leaf(
            f"{code}/promises/index.html",
            _digest(base, self._promised),
            partial(many.promises_page, typesetter, promises=self.promises, known=self.known),
        )
        latest = self.weeks[:_LATEST]
        counts = Counter({year: len(weeks) for year, weeks in self.years.items()})
        yield Leaf(
            f"{code}/weeks/index.html",
            _digest(base, _encode(sorted(counts.items())), *self._digests(latest)),
            partial(many.weeks_page, typesetter, weeks=latest, years=counts, now=self.now),
        )
        years = tuple(sorted(self.years))
        for year, weeks in self.years.items():
            yield Leaf(
                f"{code}/years/{year}/index.html",
                _digest(base, _encode(years), *self._digests(weeks)),
                partial(many.year_page, typesetter, year=year, weeks=weeks, years=years, now=self.now),
            )
        yield from self._bodies(code, typesetter, base)

    def _home(self, code: str, typesetter: Typesetter, base: bytes) -> Leaf:
        reminded = many.promises_at_home(self.promises)
        named = {
            involvement.organisation for week in (*self.coming, *self.past) for involvement in week.card.involvements
        } | {promise.owner for promise in reminded}
        known = {slug: body for slug, body in self.known.items() if slug in named}
        return Leaf(
            f"{code}/index.html",
            _digest(
                base,
                *self._digests(self.coming),
                b"past",
                *self._digests(self.past),
                _encode(reminded),
                _encode([known[slug] for slug in sorted(known)]),
            ),
            partial(
                many.home_page,
                typesetter,
                coming=self.coming,
                past=self.past,
                promises=reminded,
                known=known,
                now=self.now,
            ),
        )

    def _bodies(self, code: str, typesetter: Typesetter, base: bytes) -> Iterator[Leaf]:
        yield Leaf(
            f"{code}/organisations/index.html",
            _digest(base, self._all_known),
            partial(organisations.organisations_page, typesetter, known=self.known),
        )
        for slug, body in self.known.items():
            yield Leaf(
                f"{code}/organisations/{slug}/index.html",
                _digest(base, self._described[slug]),
                partial(
                    organisations.organisation_page,
                    typesetter,
                    body=body,
                    parts=self.parts.get(slug, ()),
                    tied=self.ties.get(slug, ()),
                    known=self.known,
                ),
            )

    def _description(self, slug: str) -> bytes:
        body = self.known[slug]
        tied = self.ties.get(slug, [])
        others = sorted({tie.organisation for tie in body.ties} | {other for _, other in tied})
        return _digest(
            _encode(body),
            _encode(tied),
            _encode([self.known[other].names for other in others if other in self.known]),
            *(self._cards[part.card.slug] for part in self.parts.get(slug, ())),
        )

    def _digests(self, weeks: Iterable[PublishedWeek]) -> Iterator[bytes]:
        return (self._cards[week.slug] for week in weeks)

    def _card_digest(self, week: PublishedWeek) -> bytes:
        return _digest(_encode(week.card), b"over" if week.card.end < self.now else b"")


def _single_weeks(
    *,
    site: SiteRecord,
    weeks: Sequence[PublishedWeek],
    now: date,
    setters: dict[str, Typesetter],
    bases: dict[str, bytes],
) -> Iterator[Leaf]:
    desk = _Desk(site, now)
    for week in weeks:
        passed = _encode([week.card.end < now, *(_is_over(activity, now) for activity in week.card.activities)])
        for code, typesetter in setters.items():
            fingerprint = _digest(bases[code], week.fingerprint, passed)
            laid_out = partial(desk.edition, week, typesetter)
            place = f"{code}/weeks/{week.slug}"
            yield Leaf(f"{place}/index.html", fingerprint, partial(_week, laid_out))
            for activity in week.card.activities:
                slug = activity.slug
                yield Leaf(f"{place}/{slug}/index.html", fingerprint, partial(_activity, laid_out, slug))


class _Desk:
    """Keeps the week at hand that was set last: its pages come one after the other, in each language."""

    def __init__(self, site: SiteRecord, now: date) -> None:
        self._site = site
        self._now = now
        self._record: tuple[bytes, WeekRecord] | None = None
        self._edition: tuple[bytes, str, Edition] | None = None

    def edition(self, week: PublishedWeek, typesetter: Typesetter) -> Edition:
        """Make a week ready in a language, or take the one made just before."""
        held = self._edition
        code = typesetter.voice.code
        if held and held[0] == week.fingerprint and held[1] == code and held[2].week.slug == week.slug:
            return held[2]
        made = edition(self._load(week), site=self._site, typesetter=typesetter, now=self._now)
        self._edition = (week.fingerprint, code, made)
        return made

    def _load(self, week: PublishedWeek) -> WeekRecord:
        held = self._record
        if held and held[0] == week.fingerprint and held[1].slug == week.slug:
            return held[1]
        record = week.load()
        self._record = (week.fingerprint, record)
        return record


def _week(laid_out: Callable[[], Edition]) -> bytes:
    return week_page(laid_out())


def _activity(laid_out: Callable[[], Edition], slug: str) -> bytes:
    return activity_page(laid_out(), slug)


def _csp() -> bytes:
    return f"{content_security_policy()}\n".encode()


def _is_over(activity: ActivityCard, now: date) -> bool:
    last = last_day(activity)
    return last is not None and last < now


def _digest(*parts: bytes) -> bytes:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return digest.digest()


@cache
def _code() -> bytes:
    """Digest what turns records into pages: our sources, templates and styles, and the libraries' versions."""
    package = Path(tadamun.__file__).parent
    folders = (package / "publish" / "site", package / "toolkit" / "languages", package / "record")
    files = sorted(
        file
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix in (".py", ".html", ".css") and "__pycache__" not in file.parts
    )
    libraries = (version(name) for name in ("Babel", "Jinja2", "markdown-it-py", "nh3"))
    return _digest(*(file.read_bytes() for file in files), *(library.encode() for library in libraries))
