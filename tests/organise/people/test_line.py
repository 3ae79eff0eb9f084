"""The waiting list under any sequence of events: never one too many, never a free place with somebody waiting."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import admissions, endings, line, registrations
from tadamun.organise.people.services.registrations import Registered
from tadamun.organise.people.vocabulary import ENDED, HOLDS_PLACES, Promotion, Standing
from tadamun.toolkit.rulings import Refused
from tests.organise.people.house import LAYLA, NOW, House, comes, group, house, secret_of, wrongs

CODE, HOURS = "RED REED", 2


class Line(RuleBasedStateMachine):
    """A house with a group's places: people come, leave, answer late; organisers change their mind."""

    offer_hours = 0

    def __init__(self) -> None:
        super().__init__()
        self.run: House = house(4, offer_hours=self.offer_hours)
        self.held = group(self.run, 1, code=CODE)
        self.now, self.answers = NOW, list[Registered]()

    def someone(self, index: int) -> tuple[Registered, Registration]:
        answer = self.answers[index % len(self.answers)]
        return answer, Registration.objects.get(uid=answer.registration)

    @rule(
        guests=st.integers(0, 2),
        contact=st.sampled_from(["", "a@example.org", "b@example.org"]),
        mine=st.booleans(),
        odd=st.integers(0, 9),
    )
    def comes(self, guests: int, contact: str, mine: bool, odd: int) -> None:
        before = self.run.admission
        answer = comes(
            self.run, contact, guests=guests, group_code=CODE if mine else "", suspicious=odd == 0, now=self.now
        )
        self.answers.append(answer)
        if before.promotion == Promotion.BY_HAND and before.waiting:
            assert answer.told in {Standing.WAITING, Standing.QUARANTINED}, "nobody overtakes a line that waits"

    @rule(index=st.integers(0, 30))
    @precondition(lambda self: self.answers)
    def sends_the_form_again(self, index: int) -> None:
        _answer, row = self.someone(index)
        assert Registration.objects.filter(form_mark=row.form_mark).count() == 1

    @rule(index=st.integers(0, 30))
    @precondition(lambda self: self.answers)
    def cancels(self, index: int) -> None:
        answer, row = self.someone(index)
        first_in_line = Registration.objects.filter(admission=self.run.pk, standing=Standing.WAITING).first()
        try:
            registrations.cancel(secret=secret_of(answer), now=self.now)
        except Refused:
            assert row.told in ENDED
            return
        assert row.told not in ENDED
        self.check_order(first_in_line, row)

    def check_order(self, first: Registration | None, left: Registration) -> None:
        """Whoever was first in line and fits is not passed over; checked where nobody else had a claim."""
        if first is None or first.pk == left.pk or self.run.admission.promotion == Promotion.BY_HAND:
            return
        first.refresh_from_db()
        if left.standing in HOLDS_PLACES and not left.in_group_places and left.party >= first.party:
            was_shadowed = Registration.objects.filter(same_as__isnull=True, number__gt=left.number)
            stepped_in = was_shadowed.filter(admission=self.run.pk, contact_mark=left.contact_mark).exists()
            assert first.standing in HOLDS_PLACES or (left.contact_mark and stepped_in)

    @rule(index=st.integers(0, 30))
    @precondition(lambda self: self.answers)
    def confirms(self, index: int) -> None:
        answer, row = self.someone(index)
        try:
            registrations.confirm(secret=secret_of(answer), now=self.now)
        except Refused:
            return
        row.refresh_from_db()
        assert row.told == Standing.PLACED

    @rule(capacity=st.one_of(st.none(), st.integers(1, 8)))
    def places_change(self, capacity: int | None) -> None:
        try:
            admissions.set_capacity(actor=LAYLA, admission=self.run.admission, capacity=capacity, now=self.now)
        except Refused:
            assert capacity is not None

    @rule(places=st.integers(0, 3))
    def held_places_change(self, places: int) -> None:
        try:
            admissions.hold_places(
                actor=LAYLA, admission=self.run.admission, group=self.held, places=places, now=self.now
            )
        except Refused:
            return

    @rule(by_hand=st.booleans())
    def promotion_changes(self, by_hand: bool) -> None:
        promotion = Promotion.BY_HAND if by_hand else Promotion.AUTOMATIC
        admissions.set_promotion(actor=LAYLA, admission=self.run.admission, promotion=promotion, now=self.now)

    @rule(index=st.integers(0, 30), act=st.sampled_from(["admit", "line", "decline"]))
    @precondition(lambda self: self.answers)
    def organiser_decides(self, index: int, act: str) -> None:
        _answer, row = self.someone(index)
        verb = {"admit": admissions.admit, "line": admissions.put_in_line, "decline": admissions.decline}[act]
        try:
            verb(actor=LAYLA, registration=row, why="because", now=self.now)
        except Refused:
            return

    @rule(hours=st.integers(1, 3))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        endings.expire_offers(now=self.now)
        assert not Registration.objects.filter(told=Standing.OFFERED, offer_until__lte=self.now).exists()

    @invariant()
    def all_is_well(self) -> None:
        assert list(wrongs(self.run)) == []

    @invariant()
    def a_shadow_belongs_to_somebody_and_holds_nothing(self) -> None:
        for shadow in self.run.rows(Standing.SHADOW):
            assert shadow.same_as_id is not None
            assert shadow.same_as.standing not in {*ENDED, Standing.SHADOW}
            assert not shadow.in_group_places

    @invariant()
    def positions_are_in_order(self) -> None:
        told = [line.position(row) for row in self.run.rows() if row.told == Standing.WAITING]
        assert told == list(range(1, len(told) + 1))


class OfferingLine(Line):
    """The same, where a free place is offered before it is given."""

    offer_hours = HOURS


class PlainLine(Line):
    """The same, looked at with the house's own checker alone."""

    def check_order(self, first: Registration | None, left: Registration) -> None:
        """Leave the order to the others."""


QUIETLY = settings(max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


class WaitingList(TestCase):
    """Hypothesis with a database that is rolled back after each example."""

    def test_no_sequence_of_events_overfills_the_house_or_leaves_a_place_free(self) -> None:
        run_state_machine_as_test(Line, settings=QUIETLY)

    def test_nor_does_any_with_offers(self) -> None:
        run_state_machine_as_test(OfferingLine, settings=QUIETLY)

    def test_without_moving_up_the_machine_finds_a_place_free(self) -> None:
        """The negative control: with the guard out, the checker must see it."""
        seeing = settings(
            QUIETLY, max_examples=500, phases=[Phase.generate], report_multiple_bugs=False, print_blob=False
        )
        moves, line.move_up = line.move_up, lambda admission, *, now: 0
        try:
            with pytest.raises(AssertionError, match="waits though there is room"):
                run_state_machine_as_test(PlainLine, settings=seeing)
        finally:
            line.move_up = moves
