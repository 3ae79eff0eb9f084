"""What helpers see: the shifts that need somebody, and their own, in one language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.safety.services.vault import holders_of
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.models import Crew, Duty, Helper, Shift
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.templatetags.saying import said

_ORGANISATION = "organisation:"


@dataclass(frozen=True)
class OwnShift:
    """A shift of a helper, and what she can do about it now."""

    duty: Duty
    shift: Shift
    when: str
    says: tuple[str, ...]
    may_leave: bool
    may_begin: bool
    may_end: bool
    may_check_back: bool
    must_read: bool


@dataclass(frozen=True)
class HelperPage:
    """A helper's own page."""

    helper: Helper
    crew: Crew
    shifts: tuple[OwnShift, ...]
    open: tuple[tuple[int, SafeString], ...]
    hours: float
    set_aside: bool


def crew_at(link: str) -> Crew | None:
    """The crew that a link lets people into; None when there is none, or none any more."""
    return Crew.objects.select_related("activity__week").filter(link=link).first()


def open_shifts(crew: Crew, *, code: str, now: datetime) -> tuple[tuple[int, SafeString], ...]:
    """The shifts that still need somebody, as choices. Two queries.

    Where to meet is said only to who signed up, where the activity is not an open one.
    """
    shifts = list(Shift.objects.filter(activity=crew.activity_id, end__gt=now))
    taken = crew_queries.taken_in(shifts)
    free = [shift for shift in shifts if rules.has_room(needed=shift.needed, taken=taken.get(shift.pk, 0))]
    tells = crew.activity.safety == SafetyProfile.OPEN
    return tuple((shift.pk, _choice(shift, crew, code, tells=tells)) for shift in free)


def when(shift: Shift, zone: str, code: str) -> str:
    """Day and hours as people there say them."""
    place = ZoneInfo(zone)
    day, begins = days.moment(shift.start, place, code)
    last, ends = days.moment(shift.end, place, code)
    return f"{day} · {begins} – {ends}" if day == last else f"{day} · {begins} – {last} · {ends}"


def keepers(crew: Crew) -> tuple[Text, ...]:
    """The names of the organisations that can open the entries. Two queries."""
    holders = holders_of(crew.key_subject)
    slugs = [holder.removeprefix(_ORGANISATION) for holder in holders if holder.startswith(_ORGANISATION)]
    return tuple(row.names for row in Organisation.objects.filter(slug__in=slugs).order_by("slug"))


def helper_page(helper: Helper, *, now: datetime) -> HelperPage:
    """A helper's own page, in her language. Three queries."""
    crew, code = helper.crew, helper.language
    duties = list(helper.duties.select_related("shift"))
    mine = {duty.shift_id for duty in duties}
    open_now = open_shifts(crew, code=code, now=now) if crew_queries.door(crew) and not helper.aside else ()
    return HelperPage(
        helper=helper,
        crew=crew,
        shifts=tuple(_own(duty, crew, code, now) for duty in duties),
        open=tuple(choice for choice in open_now if choice[0] not in mine),
        hours=rules.hours(rules.worked(crew_queries.known(duty)) for duty in duties),
        set_aside=helper.aside == "flood",
    )


def own_shifts(duties: Iterable[Duty], crew: Crew, *, code: str, now: datetime) -> tuple[OwnShift, ...]:
    """Duties as their helper sees them."""
    return tuple(_own(duty, crew, code, now) for duty in duties)


def _own(duty: Duty, crew: Crew, code: str, now: datetime) -> OwnShift:
    known, shift = crew_queries.known(duty), duty.shift
    return OwnShift(
        duty=duty,
        shift=shift,
        when=when(shift, crew.activity.week.timezone, code),
        says=tuple(_says(duty, crew, code)),
        may_leave=bool(rules.may_leave(known, now=now)),
        may_begin=duty.started_at is None and duty.back_at is None and bool(rules.may_begin(known, now=now)),
        may_end=duty.ended_at is None and duty.back_at is None and bool(rules.may_end(known)),
        may_check_back=duty.back_at is None and bool(rules.may_check_back(known, now=now)),
        must_read=bool(shift.briefing) and duty.briefed_at is None,
    )


def _says(duty: Duty, crew: Crew, code: str) -> Iterator[str]:
    if duty.missed:
        yield _("It is written down that you did not come.")
        return
    zone = ZoneInfo(crew.activity.week.timezone)
    said_at = (
        (duty.started_at, _("You began at %(hour)s.")),
        (duty.ended_at, _("You ended at %(hour)s.")),
        (duty.back_at, _("You checked back at %(hour)s. Thank you.")),
    )
    for at, words in said_at:
        if at is not None:
            yield words % {"hour": days.moment(at, zone, code)[1]}


def _choice(shift: Shift, crew: Crew, code: str, *, tells: bool) -> SafeString:
    hours = when(shift, crew.activity.week.timezone, code)
    if tells and shift.where:
        return format_html("<span><b>{}</b><br>{} <small>{}</small></span>", said(shift.what), hours, said(shift.where))
    return format_html("<span><b>{}</b><br>{}</span>", said(shift.what), hours)


def gone(choices: tuple[tuple[int, SafeString], ...], ticked: set[str]) -> list[tuple[int, SafeString]]:
    """Boxes that are not offered any more; ticked all the same by whoever opened the page before."""
    return [(int(key), SafeString()) for key in ticked - {str(key) for key, _label in choices}]
