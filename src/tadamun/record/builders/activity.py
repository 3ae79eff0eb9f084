"""The record of an activity, and what all records of one week share while they are made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tadamun.organise.people.rules import may_sign_up
from tadamun.organise.people.services.registrations import door_of
from tadamun.organise.programme.models import Activity, Series, Source
from tadamun.organise.programme.vocabulary import PartInWeek, State, Theme
from tadamun.record.audiences import OUTSIDE, activity_is_told, is_guarded, is_told
from tadamun.record.builders.bodies import Bodies, held_back
from tadamun.record.builders.figures import figure_record, withheld_figures
from tadamun.record.builders.kindfacts import Facts, facts_of, kind_record, with_known_references
from tadamun.record.builders.links import Links
from tadamun.record.builders.parts import (
    contribution_records,
    involvement_records,
    occasion_records,
    outcome_records,
    person_records,
    promise_records,
)
from tadamun.record.builders.photos import photo_records
from tadamun.record.builders.places import Places
from tadamun.record.builders.rows import Stored
from tadamun.record.builders.sittings import postponement_record, sitting_record
from tadamun.record.builders.sources import source_records
from tadamun.record.builders.telling import Telling, in_utc
from tadamun.record.builders.terms import terms
from tadamun.record.disclosure import FLOOR, Withheld
from tadamun.record.structs import (
    ActivityRecord,
    ContributionRecord,
    FigureRecord,
    InvolvementRecord,
    OccasionRecord,
    PersonRecord,
    PhotoRecord,
    PromiseRecord,
    SeriesRecord,
)


@dataclass(frozen=True)
class Maker:
    """One making of one week's record: the stored rows, and what was decided about all of them at once.

    ``told`` are the activities that the audience may know, by key, in their order. ``activity`` arguments are
    such a key, or None for what belongs to the week itself.
    """

    stored: Stored
    telling: Telling
    told: Mapping[int, Activity]
    bodies: Bodies
    places: Places
    links: Links
    photos: tuple[PhotoRecord, ...]
    facts: Mapping[int, Facts]
    withheld: Mapping[int, Withheld]

    @classmethod
    def of(cls, stored: Stored, telling: Telling) -> "Maker":
        """Decide what is common to all parts of the record."""
        told = {row.pk: row for row in stored.activities if activity_is_told(row.state, telling.audience)}
        bodies = Bodies(held_back(stored, telling))
        facts = {key: facts_of(row, stored.sittings.get(key, ()), telling) for key, row in told.items()}
        hidden = {row.slug for row in stored.activities if row.pk not in told}
        outside = {row.pk for row in stored.activities if all(activity_is_told(row.state, one) for one in OUTSIDE)}
        return cls(
            stored=stored,
            telling=telling,
            told=told,
            bodies=bodies,
            places=Places(stored, telling),
            links=Links(stored, telling),
            photos=photo_records(stored, told=told, telling=telling),
            facts=with_known_references(facts, bodies=bodies, hidden_activities=hidden),
            withheld=withheld_figures(stored.figures, activities=outside, small_cell=max(telling.small_cell, FLOOR)),
        )

    def involvements(self, activity: int | None) -> tuple[InvolvementRecord, ...]:
        """The involvements that may be seen."""
        return involvement_records(self.stored.involvements.get(activity, ()), telling=self.telling, bodies=self.bodies)

    def people(self, activity: int | None) -> tuple[PersonRecord, ...]:
        """The people that may be spoken of."""
        return person_records(self.stored.people.get(activity, ()), telling=self.telling, bodies=self.bodies)

    def figures(self, activity: int | None) -> tuple[FigureRecord, ...]:
        """The figures that may be seen, with what is withheld of them."""
        return tuple(
            figure_record(row, telling=self.telling, withheld=self.withheld)
            for row in self.stored.figures.get(activity, ())
            if is_told(row.audiences, self.telling.audience)
        )

    def promises(self, activity: int | None) -> tuple[PromiseRecord, ...]:
        """The promises that may be seen."""
        return promise_records(
            self.stored.promises.get(activity, ()),
            made_in=self.links.to(self.told[activity]) if activity is not None else None,
            telling=self.telling,
            bodies=self.bodies,
            places=self.places,
            links=self.links,
        )

    def contributions(self, activity: int | None, spans: list[tuple[date, date]]) -> tuple[ContributionRecord, ...]:
        """Parts in others' campaigns."""
        return contribution_records(
            self.stored.contributions.get(activity, ()),
            spans=spans,
            owners=self.stored.owners,
            telling=self.telling,
            bodies=self.bodies,
        )

    def occasions(self, activity: int | None) -> tuple[OccasionRecord, ...]:
        """Days of the outside world."""
        return occasion_records(self.stored.occasions.get(activity, ()), telling=self.telling)

    def cited(self) -> Iterator[Source]:
        """The sources of the figures that are told."""
        for activity in (None, *self.told):
            for row in self.stored.figures.get(activity, ()):
                answer = self.withheld.get(row.pk)
                hidden = answer is not None and answer.total and self.telling.outside
                if row.source is not None and is_told(row.audiences, self.telling.audience) and not hidden:
                    yield row.source


def activity_record(row: Activity, make: Maker) -> ActivityRecord:
    """What the audience may know of one activity that it is told of."""
    stored, telling = make.stored, make.telling
    sittings = stored.sittings.get(row.pk, ())
    spans = [(sitting.start, sitting.end) for sitting in sittings]
    return ActivityRecord(
        uid=str(row.uid),
        slug=row.slug,
        kind=kind_record(row.kind, telling.languages),
        titles=row.titles,
        state=telling.term(State, row.state),
        sittings=tuple(sitting_record(row, one, places=make.places, telling=telling) for one in sittings),
        summary=row.summary,
        purpose=row.purpose,
        body=row.body,
        role=telling.stated(PartInWeek, row.part_in_week),
        target_group=row.target_group,
        themes=terms(Theme, row.themes, telling.languages),
        open_to_all=row.open_to_all,
        sign_up=_signs_up(row, make),
        involvements=make.involvements(row.pk),
        people=() if is_guarded(row.safety, telling.audience) else make.people(row.pk),
        facts=make.facts[row.pk],
        figures=make.figures(row.pk),
        photos=tuple(photo for photo in make.photos if photo.activity == row.slug),
        promises=make.promises(row.pk),
        outcomes=outcome_records(stored.outcomes.get(row.pk, ()), telling=telling),
        occasions=make.occasions(row.pk),
        contributions=make.contributions(row.pk, spans),
        relations=make.links.relations(row),
        series=series_record(row.series, row.edition),
        postponements=tuple(postponement_record(one) for one in stored.postponements.get(row.pk, ())),
        also_told_by=source_records(stored.told_by.get(row.pk, ())),
        sequence=row.sequence,
        changed_at=in_utc(row.changed_at),
    )


def _signs_up(row: Activity, make: Maker) -> bool:
    admission = make.stored.admissions.get(row.pk)
    return admission is not None and bool(may_sign_up(door_of(admission, row), now=make.telling.now))


def series_record(row: Series | None, number: int | None) -> SeriesRecord | None:
    """The series that something is an edition of."""
    return SeriesRecord(slug=row.slug, names=row.names, number=number) if row is not None else None
