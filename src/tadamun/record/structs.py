"""What an audience may know: frozen, typed, complete.

Publishing is a function of these and of nothing else. They hold no key of a database row, no name of
a person who did not choose to be named, no place that may not be told yet. ``record.builders`` makes
them; ``record/schema.json`` describes them to other people's programs.

Every text is a mapping from language code to words. Every coded value is a ``Term``: the code for
machines, its label for readers. "Not stated" is ``None`` or an empty tuple, never a zero.
"""

from datetime import date, datetime, time

import msgspec

from tadamun.toolkit.facts import Fact
from tadamun.toolkit.languages.text import Text


class Record(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Base of all records: frozen, keyword-only, without what is not stated."""


class Term(Record, frozen=True):
    """A coded value with its label in every language of the site."""

    code: str
    label: Text


class SourceRecord(Record, frozen=True):
    """Where a claim or a text comes from, or where an activity was also written about."""

    title: Text
    publisher: Text = {}
    url: str = ""
    on: date | None = None
    language: str = ""


class PlaceRecord(Record, frozen=True):
    """A place in the version that this audience may know."""

    slug: str
    names: Text
    kind: Term
    landmark: Text = {}
    within: tuple[Text, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    exact_told_from: datetime | None = None


class TieRecord(Record, frozen=True):
    """How one organisation belongs to another: part of, run by, sister of, member of."""

    type: Term
    organisation: str


class OrganisationRecord(Record, frozen=True):
    """A body that takes part: association, forum, path, venue keeper, party, federation."""

    slug: str
    names: Text
    kind: Term
    short_names: Text = {}
    aliases: tuple[Text, ...] = ()
    description: Text = {}
    side: Term | None = None
    city: Text = {}
    country: Text = {}
    url: str = ""
    political: bool = False
    ties: tuple[TieRecord, ...] = ()


class When(Record, frozen=True):
    """A time as exactly as it was stated, in the zone of the week.

    ``precision`` is ``exact`` (``start`` to ``end`` are the days) or ``between`` (on ``days`` days that
    lie somewhere from ``start`` to ``end``).
    """

    start: date
    end: date
    precision: str = "exact"
    days: int | None = None
    start_time: time | None = None
    end_time: time | None = None
    part_of_day: Term | None = None


class SittingRecord(Record, frozen=True):
    """One date and place of an activity. No place means that none was stated or none may be told."""

    when: When
    place: PlaceRecord | None = None
    note: Text = {}


class PostponementRecord(Record, frozen=True):
    """A date that was announced and did not hold. No new date means that none was set."""

    announced: When
    moved_to: When | None = None
    on: date | None = None
    reason: Text = {}


class InvolvementRecord(Record, frozen=True):
    """An organisation's or a collective's part in a week or activity, as this audience may see it.

    Either ``organisation`` (a slug) or ``collective`` (a text) is set. ``line`` is the whole agreed
    wording, for example "in cooperation with Sports Against Violence".
    """

    type: Term
    line: Text
    organisation: str | None = None
    collective: Text = {}


class FigurePart(Record, frozen=True):
    """A cell of a figure's split. A withheld cell has no quantity."""

    dimension: Term
    group: Text
    quantity: int | None = None
    withheld: bool = False


class FigureRecord(Record, frozen=True):
    """One claim about a number: who said it, how it was counted, and how sure it is.

    ``precision`` is ``exact``, ``at_least``, ``more_than``, ``up_to``, ``about`` or ``range`` (then ``quantity_max``
    is set).
    Several figures with the same ``what``, ``unit`` and ``group`` are claims that stand side by side.
    """

    what: Term
    unit: Term
    group: Text = {}
    precision: str = "exact"
    quantity: int | None = None
    quantity_max: int | None = None
    withheld: bool = False
    source: SourceRecord | None = None
    method: Term | None = None
    as_of: date | None = None
    note: Text = {}
    parts: tuple[FigurePart, ...] = ()


class PhotoRecord(Record, frozen=True):
    """A photo with a live consent for this audience. ``sha256`` names its rebuilt pixels in the store."""

    sha256: str
    width: int
    height: int
    caption: Text
    alternative: Text
    activity: str | None = None
    credit: Text = {}
    licence: str = ""
    taken_on: date | None = None


class ActivityLink(Record, frozen=True):
    """The address of an activity, with what a link to it needs to say."""

    week: str
    activity: str
    titles: Text
    start: date | None = None
    place: Text = {}


class RelationRecord(Record, frozen=True):
    """A tie between activities: repeat of, repeated as, edition after, edition before, follow-up of."""

    type: Term
    activity: ActivityLink


class PromiseRecord(Record, frozen=True):
    """A follow-up that was announced, and what became of it."""

    slug: str
    text: Text
    state: Term
    made_in: ActivityLink | None = None
    owner: str | None = None
    target_group: Text = {}
    place: Text = {}
    expected: Text = {}
    kept_by: ActivityLink | None = None
    reason: Text = {}


class OccasionRecord(Record, frozen=True):
    """A day or event of the outside world: Newroz, 8 March, an election."""

    slug: str
    names: Text
    kind: Term
    start: date
    end: date


class ContributionRecord(Record, frozen=True):
    """An activity's part in somebody else's campaign, flagged when it lies outside the window."""

    slug: str
    names: Text
    owners: tuple[str, ...] = ()
    theme: Text = {}
    start: date | None = None
    end: date | None = None
    days: int | None = None
    hashtags: tuple[str, ...] = ()
    url: str = ""
    outside_by_days: int = 0


class SeriesRecord(Record, frozen=True):
    """The series that an activity or week is an edition of; it survives a change of name."""

    slug: str
    names: Text
    number: int | None = None


class PersonRecord(Record, frozen=True):
    """People in a role, as they chose to be named: nobody, a number, or a name they agreed to."""

    role: Term
    name: Text = {}
    function: Text = {}
    organisation: str | None = None
    quantity: int | None = None


class OutcomeRecord(Record, frozen=True):
    """What came of it: an output, a recommendation, a result, what went wrong."""

    kind: Term
    text: Text
    number: int | None = None
    addressed_to: Text = {}


class KindRecord(Record, frozen=True):
    """The kind of an activity: its name, its mark (SVG path in a 24 × 24 box), its schema.org type."""

    code: str
    name: Text
    mark: str
    schema_type: str = "Event"
    category: str = ""


class ActivityRecord(Record, frozen=True):
    """One concrete action. ``facts`` are what is special to its kind; ``sign_up`` says that the gate is open for it."""

    uid: str
    slug: str
    kind: KindRecord
    titles: Text
    state: Term
    sittings: tuple[SittingRecord, ...] = ()
    summary: Text = {}
    purpose: Text = {}
    body: Text = {}
    role: Term | None = None
    target_group: Text = {}
    themes: tuple[Term, ...] = ()
    open_to_all: bool = False
    sign_up: bool = False
    involvements: tuple[InvolvementRecord, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    facts: tuple[Fact, ...] = ()
    figures: tuple[FigureRecord, ...] = ()
    photos: tuple[PhotoRecord, ...] = ()
    promises: tuple[PromiseRecord, ...] = ()
    outcomes: tuple[OutcomeRecord, ...] = ()
    occasions: tuple[OccasionRecord, ...] = ()
    contributions: tuple[ContributionRecord, ...] = ()
    relations: tuple[RelationRecord, ...] = ()
    series: SeriesRecord | None = None
    postponements: tuple[PostponementRecord, ...] = ()
    also_told_by: tuple[SourceRecord, ...] = ()
    sequence: int = 0
    changed_at: datetime | None = None


class WeekRecord(Record, frozen=True):
    """A dated programme of activities, complete: whatever its pages print stands in here.

    ``photos`` is the gallery in its editorial order; an activity's photos are repeated in the activity.
    ``organisations`` holds every body that the week mentions.
    """

    uid: str
    slug: str
    form: Term
    titles: Text
    state: Term
    start: date
    end: date
    timezone: str
    audience: str
    summary: Text = {}
    body: Text = {}
    target_group: Text = {}
    reach: Text = {}
    themes: tuple[Term, ...] = ()
    places: tuple[PlaceRecord, ...] = ()
    involvements: tuple[InvolvementRecord, ...] = ()
    activities: tuple[ActivityRecord, ...] = ()
    figures: tuple[FigureRecord, ...] = ()
    photos: tuple[PhotoRecord, ...] = ()
    promises: tuple[PromiseRecord, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    outcomes: tuple[OutcomeRecord, ...] = ()
    contributions: tuple[ContributionRecord, ...] = ()
    occasions: tuple[OccasionRecord, ...] = ()
    series: SeriesRecord | None = None
    postponements: tuple[PostponementRecord, ...] = ()
    also_told_by: tuple[SourceRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    organisations: tuple[OrganisationRecord, ...] = ()
    invented: bool = False
    changed_at: datetime | None = None


class SiteRecord(Record, frozen=True):
    """The publishing coalition: its name, its mission, where its site lives, in which languages."""

    name: Text
    languages: tuple[str, ...]
    short_name: Text = {}
    mission: Text = {}
    about: Text = {}
    base_url: str = ""
    onion_url: str = ""
    publisher: str | None = None
    small_cell: int = 10
    organisations: tuple[OrganisationRecord, ...] = ()
