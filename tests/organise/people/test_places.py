"""Stories of the house: who gets a place, who waits, and what is passed on."""

from datetime import timedelta

import pytest

from tadamun.organise.people.models import Admission, Condition, Letter, Move
from tadamun.organise.people.services import admissions, endings, line, registrations
from tadamun.organise.people.services.entries import code_hash
from tadamun.organise.people.vocabulary import Promotion, Proof, Standing
from tadamun.toolkit.rulings import Refused
from tests.organise.people.house import (
    LAYLA,
    NOW,
    House,
    comes,
    group,
    house,
    leaves,
    row_of,
    secret_of,
    wrongs,
)

pytestmark = pytest.mark.django_db
PLACED, WAITING, OFFERED, CANCELLED = Standing.PLACED, Standing.WAITING, Standing.OFFERED, Standing.CANCELLED


def stand(of: House) -> list[str]:
    """How everybody stands, in the order in which they came."""
    assert list(wrongs(of)) == []
    return [row.standing for row in of.rows()]


def test_places_are_given_in_order_and_then_people_wait() -> None:
    run = house(2)
    assert [comes(run).told for _ in range(4)] == [PLACED, PLACED, WAITING, WAITING]
    assert stand(run) == [PLACED, PLACED, WAITING, WAITING]


def test_a_place_given_back_goes_to_whoever_waited_longest() -> None:
    run = house(1)
    first, second, third = comes(run), comes(run, "b@example.org"), comes(run)
    leaves(first)
    assert stand(run) == [CANCELLED, PLACED, WAITING]
    assert line.position(row_of(third)) == 1
    assert [(letter.registration.uid, letter.kind) for letter in Letter.objects.all()] == [
        (second.registration, "promoted")
    ]
    assert [(move.was, move.became) for move in Move.objects.all()] == [(PLACED, CANCELLED), (WAITING, PLACED)]


def test_guests_take_places_and_a_party_is_not_torn_apart() -> None:
    run = house(4)
    pair, three, one = comes(run, guests=1), comes(run, guests=2), comes(run)
    assert stand(run) == [PLACED, WAITING, PLACED]
    leaves(one)
    assert stand(run) == [PLACED, WAITING, CANCELLED], "three do not fit into two places"
    leaves(pair)
    assert stand(run) == [CANCELLED, PLACED, CANCELLED]
    assert run.admission.taken == 3
    assert row_of(three).told == PLACED


@pytest.mark.parametrize("guests", [4, -1])
def test_nobody_brings_more_guests_than_allowed(guests: int) -> None:
    run = house(10)
    with pytest.raises(Refused, match="3 guests at most"):
        comes(run, guests=guests)
    assert run.rows() == []


def test_without_a_waiting_list_a_full_house_says_so() -> None:
    run = house(1, waiting_list=False)
    comes(run)
    with pytest.raises(Refused, match="no waiting list"):
        comes(run)
    assert stand(run) == [PLACED]


def test_where_an_organiser_promotes_nobody_overtakes_the_line() -> None:
    run = house(1, promotion=Promotion.BY_HAND)
    first, _second = comes(run), comes(run)
    leaves(first)
    assert comes(run).told == WAITING, "a place is free, but somebody waits for it"
    second, third = run.rows(WAITING)
    with pytest.raises(Refused, match="waited longer"):
        admissions.admit(actor=LAYLA, registration=third, why="", now=NOW)
    admissions.admit(actor=LAYLA, registration=third, why="drives the bus", now=NOW)
    assert stand(run) == [CANCELLED, WAITING, PLACED]
    assert Move.objects.get(registration=third.uid).why == "drives the bus"
    with pytest.raises(Refused, match="not enough free places"):
        admissions.admit(actor=LAYLA, registration=second, why="", now=NOW)


def test_choosing_that_the_line_moves_by_itself_moves_it() -> None:
    run = house(1, promotion=Promotion.BY_HAND)
    first, _second = comes(run), comes(run)
    leaves(first)
    admissions.set_promotion(actor=LAYLA, admission=run.admission, promotion=Promotion.AUTOMATIC, now=NOW)
    assert stand(run) == [CANCELLED, PLACED]


