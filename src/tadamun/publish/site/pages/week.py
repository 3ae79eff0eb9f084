"""The page of a week: a poster first, then its days, and when it is over a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tadamun.publish.site.days import Activity, fits_a_poster, line_of_days
from tadamun.publish.site.figures import Figure, figures
from tadamun.publish.site.phrases import Credit, status
from tadamun.publish.site.typesetting import Feed, Typesetter
from tadamun.record.structs import (
    ActivityRecord,
    ContributionRecord,
    OccasionRecord,
    OrganisationRecord,
    PromiseRecord,
    SiteRecord,
    WeekRecord,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A week made ready for setting in one language: what its own page and its activities' pages share."""

    week: WeekRecord
    typesetter: Typesetter
    known: dict[str, OrganisationRecord]
    statuses: dict[str, str]
    figures: dict[str, tuple[Figure, ...]]
    credits: dict[str, tuple[Credit, ...]]
    now: date

    @property
    def over(self) -> bool:
        """Whether its last day has passed."""
        return self.week.end < self.now


def edition(week: WeekRecord, *, site: SiteRecord, typesetter: Typesetter, now: date) -> Edition:
    """Make a week ready for setting."""
    known = known_organisations(week, site)
    voice, calendar = typesetter.voice, typesetter.calendar
    return Edition(
        week=week,
        typesetter=typesetter,
        known=known,
        statuses={
            activity.slug: status(activity.state.code, last_day=last_day(activity), now=now)
            for activity in week.activities
        },
        figures={
            activity.slug: figures(activity.figures, voice=voice, calendar=calendar)
            for activity in week.activities
            if activity.figures
        },
        credits={
            activity.slug: typesetter.phrases.credits(activity.involvements, known) for activity in week.activities
        },
        now=now,
    )


def known_organisations(week: WeekRecord, site: SiteRecord) -> dict[str, OrganisationRecord]:
    """Gather the organisations that have a page and that a week may name."""
    return {body.slug: body for body in (*week.organisations, *site.organisations)}


def last_day(activity: Activity) -> date | None:
    """Find the last day of an activity, or None when it has no date."""
    return max((sitting.when.end for sitting in activity.sittings), default=None)


def week_page(of: Edition) -> bytes:
    """Set the page of a week."""
    week, typesetter = of.week, of.typesetter
    voice, calendar = typesetter.voice, typesetter.calendar
    share = share_text(of, voice.words(week.titles), calendar.span(week.start, week.end), voice.words(week.reach))
    line, undated = line_of_days(start=week.start, end=week.end, activities=week.activities)
    return typesetter.set_page(
        "week.html",
        path=f"weeks/{week.slug}/",
        section="weeks",
        title=_title(of),
        description=voice.words(week.summary) or share,
        photo=next(iter(week.photos), None),
        feeds=_feeds(of),
        week=week,
        known=of.known,
        status=status(week.state.code, last_day=week.end, now=of.now),
        statuses=of.statuses,
        counted=of.figures,
        credited=of.credits,
        credits=typesetter.phrases.credits(week.involvements, of.known),
        medal_dates=typesetter.phrases.medal(week.start, week.end),
        line=line,
        undated=undated,
        at_a_glance=line if fits_a_poster(week) else (),
        over=of.over,
        figures=figures(week.figures, voice=voice, calendar=calendar),
        promises=_promises(week),
        contributions=_contributions(week.activities),
        occasions=_occasions(week),
        also_told_by=[source for source in week.also_told_by if source not in week.sources],
        share=share,
    )


def share_text(of: Edition, title: str, dates: str, where: str) -> str:
    """Write what a reader can paste into a message: title, dates, place; what is not known is left out."""
    told = of.typesetter.voice.comma.join(part for part in (dates, where) if part)
    return " – ".join(part for part in (title, told) if part)


def _title(of: Edition) -> str:
    voice = of.typesetter.voice
    site = of.typesetter.site
    return f"{voice.words(of.week.titles)} · {voice.words(site.short_name or site.name)}"


def _feeds(of: Edition) -> tuple[Feed, ...]:
    code, slug, gettext = of.typesetter.voice.code, of.week.slug, of.typesetter.voice.gettext
    return (
        Feed("application/ld+json", f"/{code}/weeks/{slug}/index.jsonld", gettext("Open data")),
        Feed("text/calendar", f"/feeds/{code}/weeks/{slug}.ics", gettext("Calendar")),
        Feed("application/atom+xml", f"/feeds/{code}/weeks/{slug}.atom", gettext("News feed")),
        Feed("application/json", f"/data/weeks/{slug}.json", gettext("Open data")),
    )


def _promises(week: WeekRecord) -> tuple[PromiseRecord, ...]:
    gathered = {promise.slug: promise for promise in week.promises}
    for activity in week.activities:
        for promise in activity.promises:
            gathered.setdefault(promise.slug, promise)
    return tuple(gathered.values())


def _contributions(activities: Sequence[ActivityRecord]) -> tuple[ContributionRecord, ...]:
    return tuple({item.slug: item for activity in activities for item in activity.contributions}.values())


def _occasions(week: WeekRecord) -> tuple[OccasionRecord, ...]:
    gathered = {item.slug: item for item in week.occasions}
    for activity in week.activities:
        gathered.update({item.slug: item for item in activity.occasions})
    return tuple(gathered.values())
