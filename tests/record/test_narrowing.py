"""Until somebody publishes again, what was taken away is gone and what was added or reworded waits."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from tadamun.record import narrowing
from tadamun.record.narrowing import Coming, Guarded, narrow
from tadamun.record.schema import encode
from tadamun.record.structs import FigureRecord, PostponementRecord, WeekRecord, When
from tests.record.records import (
    NEW,
    NOW,
    VARIANTS,
    a_figure,
    a_place,
    a_record,
    a_sitting,
    an_activity,
    term,
    variants,
)

pytestmark = pytest.mark.pure

# The place is guarded by more than the record; who loses her name goes as a whole.
NOT_EQUAL = {"less place", "less name"}
LIVE = {"cancelled", "postponed"}


def narrowed(released: WeekRecord, current: WeekRecord, **given_: Any) -> WeekRecord:
    return narrow(released, current, **{"guarded": Guarded(), "now": NOW, **given_})


def words_in(record: WeekRecord) -> set[str]:
    """Everything that a reader could read in it, whatever is live or counts changes aside."""

    def walk(node: Any, key: str = "") -> Iterator[str]:
        if isinstance(node, dict):
            for name, value in node.items():
                if name not in {"changed_at", "sequence", "sign_up"}:
                    yield from walk(value, name)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value, key)
        elif not isinstance(node, bool) and node not in LIVE:
            yield f"{key}: {node}"

    return set(walk(json.loads(encode(record))))


def elements_of(record: WeekRecord) -> set[str]:
    """What is withdrawn as a whole: photos, people, bodies, activities, names of hosts."""
    found = {f"photo {one.sha256}" for one in record.photos}
    found |= {f"body {one.slug}" for one in record.organisations}
    for one in record.activities:
        found.add(f"activity {one.uid}")
        found |= {f"photo {photo.sha256}" for photo in one.photos}
        found |= {f"person {person.name}" for person in one.people}
        found |= {f"outcome {outcome.text}" for outcome in one.outcomes}
        found |= {f"promise {promise.slug}" for promise in one.promises}
        found |= {f"involvement {part.organisation}" for part in one.involvements}
        found |= {f"owner {promise.owner}" for promise in one.promises if promise.owner}
        found |= {f"figure {figure.what.code} {figure.withheld}" for figure in one.figures if not figure.withheld}
    return found | {f"involvement of the week {part.organisation}" for part in record.involvements}


def test_what_did_not_change_stays_as_it_is() -> None:
    assert narrowed(a_record(), a_record()) is not None
    assert narrowed(a_record(), a_record()) == a_record()


@pytest.mark.parametrize("variant", [name for name in sorted(VARIANTS) if name.startswith("new")])
def test_what_was_added_or_reworded_waits(variant: str) -> None:
    current = VARIANTS[variant](a_record())
    assert NEW["en"] in encode(current).decode() or variant in {"new day", "new quantity"}
    result = narrowed(a_record(), current)
    assert NEW["en"] not in encode(result).decode()
    assert result == a_record()


@pytest.mark.parametrize("variant", [name for name in sorted(VARIANTS) if name.startswith("less")])
def test_what_was_taken_away_is_gone_at_once(variant: str) -> None:
    current = VARIANTS[variant](a_record())
    guarded = Guarded(places=frozenset({"mashufna"}) if variant == "less place" else frozenset())
    result = narrowed(a_record(), current, guarded=guarded)
    if variant == "less name":
        assert result.activities[0].people == (), "whoever is named otherwise goes, and comes with the next release"
        return
    assert replace(result, changed_at=None) == replace(current, changed_at=None)


@given(released=variants(), current=variants())
def test_nothing_is_said_that_was_not_let_out(released: WeekRecord, current: WeekRecord) -> None:
    assert words_in(narrowed(released, current)) <= words_in(released) | {"code: cancelled", "en: cancelled"}


@given(released=variants(), current=variants())
def test_nothing_stays_that_was_taken_away(released: WeekRecord, current: WeekRecord) -> None:
    assert elements_of(narrowed(released, current)) <= elements_of(current)


@given(released=variants(), current=variants())
def test_narrowing_again_changes_nothing(released: WeekRecord, current: WeekRecord) -> None:
    once = narrowed(released, current)
    assert narrowed(once, current) == once


@pytest.mark.parametrize(
    ("guard", "off"),
    [
        ("_pairs", lambda old, _new, _key: ((one, one) for one in old)),
        ("_text", lambda old, _new: old),
        ("_withheld_like", lambda old, _new: old),
        ("_twin", lambda one, _old, _new: one),
    ],
)
def test_each_guard_is_what_takes_away(guard: str, off: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    less = [name for name in VARIANTS if name.startswith("less")]
    monkeypatch.setattr(narrowing, guard, off)
    kept = [name for name in less if narrowed(a_record(), VARIANTS[name](a_record())) != VARIANTS[name](a_record())]
    assert [name for name in kept if name not in NOT_EQUAL], "with the guard off something stays"


# --- what is live ----------------------------------------------------------------------------------


def test_an_open_door_and_a_cancellation_are_told_at_once() -> None:
    opened = narrowed(a_record(), VARIANTS["open door"](a_record()))
    assert opened.activities[0].sign_up
    cancelled = narrowed(a_record(), VARIANTS["cancelled"](a_record()))
    assert cancelled.activities[0].state.code == "cancelled"


def postponed(day: date | None, **values: Any) -> WeekRecord:
    """The activity of 22 March put off to another day, or to none, with a reason."""
    moved = PostponementRecord(
        announced=When(start=date(2018, 3, 22), end=date(2018, 3, 22)),
        moved_to=When(start=day, end=day) if day else None,
        reason=NEW,
    )
    sitting = a_sitting(day or date(2018, 3, 22), **values)
    state = term("planned" if day else "postponed")
    return a_record(activities=(an_activity(sittings=(sitting,), postponements=(moved,), state=state),))


def test_a_postponement_is_told_at_once_with_its_new_day_and_without_its_reason() -> None:
    [activity] = narrowed(a_record(), postponed(date(2018, 4, 5), note=NEW)).activities
    assert activity.sittings == (a_sitting(date(2018, 4, 5)),), "the day alone is taken over"
    assert [one.moved_to and one.moved_to.start for one in activity.postponements] == [date(2018, 4, 5)]
    assert NEW["en"] not in str(activity)


def test_a_postponement_without_a_day_leaves_the_old_one_and_says_so() -> None:
    [activity] = narrowed(a_record(), postponed(None)).activities
    assert (activity.state.code, activity.sittings) == ("postponed", (a_sitting(),))
    [again] = narrowed(postponed(None), postponed(date(2018, 4, 5))).activities
    assert (again.state.code, again.sittings[0].when.start) == ("planned", date(2018, 4, 5))


def test_a_day_that_was_changed_without_postponing_waits() -> None:
    [activity] = narrowed(a_record(), VARIANTS["new day"](a_record())).activities
    assert activity.sittings == (a_sitting(),)


COUNTED = a_figure(quantity=25, parts=(), note={}, method=term("counted"))


def counting(released: FigureRecord, current: FigureRecord, *beside: FigureRecord, live: bool = True) -> Any:
    """The activity's figures after the door counted on, with other claims beside them as they are now."""
    before = a_record(activities=(an_activity(figures=(released, *beside[:1])),))
    after = a_record(activities=(an_activity(figures=(current, *beside[1:])),))
    guarded = Guarded(counting=frozenset({"a"} if live else ()))
    return narrowed(before, after, guarded=guarded).activities[0].figures


