"""What is stated about a week or an activity: involvements, people, promises, outcomes, contributions, occasions."""

from collections.abc import Sequence
from datetime import date

from tadamun.organise.programme.models import Contribution, Involvement, Occasion, Outcome, Person, Promise
from tadamun.organise.programme.queries.partners import credit_line
from tadamun.organise.programme.vocabulary import (
    InvolvementType,
    OccasionKind,
    OutcomeKind,
    PersonRole,
    PromiseState,
)
from tadamun.record.audiences import is_told, name_is_told
from tadamun.record.builders.bodies import Bodies, shows
from tadamun.record.builders.links import Links
from tadamun.record.builders.places import Places
from tadamun.record.builders.rows import ByCampaign
from tadamun.record.builders.sittings import days_outside
from tadamun.record.builders.telling import Telling
from tadamun.record.structs import (
    ActivityLink,
    ContributionRecord,
    InvolvementRecord,
    OccasionRecord,
    OutcomeRecord,
    PersonRecord,
    PromiseRecord,
)


def involvement_records(
    rows: Sequence[Involvement], *, telling: Telling, bodies: Bodies
) -> tuple[InvolvementRecord, ...]:
    """The parts that the audience may see, each with its agreed wording or else that of its type."""
    return tuple(
        InvolvementRecord(
            type=telling.term(InvolvementType, row.type),
            line=credit_line(row, telling.languages),
            organisation=bodies.name(row.organisation),
            collective=row.collective if row.organisation_id is None else {},
        )
        for row in rows
        if shows(row, telling)
    )


def person_records(rows: Sequence[Person], *, telling: Telling, bodies: Bodies) -> tuple[PersonRecord, ...]:
    """The people that the audience is told of; a name only where one was chosen."""
    return tuple(
        PersonRecord(
            role=telling.term(PersonRole, row.role),
            name=row.name if name_is_told(row.naming) else {},
            function=row.function,
            organisation=bodies.name(row.organisation),
            quantity=row.quantity,
        )
        for row in rows
        if is_told(row.audiences, telling.audience)
    )


def promise_records(
    rows: Sequence[Promise],
    *,
    made_in: ActivityLink | None,
    telling: Telling,
    bodies: Bodies,
    places: Places,
    links: Links,
) -> tuple[PromiseRecord, ...]:
    """The promises that the audience is told of, with a link to what kept them where it may be followed."""
    return tuple(
        PromiseRecord(
            slug=row.slug,
            text=row.text,
            state=telling.term(PromiseState, row.state),
            made_in=made_in,
            owner=bodies.name(row.owner),
            target_group=row.target_group,
            place=places.name(row.place_id),
            expected=row.expected,
            kept_by=links.to(row.kept_by),
            reason=row.reason,
        )
        for row in rows
        if is_told(row.audiences, telling.audience)
    )


def outcome_records(rows: Sequence[Outcome], *, telling: Telling) -> tuple[OutcomeRecord, ...]:
    """What came of it, as far as the audience is told."""
    return tuple(
        OutcomeRecord(
            kind=telling.term(OutcomeKind, row.kind), text=row.text, number=row.number, addressed_to=row.addressed_to
        )
        for row in rows
        if is_told(row.audiences, telling.audience)
    )


def contribution_records(
    rows: Sequence[Contribution],
    *,
    spans: list[tuple[date, date]],
    owners: ByCampaign,
    telling: Telling,
    bodies: Bodies,
) -> tuple[ContributionRecord, ...]:
    """Parts in somebody else's campaigns; ``spans`` are the days of the activity, each from first to last."""
    records = []
    for row in rows:
        if not is_told(row.audiences, telling.audience):
            continue
        campaign = row.campaign
        records.append(
            ContributionRecord(
                slug=campaign.slug,
                names=campaign.names,
                owners=bodies.name_all(owners.get(campaign.pk, ())),
                theme=campaign.theme,
                start=campaign.start,
                end=campaign.end,
                days=_length(campaign.start, campaign.end),
                hashtags=tuple(campaign.hashtags),
                url=campaign.url,
                outside_by_days=days_outside(spans, campaign.start, campaign.end),
            )
        )
    return tuple(records)


def occasion_records(rows: Sequence[Occasion], *, telling: Telling) -> tuple[OccasionRecord, ...]:
    """Days of the outside world, in their order in time."""
    return tuple(
        OccasionRecord(
            slug=row.slug,
            names=row.names,
            kind=telling.term(OccasionKind, row.kind),
            start=row.start,
            end=row.end,
        )
        for row in sorted(rows, key=lambda row: (row.start, row.slug))
    )


def _length(start: date | None, end: date | None) -> int | None:
    return (end - start).days + 1 if start and end else None
