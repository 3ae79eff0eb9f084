"""The week file: a whole week as people write it, and as one group hands it to another.

These structures are the format. ``docs/week-file.md`` explains it, ``schema.json`` is generated from
them. Texts are mappings from language code to words; a plain string is read as the file's ``language``.
Slugs join the parts: what an activity refers to must stand in the file or in the system.
"""

from datetime import date, datetime, time
from typing import Any

import msgspec

from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.network.vocabulary import OrganisationKind, Side, TieType
from tadamun.organise.programme.vocabulary import (
    Counted,
    DatePrecision,
    Dimension,
    InvolvementType,
    Method,
    Naming,
    OccasionKind,
    OutcomeKind,
    PartInWeek,
    PartOfDay,
    PersonRole,
    PlaceKind,
    Precision,
    PromiseState,
    RelationType,
    SignOff,
    State,
    TellPlace,
    Theme,
    Unit,
    WeekForm,
)
from tadamun.organise.safety.vocabulary import Audience, SafetyProfile
from tadamun.toolkit.languages.text import Text

FORMAT = "tadamun-week/1"


class Entry(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, frozen=True):
    """Base of everything in the file: unknown keys are refused, what is not stated is left out."""


class Named(Entry, frozen=True):
    """Base of what has a slug of its own."""

    slug: str


class TieEntry(Entry, frozen=True):
    """How this organisation belongs to another one."""

    type: TieType
    to: str
    since: date | None = None
    until: date | None = None
    according_to: str = ""


class OrganisationEntry(Named, frozen=True):
    """A body that takes part."""

    kind: OrganisationKind
    names: Text
    short_names: Text = {}
    aliases: list[Text] = []
    description: Text = {}
    side: Side | None = None
    city: Text = {}
    country: Text = {}
    url: str = ""
    ties: list[TieEntry] = []


class PlaceEntry(Named, frozen=True):
    """A place; ``point`` is latitude and longitude."""

    kind: PlaceKind
    names: Text
    spellings: list[str] = []
    landmark: Text = {}
    within: str = ""
    keeper: str = ""
    point: tuple[float, float] | None = None


class OccasionEntry(Named, frozen=True):
    """A day or event of the outside world."""

    kind: OccasionKind
    names: Text
    start: date
    end: date | None = None


class CampaignEntry(Named, frozen=True):
    """Somebody else's campaign. ``days`` is its stated length, checked against the window."""

    names: Text
    theme: Text = {}
    owners: list[str] = []
    start: date | None = None
    end: date | None = None
    days: int | None = None
    hashtags: list[str] = []
    url: str = ""


class SeriesEntry(Named, frozen=True):
    """What editions belong to."""

    names: Text


class SourceEntry(Named, frozen=True):
    """Where a claim or an account comes from."""

    titles: Text
    publisher: Text = {}
    url: str = ""
    published_on: date | None = None
    language: str = ""


class SittingEntry(Entry, frozen=True):
    """One date and place. ``weekday`` (English, lower case) is checked against the date.

    With ``precision: between`` the activity took place on ``days`` days that lie from ``start`` to ``end``.
    """

    start: date
    end: date | None = None
    weekday: str = ""
    precision: DatePrecision = DatePrecision.EXACT
    days: int | None = None
    start_time: time | None = None
    end_time: time | None = None
    part_of_day: PartOfDay | None = None
    place: str = ""
    public_place: str = ""
    tell_place: TellPlace = TellPlace.ALWAYS
    told_from: datetime | None = None
    note: Text = {}


class PostponementEntry(Entry, frozen=True):
    """A date that was announced and did not hold."""

    announced_start: date
    announced_end: date | None = None
    moved_start: date | None = None
    moved_end: date | None = None
    said_on: date | None = None
    reason: Text = {}


class InvolvementEntry(Entry, frozen=True):
    """A body's (``organisation``) or a collective's (``collective``) part. No ``line``: the type's own wording."""

    type: InvolvementType
    organisation: str = ""
    collective: Text = {}
    line: Text = {}
    audiences: list[Audience] | None = None
    sign_off: SignOff = SignOff.ASKED
    sign_off_by: date | None = None
    signed_off_on: date | None = None


class FigureEntry(Entry, frozen=True):
    """A claim about a number. ``parts``: dimension → group → quantity, for example ``sex: {women: 10, men: 12}``.

    Groups whose names do not come with the product are named in ``group_names``: group → text.
    """

    counted: Counted
    quantity: int
    quantity_max: int | None = None
    unit: Unit = Unit.PERSONS
    group: str = ""
    group_names: dict[str, Text] = {}
    precision: Precision = Precision.EXACT
    source: str = ""
    method: Method | None = None
    as_of: date | None = None
    note: Text = {}
    parts: dict[Dimension, dict[str, int]] = {}
    audiences: list[Audience] | None = None