def test_more_places_let_the_line_move_and_fewer_than_taken_are_refused() -> None:
    run = house(1)
    for _ in range(3):
        comes(run)
    admissions.set_capacity(actor=LAYLA, admission=run.admission, capacity=2, now=NOW)
    assert stand(run) == [PLACED, PLACED, WAITING]
    with pytest.raises(Refused, match="2 places are taken"):
        admissions.set_capacity(actor=LAYLA, admission=run.admission, capacity=1, now=NOW)
    admissions.set_capacity(actor=LAYLA, admission=run.admission, capacity=None, now=NOW)
    assert stand(run) == [PLACED, PLACED, PLACED]


def test_a_group_uses_its_own_places_first_and_then_the_open_ones() -> None:
    run = house(3)
    group(run, 2)
    assert comes(run).told == PLACED
    assert comes(run).told == WAITING, "two places are held for the list"
    for _ in range(3):
        comes(run, group_code="red reed ")
    assert stand(run) == [PLACED, WAITING, PLACED, PLACED, WAITING]
    assert [row.in_group_places for row in run.rows(PLACED)] == [False, True, True]
    with pytest.raises(Refused, match="not one of this activity"):
        comes(run, group_code="wrong")


def test_a_group_s_free_place_goes_to_its_own_people_and_an_open_one_to_the_first() -> None:
    run = house(2)
    group(run, 1)
    hers, opened, outside, inside = (
        comes(run, group_code="RED REED"), comes(run), comes(run), comes(run, group_code="RED REED")
    )  # fmt: skip
    leaves(hers)
    assert (row_of(outside).standing, row_of(inside).standing) == (WAITING, PLACED)
    leaves(opened)
    assert (row_of(outside).standing, row_of(inside).standing) == (PLACED, PLACED)
    assert stand(run) == [CANCELLED, CANCELLED, PLACED, PLACED]


def test_places_that_are_not_held_any_more_are_open_to_the_line() -> None:
    run = house(2)
    held = group(run, 2)
    comes(run)
    admissions.hold_places(actor=LAYLA, admission=run.admission, group=held, places=1, now=NOW)
    assert stand(run) == [PLACED]
    with pytest.raises(Refused, match="only 0 open places"):
        admissions.hold_places(actor=LAYLA, admission=run.admission, group=held, places=2, now=NOW)


def test_a_large_line_behind_a_full_house_costs_a_cancellation_nothing_per_head(
    django_assert_max_num_queries,
) -> None:
    run = house(2)
    first = comes(run)
    comes(run)
    for _ in range(12):
        comes(run, guests=1)
    secret = secret_of(first)
    with django_assert_max_num_queries(24):
        registrations.cancel(secret=secret, now=NOW)
    assert stand(run).count(WAITING) == 12, "one place does not do for two"


def test_where_approval_is_wanted_nobody_has_a_place_before_it() -> None:
    run = house(1, approval=True)
    first, second = comes(run), comes(run)
    assert (first.told, second.told) == (Standing.PENDING, Standing.PENDING)
    admissions.admit(actor=LAYLA, registration=row_of(first), why="", now=NOW)
    admissions.put_in_line(actor=LAYLA, registration=row_of(second), why="", now=NOW)
    assert stand(run) == [PLACED, WAITING]
    admissions.decline(actor=LAYLA, registration=row_of(first), why="", now=NOW)
    assert stand(run) == [Standing.DECLINED, PLACED]


def test_somebody_under_suspicion_holds_no_place_until_somebody_looked() -> None:
    run = house(1)
    odd = comes(run, suspicious=True)
    assert (odd.told, run.admission.taken) == (Standing.QUARANTINED, 0)
    assert comes(run).told == PLACED
    admissions.put_in_line(actor=LAYLA, registration=row_of(odd), why="", now=NOW)
    assert stand(run) == [WAITING, PLACED]


def test_what_an_organiser_fills_in_needs_no_open_door() -> None:
    run = house(1, closed=True, approval=True)
    with pytest.raises(Refused, match="closed"):
        comes(run)
    assert comes(run, by_hand=True).told == PLACED


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"closed": True}, "closed at the moment"),
        ({"opens_at": NOW + timedelta(hours=1)}, "not begun"),
        ({"closes_at": NOW}, "is over"),
        ({"emptied_at": NOW}, "is over"),
    ],
)
def test_a_shut_door_says_why(settings: dict[str, object], says: str) -> None:
    run = house(5, **settings)
    with pytest.raises(Refused, match=says):
        comes(run)


