"""No group of fewer than k people can be worked out from what is published."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from time import perf_counter
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tadamun.record.disclosure import Cell, Claim, Withheld, stepped, withhold

pytestmark = pytest.mark.pure

Rule = Callable[..., tuple[Withheld, ...]]
SEXES = ("women", "men", "unstated")
CITIES = ("baghdad", "basra", "unstated")
ATOMS = tuple(product(SEXES, CITIES))


def primary_only(claims: Sequence[Claim], *, k: int) -> tuple[Withheld, ...]:
    """The negative control: only what is small itself is withheld."""
    return tuple(
        Withheld(total=claim.low < k, cells=tuple(cell.quantity < k for cell in claim.cells)) for claim in claims
    )


def split(*quantities: int, total: int | None = None, dimension: str = "sex", **rest: str) -> Claim:
    total = sum(quantities) if total is None else total
    cells = tuple(Cell(dimension, f"group {number}", quantity) for number, quantity in enumerate(quantities))
    return Claim(total, total, cells=cells, **rest)


def shown(claim: Claim, answer: Withheld) -> list[int | None]:
    """What readers see: the total, then the cells; None where nothing is said."""
    total = None if answer.total else claim.low
    return [total, *(None if hidden else cell.quantity for cell, hidden in zip(claim.cells, answer.cells, strict=True))]


def published(*claims: Claim, k: int = 10) -> list[list[int | None]]:
    return [shown(claim, answer) for claim, answer in zip(claims, withhold(claims, k=k), strict=True)]


@pytest.mark.parametrize(
    ("claim", "readers_see", "why"),
    [
        (split(22, 15), [37, 22, 15], "nothing is small"),
        (split(9, total=9), [None, None], "the whole is small"),
        (split(40, 3), [43, None, None], "the other cell would give it away"),
        (split(40, 30, 3), [73, 40, None, None], "the last stated of the others goes with it"),
        (split(40, 3, 30, 4), [77, 40, None, None, None], "two small ones are still a small group"),
        (split(40, 30, 6, 7), [83, 40, 30, None, None], "two small ones that are not small together hide each other"),
        (split(40, 30, 9, 9), [88, 40, None, None, None], "both as large as they can be: that would tell them"),
        (split(40, 0), [40, None, None], "that there were none is about everybody who came"),
        (split(40, total=43), [43, None], "whom a split leaves out are a group too"),
        (split(40, 3, total=80), [80, 40, None], "those left out hide the small cell"),
    ],
)
def test_split_shows_what_gives_nobody_away(claim: Claim, readers_see: list[int | None], why: str) -> None:
    assert published(claim) == [readers_see], why


def test_claims_of_other_sources_give_nothing_away_either() -> None:
    plain = Claim(30, 30)
    women = Claim(26, 26, group="women")
    assert published(plain, women) == [[30], [None]]
    assert published(women) == [[26]]
    assert published(split(20, 10), Claim(33, 33)) == [[30, None, None], [33]], "33 - 20 - 10 would be 3 people"
    assert published(Claim(800, 800), Claim(1344, 1344), Claim(506, 506, group="women")) == [[800], [1344], [506]]


def test_group_withheld_in_one_claim_is_withheld_in_all() -> None:
    exact = Claim(43, 43, cells=(Cell("sex", "women", 40), Cell("sex", "men", 3)))
    assert published(exact, Claim(40, 40, group="women")) == [[43, None, None], [None]]


def test_group_and_what_it_contains_are_not_subtracted() -> None:
    women, young = Claim(40, 40, group="women"), Claim(36, 36, group="young_women")
    assert published(women, young) == [[40], [None]]
    assert published(women, Claim(20, 20, group="young_women")) == [[40], [20]]
    both = [Claim(100, 100), Claim(60, 60, group="women"), Claim(60, 60, group="young_people")]
    assert published(*both, Claim(25, 25, group="young_women"))[3] == [None], "5 are neither women nor young"


def test_split_of_a_group_is_told_where_it_is_the_only_one_of_its_kind() -> None:
    cities = (Cell("city", "baghdad", 13), Cell("city", "basra", 12))
    women = Claim(25, 25, group="women", cells=cities)
    assert published(women) == [[25, 13, 12]]
    assert published(Claim(40, 40), women) == [[40], [25, 13, 12]]
    whole = Claim(60, 60, cells=(Cell("city", "baghdad", 35), Cell("city", "basra", 25)))
    assert published(whole, women) == [[60, 35, 25], [25, None, None]]


def test_range_counts_with_both_its_ends() -> None:
    assert published(Claim(8, 30)) == [[None]]
    assert published(Claim(40, 60), Claim(37, 37, group="women")) == [[40], [None]]
    assert published(Claim(37, 40), Claim(37, 37, group="women"))[1] == [None]


def test_week_gives_way_to_its_activities() -> None:
    week = Claim(304, 304)
    assert published(week, Claim(300, 300, subject="a")) == [[None], [300]], "4 people came elsewhere"
    assert published(week, Claim(150, 150, subject="a"), Claim(150, 150, subject="b")) == [[None], [150], [150]]
    assert published(week, Claim(150, 150, subject="a"), Claim(4, 4, subject="b")) == [[304], [150], [None]]
    assert published(Claim(154, 154), Claim(150, 150, subject="a"), Claim(4, 4, subject="b"))[0] == [None]
    assert published(Claim(300, 300, group="women"), Claim(304, 304, subject="a")) == [[None], [304]], "4 men"
    assert published(week, Claim(25, 25, group="women", subject="a")) == [[304], [25]]


def test_many_contradicting_claims_are_settled_soon() -> None:
    cells = tuple(Cell("city", f"city {number}", 1000 + 2**number) for number in range(30))
    whole = sum(cell.quantity for cell in cells)
    contradicting = Claim(2**20, 2**20)
    began = perf_counter()
    withhold([Claim(whole, whole, cells=cells), contradicting], k=10)
    assert perf_counter() - began < 2, "there are 2**30 sums"


def test_steps_never_show_a_few_more() -> None:
    seen = {stepped(quantity, k=10) for quantity in range(200)}
    assert min(later - earlier for earlier, later in combinations(sorted(seen), 2)) == 10
    assert stepped(25, k=10) == 20


# Readers who do sums


class Interval(NamedTuple):
    least: int
    most: int


def possible(total: int, published_cells: Sequence[int | None], *, complete: bool) -> list[Interval]:
    """For each withheld cell: what it may be, by trying every way to fill the table."""
    rest = total - sum(cell for cell in published_cells if cell is not None)
    hidden = [index for index, cell in enumerate(published_cells) if cell is None]
    ways = [
        way
        for way in product(range(rest + 1), repeat=len(hidden))
        if sum(way) == rest or (not complete and sum(way) < rest)
    ]
    return [Interval(min(column), max(column)) for column in zip(*ways, strict=True)]


def what_sums_give_away(claim: Claim, answer: Withheld, k: int) -> Iterator[str]:
    total, *cells = shown(claim, answer)
    if total is None:
        yield from ("cell without its total" for cell in cells if cell is not None)
        return
    stated = [cell for cell in cells if cell is not None]
    yield from (f"small number {cell}" for cell in (total, *stated) if cell < k)
    for size in range(1, len(stated) + 1):
        for some in combinations(stated, size):
            if 0 < total - sum(some) < k:
                yield f"{total} less {some}"
    if None in cells:
        complete = sum(cell.quantity for cell in claim.cells) == total
        for interval in possible(total, cells, complete=complete):
            if interval.most - interval.least < k:
                yield f"a withheld cell is {interval}"


tables = st.builds(
    lambda quantities, left_out: split(*quantities, total=sum(quantities) + left_out),
    st.lists(st.integers(0, 14), min_size=1, max_size=3),
    st.one_of(st.just(0), st.integers(0, 14)),
)


@settings(max_examples=300, deadline=None)
@given(claim=tables, k=st.integers(5, 7))
def test_sums_give_nobody_away(claim: Claim, k: int) -> None:
    [answer] = withhold([claim], k=k)
    assert list(what_sums_give_away(claim, answer, k)) == []


def test_sums_find_what_withholding_small_cells_alone_gives_away() -> None:
    claim = split(20, 3)
    [answer] = primary_only([claim], k=5)
    assert list(what_sums_give_away(claim, answer, 5)) == [
        "23 less (20,)",
        "a withheld cell is Interval(least=3, most=3)",
    ]


# Readers who also know the rule


def determined_by_the_rule(rule: Rule, *, cells: int, most: int, k: int) -> list[tuple[object, ...]]:
    """What is published of some table, and of no table with another value in one of its withheld cells."""
    tables_behind = defaultdict(list)
    for quantities in product(range(most + 1), repeat=cells):
        claim = split(*quantities)
        seen = tuple(shown(claim, rule([claim], k=k)[0]))
        hidden = sum(quantities) - sum(cell for cell in seen[1:] if cell is not None)
        if seen[0] is not None and hidden <= most:
            tables_behind[seen].append(quantities)
    return [
        seen
        for seen, tables in tables_behind.items()
        for index in range(cells)
        if seen[index + 1] is None and len({table[index] for table in tables}) == 1
    ]


@pytest.mark.parametrize(("cells", "most", "k"), [(2, 14, 5), (3, 12, 5), (3, 9, 3), (4, 6, 3)])
def test_knowing_the_rule_determines_no_cell(cells: int, most: int, k: int) -> None:
    assert determined_by_the_rule(withhold, cells=cells, most=most, k=k) == []


def test_knowing_the_rule_would_tell_with_small_cells_alone() -> None:
    assert determined_by_the_rule(primary_only, cells=2, most=14, k=5) != []


# Readers who solve the linear system of several claims


class Population(NamedTuple):
    """How many people of each sex from each city came."""

    counts: tuple[int, ...]

    def count(self, sex: str = "", city: str = "") -> int:
        return sum(self.counts[index] for index in atoms(sex, city))

    def claim(self, sex: str, dimensions: Sequence[str], stated: int) -> Claim:
        cells = [Cell("sex", code, self.count(code)) for code in SEXES[:stated] if "sex" in dimensions and not sex]
        cells += [Cell("city", code, self.count(sex, code)) for code in CITIES[:stated] if "city" in dimensions]
        return Claim(self.count(sex), self.count(sex), group=sex, cells=tuple(cells))


def atoms(sex: str = "", city: str = "") -> list[int]:
    return [i for i, (s, c) in enumerate(ATOMS) if sex in ("", s) and city in ("", c)]


def equations(claims: Sequence[Claim], answers: Sequence[Withheld]) -> Iterator[list[int]]:
    """Which atoms each published number adds up."""
    for claim, answer in zip(claims, answers, strict=True):
        if not answer.total:
            yield atoms(claim.group)
        for cell, hidden in zip(claim.cells, answer.cells, strict=True):
            if not hidden:
                yield atoms(cell.group) if cell.dimension == "sex" else atoms(claim.group, cell.group)


def reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Reduced row echelon form."""
    rank = 0
    for column in range(len(ATOMS)):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for i, row in enumerate(rows):
            if i != rank and row[column]:
                rows[i] = [value - row[column] * own for value, own in zip(row, rows[rank], strict=True)]
        rank += 1
    return rows[:rank]


