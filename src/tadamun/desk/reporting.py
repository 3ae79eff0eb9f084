"""A report back to the owner of a campaign, made from the record that is meant for campaign owners, as plain text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from tadamun.publish.feeds.wording import Wording
from tadamun.publish.site import catalogue
from tadamun.publish.site.calendar import Calendar
from tadamun.publish.site.figures import figures
from tadamun.publish.site.voice import Voice
from tadamun.record.structs import ActivityRecord, ContributionRecord, SiteRecord, WeekRecord
from tadamun.toolkit.languages.registry import language


@dataclass(frozen=True)
class Told:
    """An activity that contributed to a campaign, as the campaign's owner may know it."""

    week: WeekRecord
    activity: ActivityRecord
    contribution: ContributionRecord


class Reporter:
    """Writes reports in one language."""

    def __init__(self, *, site: SiteRecord, code: str, locale_folder: Path) -> None:
        self._wording = Wording(site=site, code=code, locale_folder=locale_folder)
        words = catalogue.load(code, locale_folder)
        spoken_in = language(code)
        self._voice = Voice(spoken_in=spoken_in, fallbacks=site.languages, translations=words.translations)
        self._calendar = Calendar(spoken_in)
        self._base = f"{site.base_url}/{code}/weeks/" if site.base_url else ""

    def text(self, told: Iterable[Told]) -> str:
        """The report: for each activity its title, time, place, story, figures, captions and address."""
        return "\n\n".join("\n".join(line for line in self._lines(entry) if line) for entry in told) + "\n"

    def _lines(self, told: Told) -> Iterator[str]:
        wording, activity = self._wording, told.activity
        yield wording.words(activity.titles)
        for sitting in activity.sittings:
            place = wording.place(sitting.place)
            yield " · ".join(part for part in (wording.when(sitting.when), place) if part)
        yield wording.words(activity.summary)
        yield wording.words(activity.body)
        yield wording.credits((*told.week.involvements, *activity.involvements))
        for figure in figures(activity.figures, voice=self._voice, calendar=self._calendar):
            for claim in figure.claims:
                if claim.amount:
                    yield f"- {_bare(claim.amount)} {_bare(claim.subject)}"
        for photo in activity.photos:
            yield f"- {wording.words(photo.caption)}"
        yield " ".join(told.contribution.hashtags)
        yield f"{self._base}{told.week.slug}/{activity.slug}/" if self._base else ""


def contributions(weeks: Iterable[WeekRecord], campaign: str) -> list[Told]:
    """The activities of some records that contribute to a campaign (slug), in the order of their days."""
    found = [
        Told(week, activity, contribution)
        for week in weeks
        for activity in week.activities
        for contribution in activity.contributions
        if contribution.slug == campaign
    ]
    return sorted(
        found, key=lambda told: min((sitting.when.start for sitting in told.activity.sittings), default=told.week.start)
    )


def _bare(markup: Markup) -> str:
    return markup.striptags()
