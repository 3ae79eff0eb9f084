"""What is known of somebody's shift: briefed, begun, ended, back. It may come from anywhere and in any order."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.models import Duty, Shift
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.services import joining
from tadamun.organise.volunteers.vocabulary import Moment

# By shift (its uid) and helper (her short code): when what was, in milliseconds since 1970, by ``Moment``.
Told = Mapping[tuple[str, str], Mapping[str, int]]
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
    said, now = dict(found.said), _milliseconds(at)
    said[moment.value] = min(now, said.get(moment.value, now))
    found.said = said
    found.missed = found.missed and moment is Moment.BRIEFED
    _save(found)
    return True


@transaction.atomic
def hear_log(*, activity: Activity, told: Told) -> int:
    """Take over what the field log says of an activity's shifts, as a whole; returns how many duties changed.

    What the log does not say any more, because it was taken back there, is forgotten; what she or the desk said stays.
    """
    duties = Duty.objects.select_for_update(of=("self",)).filter(shift__activity=activity)
    changed = 0
    for duty in duties.select_related("shift", "helper").order_by("pk"):
        log = dict(told.get((str(duty.shift.uid), duty.helper.short_code), {}))
        if log == duty.logged:
            continue
        news = {moment for moment in log if log[moment] != duty.logged.get(moment)}
        duty.missed = duty.missed and news <= {Moment.BRIEFED.value}
        duty.logged = log
        _save(duty)
        changed += 1
    return changed


def _save(duty: Duty) -> None:
    """Store a duty; its columns follow from what was said and logged."""
    for moment, column in _COLUMN.items():
        known = [one[moment.value] for one in (duty.said, duty.logged) if moment.value in one]
        counts = known and (moment is Moment.BRIEFED or not duty.missed)
        setattr(duty, column, _moment(min(known)) if counts else None)
    duty.save(update_fields=[*_COLUMN.values(), "missed", "said", "logged"])


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1000 + at.microsecond // 1000


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds // 1000, UTC) + timedelta(milliseconds=milliseconds % 1000)


@transaction.atomic
def mark(*, actor: Actor, duty: Duty, moment: Moment, now: datetime) -> None:
    """A member writes a moment down for somebody."""
    note_moment(duty=duty.uid, moment=moment, at=now)
    _audit(actor, duty, moment.value, now)


@transaction.atomic
def mark_missed(*, actor: Actor, duty: Duty, now: datetime) -> None:
    """Write down that somebody did not come; nobody waits for her then."""
    found = Duty.objects.select_for_update().get(pk=duty.pk)
    found.missed = True
    found.said = {moment: at for moment, at in found.said.items() if moment == Moment.BRIEFED}
    _save(found)
    _audit(actor, duty, "did not come", now)


@transaction.atomic
def all_back(*, actor: Actor, shift: Shift, now: datetime) -> int:
    """Everybody of a shift who came is back; returns of how many that was not known yet."""
    rows = list(Duty.objects.filter(crew_queries.missed_of(now), shift=shift).values_list("uid", flat=True))
    many = sum(note_moment(duty=duty, moment=Moment.BACK, at=now) for duty in rows)
    subject = f"volunteers:{shift.activity.uid}"
    note_act(actor=actor, act="all are back", subject=subject, now=now, detail={"shift": str(shift.uid), "many": many})
    return many


def _audit(actor: Actor, duty: Duty, what: str, now: datetime) -> None:
    crew = duty.helper.crew
    detail = {"number": duty.helper.number, "what": what}
    note_act(actor=actor, act="note shift", subject=crew.key_subject, now=now, detail=detail)
