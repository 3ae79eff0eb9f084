"""What is known of somebody's shift: briefed, begun, ended, back. It may come from anywhere and in any order."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.models import Duty, Shift
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.services import joining
from tadamun.organise.volunteers.vocabulary import Moment

_COLUMN = {
    Moment.BRIEFED: "briefed_at",
    Moment.STARTED: "started_at",
    Moment.ENDED: "ended_at",
    Moment.BACK: "back_at",
}


@transaction.atomic
def say(*, secret: bytes, duty: UUID | str, moment: Moment, now: datetime) -> None:
    """A helper says it herself, with her link.

    :raises TicketUnknown: when the link opens nothing.
    :raises Refused: when it cannot be yet, or the shift is hers no more.
    """
    found = joining.duty_of(joining.by_secret(secret), duty)
    known = crew_queries.known(found)
    if moment is Moment.STARTED:
        rules.may_begin(known, now=now).require()
    elif moment is Moment.ENDED:
        rules.may_end(known).require()
    elif moment is Moment.BACK:
        rules.may_check_back(known, now=now).require()
    note_moment(duty=found.uid, moment=moment, at=now)


@transaction.atomic
def note_moment(*, duty: UUID, moment: Moment, at: datetime) -> bool:
    """Write a moment down; of two the earlier one stays, so that any order and repetition ends alike.

    Whoever was seen did come. Returns whether there is such a duty (by its ``uid``).
    """
    found = Duty.objects.select_for_update().filter(uid=duty).first()
    if found is None:
        return False
    column = _COLUMN[moment]
    before = getattr(found, column)
    setattr(found, column, min(at, before) if before else at)
    if moment is not Moment.BRIEFED:
        found.missed = False
    found.save(update_fields=[column, "missed"])
    return True


@transaction.atomic
def mark(*, actor: Actor, duty: Duty, moment: Moment, now: datetime) -> None:
    """A member writes a moment down for somebody."""
    note_moment(duty=duty.uid, moment=moment, at=now)
    _audit(actor, duty, moment.value, now)


@transaction.atomic
def mark_missed(*, actor: Actor, duty: Duty, now: datetime) -> None:
    """Write down that somebody did not come; nobody waits for her then."""
    Duty.objects.filter(pk=duty.pk).update(missed=True, started_at=None, ended_at=None, back_at=None)
    _audit(actor, duty, "did not come", now)


@transaction.atomic
def all_back(*, actor: Actor, shift: Shift, now: datetime) -> int:
    """Everybody of a shift who came is back; returns of how many that was not known yet."""
    rows = Duty.objects.filter(crew_queries.missed_of(now), shift=shift)
    many = rows.update(back_at=now)
    subject = f"volunteers:{shift.activity.uid}"
    note_act(actor=actor, act="all are back", subject=subject, now=now, detail={"shift": str(shift.uid), "many": many})
    return many


def _audit(actor: Actor, duty: Duty, what: str, now: datetime) -> None:
    crew = duty.helper.crew
    detail = {"number": duty.helper.number, "what": what}
    note_act(actor=actor, act="note shift", subject=crew.key_subject, now=now, detail=detail)
