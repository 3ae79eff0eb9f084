"""Small cells: which counts of people must stay unsaid so that no small group can be counted.

A *claim* counts one group of a subject's people (or everybody) and may split it by dimensions. All claims
given together count the same thing (for example "took part"), so cells of one can be subtracted from totals
of another. Groups are therefore withheld by what they mean, in every claim at once.

**The promise**, for a threshold ``k`` and counts that are consistent with each other:

1. No published number lies below ``k``; a stated zero is withheld too.
2. For each published total and each dimension that splits it: the total minus any of the published cells is
   never 1 to k-1. It may be 0 only when nothing of that split is withheld. People whom a split leaves out
   count as a group like any other, because subtraction finds them.
3. When cells of a split are withheld, together with those left out they are at least two groups and at least
   ``k`` people. A reader who knows all published numbers can therefore place each withheld cell only in the
   interval from 0 to some R ≥ k: it is never determined and never bounded more closely.
4. A reader who knows this rule too, and that cells are withheld for being small, cannot determine one either.
   So what is withheld besides the small cells goes by the order in which groups are stated, from the last,
   never by size; and small cells that are all as large as small cells can be do not stay among themselves.
5. Contradicting claims are subtracted from each other in every combination that makes sense, so that the
   promise holds whichever of them is true.
6. Claims about a whole week give way to claims about its activities: when a week's numbers, set against any
   sum of its activities' numbers, would give away 1 to k-1 people, those of the week are withheld.

A dimension splits one total of a subject only: tables of two dimensions would need more than this to be safe,
so the split of the largest group stands. What readers know from elsewhere is beyond any such rule.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

FLOOR = 5
DEFAULT = 10

Name = frozenset[tuple[str, str]]
_EVERYBODY: Name = frozenset()
_FREE = "group"
_OWN_DIMENSION = {"women": "sex", "men": "sex"}
_PART_OF = {
    "young_women": ("women", "young_people"),
    "girls": ("women", "children", "young_people"),
    "boys": ("men", "children", "young_people"),
    "children": ("young_people",),
}
_MOST_SUMS = 2_000


@dataclass(frozen=True)
class Cell:
    """One group of a split, for example sex, women, 12."""

    dimension: str
    group: str
    quantity: int


@dataclass(frozen=True)
class Claim:
    """A count of ``group`` (empty: everybody) of one ``subject`` (empty: the whole week), from ``low`` to ``high``."""

    low: int
    high: int
    group: str = ""
    cells: tuple[Cell, ...] = ()
    subject: str = ""


@dataclass(frozen=True)
class Withheld:
    """Whether a claim's total, and each of its cells in their order, must stay unsaid."""

    total: bool
    cells: tuple[bool, ...] = ()


def withhold(claims: Sequence[Claim], *, k: int) -> tuple[Withheld, ...]:
    """Decide what stays unsaid of claims that count the same thing; one answer per claim, in their order.

    ``k`` is the smallest group that may be counted; whoever lets users choose it keeps it at ``FLOOR`` or above.
    """
    tables = {
        subject: _Table.of([claim for claim in claims if claim.subject == subject], k)
        for subject in sorted({claim.subject for claim in claims})
    }
    for table in tables.values():
        table.settle()
    week = tables.get("")
    activities = [table for subject, table in tables.items() if subject]
    if week is not None and activities and _gives_way(week, activities, k):
        week.withheld.update(week.amounts)
    return tuple(tables[claim.subject].answer(claim) for claim in claims)


def stepped(quantity: int, *, k: int) -> int:
    """The largest multiple of ``k`` that is not above ``quantity``.

    For counts that are published again and again while they grow: two of them never differ by 1 to k-1 (P-21).
    """
    return quantity - quantity % k


