"""Organisations: which of them this record may name, and all that it says of them.

An organisation is listed only when something in the record names it. One whose involvement is hidden from
this audience (not signed off, or told to others only) is *held back*: while nothing shows its part it is named
nowhere in the record, neither as the owner of a promise or campaign, nor as somebody's organisation, nor as the
other end of a tie.

A tie is told when it holds in the time of the week and its other end is named too. One sort of tie names a
body by itself: what a named body is *part of*, up to the forum or coalition, since a path is not understood
without its forum. Who runs or hosts a body, and its members and sisters, are never drawn in that way.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from tadamun.organise.network.models import Alias, Organisation, Tie
from tadamun.organise.network.vocabulary import OrganisationKind, Side, TieType
from tadamun.organise.programme.models import Involvement
from tadamun.record.audiences import activity_is_told, involvement_is_told
from tadamun.record.builders.rows import Stored
from tadamun.record.builders.telling import Telling
from tadamun.record.builders.terms import stated_term, term
from tadamun.record.structs import OrganisationRecord, TieRecord

# A path is part of a forum, which is part of a coalition, which may be part of a federation.
_GENERATIONS = 3


class Bodies:
    """Notes which organisations a record names, and refuses those that are held back."""

    def __init__(self, held_back: Collection[int]) -> None:
        self.held_back = frozenset(held_back)
        self.named: dict[int, Organisation] = {}

    def name(self, organisation: Organisation | None) -> str | None:
        """The slug by which the record names a body; None when there is none or it is held back."""
        if organisation is None or organisation.pk in self.held_back:
            return None
        self.named[organisation.pk] = organisation
        return organisation.slug

    def name_all(self, organisations: Iterable[Organisation]) -> tuple[str, ...]:
        """The slugs of those that may be named, in their order."""
        slugs = (self.name(organisation) for organisation in organisations)
        return tuple(slug for slug in slugs if slug is not None)


def held_back(stored: Stored, telling: Telling) -> frozenset[int]:
    """The bodies whose part in this week is hidden from the audience and shown nowhere in it."""
    shown, hidden = set(), set()
    told = {None, *(row.pk for row in stored.activities if activity_is_told(row.state, telling.audience))}
    for activity, rows in stored.involvements.items():
        for row in rows:
            if row.organisation_id is None:
                continue
            if not shows(row, telling):
                hidden.add(row.organisation_id)
            elif activity in told:
                shown.add(row.organisation_id)
    return frozenset(hidden - shown)


def shows(row: Involvement, telling: Telling) -> bool:
    """Whether this telling may name the body or collective with this part."""
    return involvement_is_told(audiences=row.audiences, sign_off=row.sign_off, audience=telling.audience)


def organisation_records(
    bodies: Bodies, *, languages: tuple[str, ...], start: date, end: date
) -> tuple[OrganisationRecord, ...]:
    """The named bodies and what they are part of, by slug, with the ties that hold between ``start`` and ``end``."""
    named = dict(bodies.named)
    ties = _ties(named, bodies, start, end)
    aliases = _aliases(named)
    return tuple(
        _record(row, ties=ties.get(row.pk, ()), aliases=aliases.get(row.pk, ()), languages=languages)
        for row in sorted(named.values(), key=lambda row: row.slug)
    )


def _ties(named: dict[int, Organisation], bodies: Bodies, start: date, end: date) -> Mapping[int, Sequence[Tie]]:
    """Read the ties of the named bodies; adds to ``named`` what they are part of."""
    holds = (Q(since__isnull=True) | Q(since__lte=end)) & (Q(until__isnull=True) | Q(until__gte=start))
    ties: dict[int, list[Tie]] = {}
    young = set(named)
    for _ in range(_GENERATIONS):
        parents: set[int] = set()
        rows = Tie.objects.filter(holds, organisation__in=young).select_related("to")
        for tie in rows.order_by("organisation", "type", "to__slug"):
            ties.setdefault(tie.organisation_id, []).append(tie)
            if tie.type == TieType.PART_OF and tie.to_id not in bodies.held_back and tie.to_id not in named:
                named[tie.to_id] = tie.to
                parents.add(tie.to_id)
        young = parents
    return {key: [tie for tie in rows if tie.to_id in named] for key, rows in ties.items()}


def _aliases(named: Collection[int]) -> Mapping[int, Sequence[Alias]]:
    aliases: dict[int, list[Alias]] = {}
    for alias in Alias.objects.filter(organisation__in=named).order_by("organisation", "position"):
        aliases.setdefault(alias.organisation_id, []).append(alias)
    return aliases


def _record(
    row: Organisation, *, ties: Sequence[Tie], aliases: Sequence[Alias], languages: tuple[str, ...]
) -> OrganisationRecord:
    return OrganisationRecord(
        slug=row.slug,
        names=row.names,
        kind=term(OrganisationKind, row.kind, languages),
        short_names=row.short_names,
        aliases=tuple(alias.names for alias in aliases),
        description=row.description,
        side=stated_term(Side, row.side, languages),
        city=row.city,
        country=row.country,
        url=row.url,
        political=row.political,
        ties=tuple(TieRecord(type=term(TieType, tie.type, languages), organisation=tie.to.slug) for tie in ties),
    )
