"""Undoing a step together with the messages about it: what waits is not sent, who was told is told once more."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.utils.translation import ngettext

from tadamun.organise.people.services import telling
from tadamun.organise.programme.models import Activity, Change, Sitting
from tadamun.organise.programme.services.together import step_of, undo_step
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


def undo_and_say(request: Any, change: Change, *, says: str) -> bool:
    """Undo the step of a change and tell the member: ``says`` when it is done, the reason when it cannot be."""
    step, now = step_of(change), clock.now()
    try:
        with transaction.atomic():
            undo_step(actor=request.actor, change=change, now=now)
            taken = [
                telling.take_back(activity=one.activity, at=one.at, now=now)
                for one in step
                if one.activity and _was_told(one)
            ]
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, says)
    again = sum(one.told_again for one in taken)
    if again:
        words = ngettext(
            "%(count)d person was told already and is told again.",
            "%(count)d people were told already and are told again.",
            again,
        )
        messages.warning(request, words % {"count": again})
    return True


def _was_told(change: Change) -> bool:
    """Whether it may be one of which those who signed up were told."""
    state = change.thing == Activity._meta.label_lower and "state" in change.fields
    return state or change.thing == Sitting._meta.label_lower
