"""Days and hours: in order, in their week, and what they claim of each other."""

from collections.abc import Iterator
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from tadamun.organise.programme.vocabulary import DatePrecision, State, TellPlace, WeekForm
from tadamun.weekfile.document import PostponementEntry, SittingEntry, Stated
from tadamun.weekfile.rules.findings import Finding, Ground, wrong

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SPANS = (("start", "end"), ("since", "until"), ("announced_start", "announced_end"), ("moved_start", "moved_end"))
_LOOSE_FORMS = frozenset({WeekForm.CAMPAIGN, WeekForm.SEASON})


def spans_run_forwards(ground: Ground) -> Iterator[Finding]:
    """No end before its start, and no end of a thing that has no start."""
    for entry in ground.entries:
        for first, last in _SPANS:
            start, end = getattr(entry, first, None), getattr(entry, last, None)
            if start and end and end < start:
                says = _("The end, %(end)s, lies before the start, %(start)s.") % {"end": end, "start": start}
                yield wrong(entry, last, says=says, right=_("Check both days."))
            elif end and not start and isinstance(entry, PostponementEntry):
                says = _("A last day is stated, but no first one.")
                yield wrong(entry, last, says=says, right=_("State “%(name)s” too.") % {"name": first})


def hours_run_forwards(ground: Ground) -> Iterator[Finding]:
    """On one day, the end comes after the start; an end alone says nothing."""
    for sitting in ground.all(SittingEntry):
        if sitting.end_time is None:
            continue
        if sitting.start_time is None:
            says = _("An hour of the end is stated, but none of the start.")
            yield wrong(sitting, "end_time", says=says, right=_("State “start_time” too, or use “part_of_day”."))
        elif sitting.end_time <= sitting.start_time and sitting.end in {None, sitting.start}:
            says = _("It ends at %(end)s, before it starts at %(start)s.")
            says %= {"end": sitting.end_time.strftime("%H:%M"), "start": sitting.start_time.strftime("%H:%M")}
            yield wrong(
                sitting, "end_time", says=says, right=_("If it ends after midnight, state the next day as “end”.")
            )


def weekdays_match_their_dates(ground: Ground) -> Iterator[Finding]:
    """A weekday that was stated beside a date is a check on both."""
    for sitting in ground.all(SittingEntry):
        if not sitting.weekday:
            continue
        true = WEEKDAYS[sitting.start.weekday()]
        if sitting.weekday not in WEEKDAYS:
            says = _("“%(word)s” is not a weekday.") % {"word": sitting.weekday[:60]}
            yield wrong(sitting, "weekday", says=says, right=_("Write %(day)s.") % {"day": true})
        elif sitting.weekday != true:
            says = _("%(date)s is a %(true)s, not a %(stated)s.")
            says %= {"date": sitting.start, "true": true, "stated": sitting.weekday}
            yield wrong(sitting, "weekday", says=says, right=_("Check the date, or write %(day)s.") % {"day": true})


def sittings_lie_in_their_week(ground: Ground) -> Iterator[Finding]:
    """What lies outside belongs to another week, unless it was moved or the week is a loose one."""
    week = ground.document.week
    if week.form in _LOOSE_FORMS:
        return
    for activity in ground.document.activities:
        if activity.postponements or activity.state in {State.POSTPONED, State.CANCELLED}:
            continue
        for sitting in activity.sittings:
            last = sitting.end or sitting.start
            if sitting.start < week.start or last > week.end:
                says = _("%(start)s to %(end)s lies outside the week, which runs from %(first)s to %(last)s.")
                says %= {"start": sitting.start, "end": last, "first": week.start, "last": week.end}
                right = _("Correct the day, widen the week, or state the postponement if it was moved.")
                yield wrong(sitting, "start", says=says, right=right)


def uncertain_days_say_how_many(ground: Ground) -> Iterator[Finding]:
    """“On two days between these” needs the number of days, and a span that has room for them."""
    for sitting in ground.all(SittingEntry):
        span = ((sitting.end or sitting.start) - sitting.start).days + 1
        if sitting.precision == DatePrecision.EXACT:
            if sitting.days is not None:
                says = _("“days” only says something of days that are not known exactly.")
                yield wrong(sitting, "days", says=says, right=_("Leave it out, or write “precision: between”."))
        elif sitting.days is None:
            says = _("It is not said on how many of these days it took place.")
            yield wrong(sitting, "precision", says=says, right=_("State “days”."))
        elif not 1 <= sitting.days <= span:
            says = _("There are %(span)s days from start to end, so “days” cannot be %(days)s.")
            says %= {"span": span, "days": sitting.days}
            yield wrong(sitting, "days", says=says, right=_("Check “start”, “end” and “days”."))


def campaigns_last_as_long_as_they_say(ground: Ground) -> Iterator[Finding]:
    """The stated length of a campaign counts its first and its last day."""
    for campaign in ground.document.campaigns:
        if campaign.days is None:
            continue
        if campaign.start is None or campaign.end is None:
            says = _("The length is stated, but not from when to when.")
            yield wrong(campaign, "days", says=says, right=_("State “start” and “end”, or leave “days” out."))
        elif (length := (campaign.end - campaign.start).days + 1) != campaign.days:
            says = _("From %(start)s to %(end)s it is %(length)s days, first and last included, not %(days)s.")
            says %= {"start": campaign.start, "end": campaign.end, "length": length, "days": campaign.days}
            yield wrong(campaign, "days", says=says, right=_("Check the days."))


def places_told_later_say_when(ground: Ground) -> Iterator[Finding]:
    """A place that is kept back is told from a stated moment on, or never."""
    for sitting in ground.all(SittingEntry):
        if sitting.tell_place == TellPlace.LATER and sitting.told_from is None:
            says = _("The place is told later, but it is not said when.")
            yield wrong(sitting, "tell_place", says=says, right=_("State “told_from”, or write “tell_place: never”."))
        elif sitting.tell_place != TellPlace.LATER and sitting.told_from is not None:
            says = _("“told_from” only says something together with “tell_place: later”.")
            yield wrong(
                sitting, "told_from", says=says, right=_("Write “tell_place: later”, or leave “told_from” out.")
            )


def time_zones_are_known(ground: Ground) -> Iterator[Finding]:
    """The week's time zone is one of the IANA database."""
    week = ground.document.week
    if week.timezone and week.timezone not in available_timezones():
        says = _("There is no time zone “%(zone)s”.") % {"zone": week.timezone[:60]}
        right = _("Write the place by which it goes, such as Asia/Baghdad.")
        yield wrong(week, "timezone", says=says, right=right)


def editions_say_something(ground: Ground) -> Iterator[Finding]:
    """An edition has a number, a series or both."""
    stated: tuple[Stated, ...] = (ground.document.week, *ground.document.activities)
    for entry in stated:
        if entry.edition and not entry.edition.series and entry.edition.number is None:
            says = _("Neither a series nor a number is stated.")
            yield wrong(entry.edition, says=says, right=_("State one of them, or leave “edition” out."))
