"""What stays said of a public week until somebody publishes it again.

What was taken away goes at once; what was added or reworded waits. So whatever the narrowed record says was let out
by a person, but for what is live: whether sign-up is open, counts that follow the door, and that something was
cancelled or postponed and to which day, which whoever would come must know. An element is the same one when what
identifies it is equal; where nothing does, an edited element counts as taken away, so that nothing withdrawn is ever
kept by mistake.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from msgspec.structs import replace

from tadamun.record.structs import (
    ActivityLink,
    ActivityRecord,
    FigureRecord,
    InvolvementRecord,
    OrganisationRecord,
    OutcomeRecord,
    PersonRecord,
    PhotoRecord,
    PlaceRecord,
    PostponementRecord,
    PromiseRecord,
    Record,
    RelationRecord,
    SittingRecord,
    SourceRecord,
    WeekRecord,
)
from tadamun.toolkit.facts import Fact, Reference
from tadamun.toolkit.languages.text import Text

Element = TypeVar("Element", bound=Record)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_TOLD_AT_ONCE = frozenset({"postponed", "cancelled"})


@dataclass(frozen=True)
class Guarded:
    """What the plan keeps from the public now, and what it lets follow by itself.

    ``places`` are slugs of places that may not be told, ``place_names`` their names; ``activities`` are those (uid)
    that keep an exact place back; ``counting`` those whose counts follow sign-up and door.
    """

    places: frozenset[str] = frozenset()
    place_names: tuple[Text, ...] = ()
    activities: frozenset[str] = frozenset()
    counting: frozenset[str] = frozenset()


class Coming(Record, frozen=True):
    """What was let out together with a record, to be told of an activity (uid) from a moment on."""

    activity: str
    told_from: datetime
    sittings: tuple[SittingRecord, ...]
    facts: tuple[Fact, ...]


def narrow(
    released: WeekRecord, current: WeekRecord, *, guarded: Guarded, coming: Sequence[Coming] = (), now: datetime
) -> WeekRecord:
    """The released record without what the current one no longer has, and with what is live in it."""
    work = _Work(released, current, guarded, {one.activity: one for one in coming if one.told_from <= now})
    narrowed = work.week()
    if narrowed == released:
        return released
    return replace(narrowed, changed_at=current.changed_at)


class _Work:
    """One narrowing: what both records have, by what identifies it."""

    def __init__(
        self, released: WeekRecord, current: WeekRecord, guarded: Guarded, coming: Mapping[str, Coming]
    ) -> None:
        self.released, self.current, self.guarded, self.coming = released, current, guarded, coming
        self.now_there = {one.uid: one for one in current.activities}
        self.told = {one.slug for one in released.activities if one.uid in self.now_there}
        self.bodies = {one.slug: one for one in current.organisations}
        self.known = {one.slug for one in released.organisations} & self.bodies.keys()
        self.photos = {one.sha256: one for one in current.photos}
        self.live = self._live_counts()

    def week(self) -> WeekRecord:
        """The narrowed week."""
        old, new = self.released, self.current
        activities = tuple(
            self._activity(one, self.now_there[one.uid]) for one in old.activities if one.uid in self.now_there
        )
        return replace(
            old,
            slug=new.slug,
            state=new.state if new.state.code in _TOLD_AT_ONCE else old.state,
            **_texts(old, new, ("summary", "body", "target_group", "reach")),
            places=tuple(self._place(one) for one in _both(old.places, new.places, _slug) if self._may_tell(one)),
            activities=activities,
            **self._parts(old, new),
            postponements=_postponed(old, new),
            figures=self._figures("", old.figures, new.figures),
            photos=self._photos(old.photos),
            sources=_both(old.sources, new.sources, _source),
            organisations=self._organisations(),
            invented=old.invented or new.invented,
        )

    def _activity(self, old: ActivityRecord, new: ActivityRecord) -> ActivityRecord:
        coming = self.coming.get(old.uid)
        if coming is None or not all(self._may_tell(one.place) for one in coming.sittings if one.place):
            coming = Coming(activity=old.uid, told_from=_LONG_AGO, sittings=old.sittings, facts=old.facts)
        moved = _moved(old, new)
        told_at_once = new.state.code in _TOLD_AT_ONCE or (moved and old.state.code in _TOLD_AT_ONCE)
        narrowed = replace(
            old,
            state=new.state if told_at_once else old.state,
            **_texts(old, new, ("summary", "purpose", "body", "target_group")),
            sign_up=new.sign_up,
            **self._parts(old, new),
            sittings=_on_new_days(self._sittings(coming.sittings, new), new, moved),
            postponements=_postponed(old, new),
            facts=tuple(fact for one in coming.facts if (fact := self._fact(one, new)) is not None),
            figures=self._figures(old.uid, old.figures, new.figures),
            photos=self._photos(old.photos),
            relations=tuple(
                one for one in _both(old.relations, new.relations, _relation) if self._may_follow(one.activity)
            ),
        )
        if narrowed == old:
            return old
        return replace(narrowed, sequence=max(old.sequence, new.sequence), changed_at=new.changed_at)

    def _parts(self, old: Any, new: Any) -> dict[str, Any]:
        """The parts that weeks and activities both have."""
        return {
            "involvements": _both(old.involvements, new.involvements, _involvement),
            "people": self._people(old.people, new.people),
            "promises": self._promises(old.promises, new.promises),
            "outcomes": _both(old.outcomes, new.outcomes, _outcome),
            "occasions": _both(old.occasions, new.occasions, _slug),
            "contributions": tuple(
                replace(one, owners=tuple(slug for slug in one.owners if slug in self.known))
                for one in _both(old.contributions, new.contributions, _slug)
            ),
            "series": old.series if new.series else None,
            "also_told_by": _both(old.also_told_by, new.also_told_by, _source),
        }

    def _sittings(self, old: Sequence[SittingRecord], new: ActivityRecord) -> tuple[SittingRecord, ...]:
        if len(new.sittings) < len(old):
            days = [one.when for one in new.sittings]
            old = [one for one in old if one.when in days]
        told = {one.place.slug: one.place for one in new.sittings if one.place}
        return tuple(self._sitting(one, told, keeps=new.uid in self.guarded.activities) for one in old)

    def _sitting(self, old: SittingRecord, told: Mapping[str, PlaceRecord], *, keeps: bool) -> SittingRecord:
        if old.place is None:
            return replace(old, note={}) if keeps else old
        now_told = told.get(old.place.slug)
        if not self._may_tell(old.place) or (keeps and now_told is None):
            return replace(old, place=None, note={})
        place = self._place(old.place)
        if now_told is None or now_told.exact_told_from is None:
            place = replace(place, exact_told_from=None)
        return replace(old, place=place)

    def _may_tell(self, place: PlaceRecord) -> bool:
        return place.slug not in self.guarded.places

    def _place(self, place: PlaceRecord) -> PlaceRecord:
        within = tuple(names for names in place.within if names not in self.guarded.place_names)
        return place if within == place.within else replace(place, within=within)

    def _people(self, old: Sequence[PersonRecord], new: Sequence[PersonRecord]) -> tuple[PersonRecord, ...]:
        return tuple(
            replace(one, function=_text(one.function, twin.function)) for one, twin in _pairs(old, new, _person)
        )

    def _promises(self, old: Sequence[PromiseRecord], new: Sequence[PromiseRecord]) -> tuple[PromiseRecord, ...]:
        return tuple(
            replace(
                one,
                made_in=one.made_in if twin.made_in else None,
                owner=one.owner if twin.owner and one.owner in self.known else None,
                place=one.place if one.place == twin.place else {},
                kept_by=one.kept_by if twin.kept_by and self._may_follow(one.kept_by) else None,
                **_texts(one, twin, ("target_group", "expected", "reason")),
            )
            for one, twin in _pairs(old, new, _slug)
        )

    def _may_follow(self, link: ActivityLink | None) -> bool:
        return link is not None and (link.week != self.released.slug or link.activity in self.told)

    def _fact(self, fact: Fact, new: ActivityRecord) -> Fact | None:
        if fact.key not in {one.key for one in new.facts}:
            return None
        values = tuple(value for value in fact.values if self._is_known(value))
        return replace(fact, values=values) if values else None

    def _is_known(self, value: object) -> bool:
        if not isinstance(value, Reference):
            return True
        if value.to == "organisation":
            return value.slug in self.known
        return value.to != "activity" or value.slug in self.told

    def _photos(self, old: Sequence[PhotoRecord]) -> tuple[PhotoRecord, ...]:
        return tuple(
            replace(one, **_texts(one, self.photos[one.sha256], ("caption", "alternative", "credit")))
            for one in old
            if one.sha256 in self.photos and (one.activity is None or one.activity in self.told)
        )

    def _organisations(self) -> tuple[OrganisationRecord, ...]:
        return tuple(
            replace(
                one,
                **_texts(one, self.bodies[one.slug], ("description", "city", "country")),
                aliases=tuple(alias for alias in one.aliases if alias in self.bodies[one.slug].aliases),
                ties=tuple(tie for tie in one.ties if tie.organisation in self.known),
            )
            for one in self.released.organisations
            if one.slug in self.known
        )

    def _figures(
        self, activity: str, old: Sequence[FigureRecord], new: Sequence[FigureRecord]
    ) -> tuple[FigureRecord, ...]:
        kept = []
        for one in old:
            twin = _twin(one, old, new)
            if twin is not None and self._is_live(activity, twin) and one.what.code in self.live:
                kept.append(twin)
            elif twin is not None:
                kept.append(_withheld_like(one, twin))
        return tuple(kept)

    def _is_live(self, activity: str, figure: FigureRecord) -> bool:
        counted = figure.withheld or (figure.method is not None and figure.method.code in {"registration", "counted"})
        return activity in self.guarded.counting and counted and figure.source is None and not figure.group

    def _live_counts(self) -> frozenset[str]:
        """What may be taken over as it is now: counts beside which only claims stand that are as they were let out.

        What must stay unsaid was decided for the current claims together; beside older ones it could be subtracted.
        """
        scopes = [("", self.released.figures, self.current.figures)]
        scopes += [
            (one.uid, one.figures, self.now_there[one.uid].figures)
            for one in self.released.activities
            if one.uid in self.now_there
        ]
        asked, refused = set(), set()
        for uid, old, new in scopes:
            for one in old:
                twin = _twin(one, old, new)
                if twin is not None and self._is_live(uid, twin):
                    asked.add(one.what.code)
                elif twin is not None and twin != one:
                    refused.add(one.what.code)
        return frozenset(asked - refused)


def _twin(one: FigureRecord, old: Sequence[FigureRecord], new: Sequence[FigureRecord]) -> FigureRecord | None:
    """The claim as it is now: an equal one, or the only one of its sort on both sides."""
    if one in new:
        return one
    sort = _figure(one)
    alike = [other for other in new if _figure(other) == sort]
    return alike[0] if len(alike) == 1 and sum(_figure(other) == sort for other in old) == 1 else None


def _withheld_like(old: FigureRecord, new: FigureRecord) -> FigureRecord:
    """The claim as it was let out, without whatever is withheld or gone by now."""
    if old == new:
        return old
    if new.withheld:
        parts = tuple(replace(part, quantity=None, withheld=True) for part in old.parts)
        return FigureRecord(what=old.what, unit=old.unit, group=old.group, withheld=True, parts=parts)
    shown = [(part.dimension.code, part.group) for part in new.parts if not part.withheld]
    parts = tuple(
        part if (part.dimension.code, part.group) in shown else replace(part, quantity=None, withheld=True)
        for part in old.parts
    )
    return replace(old, parts=parts, note=old.note if parts == old.parts and new.note else {})


def _postponed(old: Any, new: Any) -> tuple[PostponementRecord, ...]:
    """The postponements: those let out that still hold, and new ones without their reason, which are words."""
    known = {one.announced: one for one in old.postponements}
    told = []
    for one in new.postponements:
        twin = known.get(one.announced)
        told.append(replace(one, reason=_text(twin.reason, one.reason) if twin else {}))
    return tuple(told)


def _moved(old: ActivityRecord, new: ActivityRecord) -> timedelta:
    """By how much the activity was postponed since it was let out; nothing when it was not, or has no new day."""
    days = (new.sittings[0].when.start - old.sittings[0].when.start) if old.sittings and new.sittings else timedelta(0)
    fresh = [one for one in new.postponements if one not in old.postponements and one.moved_to is not None]
    agrees = any(one.moved_to and one.moved_to.start == new.sittings[0].when.start for one in fresh if new.sittings)
    return days if agrees else timedelta(0)


def _on_new_days(
    sittings: tuple[SittingRecord, ...], new: ActivityRecord, moved: timedelta
) -> tuple[SittingRecord, ...]:
    """The sittings on the days to which the activity was postponed, where the plan has them on those days, too."""
    days = {one.when.start for one in new.sittings}
    return tuple(
        replace(one, when=replace(one.when, start=one.when.start + moved, end=one.when.end + moved))
        if moved and one.when.start + moved in days
        else one
        for one in sittings
    )


def _both(old: Iterable[Element], new: Iterable[Element], key: Callable[[Element], Any]) -> tuple[Element, ...]:
    return tuple(one for one, _twin in _pairs(old, new, key))


def _pairs(
    old: Iterable[Element], new: Iterable[Element], key: Callable[[Element], Any]
) -> Iterable[tuple[Element, Element]]:
    """Each element that is still there, with itself as it is now; of several equal ones as many as there still are."""
    left: list[Element] = list(new)
    for one in old:
        twin = next((other for other in left if key(other) == key(one)), None)
        if twin is not None:
            left.remove(twin)
            yield one, twin


def _texts(old: Any, new: Any, names: Collection[str]) -> dict[str, Any]:
    return {name: _text(getattr(old, name), getattr(new, name)) for name in names}


def _text(old: Text, new: Text) -> Text:
    """The wordings that were let out, without those whose language has no words any more."""
    return {code: words for code, words in old.items() if code in new}


def _slug(one: Any) -> str:
    return str(one.slug)


def _source(one: SourceRecord) -> Any:
    return one.url or one.title


def _involvement(one: InvolvementRecord) -> Any:
    return one.type.code, one.organisation, one.collective


def _person(one: PersonRecord) -> Any:
    return one.role.code, one.name, one.organisation, one.quantity


def _outcome(one: OutcomeRecord) -> Any:
    return (one.kind.code, one.number) if one.number is not None else (one.kind.code, one.text, one.addressed_to)


def _relation(one: RelationRecord) -> Any:
    return one.type.code, one.activity.week, one.activity.activity


def _figure(one: FigureRecord) -> Any:
    return one.what.code, one.unit.code, one.group