def test_conditions_are_named_in_the_words_that_were_shown_and_only_the_proof_is_kept() -> None:
    run = house(5)
    said = {"en": "a candidate", "ar": "مرشّحة"}
    Condition.objects.create(admission_id=run.pk, position=1, code="candidate", says=said)
    vouched = {"code": "listed", "says": {"en": "on a list"}, "proof": Proof.VOUCHED, "code_hash": code_hash("KITE 7")}
    Condition.objects.create(admission_id=run.pk, position=2, **vouched)
    with pytest.raises(Refused, match="مرشّحة; on a list"):
        comes(run)
    with pytest.raises(Refused, match="Still open: on a list"):
        comes(run, conditions={"candidate": "yes", "listed": "yes"})
    hers = comes(run, conditions={"candidate": "yes", "listed": "kite7"})
    assert row_of(hers).conditions == {"candidate": "declared", "listed": "vouched"}


def offering() -> tuple[House, list]:
    run = house(1, offer_hours=24)
    people = [comes(run, f"{name}@example.org") for name in "abc"]
    leaves(people[0])
    return run, people


def test_an_offer_holds_the_place_and_an_answer_takes_it() -> None:
    run, (_first, second, _third) = offering()
    assert stand(run) == [CANCELLED, OFFERED, WAITING]
    assert row_of(second).offer_until == NOW + timedelta(hours=24)
    assert endings.expire_offers(now=NOW + timedelta(hours=23)) == 0
    registrations.confirm(secret=secret_of(second), now=NOW + timedelta(hours=23))
    assert endings.expire_offers(now=NOW + timedelta(days=9)) == 0
    assert stand(run) == [CANCELLED, PLACED, WAITING]
    assert row_of(second).confirmed


def test_an_offer_that_lapsed_goes_to_the_next_and_cannot_be_taken_late() -> None:
    run, (_first, second, third) = offering()
    late = NOW + timedelta(hours=24)
    with pytest.raises(Refused, match="ended"):
        registrations.confirm(secret=secret_of(second), now=late)
    assert endings.expire_offers(now=late) == 1
    assert stand(run) == [CANCELLED, CANCELLED, OFFERED]
    assert row_of(third).offer_until == late + timedelta(hours=24)
    assert [letter.kind for letter in row_of(second).letters.filter(state="waiting")] == []


def test_nobody_cancels_twice_or_after_she_came() -> None:
    run = house(1)
    hers = comes(run)
    leaves(hers)
    with pytest.raises(Refused, match="cancelled already"):
        leaves(hers)
    other = comes(run)
    admissions.check_in(actor=LAYLA, admission=run.admission, stored_hash=bytes(row_of(other).ticket_hash), now=NOW)
    with pytest.raises(Refused, match="checked in"):
        leaves(other)
    assert stand(run) == [CANCELLED, PLACED]


def test_the_door_lets_in_once_by_ticket_or_code_and_can_undo_it() -> None:
    run = house(2)
    hers, waits = comes(run, guests=1), comes(run)
    code = row_of(hers).short_code.lower().replace("-", " ")
    arrival = admissions.check_in_by_code(actor=LAYLA, admission=run.admission, typed=code, now=NOW)
    assert (arrival.number, arrival.party) == (1, 2)
    with pytest.raises(Refused, match="Already in"):
        admissions.check_in_by_code(actor=LAYLA, admission=run.admission, typed=code, now=NOW)
    admissions.undo_check_in(actor=LAYLA, registration=row_of(hers), now=NOW)
    assert not row_of(hers).came
    with pytest.raises(Refused, match="no place yet"):
        admissions.check_in(actor=LAYLA, admission=run.admission, stored_hash=bytes(row_of(waits).ticket_hash), now=NOW)


def test_the_checker_sees_what_is_wrong() -> None:
    run = house(1)
    comes(run)
    comes(run)
    Admission.objects.filter(pk=run.pk).update(taken=0)
    assert any("counted" in wrong for wrong in wrongs(run))
    assert any("waits though there is room" in wrong for wrong in wrongs(run))
    Admission.objects.filter(pk=run.pk).update(taken=1)
    run.admission.registrations.update(standing=PLACED)
    assert "2 people on 1 places" in list(wrongs(run))
