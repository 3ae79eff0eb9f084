"""Organisations as the desk finds them: by any of their names however typed, and those that may be the same body."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Count, Q

from tadamun.organise.network.models import Alias, Organisation, Tie
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.models import Involvement
from tadamun.organise.programme.queries.partners import parts_of
from tadamun.organise.programme.queries.reach import reachable, weeks_in_reach
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.search import finds, folded

# Two spellings of one name differ in a letter or two; names of two bodies differ in a word.
_ALIKE = 0.82
MOST = 200


@dataclass(frozen=True)
class Known:
    """An organisation with every name that it is known by."""

    organisation: Organisation
    names: tuple[str, ...]
    spelt: frozenset[str]

    def is_called(self, name: str) -> bool:
        """Whether this is one of its names, however typed."""
        return folded(name) in self.spelt

    def may_be(self, name: str) -> bool:
        """Whether the name is close to one of its names: a letter more or less, words left out, words in order."""
        return any(_alike(folded(name), spelt) for spelt in self.spelt)


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation in the list: its names, how often it takes part, whether it has members here."""

    organisation: Organisation
    parts: int
    members: int


@dataclass(frozen=True)
class OrganisationPage:
    """All that an organisation's page on the desk shows."""

    organisation: Organisation
    aliases: tuple[Alias, ...]
    ties: tuple[Tie, ...]
    ties_from_others: tuple[Tie, ...]
    similar: tuple[Organisation, ...]
    parts: tuple[Involvement, ...]
    members: int
    is_mine: bool
    may_edit: bool


def all_known() -> list[Known]:
    """Every organisation with all its names. Two queries."""
    aliases: dict[int, list[Text]] = {}
    for alias in Alias.objects.all():
        aliases.setdefault(alias.organisation_id, []).append(alias.names)
    return [_known(row, aliases.get(row.pk, [])) for row in Organisation.objects.all()]


def called(name: str, known: Iterable[Known]) -> list[Organisation]:
    """The organisations that have exactly this name, however typed."""
    return [one.organisation for one in known if one.is_called(name)]


def similar(name: str, known: Iterable[Known]) -> list[Organisation]:
    """The organisations whose name is so close that they may be meant, the exact ones included."""
    return [one.organisation for one in known if one.is_called(name) or one.may_be(name)]


def organisation_lines(query: str) -> list[OrganisationLine]:
    """The organisations that are found with these words, however typed; at most ``MOST``. Three queries."""
    known = [one for one in all_known() if finds(query, one.names)][:MOST]
    counted = Organisation.objects.filter(pk__in=[one.organisation.pk for one in known]).annotate(
        parts=Count("involvements", distinct=True), members=Count("memberships", distinct=True)
    )
    numbers = {row.pk: (row.parts, row.members) for row in counted}
    return [OrganisationLine(one.organisation, *numbers[one.organisation.pk]) for one in known]


def organisation_page(standing: Standing, slug: str) -> OrganisationPage | None:
    """An organisation with its other names, its ties, and bodies that it may be one with. A fixed number of queries."""
    known = all_known()
    mine = next((one for one in known if one.organisation.slug == slug), None)
    if mine is None:
        return None
    row = mine.organisation
    near = [one.organisation for one in known if one is not mine and any(one.may_be(name) for name in mine.names)]
    members = row.memberships.count()
    return OrganisationPage(
        organisation=row,
        aliases=tuple(row.aliases.all()),
        ties=tuple(row.ties.select_related("to")),
        ties_from_others=tuple(row.ties_from_others.select_related("organisation")),
        similar=tuple(near),
        parts=_parts(standing, row),
        members=members,
        is_mine=slug in standing.organisations,
        may_edit=may_edit(standing, row, members=members),
    )


def _parts(standing: Standing, organisation: Organisation) -> tuple[Involvement, ...]:
    """Where it takes part, as far as the member may know: all of it for its own members, else what she works on."""
    rows = parts_of([organisation.slug])
    if organisation.slug not in standing.organisations:
        mine = Q(week__in=weeks_in_reach(standing.organisations).values("pk"))
        rows = rows.filter(mine | Q(activity__in=reachable(standing.organisations).values("pk")))
    return tuple(rows)


def may_edit(standing: Standing, organisation: Organisation, *, members: int) -> bool:
    """Whether a member may change what is stated about an organisation.

    One that has members here states it itself. Any other is looked after by those who carry something that it takes
    part in; while it takes part in nothing, by whoever edits here.
    """
    if members:
        return standing.may(Permission.EDIT, [organisation.slug])
    editing = [part.organisation for part in standing.parts if Permission.EDIT in part.card.permissions]
    parts = Involvement.objects.filter(organisation=organisation)
    mine = Q(week__in=weeks_in_reach(editing).values("pk")) | Q(activity__in=reachable(editing).values("pk"))
    return bool(editing) and (parts.filter(mine).exists() or not parts.exists())


def _known(row: Organisation, aliases: Iterable[Text]) -> Known:
    names = tuple(name for text in (row.names, row.short_names, *aliases) for name in text.values() if name)
    return Known(row, names, frozenset(spelt for name in names if (spelt := folded(name))))


def _alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    fewer, more = sorted((one.split(), other.split()), key=len)
    if len(fewer) > 1 and all(any(_one_word(word, another) for another in more) for word in fewer):
        return True
    return _one_word(one, other)


def _one_word(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
