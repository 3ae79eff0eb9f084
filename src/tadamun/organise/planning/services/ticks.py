"""Ticking off: a task is done, a thing is there; and taking that back."""

from datetime import datetime

from tadamun.organise.planning.models import Material, Task
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.changes import Outcome, Plain
from tadamun.organise.safety.services.audit import Actor


def tick_task(*, actor: Actor, task: Task, done: bool, now: datetime) -> Outcome:
    """Say that a task is done, or is not after all. Saying it twice changes nothing."""
    if done == (task.done_at is not None):
        return Outcome()
    wanted: Plain = {"done_at": now.isoformat() if done else None, "done_by": actor.label if done else ""}
    return _set(actor, task, wanted, now)


def tick_material(*, actor: Actor, material: Material, have_it: bool, now: datetime) -> Outcome:
    """Say that a thing is there, or is not after all."""
    return _set(actor, material, {"have_it": have_it}, now)


def _set(actor: Actor, row: Task | Material, wanted: Plain, now: datetime) -> Outcome:
    return changes.change(actor=actor, row=row, seen=changes.values_of(row, wanted), wanted=wanted, now=now)
