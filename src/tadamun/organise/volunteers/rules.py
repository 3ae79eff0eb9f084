"""What helpers may take on, and who is missed: decisions without a database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.toolkit.rulings import ALLOWED, Ruling

# Somebody may be early; who forgets to say when she ended is not credited with the night.
EARLY, LATE = timedelta(hours=2), timedelta(hours=1)


@dataclass(frozen=True, order=True)
class Span:
    """From when to when somebody helps."""

    start: datetime
    end: datetime

    @property
    def lasts(self) -> timedelta:
        """How long."""
        return self.end - self.start


@dataclass(frozen=True)
class Known:
    """What is known of somebody's shift."""

    planned: Span
    started_at: datetime | None = None
    ended_at: datetime | None = None
    back_at: datetime | None = None
    missed: bool = False


def may_take(spans: Sequence[Span], *, rest_hours: int, day_hours: int) -> Ruling:
    """Whether one person may take all of these shifts.

    Shifts with less than ``rest_hours`` between them are one working day, and its hours of work may not be more than
    ``day_hours``. No two may lie at the same time.
    """
    rest, most = timedelta(hours=rest_hours), timedelta(hours=day_hours)
    worked, before = timedelta(), None
    for span in sorted(spans):
        if before is not None and span.start < before.end:
            return Ruling(_("Two of these shifts are at the same time. Choose one of them."))
        rested = before is None or span.start - before.end >= rest
        worked = span.lasts if rested else worked + span.lasts
        if worked > most:
            return Ruling(_too_long(day_hours, rest_hours))
        before = span
    return ALLOWED


def _too_long(day_hours: int, rest_hours: int) -> str:
    return ngettext(
        "That would be more than %(most)d hour of work without a rest of %(rest)d hours. Choose fewer shifts.",
        "That would be more than %(most)d hours of work without a rest of %(rest)d hours. Choose fewer shifts.",
        day_hours,
    ) % {"most": day_hours, "rest": rest_hours}


def has_room(*, needed: int, taken: int) -> Ruling:
    """Whether a shift still needs somebody."""
    if taken < needed:
        return ALLOWED
    return Ruling(_("This shift has all the people that it needs. Choose another one."))


def may_sign_up(*, closed: bool, emptied: bool, idea: bool, over: bool) -> Ruling:
    """Whether people can sign up to help now: not for what is still an ``idea``, nor for what is ``over``."""
    if emptied or over:
        return Ruling(_("Nobody is needed for this any more."))
    if closed or idea:
        return Ruling(_("Nobody can sign up to help at the moment."))
    return ALLOWED


def may_leave(known: Known, *, now: datetime) -> Ruling:
    """Whether somebody may give a shift up, or hand it on."""
    if known.started_at is not None or known.planned.start <= now:
        return Ruling(_("This shift has begun. Tell whoever leads it."))
    return ALLOWED


def may_begin(known: Known, *, now: datetime) -> Ruling:
    """Whether somebody may say that she begins."""
    if now < known.planned.start - EARLY:
        return Ruling(_("It is too early to begin this shift."))
    if known.missed:
        return Ruling(_("It is written down that you did not come. Tell whoever leads the shift."))
    return ALLOWED


def may_end(known: Known) -> Ruling:
    """Whether somebody may say that she has ended."""
    return ALLOWED if known.started_at else Ruling(_("Say first that you have begun."))


def may_check_back(known: Known, *, now: datetime) -> Ruling:
    """Whether somebody may say that she is safely back."""
    if known.started_at is None and now < known.planned.start:
        return Ruling(_("This shift has not begun yet."))
    return ALLOWED


def is_missed(known: Known, *, minutes: int, now: datetime) -> bool:
    """Whether somebody should be back and has not said so; who did not come is not waited for."""
    due = known.planned.end + timedelta(minutes=minutes)
    return known.back_at is None and not known.missed and due <= now


def worked(known: Known) -> timedelta:
    """How long somebody helped: as she said, an hour longer than planned at most; the plan where only a part is known.

    Nothing where nothing is known.
    """
    if known.missed or not (known.started_at or known.ended_at or known.back_at):
        return timedelta()
    start, end = known.started_at or known.planned.start, known.ended_at or known.planned.end
    return max(min(end, known.planned.end + LATE) - max(start, known.planned.start - EARLY), timedelta())


def hours(spent: Iterable[timedelta]) -> float:
    """The sum in hours, to a quarter of an hour."""
    return round(sum(spent, timedelta()) / timedelta(minutes=15)) / 4
