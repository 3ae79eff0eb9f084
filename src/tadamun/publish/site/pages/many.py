"""Pages about many weeks: the first page, the years, what was promised. They print cards."""

from collections.abc import Mapping, Sequence
from datetime import date

from tadamun.publish.published import PublishedWeek
from tadamun.publish.site.days import glance
from tadamun.publish.site.rows import newest_first, row, to_come
from tadamun.publish.site.typesetting import Feed, Typesetter
from tadamun.record.structs import OrganisationRecord, PromiseRecord, Term

_RECENT, _PROMISES, _COMING = 6, 3, 3
_STATES = ("promised", "scheduled", "held", "dropped")
_OPEN = frozenset({"promised", "scheduled"})


def shown_at_home(weeks: Sequence[PublishedWeek], *, now: date) -> tuple[list[PublishedWeek], list[PublishedWeek]]:
    """Choose the weeks of the first page: those to come, and the latest of the others."""
    coming = to_come(weeks, now=now)[: _COMING + 1]
    chosen = {week.slug for week in coming}
    past = [week for week in newest_first(weeks) if week.slug not in chosen and week.card.start <= now]
    return coming, past[: _RECENT + (0 if coming else 1)]


def home_page(
    typesetter: Typesetter,
    *,
    coming: Sequence[PublishedWeek],
    past: Sequence[PublishedWeek],
    promises: Sequence[PromiseRecord],
    known: Mapping[str, OrganisationRecord],
    now: date,
) -> bytes:
    """Set the first page: the next week as a poster (else the latest), what was, what was promised, who we are."""
    voice, site = typesetter.voice, typesetter.site
    chosen = [*coming, *past]
    lead = chosen[0] if chosen else None
    return typesetter.set_page(
        "home.html",
        path="",
        title=voice.words(site.name),
        description=voice.words(site.mission),
        photo=lead.card.photo if lead else None,
        feeds=all_feeds(typesetter),
        lead=row(lead.card, now=now) if lead else None,
        coming=bool(coming),
        credits=typesetter.phrases.credits(lead.card.involvements, known) if lead else (),
        medal_dates=typesetter.phrases.medal(lead.card.start, lead.card.end) if lead else None,
        line=glance(lead.card) if lead else (),
        upcoming=[row(week.card, now=now) for week in coming[1:]],
        recent=[row(week.card, now=now) for week in (past if coming else past[1:])],
        promises=promises,
        known=known,
    )


def promises_at_home(promises: Sequence[PromiseRecord]) -> list[PromiseRecord]:
    """Choose what the first page reminds of: open promises first, the newest first."""
    return sorted(promises, key=lambda promise: promise.state.code not in _OPEN)[:_PROMISES]


def promises_page(
    typesetter: Typesetter, *, promises: Sequence[PromiseRecord], known: Mapping[str, OrganisationRecord]
) -> bytes:
    """Set the page of all promises by what became of them."""
    groups: dict[str, tuple[Term, list[PromiseRecord]]] = {}
    for promise in promises:
        groups.setdefault(promise.state.code, (promise.state, []))[1].append(promise)
    ordered = sorted(groups.items(), key=lambda group: _STATES.index(group[0]) if group[0] in _STATES else len(_STATES))
    title = typesetter.voice.gettext("Promises").unescape()
    return typesetter.set_page(
        "promises.html",
        path="promises/",
        section="promises",
        title=_titled(typesetter, title),
        groups=[group for _, group in ordered],
        known=known,
    )


def weeks_page(typesetter: Typesetter, *, weeks: Sequence[PublishedWeek], years: Mapping[int, int], now: date) -> bytes:
    """Set the list of years with their numbers of weeks, and the latest weeks."""
    return typesetter.set_page(
        "weeks.html",
        path="weeks/",
        section="weeks",
        title=_titled(typesetter, typesetter.voice.gettext("Weeks").unescape()),
        feeds=all_feeds(typesetter),
        years=sorted(years.items(), reverse=True),
        rows=[row(week.card, now=now) for week in weeks],
    )


def year_page(
    typesetter: Typesetter, *, year: int, weeks: Sequence[PublishedWeek], years: Sequence[int], now: date
) -> bytes:
    """Set all weeks of a year, from January to December."""
    ordered = sorted(weeks, key=lambda week: (week.card.start, week.slug))
    return typesetter.set_page(
        "year.html",
        path=f"years/{year}/",
        section="weeks",
        title=_titled(typesetter, str(year)),
        year=year,
        rows=[row(week.card, now=now, with_year=False) for week in ordered],
        before=max((other for other in years if other < year), default=None),
        after=min((other for other in years if other > year), default=None),
    )


def all_feeds(typesetter: Typesetter) -> tuple[Feed, ...]:
    """List the feeds of the whole site in one language."""
    code, gettext = typesetter.voice.code, typesetter.voice.gettext
    return (
        Feed("text/calendar", f"/feeds/{code}/all.ics", gettext("Calendar")),
        Feed("application/atom+xml", f"/feeds/{code}/all.atom", gettext("News feed")),
    )


def _titled(typesetter: Typesetter, title: str) -> str:
    site = typesetter.site
    return f"{title} · {typesetter.voice.words(site.short_name or site.name)}"