@dataclass
class _Table:
    """All that is claimed about one subject: the amounts by the meaning of a group, and which are withheld."""

    k: int
    dimensions: Mapping[str, str]
    amounts: dict[Name, set[int]] = field(default_factory=dict)
    withheld: set[Name] = field(default_factory=set)

    @classmethod
    def of(cls, claims: Sequence[Claim], k: int) -> "_Table":
        """Gather the claims; a group that a split of everybody knows belongs to that split's dimension."""
        split = {cell.group: cell.dimension for claim in claims if not claim.group for cell in claim.cells}
        table = cls(k, {**_OWN_DIMENSION, **split})
        for claim in claims:
            name = table.name(claim)
            table.amounts.setdefault(name, set()).update({claim.low, claim.high})
            for cell in claim.cells:
                table.amounts.setdefault(_within(name, cell), set()).add(cell.quantity)
        return table

    def name(self, claim: Claim) -> Name:
        """What the claim's total counts."""
        if not claim.group:
            return _EVERYBODY
        return frozenset({(self.dimensions.get(claim.group, _FREE), claim.group)})

    def answer(self, claim: Claim) -> Withheld:
        """What stays unsaid of one claim."""
        name = self.name(claim)
        return Withheld(
            total=name in self.withheld, cells=tuple(_within(name, cell) in self.withheld for cell in claim.cells)
        )

    def settle(self) -> None:
        """Withhold until the promise holds. Each round withholds at least one more group, so it ends."""
        self.withheld.update(name for name, amounts in self.amounts.items() if min(amounts) < self.k)
        self.withheld.update(self._splits_of_smaller_groups())
        self.withheld.update(self._parts_of_two_groups())
        while self._withhold_parts_of_withheld() or self._withhold_one_more():
            pass

    def _splits_of_smaller_groups(self) -> Iterator[Name]:
        split: dict[str, set[Name]] = {}
        for parent, dimension in self._children():
            split.setdefault(dimension, set()).add(parent)
        for (parent, dimension), children in self._children().items():
            if parent != min(split[dimension], key=_order):
                yield from children

    def _parts_of_two_groups(self) -> Iterator[Name]:
        for name in self.amounts:
            if len(list(self._wholes(name))) > 1:
                yield name

    def _wholes(self, name: Name) -> Iterator[Name]:
        """The claimed groups that contain this one by the sense of the words, as women contain girls."""
        if len(name) != 1:
            return
        ((dimension, group),) = name
        for whole in self.amounts:
            for other, code in whole if len(whole) == 1 else ():
                if code in _PART_OF.get(group, ()) and (other != dimension or other == _FREE):
                    yield whole

    def _withhold_parts_of_withheld(self) -> bool:
        more = {
            name
            for name in self.amounts.keys() - self.withheld
            if any(other < name for other in self.withheld)
            or any(not self._may_stand_beside(whole, name) for whole in self._wholes(name))
        }
        self.withheld |= more
        return bool(more)

    def _may_stand_beside(self, whole: Name, part: Name) -> bool:
        differences = (large - small for large, small in product(self.amounts[whole], self.amounts[part]))
        return whole not in self.withheld and not any(0 < difference < self.k for difference in differences)

    def _withhold_one_more(self) -> bool:
        for parent, children in self._families():
            shown = [child for child in children if child not in self.withheld]
            hidden = [self.amounts[child] for child in children if child in self.withheld]
            if parent in self.withheld or is_safe(
                totals=self.amounts[parent], shown=[self.amounts[child] for child in shown], hidden=hidden, k=self.k
            ):
                continue
            self.withheld.add(shown[-1] if shown else parent)
            return True
        return False

    def _families(self) -> list[tuple[Name, list[Name]]]:
        """The claimed totals, each with the claimed cells of one dimension."""
        families = self._children()
        claimed = (key for key in families if key[0] in self.amounts)
        return [(key[0], families[key]) for key in sorted(claimed, key=lambda key: (_order(key[0]), key[1]))]

    def _children(self) -> dict[tuple[Name, str], list[Name]]:
        """The groups that split a claimed group, or everybody, by a dimension."""
        children: dict[tuple[Name, str], list[Name]] = {}
        for name in self.amounts:
            for dimension, _ in sorted(name):
                parent = frozenset(element for element in name if element[0] != dimension)
                if parent in self.amounts or parent == _EVERYBODY:
                    children.setdefault((parent, dimension), []).append(name)
        return children


def is_safe(*, totals: Iterable[int], shown: Sequence[set[int]], hidden: Sequence[set[int]], k: int) -> bool:
    """Whether a split keeps points 2 and 3 of the promise.

    ``totals`` are the claimed amounts of the whole; ``shown`` and ``hidden`` those of each cell. Point 4 is kept
    too, as far as it is about what may stay among themselves.
    """
    for total in totals:
        near = _sums_near(total, shown, k)
        if near is None or any(0 < total - amount < k for amount in near):
            return False
        if not hidden:
            continue
        rests = [total - amount for amount in _full_sums(shown, total)]
        if any(rest < k for rest in rests):
            return False
        if len(hidden) == 1 and any(rest <= max(hidden[0]) for rest in rests):
            return False
        largest_when_small = len(hidden) * (k - 1)
        if shown and largest_when_small in rests and all(min(cell) < k for cell in hidden):
            return False
    return True


def _gives_way(week: _Table, activities: Sequence[_Table], k: int) -> bool:
    names = sorted({name for table in activities for name in table.amounts}, key=_order)
    for name in names:
        claimed = [table for table in activities if name in table.amounts]
        shown = [table.amounts[name] for table in claimed if name not in table.withheld]
        hidden = [table.amounts[name] for table in claimed if name in table.withheld]
        for whole, totals in week.amounts.items():
            if whole in week.withheld:
                continue
            if not is_safe(totals=totals, shown=shown, hidden=hidden if whole == name else (), k=k):
                return True
            pairs = product(totals, (amount for amounts in shown for amount in amounts))
            if any(0 < abs(total - amount) < k for total, amount in pairs):
                return True
    return False


def _sums_near(total: int, cells: Sequence[set[int]], k: int) -> set[int] | None:
    """The sums of any of the cells that come within ``k`` of the total; None when there are too many to tell."""
    left = sum(max(cell) for cell in cells)
    sums = {0}
    for cell in cells:
        left -= max(cell)
        reached = {amount + more for amount in sums for more in (0, *cell)}
        sums = {amount for amount in reached if amount < total and amount + left > total - k}
        if len(sums) > _MOST_SUMS:
            return None
    return sums


def _full_sums(cells: Sequence[set[int]], total: int) -> set[int]:
    """The sums of all the cells, one claim of each, that do not contradict the total."""
    sums = {0}
    for cell in cells:
        sums = {amount + more for amount in sums for more in cell if amount + more <= total}
    return sums


def _within(name: Name, cell: Cell) -> Name:
    return name | {(cell.dimension, cell.group)}


def _order(name: Name) -> tuple[int, list[tuple[str, str]]]:
    return len(name), sorted(name)
