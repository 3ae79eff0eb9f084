"""What a ticket's page shows to whoever holds the ticket: how she stands, in plain words, and what she can do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
from django.utils.translation import gettext as _

from tadamun.organise.people import rules
from tadamun.organise.people.models import Registration
from tadamun.organise.people.queries.gate import Meeting, keepers, meetings
from tadamun.organise.people.vocabulary import ENDED, HOLDS_PLACES, Standing
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.vault import letters, tickets
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.text import Text

_QR_QUIET_ZONE = 4
_QR_MASK = 4
_ACTIVITY_AT = slice(1, 17)
_SIGNED_BYTES = 99


@dataclass(frozen=True)
class Drawing:
    """A QR code as one SVG path, ``size`` units wide and high."""

    path: str
    size: int


@dataclass(frozen=True)
class TicketPage:
    """One ticket's page. ``told`` is the standing that the person is told."""

    registration: Registration
    activity: Activity
    told: Standing
    headline: str
    says: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    keepers: tuple[Text, ...]
    quiet: bool
    offered: bool
    may_confirm: bool
    may_cancel: bool
    may_change: bool
    over: str


def secret_of(text: str, *, public_key: bytes, now: datetime) -> bytes | None:
    """The secret of a true ticket of this installation, also of one of any activity; None for everything else."""
    try:
        activity = UUID(bytes=letters.decode(text, size=_SIGNED_BYTES)[_ACTIVITY_AT])
        return tickets.verify(public_key, text, activity=activity, today=now.date()).secret
    except (ValueError, VaultError):
        return None


def ticket_page(registration: Registration, *, position: int | None, now: datetime) -> TicketPage:
    """The page of a registration. ``position`` is the one in line, where she waits."""
    admission = registration.admission
    activity, told = admission.activity, Standing(registration.told)
    expected = told in HOLDS_PLACES
    lapsed = told == Standing.OFFERED and registration.offer_until is not None and registration.offer_until <= now
    over = _over(activity)
    return TicketPage(
        registration=registration,
        activity=activity,
        told=told,
        headline=_headline(told, came=registration.came, lapsed=lapsed),
        says=tuple(_says(registration, told, position, lapsed=lapsed)),
        meetings=meetings(activity, code=registration.language, expected=expected, now=now),
        keepers=keepers(admission),
        quiet=activity.safety != SafetyProfile.OPEN,
        offered=told == Standing.OFFERED and not lapsed and not over,
        may_confirm=told == Standing.PLACED and not registration.confirmed and not registration.came and not over,
        may_cancel=bool(rules.may_cancel(told, came=registration.came)),
        may_change=told not in ENDED,
        over=over,
    )


def drawn(text: str) -> Drawing:
    """A text as a QR code: rows of dark runs, drawn as strokes of one unit."""
    # A ticket looks like noise, so every mask suits it; trying all eight would take half of the page's time.
    rows = segno.make(text, error="m", mask=_QR_MASK, micro=False, boost_error=False).matrix
    return Drawing(path="".join(_strokes(rows)), size=len(rows) + 2 * _QR_QUIET_ZONE)


def _strokes(rows: Sequence[Sequence[int]]) -> Iterator[str]:
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start + _QR_QUIET_ZONE} {y + _QR_QUIET_ZONE}.5h{x - start}"
                start = None


def _headline(told: Standing, *, came: bool, lapsed: bool) -> str:
    if came:
        return _("You are checked in")
    if lapsed:
        return _("The offer has ended")
    return {
        Standing.PLACED: _("You have a place"),
        Standing.OFFERED: _("A place is offered to you"),
        Standing.WAITING: _("You are on the waiting list"),
        Standing.PENDING: _("Your sign-up waits for an answer"),
        Standing.QUARANTINED: _("Your sign-up is being looked at"),
        Standing.CANCELLED: _("This sign-up is cancelled"),
        Standing.DECLINED: _("There is no place for you this time"),
        Standing.SHADOW: _("You are on the waiting list"),
    }[told]


def _says(registration: Registration, told: Standing, position: int | None, *, lapsed: bool) -> Iterator[str]:
    code = registration.language
    if told == Standing.PLACED and registration.confirmed:
        yield _("You said that you will come. Thank you.")
    elif told == Standing.PLACED:
        yield _("Show this page, a print of it, or the code at the door.")
    elif told == Standing.OFFERED and lapsed:
        yield _("The place went to the next in line. You can sign up again.")
    elif told == Standing.OFFERED and registration.offer_until is not None:
        zone = ZoneInfo(registration.admission.activity.week.timezone)
        day, hour = days.moment(registration.offer_until, zone, code)
        yield _("Take it until %(day)s, %(hour)s; then it goes to the next in line.") % {"day": day, "hour": hour}
    elif told == Standing.WAITING and position is not None:
        yield _("Your position in line: %(position)s.") % {"position": days.number(position, code)}
        yield _("When a place becomes free you move up. Look at this page again from time to time.")
    elif told in {Standing.PENDING, Standing.QUARANTINED}:
        yield _("The organisers look at every sign-up. Look at this page again in a day or two.")
    elif told in ENDED:
        yield _("You can sign up again as long as sign-up is open.")


def _over(activity: Activity) -> str:
    """Why the activity does not take place as planned, in words; nothing when it does."""
    if activity.state == State.CANCELLED:
        return _("The activity was cancelled.")
    if activity.state == State.POSTPONED:
        return _("The activity was postponed. The new date will stand on this page.")
    return ""
