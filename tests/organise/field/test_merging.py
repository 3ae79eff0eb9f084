"""Many phones, one account: whatever the order, the repetition and the pieces in which entries come."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tadamun.organise.field.rules.clocks import Clocks, Met
from tadamun.organise.field.rules.merging import COUNT, merge
from tadamun.organise.field.rules.state import Known, Logged, Settled, State

T0 = 1_900_000_000_000
MINUTE = 60_000
A, B, C = "a-door", "b-door", "c-door"
KNOWN = Known(tickets={"t1": "in", "t2": "in", "t3": "waiting", "t4": "over"}, codes={"7K2M-9QXD": "t2"})
BODIES = some.one_of(
    some.tuples(some.just("in"), some.fixed_dictionaries({"ticket": some.sampled_from(["t1", "t2", "t3", "t9"])})),
    some.tuples(some.just("in"), some.just({"code": "7K2M-9QXD", "people": 3})),
    some.tuples(some.just("walk_in"), some.just({"women": 2, "men": 1, "age:18_24": 2})),
    some.tuples(
        some.just("tally"), some.fixed_dictionaries({"counter": some.just("women"), "by": some.integers(-2, 5)})
    ),
    some.tuples(some.just("undo"), some.fixed_dictionaries({"of": some.integers(1, 8)})),
    some.tuples(some.just("race_start"), some.just({"wave": ""})),
    some.tuples(some.just("finish"), some.fixed_dictionaries({"bib": some.sampled_from(["1", "2", "3"])})),
    some.tuples(
        some.just("bib"), some.fixed_dictionaries({"bib": some.just("1"), "category": some.sampled_from("WM")})
    ),
    some.tuples(some.just("status"), some.just({"bib": "2", "status": "dnf"})),
    some.tuples(
        some.just("stock"),
        some.fixed_dictionaries(
            {"act": some.sampled_from(["out", "given", "returned"]), "of": some.just("p1"), "n": some.integers(0, 9)}
        ),
    ),
    some.tuples(
        some.just("attend"),
        some.fixed_dictionaries({"counter": some.just("all"), "sitting": some.just("1"), "n": some.integers(24, 26)}),
    ),
    some.tuples(
        some.just("speaker"),
        some.fixed_dictionaries({"speaker": some.just("s"), "act": some.sampled_from(["start", "stop"])}),
    ),
    some.tuples(some.just("start_shift"), some.just({"shift": "5"})),
    some.tuples(some.sampled_from(["tally", "in", "finish", "new_kind"]), some.just({"nonsense": None})),
)


@some.composite
def days(draw: some.DrawFn) -> tuple[list[Logged], list[Met], list[Settled]]:
    """What three phones wrote on a day, their clocks wrong by up to two days and stepping, and what was decided."""
    entries, contacts = [], []
    for device in (A, B, C):
        skew = draw(some.integers(-48 * 60, 48 * 60)) * MINUTE
        for number, (kind, body) in enumerate(draw(some.lists(BODIES, max_size=8)), 1):
            step = draw(some.integers(-600_000, 600_000))
            entries.append(Logged(device, number, T0 + skew + step, kind, body))
        met = draw(some.lists(some.integers(-60, 60), max_size=3))
        contacts += [Met(device, T0 + skew + at * MINUTE, T0 + at * MINUTE) for at in met]
    decided = [
        Settled(key, draw(some.sampled_from([A, B, COUNT, "given", f"{A}:1"])), order)
        for order, key in enumerate(
            draw(some.lists(some.sampled_from(["count:1:all", "finish:1", f"late:{B}", "stock:p1"]), max_size=3))
        )
    ]
    return entries, contacts, decided


@given(day=days(), seed=some.integers(0, 2**32))
def test_order_repetition_and_pieces_do_not_matter(day: Any, seed: int) -> None:
    entries, contacts, decided = day
    chance, revoked = random.Random(seed), {B: T0}
    truth = merge(entries, contacts, decided, known=KNOWN, revoked=revoked)
    shuffled = [*entries, *chance.choices(entries, k=10)] if entries else []
    for one in (shuffled, contacts, decided):
        chance.shuffle(one)
    assert merge(shuffled, [*contacts, *contacts], decided, known=KNOWN, revoked=revoked) == truth
    cut = chance.randint(0, len(entries))
    assert merge([*entries[cut:], *entries[: cut + 2]], contacts, decided, known=KNOWN, revoked=revoked) == truth


@given(day=days())
def test_nobody_is_counted_twice_and_nothing_is_lost(day: Any) -> None:
    entries, contacts, _decided = day
    state = merge(entries, contacts, known=KNOWN)
    undone = {(one.device, one.body["of"]) for one in entries if one.kind == "undo"}
    standing = [one for one in entries if one.kind != "undo" and (one.device, one.number) not in undone]
    assert state.entries == len(standing)
    shown = {KNOWN.codes.get(one.body.get("code", ""), one.body.get("ticket")) for one in standing if one.kind == "in"}
    assert set(state.came) == shown & set(KNOWN.tickets)
    readable = [one for one in standing if one.kind == "tally" and "by" in one.body]
    assert sum(state.tallies.values()) == sum(one.body["by"] for one in readable)
    ins = sum(one.kind == "in" and "nonsense" not in one.body for one in standing)
    assert len(state.came) + len(state.doubles) + len(state.unknown) == ins


def wrote(device: str, number: int, kind: str, body: dict[str, Any], at: int = T0) -> Logged:
    return Logged(device, number, at, kind, body)


def test_a_ticket_at_two_doors_lets_one_person_in_and_is_named() -> None:
    state = merge(
        [wrote(B, 1, "in", {"ticket": "t1"}, T0 + 5), wrote(A, 1, "in", {"ticket": "t1", "people": 2})], known=KNOWN
    )
    assert (state.inside, len(state.doubles)) == (2, 1)
    assert [(one.kind, one.asks, len(one.sides)) for one in state.conflicts] == [("twice", False, 2)]
    assert state.open_conflicts == []


def test_a_code_and_its_ticket_are_one_person() -> None:
    state = merge([wrote(A, 1, "in", {"code": "7K2M-9QXD"}), wrote(A, 2, "in", {"ticket": "t2"})], known=KNOWN)
    assert (state.inside, len(state.doubles), state.conflicts) == (1, 1, [])


def test_a_ticket_of_nobody_is_listed_and_lets_nobody_in() -> None:
    state = merge([wrote(A, 1, "in", {"ticket": "forged"})], known=KNOWN)
    assert (state.inside, [one.ticket for one in state.unknown]) == (0, ["forged"])


def test_an_undo_takes_back_its_own_phones_entry_only_wherever_it_arrives() -> None:
    undo = wrote(A, 2, "undo", {"of": 1}, T0 - MINUTE)
    state = merge([undo, wrote(A, 1, "in", {"ticket": "t1"}), wrote(B, 1, "in", {"ticket": "t2"})], known=KNOWN)
    assert set(state.came) == {"t2"}


@pytest.mark.parametrize(("choice", "held"), [("", None), (A, 25), (B, 26), ("nobody", None)])
def test_25_against_26_is_decided_by_a_person(choice: str, held: int | None) -> None:
    stated = [
        wrote(A, 1, "attend", {"counter": "all", "sitting": "7", "n": 25}),
        wrote(B, 1, "attend", {"counter": "all", "sitting": "7", "n": 24}),
        wrote(B, 2, "attend", {"counter": "all", "sitting": "7", "n": 26}, T0 + 1),
    ]
    decided = [Settled("count:7:all", "somebody", 1), Settled("count:7:all", choice, 2)] if choice else []
    state = merge(stated, settlements=decided)
    assert state.stated == {("7", "all"): held}
    (conflict,) = state.conflicts
    assert [(side.choice, side.says) for side in conflict.sides] == [(A, "25"), (B, "26")]
    assert bool(state.open_conflicts) == (held is None)


def race(*finishes: Logged, decided: tuple[Settled, ...] = (), contacts: tuple[Met, ...] = ()) -> State:
    start = wrote(A, 1, "race_start", {"wave": ""}, T0)
    bibs = [wrote(A, 10 + n, "bib", {"bib": str(n), "category": "W" if n < 3 else "M"}, T0 - 5) for n in range(1, 5)]
    return merge([start, *bibs, *finishes], contacts, decided)


def test_a_finish_is_timed_by_corrected_clocks_and_placed_in_its_category() -> None:
    wrong = 48 * 60 * MINUTE
    met = (Met(B, T0 - wrong, T0), Met(A, T0, T0))
    state = race(
        wrote(B, 1, "finish", {"bib": "2"}, T0 - wrong + 20 * MINUTE),
        wrote(A, 2, "finish", {"bib": "1"}, T0 + 21 * MINUTE),
        wrote(A, 3, "finish", {"bib": "3"}, T0 + 19 * MINUTE),
        wrote(A, 4, "status", {"bib": "4", "status": "dnf"}, T0 + 22 * MINUTE),
        contacts=met,
    )
    told = {one.bib: (one.category, one.time and one.time // MINUTE, one.place) for one in state.results}
    assert told == {"1": ("W", 21, 2), "2": ("W", 20, 1), "3": ("M", 19, 1), "4": ("M", None, None)}


def test_a_bib_at_two_finishes_is_shown_with_both_and_decided() -> None:
    both = (
        wrote(B, 1, "finish", {"bib": "1"}, T0 + 30 * MINUTE),
        wrote(C, 1, "finish", {"bib": "1"}, T0 + 31 * MINUTE),
    )
    open_ = race(*both)
    assert [len(one.sides) for one in open_.open_conflicts] == [2]
    assert {one.bib: one.time for one in open_.results}["1"] == 30 * MINUTE
    closed = race(*both, decided=(Settled("finish:1", f"{C}:1", 1),))
    assert closed.open_conflicts == []
    assert {one.bib: one.time for one in closed.results}["1"] == 31 * MINUTE


def test_one_tap_too_many_on_one_phone_is_no_conflict() -> None:
    state = race(wrote(B, 1, "finish", {"bib": "1"}, T0 + 5), wrote(B, 2, "finish", {"bib": "1"}, T0 + 9))
    assert state.conflicts == []
    assert {one.bib: one.time for one in state.results}["1"] == 5


def test_a_phone_whose_clock_was_set_back_gives_no_time_below_nothing() -> None:
    state = race(
        wrote(A, 2, "finish", {"bib": "1"}, T0 - MINUTE),
        contacts=(Met(A, T0, T0), Met(A, T0 - MINUTE, T0 + 20 * MINUTE)),
    )
    assert {one.bib: one.time for one in state.results}["1"] == 20 * MINUTE


@pytest.mark.parametrize(("given_", "conflicts"), [(70, 0), (71, 1)])
def test_more_cannot_be_given_than_was_carried(given_: int, conflicts: int) -> None:
    stock = [
        wrote(A, 1, "stock", {"act": "out", "of": "p1", "n": 100}),
        wrote(B, 1, "stock", {"act": "given", "of": "p1", "n": given_, "area": "market"}),
        wrote(A, 2, "stock", {"act": "returned", "of": "p1", "n": 30}),
    ]
    assert len(merge(stock).open_conflicts) == conflicts


@pytest.mark.parametrize(("choice", "counted"), [("", 1), ("leave", 1), (COUNT, 501)])
def test_what_a_stolen_phone_says_later_waits_for_the_desk(choice: str, counted: int) -> None:
    entries = [
        wrote(A, 1, "tally", {"counter": "women", "by": 1}),
        wrote(A, 2, "tally", {"counter": "women", "by": 500}, T0 + 2),
    ]
    decided = [Settled(f"late:{A}", choice, 1)] if choice else []
    state = merge(entries, settlements=decided, revoked={A: T0 + 1})
    assert state.tallies == {"women": counted}
    assert bool(state.open_conflicts) == (choice == "")


def test_a_clock_is_corrected_by_its_nearest_contact_and_the_earlier_one_on_a_tie() -> None:
    clocks = Clocks.of([Met(A, 100, 1_100), Met(A, 300, 5_300)])
    assert [clocks.corrected(A, clock) for clock in (0, 100, 199, 200, 201, 900)] == [
        1_000,
        1_100,
        1_199,
        1_200,
        5_201,
        5_900,
    ]
    assert (clocks.corrected(B, 7), clocks.knows(B)) == (7, False)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"counter": 5, "by": 1},
        {"counter": "x", "by": "1"},
        {"counter": "x", "by": True},
        {"counter": "x" * 500, "by": 1},
    ],
)
def test_an_entry_that_says_nothing_is_listed_and_breaks_nothing(body: dict[str, Any]) -> None:
    state = merge([wrote(A, 1, "tally", body), wrote(A, 2, "tally", {"counter": "x", "by": 2})])
    assert (len(state.unreadable), state.tallies) == (1, {"x": 2})


def test_one_phones_own_clock_times_a_runner_exactly_whatever_its_contacts_say() -> None:
    drifting = (Met(A, T0, T0), Met(A, T0 + 20 * MINUTE, T0 + 20 * MINUTE + 900))
    state = race(wrote(A, 2, "finish", {"bib": "1"}, T0 + 20 * MINUTE), contacts=drifting)
    assert {one.bib: one.time for one in state.results}["1"] == 20 * MINUTE