def test_counts_follow_the_door_and_claims_by_hand_do_not() -> None:
    more = replace(COUNTED, quantity=26)
    assert counting(COUNTED, more) == (more,)
    assert counting(COUNTED, more, live=False) == (COUNTED,)


def test_a_count_waits_while_another_claim_beside_it_was_edited() -> None:
    """Beside a claim as it was, the new count could be subtracted; only the current ones were weighed together."""
    claim, edited = a_figure(group={"en": "women"}, quantity=20), a_figure(group={"en": "women"}, quantity=15)
    more = replace(COUNTED, quantity=26)
    assert counting(COUNTED, more, claim, claim) == (more, claim)
    assert counting(COUNTED, more, claim, edited) == (COUNTED, claim)


# --- places ----------------------------------------------------------------------------------------

CITY = a_place("city", exact_told_from=NOW + timedelta(days=1))
TOLD = a_sitting(place=a_place("house", names={"en": "The secret house"}))
COMING = Coming(activity="a", told_from=NOW + timedelta(days=1), sittings=(TOLD,), facts=())
BEFORE = a_record(activities=(an_activity(sittings=(a_sitting(place=CITY, note={}),), facts=()),))
KEPT = Guarded(places=frozenset({"house"}), activities=frozenset({"a"}))


def with_sitting(sitting: Any) -> WeekRecord:
    return a_record(activities=(an_activity(sittings=(sitting,), facts=()),))