class PromiseEntry(Named, frozen=True):
    """A follow-up that was announced. ``kept_by`` is ``activity`` or ``week/activity``."""

    text: Text
    state: PromiseState = PromiseState.PROMISED
    owner: str = ""
    place: str = ""
    target_group: Text = {}
    expected: Text = {}
    due_on: date | None = None
    kept_by: str = ""
    reason: Text = {}
    audiences: list[Audience] | None = None


class PersonEntry(Entry, frozen=True):
    """People in a role, as they chose to be named."""

    role: PersonRole
    naming: Naming = Naming.NOBODY
    name: Text = {}
    function: Text = {}
    organisation: str = ""
    quantity: int | None = None
    audiences: list[Audience] | None = None


class OutcomeEntry(Entry, frozen=True):
    """An output, result, recommendation, demand, decision, or what went wrong."""

    kind: OutcomeKind
    text: Text
    number: int | None = None
    addressed_to: Text = {}
    audiences: list[Audience] | None = None


class ContributionEntry(Entry, frozen=True):
    """An activity's part in somebody else's campaign."""

    campaign: str
    audiences: list[Audience] | None = None


class RelationEntry(Entry, frozen=True):
    """A tie to another activity: ``activity`` of this week, or ``week/activity``."""

    type: RelationType
    to: str


class EditionEntry(Entry, frozen=True):
    """Which edition of which series this is; ``series`` may be unknown."""

    series: str = ""
    number: int | None = None


class PhotoEntry(Entry, frozen=True):
    """A photo of the gallery, in editorial order. ``file`` lies beside the week file."""

    file: str
    caption: Text
    alternative: Text = {}
    activity: str = ""
    credit: Text = {}
    licence: str = ""
    taken_on: date | None = None
    consent: ConsentState = ConsentState.NOT_ASKED
    consent_audiences: list[Audience] | None = None
    consent_until: date | None = None


class ActivityEntry(Named, frozen=True):
    """One concrete action. ``details`` has the structure of its ``kind``."""

    kind: str
    titles: Text
    uid: str = ""
    state: State = State.PLANNED
    safety: SafetyProfile = SafetyProfile.OPEN
    part_in_week: PartInWeek | None = None
    summary: Text = {}
    purpose: Text = {}
    body: Text = {}
    target_group: Text = {}
    themes: list[Theme] = []
    open_to_all: bool = False
    details: dict[str, Any] = {}
    edition: EditionEntry | None = None
    occasions: list[str] = []
    also_told_by: list[str] = []
    sittings: list[SittingEntry] = []
    postponements: list[PostponementEntry] = []
    involvements: list[InvolvementEntry] = []
    people: list[PersonEntry] = []
    figures: list[FigureEntry] = []
    contributions: list[ContributionEntry] = []
    promises: list[PromiseEntry] = []
    outcomes: list[OutcomeEntry] = []
    relations: list[RelationEntry] = []
    sequence: int = 0
    changed_at: datetime | None = None


class WeekEntry(Named, frozen=True):
    """The week itself."""

    form: WeekForm
    titles: Text
    start: date
    end: date
    uid: str = ""
    state: State = State.PLANNED
    timezone: str = ""
    summary: Text = {}
    body: Text = {}
    target_group: Text = {}
    reach: Text = {}
    themes: list[Theme] = []
    places: list[str] = []
    occasions: list[str] = []
    also_told_by: list[str] = []
    edition: EditionEntry | None = None
    postponements: list[PostponementEntry] = []
    involvements: list[InvolvementEntry] = []
    people: list[PersonEntry] = []
    figures: list[FigureEntry] = []
    contributions: list[ContributionEntry] = []
    promises: list[PromiseEntry] = []
    outcomes: list[OutcomeEntry] = []
    invented: bool = False
    changed_at: datetime | None = None


class WeekDocument(Entry, frozen=True):
    """A whole week file."""

    format: str
    week: WeekEntry
    language: str = "en"
    organisations: list[OrganisationEntry] = []
    places: list[PlaceEntry] = []
    occasions: list[OccasionEntry] = []
    campaigns: list[CampaignEntry] = []
    series: list[SeriesEntry] = []
    sources: list[SourceEntry] = []
    activities: list[ActivityEntry] = []
    photos: list[PhotoEntry] = []


Stated = WeekEntry | ActivityEntry
"""What parts can be stated about."""
