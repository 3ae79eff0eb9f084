"""The record of a week: what an audience may know of it at a moment, complete."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tadamun.organise.programme.models import Week
from tadamun.organise.programme.vocabulary import State, Theme, WeekForm
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import NotForThisAudience, week_is_told
from tadamun.record.builders.activity import Maker, activity_record, series_record
from tadamun.record.builders.bodies import organisation_records
from tadamun.record.builders.facts import with_facts_in_words
from tadamun.record.builders.moments import next_moment
from tadamun.record.builders.parts import outcome_records
from tadamun.record.builders.rows import Stored, read
from tadamun.record.builders.sittings import postponement_record
from tadamun.record.builders.sources import source_records
from tadamun.record.builders.telling import Telling, in_utc
from tadamun.record.builders.terms import terms
from tadamun.record.structs import WeekRecord


def build_week(
    *, week: Week, audience: Audience, now: datetime, languages: tuple[str, ...], small_cell: int
) -> WeekRecord:
    """Make the record of a week for an audience at ``now``, with a fixed number of queries.

    ``languages`` are those of the site, the first being its own. ``small_cell`` is the smallest group of people
    that is counted to outside audiences; less than five is read as five.

    :raises NotForThisAudience: when the week is an idea and the audience is outside.
    :raises UnreadablePlan: when the details of an activity do not fit its kind.
    """
    telling = telling_of(week=week, audience=audience, now=now, languages=languages, small_cell=small_cell)
    return week_record(read(week), telling)


def week_record(stored: Stored, telling: Telling) -> WeekRecord:
    """Make the record from rows that were read already; see ``build_week``."""
    make, row = Maker.of(stored, telling), stored.week
    activities = tuple(activity_record(activity, make) for activity in make.told.values())
    record = WeekRecord(
        uid=str(row.uid),
        slug=row.slug,
        form=telling.term(WeekForm, row.form),
        titles=row.titles,
        state=telling.term(State, row.state),
        start=row.start,
        end=row.end,
        timezone=row.timezone,
        audience=telling.audience.value,
        summary=row.summary,
        body=row.body,
        target_group=row.target_group,
        reach=row.reach,
        themes=terms(Theme, row.themes, telling.languages),
        places=make.places.listed(stored.week_places),
        involvements=make.involvements(None),
        activities=activities,
        figures=make.figures(None),
        photos=make.photos,
        promises=make.promises(None),
        people=make.people(None),
        outcomes=outcome_records(stored.outcomes.get(None, ()), telling=telling),
        contributions=make.contributions(None, [(row.start, row.end)]),
        occasions=make.occasions(None),
        series=series_record(row.series, row.edition),
        postponements=tuple(postponement_record(one) for one in stored.postponements.get(None, ())),
        also_told_by=source_records(stored.told_by.get(None, ())),
        sources=source_records(make.cited()),
        organisations=organisation_records(make.bodies, languages=telling.languages, start=row.start, end=row.end),
        invented=row.invented,
        changed_at=in_utc(max([row.changed_at, *(activity.changed_at for activity in make.told.values())])),
    )
    return with_facts_in_words(record)


def when_due_again(*, week: Week, now: datetime, audience: Audience = Audience.PUBLIC) -> datetime | None:
    """The next moment after ``now`` at which the record would change by itself, in UTC; None when it stays.

    That is when a place may be told, and the midnight (where the week is) after the last day of a consent. The
    days that a kind's plan states count too, since a kind may let something end with them.
    """
    telling = telling_of(week=week, audience=audience, now=now, languages=("en",), small_cell=0)
    return next_moment(week, telling)


def telling_of(
    *, week: Week, audience: Audience, now: datetime, languages: tuple[str, ...], small_cell: int
) -> Telling:
    """To whom, when and in which languages a record of this week speaks.

    :raises NotForThisAudience: when the week is an idea and the audience is outside.
    """
    if not week_is_told(week.state, audience):
        raise NotForThisAudience(f"“{week.slug}” is an idea; only the coalition sees it until it is planned.")
    return Telling(
        audience=audience,
        now=now,
        zone=ZoneInfo(week.timezone),
        languages=languages,
        small_cell=small_cell,
    )