def place_in(record: WeekRecord) -> str | None:
    place = record.activities[0].sittings[0].place
    return place.slug if place else None


def test_a_place_is_told_when_its_moment_has_come_and_not_before() -> None:
    assert place_in(narrowed(BEFORE, BEFORE, guarded=KEPT, coming=[COMING])) == "city"
    later = NOW + timedelta(days=1)
    told = narrowed(BEFORE, with_sitting(TOLD), coming=[COMING], now=later)
    assert place_in(told) == "house"


def test_a_place_whose_moment_was_brought_forward_without_publishing_waits() -> None:
    assert place_in(narrowed(BEFORE, with_sitting(TOLD), coming=[COMING])) == "city"


def test_a_place_that_is_guarded_since_is_not_told_although_its_moment_has_come() -> None:
    later = NOW + timedelta(days=1)
    assert place_in(narrowed(BEFORE, BEFORE, guarded=KEPT, coming=[COMING], now=later)) == "city"


def test_a_told_place_goes_when_it_is_guarded_and_stays_when_another_waits() -> None:
    released = with_sitting(a_sitting())
    moved = with_sitting(a_sitting(place=a_place("elsewhere")))
    assert place_in(narrowed(released, moved)) == "mashufna", "the move waits"
    hidden = with_sitting(a_sitting(place=None, note={}))
    guarded = Guarded(places=frozenset({"mashufna"}), activities=frozenset({"a"}))
    assert place_in(narrowed(released, hidden, guarded=guarded)) is None
    swapped = Guarded(places=frozenset({"elsewhere"}), activities=frozenset({"a"}))
    assert place_in(narrowed(released, hidden, guarded=swapped)) is None, "no old place of what is guarded now"


def test_a_guarded_place_is_not_left_as_that_within_which_another_lies() -> None:
    inner = a_place(within=({"en": "Secret courtyard"}, {"en": "Baghdad"}))
    released = with_sitting(a_sitting(place=inner))
    guarded = Guarded(places=frozenset({"courtyard"}), place_names=({"en": "Secret courtyard"},))
    assert "Secret courtyard" in encode(narrowed(released, released)).decode()
    assert "Secret courtyard" not in encode(narrowed(released, released, guarded=guarded)).decode()


def test_a_detail_names_no_body_that_is_not_named_any_more() -> None:
    released = a_record()
    gone = replace(released, organisations=released.organisations[:1])
    assert [fact.key for fact in narrowed(released, released).activities[0].facts] == ["modules", "with"]
    assert [fact.key for fact in narrowed(released, gone).activities[0].facts] == ["modules"]


def test_what_comes_can_be_kept_as_json() -> None:
    kept = msgspec.json.decode(msgspec.json.encode((COMING,)), type=tuple[Coming, ...])
    assert kept == (COMING,)
