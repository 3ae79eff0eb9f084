"""Changes that were made by one step belong together: they are read as one entry, and undone as one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.programme.models import Change
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.rulings import Refused


@transaction.atomic
def tie(made: Iterable[Change], *, note: str = "") -> tuple[Change, ...]:
    """Keep changes as one step, with the reason that was given for it; returns them."""
    step = tuple(made)
    together = uuid4() if len(step) > 1 else None
    for change in step:
        change.together, change.note = together, note
        change.save(update_fields=["together", "note"])
    return step


def step_of(change: Change) -> list[Change]:
    """The changes that were made together with one, the last first; that one alone when it was made alone."""
    if change.together is None:
        return [change]
    return list(Change.objects.filter(together=change.together).order_by("-pk"))


@transaction.atomic
def undo_step(*, actor: Actor, change: Change, now: datetime) -> tuple[Change, ...]:
    """Undo a change and all that were made together with it; returns the changes by which that was done.

    :raises Refused: when one of them was undone already or changed again since; then nothing is undone.
    """
    undoing = []
    for one in step_of(change):
        try:
            outcome = changes.undo(actor=actor, change_made=one, now=now)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        if outcome.both:
            raise Refused(_("This was changed again since. Undo the later change first."))
        if outcome.change:
            undoing.append(outcome.change)
    if not undoing:
        raise Refused(_("There is nothing to undo here."))
    return tie(undoing)
