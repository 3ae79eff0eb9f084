"""An activity goes on step by step, is postponed, cancelled, and all of it is undone; whoever signed up is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tadamun.organise.people.models import Letter
from tadamun.organise.people.vocabulary import LetterKind, LetterState
from tadamun.organise.programme.models import Activity, Change, Figure, Postponement, Sitting
from tadamun.organise.programme.services import states
from tadamun.organise.programme.services.states import Why
from tadamun.organise.programme.services.together import undo_step
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused
from tests.characters import Character, make_world
from tests.organise.people_desk.houses import House, make_activity, make_house

NOW = datetime(2099, 3, 1, 9, 0, tzinfo=UTC)
RANA = Actor("Rana", 2)
FIRST = date(2099, 3, 3)
pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(db: None) -> Activity:
    made = make_activity(make_world())
    told_from = datetime(2099, 3, 2, 5, 0, tzinfo=UTC)
    second = FIRST + timedelta(days=1)
    Sitting.objects.create(activity=made, position=1, start=second, end=second, tell_place="later", told_from=told_from)
    return made


def state_of(activity: Activity) -> str:
    return Activity.objects.get(pk=activity.pk).state


def days_of(activity: Activity) -> list[date]:
    return list(Sitting.objects.filter(activity=activity).order_by("position").values_list("start", flat=True))


def to_state(activity: Activity, state: State) -> None:
    Activity.objects.filter(pk=activity.pk).update(state=state)


@pytest.mark.parametrize(
    ("stands", "to", "now", "reason"),
    [
        (State.OPEN, State.HELD, NOW, "not begun"),
        (State.OPEN, State.DOCUMENTED, NOW, "does not follow"),
        (State.PLANNED, State.OPEN, NOW + timedelta(days=30), "over"),
        (State.HELD, State.DOCUMENTED, NOW, "what came of it"),
    ],
)
def test_a_step_that_does_not_follow_is_refused_with_the_reason(
    activity: Activity, stands: State, to: State, now: datetime, reason: str
) -> None:
    to_state(activity, stands)
    with pytest.raises(Refused, match=reason):
        states.step(actor=RANA, activity=activity, to=to, now=now)
    assert state_of(activity) == stands


def test_an_activity_without_a_day_can_neither_open_nor_be_postponed(activity: Activity) -> None:
    activity.sittings.all().delete()
    to_state(activity, State.PLANNED)
    with pytest.raises(Refused, match="Set a day"):
        states.step(actor=RANA, activity=activity, to=State.OPEN, now=NOW)
    with pytest.raises(Refused, match="no day yet"):
        states.postpone(actor=RANA, activity=activity, start=FIRST, now=NOW)


def test_an_activity_is_planned_opened_held_documented_and_published(activity: Activity) -> None:
    to_state(activity, State.IDEA)
    later = NOW + timedelta(days=5)
    Figure.objects.create(week=activity.week, activity=activity, position=0, counted="attended", quantity=5)
    for state in (State.PLANNED, State.OPEN, State.HELD, State.DOCUMENTED, State.PUBLISHED):
        now = NOW if state in {State.PLANNED, State.OPEN} else later
        states.step(actor=RANA, activity=activity, to=state, why=Why(note="on we go"), now=now)
        assert state_of(activity) == state
    last = Change.objects.latest("pk")
    assert (last.by, last.at, last.note) == ("Rana", later, "on we go")
    trail = AuditEntry.objects.filter(act="step").latest("number")
    assert trail.detail == {"from": "documented", "to": "published"}


def test_the_day_that_counts_is_the_day_at_the_place(activity: Activity) -> None:
    late_in_utc = datetime(2099, 3, 2, 21, 30, tzinfo=UTC)
    states.step(actor=RANA, activity=activity, to=State.HELD, now=late_in_utc)
    assert state_of(activity) == State.HELD


def test_postponing_moves_all_days_keeps_the_old_ones_and_the_state(activity: Activity) -> None:
    why = Why(note="the park is closed", reason={"en": "Rain"})
    states.postpone(actor=RANA, activity=activity, start=FIRST + timedelta(days=7), why=why, now=NOW)
    assert days_of(activity) == [date(2099, 3, 10), date(2099, 3, 11)]
    assert Sitting.objects.get(position=1).told_from == datetime(2099, 3, 9, 5, 0, tzinfo=UTC)
    row = Postponement.objects.get()
    assert (row.announced_start, row.announced_end) == (FIRST, date(2099, 3, 4))
    assert (row.moved_start, row.moved_end) == (date(2099, 3, 10), date(2099, 3, 11))
    assert (row.reason, row.said_on) == ({"en": "Rain"}, date(2099, 3, 1))
    assert state_of(activity) == State.OPEN


def test_what_is_put_off_without_a_date_gets_its_date_later_and_is_what_it_was(activity: Activity) -> None:
    states.postpone(actor=RANA, activity=activity, start=None, now=NOW)
    assert (state_of(activity), days_of(activity)[0]) == (State.POSTPONED, FIRST)
    with pytest.raises(Refused, match="already"):
        states.postpone(actor=RANA, activity=activity, start=None, now=NOW)
    states.postpone(actor=RANA, activity=activity, start=date(2099, 3, 20), now=NOW)
    assert (state_of(activity), days_of(activity)[0]) == (State.OPEN, date(2099, 3, 20))
    row = Postponement.objects.get()
    assert (row.announced_start, row.moved_start) == (FIRST, date(2099, 3, 20))


def test_it_can_be_postponed_to_the_day_that_it_has_only_when_it_was_put_off(activity: Activity) -> None:
    with pytest.raises(Refused, match="day that it has"):
        states.postpone(actor=RANA, activity=activity, start=FIRST, now=NOW)
    states.postpone(actor=RANA, activity=activity, start=None, now=NOW)
    states.postpone(actor=RANA, activity=activity, start=FIRST, now=NOW)
    assert (state_of(activity), days_of(activity)[0]) == (State.OPEN, FIRST)


@pytest.mark.parametrize("start", [None, date(2099, 3, 10)])
def test_undoing_a_postponement_puts_everything_back(activity: Activity, start: date | None) -> None:
    before = days_of(activity)
    made = states.postpone(actor=RANA, activity=activity, start=start, now=NOW)
    undone = undo_step(actor=RANA, change=made[0], now=NOW)
    assert (days_of(activity), state_of(activity), Postponement.objects.count()) == (before, State.OPEN, 0)
    undo_step(actor=RANA, change=undone[0], now=NOW)
    assert Postponement.objects.count() == 1
    assert days_of(activity)[0] == (start or FIRST)


def test_undoing_is_all_or_nothing(activity: Activity) -> None:
    made = states.postpone(actor=RANA, activity=activity, start=date(2099, 3, 10), now=NOW)
    Sitting.objects.filter(position=0).update(start=date(2099, 3, 9))
    with pytest.raises(Refused, match="changed again"):
        undo_step(actor=RANA, change=made[0], now=NOW)
    assert Postponement.objects.exists()
    assert days_of(activity) == [date(2099, 3, 9), date(2099, 3, 11)]


def test_a_cancelled_activity_keeps_its_reason_beside_the_date_and_can_be_taken_up_again(activity: Activity) -> None:
    states.cancel(actor=RANA, activity=activity, why=Why(reason={"en": "No permit"}), now=NOW)
    assert (state_of(activity), Postponement.objects.get().reason) == (State.CANCELLED, {"en": "No permit"})
    states.step(actor=RANA, activity=activity, to=State.PLANNED, now=NOW)
    assert state_of(activity) == State.PLANNED


@pytest.fixture
def house(db: None) -> House:
    made = make_house()
    for number in range(3):
        made.sign_up(f"Guest {number}", f"+96477012345{number}0")
    return made


def letters(kind: LetterKind) -> list[str]:
    return [letter.state for letter in Letter.objects.filter(kind=kind)]


def act(house: House, name: str, **fields: Any) -> Any:
    return house.client(Character.EDITOR).post(house.url(name), fields)


def test_whoever_signed_up_is_told_when_it_is_postponed_and_not_told_when_that_is_undone(house: House) -> None:
    answer = act(house, "activity_postpone", start="", tell="on", **{"reason-en": "Rain"})
    assert answer.status_code == 302
    assert letters(LetterKind.POSTPONED) == [LetterState.WAITING] * 3
    change = Change.objects.latest("pk")
    house.client(Character.EDITOR).post(house.url("activity_undo", change=change.pk))
    assert state_of(house.activity) == State.OPEN
    assert letters(LetterKind.POSTPONED) == [LetterState.DROPPED] * 3


def test_who_was_told_already_is_told_again_when_a_cancellation_is_undone(house: House) -> None:
    act(house, "activity_cancel", tell="on")
    assert letters(LetterKind.CALLED_OFF) == [LetterState.WAITING] * 3
    sent = Letter.objects.filter(kind=LetterKind.CALLED_OFF).first()
    assert sent
    Letter.objects.filter(pk=sent.pk).update(state=LetterState.SENT)
    house.client(Character.EDITOR).post(house.url("activity_undo", change=Change.objects.latest("pk").pk))
    assert sorted(letters(LetterKind.CALLED_OFF)) == ["dropped", "dropped", "sent"]
    assert [letter.registration_id for letter in Letter.objects.filter(kind=LetterKind.CHANGED)] == [
        sent.registration_id
    ]


def test_nobody_is_told_when_that_is_not_asked_for(house: House) -> None:
    act(house, "activity_postpone", start="2099-03-10")
    assert not Letter.objects.exclude(kind=LetterKind.CONFIRMATION).exists()


def test_the_page_of_the_next_steps_says_why_others_are_not_possible(house: House) -> None:
    page = house.client(Character.EDITOR).get(house.url("activity_state")).content.decode()
    assert "Close sign-up" in page
    assert "It has not begun yet." in page
    assert 'value="held"' not in page


def test_a_step_that_is_sent_all_the_same_changes_nothing_and_says_why(house: House) -> None:
    client = house.client(Character.EDITOR)
    answer = client.post(house.url("activity_state"), {"to": "held"}, follow=True)
    assert "It has not begun yet." in answer.content.decode()
    assert client.post(house.url("activity_state"), {"to": "cancelled"}).status_code == 403
    assert state_of(house.activity) == State.OPEN


@pytest.mark.parametrize(
    ("verb", "options", "words"),
    [
        (states.cancel, {}, "Cancelled:"),
        (states.postpone, {"start": None}, "Postponed:"),
        (states.postpone, {"start": date(2099, 3, 10)}, "On another day:"),
    ],
)
def test_those_who_share_the_activity_are_told_on_the_desk_for_a_week(
    house: House, verb: Any, options: dict[str, Any], words: str
) -> None:
    made = verb(actor=RANA, activity=house.activity, now=clock.now(), **options)
    layla, rana = house.client(), house.client(Character.EDITOR)
    assert words in layla.get("/desk/").content.decode()
    assert words not in rana.get("/desk/").content.decode(), "she did it herself"
    dara = house.world.client(Character.COORDINATOR_ELSEWHERE)
    assert words not in dara.get("/desk/").content.decode(), "it is not hers"
    Change.objects.update(at=clock.now() - timedelta(days=8))
    assert words not in layla.get("/desk/").content.decode()
    Change.objects.update(at=clock.now())
    undo_step(actor=RANA, change=made[0], now=clock.now())
    assert words not in layla.get("/desk/").content.decode()