def groups_given_away(population: Population, claims: Sequence[Claim], k: int, rule: Rule) -> list[str]:
    """Every union of atoms with 1 to k-1 people whose number follows from the published ones."""
    rows = [[Fraction(i in members) for i in range(len(ATOMS))] for members in equations(claims, rule(claims, k=k))]
    basis = reduced(rows)
    found = []
    for members in product((0, 1), repeat=len(ATOMS)):
        quantity = sum(n for n, member in zip(population.counts, members, strict=True) if member)
        if 0 < quantity < k and follows(members, basis):
            found.append(f"{[atom for atom, member in zip(ATOMS, members, strict=True) if member]}: {quantity}")
    return found


def follows(members: Sequence[int], basis: Sequence[Sequence[Fraction]]) -> bool:
    left = [Fraction(member) for member in members]
    for row in basis:
        lead = next(i for i, value in enumerate(row) if value)
        if factor := left[lead]:
            left = [value - factor * own for value, own in zip(left, row, strict=True)]
    return not any(left)


@pytest.mark.parametrize(
    ("counts", "asked"),
    [
        ((25, 35, 0, 35, 4, 0, 0, 0, 0), [("", ["sex", "city"], 1), ("women", ["city"], 1)]),
        ((20, 20, 0, 3, 0, 0, 0, 0, 0), [("", ["sex"], 2), ("women", ["city"], 3)]),
        ((20, 15, 5, 3, 0, 0, 0, 0, 0), [("", [], 0), ("women", ["city"], 3)]),
    ],
)
def test_no_small_group_follows_from_a_split_of_a_smaller_group(
    counts: tuple[int, ...], asked: list[tuple[str, list[str], int]]
) -> None:
    population = Population(counts)
    claims = [population.claim(*question) for question in asked]
    assert groups_given_away(population, claims, 5, primary_only) != [], "else there is nothing to find"
    assert groups_given_away(population, claims, 5, withhold) == []


populations = st.builds(Population, st.tuples(*[st.one_of(st.just(0), st.integers(0, 25))] * len(ATOMS)))
questions = st.lists(
    st.tuples(
        st.sampled_from(["", "", "women", "men"]),
        st.lists(st.sampled_from(["sex", "city"]), unique=True),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(population=populations, asked=questions, k=st.integers(5, 10))
def test_no_small_group_follows_from_several_claims(
    population: Population, asked: list[tuple[str, list[str], int]], k: int
) -> None:
    claims = [population.claim(*question) for question in asked]
    assert groups_given_away(population, claims, k, withhold) == []


def test_small_groups_follow_when_only_small_cells_are_withheld() -> None:
    population = Population((12, 20, 0, 3, 11, 0, 0, 0, 0))
    claims = [population.claim("", ["sex", "city"], 2), population.claim("women", ["city"], 2)]
    assert groups_given_away(population, claims, 5, primary_only) != []
    assert groups_given_away(population, claims, 5, withhold) == []
