"""The lock of turns: in order, again for its holder, given back whatever happens."""

import threading
from collections.abc import Callable
from functools import partial

import pytest

from tadamun.toolkit.sqlite.turns import Turns

pytestmark = pytest.mark.pure


def waiting(turns: Turns) -> int:
    return len(turns._waiting)


def take_a_turn(turns: Turns, then: Callable[[], None]) -> threading.Thread:
    def wait_and_act() -> None:
        turns.acquire()
        then()
        turns.release()

    thread = threading.Thread(target=wait_and_act)
    thread.start()
    return thread


def test_turns_are_taken_in_the_order_in_which_they_were_asked_for() -> None:
    turns, threads = Turns(), []
    order: list[int] = []
    turns.acquire()
    for number in range(20):
        threads.append(take_a_turn(turns, partial(order.append, number)))
        while waiting(turns) <= number:
            pass
    turns.release()
    for thread in threads:
        thread.join()
    assert order == list(range(20))


def test_who_gives_the_turn_back_cannot_snatch_it_again() -> None:
    turns = Turns()
    order: list[str] = []
    turns.acquire()
    thread = take_a_turn(turns, partial(order.append, "other"))
    while not waiting(turns):
        pass
    turns.release()
    turns.acquire()
    order.append("again")
    turns.release()
    thread.join()
    assert order == ["other", "again"]


def test_holder_may_take_it_again_and_gives_it_back_as_often() -> None:
    turns, reached = Turns(), threading.Event()
    turns.acquire()
    turns.acquire()
    turns.release()
    thread = take_a_turn(turns, reached.set)
    assert not reached.wait(0.05)
    turns.release()
    assert reached.wait(5)
    thread.join()


def test_one_who_leaves_the_queue_holds_nobody_up() -> None:
    turns, reached = Turns(), threading.Event()
    turns.acquire()
    impatient = threading.Lock()
    turns._waiting.append((0, impatient))
    thread = take_a_turn(turns, reached.set)
    while waiting(turns) < 2:
        pass
    turns._step_out(0, impatient)
    turns.release()
    assert reached.wait(5)
    thread.join()


def test_turn_that_came_as_one_left_is_passed_on() -> None:
    turns = Turns()
    turns.acquire()
    impatient = threading.Lock()
    impatient.acquire()
    turns._waiting.append((0, impatient))
    turns.release()
    assert turns._owner == 0
    turns._step_out(0, impatient)
    assert turns._owner is None
