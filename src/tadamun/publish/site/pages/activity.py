"""The page of an activity: when, where and for whom first, then everything that was stated about it."""

from datetime import date

from tadamun.publish.site.pages.week import Edition, share_text
from tadamun.publish.site.typesetting import Feed
from tadamun.record.structs import ActivityRecord, PlaceRecord


def activity_page(of: Edition, slug: str) -> bytes:
    """Set the page of an activity.

    :raises LookupError: when the week has no such activity.
    """
    ordered = sorted(of.week.activities, key=_first_day)
    slugs = [activity.slug for activity in ordered]
    if slug not in slugs:
        raise LookupError(f"The week {of.week.slug} has no activity {slug}.")
    place_in_week = slugs.index(slug)
    activity = ordered[place_in_week]
    typesetter = of.typesetter
    voice = typesetter.voice
    title = voice.words(activity.titles)
    share = share_text(of, title, _dates(of, activity), _where(of, activity))
    return typesetter.set_page(
        "activity.html",
        path=f"weeks/{of.week.slug}/{slug}/",
        section="weeks",
        title=f"{title} · {voice.words(of.week.titles)}",
        description=voice.words(activity.summary) or share,
        photo=next(iter(activity.photos), None),
        feeds=_feeds(of, slug),
        week=of.week,
        activity=activity,
        known=of.known,
        siblings=of.statuses,
        status=of.statuses[slug],
        places=_places(activity),
        credits=of.credits[slug],
        figures=of.figures.get(slug, ()),
        prominent=[fact for fact in activity.facts if fact.prominent],
        more=[fact for fact in activity.facts if not fact.prominent],
        previous=ordered[place_in_week - 1] if place_in_week else None,
        following=ordered[place_in_week + 1] if place_in_week + 1 < len(ordered) else None,
        share=share,
    )


def _first_day(activity: ActivityRecord) -> date:
    if activity.sittings:
        return min(sitting.when.start for sitting in activity.sittings)
    return activity.postponements[-1].announced.start if activity.postponements else date.max


def _dates(of: Edition, activity: ActivityRecord) -> str:
    return str(of.typesetter.phrases.when(activity.sittings[0].when).striptags()) if activity.sittings else ""


def _where(of: Edition, activity: ActivityRecord) -> str:
    """The place in plain words, where there is just one."""
    places = _places(activity)
    return str(of.typesetter.phrases.place(places[0], near=True).striptags()) if len(places) == 1 else ""


def _places(activity: ActivityRecord) -> tuple[PlaceRecord, ...]:
    return tuple({sitting.place.slug: sitting.place for sitting in activity.sittings if sitting.place}.values())


def _feeds(of: Edition, slug: str) -> tuple[Feed, ...]:
    code, week, gettext = of.typesetter.voice.code, of.week.slug, of.typesetter.voice.gettext
    return (
        Feed("application/ld+json", f"/{code}/weeks/{week}/{slug}/index.jsonld", gettext("Open data")),
        Feed("text/calendar", f"/feeds/{code}/weeks/{week}/{slug}.ics", gettext("Calendar")),
    )
