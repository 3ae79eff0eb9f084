"""What the gate's pages show of an activity: in one language, and no more than whoever opens them may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.people.models import Admission, Condition, PlaceGroup, Question
from tadamun.organise.programme.models import Activity, Place, Sitting
from tadamun.organise.programme.vocabulary import DatePrecision, PartOfDay, State, TellPlace
from tadamun.organise.safety.services.vault import holders_of
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.text import Text, spoken
from tadamun.toolkit.prepared import Prepared, Slot

_DEPTH = 3
_CHAIN = "__".join(["within"] * _DEPTH)


@dataclass(frozen=True)
class Meeting:
    """One date and place, in words. ``hint`` says what is told later, or by whom."""

    when: str
    where: Text
    around: tuple[Text, ...]
    landmark: Text
    hint: str


@dataclass(frozen=True)
class GatePage:
    """All that the form's page says of its activity. What only a shown page needs is asked for when it is shown."""

    activity: Activity
    admission: Admission
    code: str
    now: datetime
    questions: tuple[Question, ...]
    conditions: tuple[Condition, ...]
    group_names: tuple[Text, ...]
    group_codes: frozenset[str]

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Dates and places, as far as everybody may know them."""
        return meetings(self.activity, code=self.code, expected=False, now=self.now)

    @cached_property
    def keepers(self) -> tuple[Text, ...]:
        """The names of the organisations that can open the entries."""
        return keepers(self.admission)


# What a form that is sent in is looked at with; the words of the programme are read only where they are shown.
_TO_CHECK = (
    *("capacity", "guests_max", "name", "contact", "categories", "needs", "opens_at", "closes_at", "closed"),
    *("emptied_at", "activity__uid", "activity__state", "activity__week__slug"),
)


def _doors() -> "QuerySet[Admission]":
    rows = Admission.objects.select_related("activity__week")
    rows = rows.filter(activity__week__slug=Slot("week"), activity__slug=Slot("activity"))
    return rows.exclude(activity__state=State.IDEA).exclude(activity__week__state=State.IDEA)


_SHOWN = Prepared(lambda: _doors()[:1])
_CHECKED = Prepared(lambda: _doors().only(*_TO_CHECK)[:1])
_GROUPS = Prepared(lambda: PlaceGroup.objects.filter(admission_id=Slot("admission")).exclude(code_hash=""))
_QUESTIONS = Prepared(lambda: Question.objects.filter(admission_id=Slot("admission")))
_CONDITIONS = Prepared(lambda: Condition.objects.filter(admission_id=Slot("admission")))


def gate_page(*, week: str, activity: str, code: str, now: datetime, shown: bool = True) -> GatePage | None:
    """The page of an activity that can be, or could be, signed up for; None for all others, also secret ones.

    One that is not to be ``shown`` reads no more than it takes to check a form that was sent in; the rest when asked.
    """
    admission = (_SHOWN if shown else _CHECKED).first(week=week, activity=activity)
    return None if admission is None else page_of(admission, code=code, now=now)


def page_of(admission: Admission, *, code: str, now: datetime) -> GatePage:
    """What an activity asks, whatever its state: the desk asks the same of somebody who signs up at a table."""
    groups = _GROUPS.all(admission=admission.pk)
    return GatePage(
        activity=admission.activity,
        admission=admission,
        code=code,
        now=now,
        questions=tuple(_QUESTIONS.all(admission=admission.pk)),
        conditions=tuple(_CONDITIONS.all(admission=admission.pk)),
        group_names=tuple(group.names for group in groups),
        group_codes=frozenset(group.code_hash for group in groups),
    )


def keepers(admission: Admission) -> tuple[Text, ...]:
    """The names of the organisations that can open the entries."""
    slugs = [holder.partition(":")[2] for holder in holders_of(admission.key_subject) if holder[:13] == "organisation:"]
    return tuple(row.names for row in Organisation.objects.filter(slug__in=slugs).order_by("slug"))


def meetings(activity: Activity, *, code: str, expected: bool, now: datetime) -> tuple[Meeting, ...]:
    """Dates and places in words. ``expected`` people, who have a place, are told the exact one once it may be."""
    rows = activity.sittings.select_related(f"place__{_CHAIN}", f"public_place__{_CHAIN}").order_by("position")
    return tuple(_meeting(activity, row, code, expected=expected, now=now) for row in rows)


def exact_is_told(activity: Activity, sitting: Sitting, *, expected: bool, now: datetime) -> bool:
    """Whether the exact place may be said: of a guarded activity only to those who are expected."""
    if not expected and activity.safety not in {SafetyProfile.OPEN, SafetyProfile.CAREFUL}:
        return False
    told_from = sitting.told_from
    later = sitting.tell_place == TellPlace.LATER and told_from is not None and told_from <= now
    return sitting.tell_place == TellPlace.ALWAYS or later


def when_in_words(sitting: Sitting, code: str) -> str:
    """Date and time of a sitting, as exactly as they are known."""
    if sitting.precision == DatePrecision.BETWEEN:
        first, last = days.day(sitting.start, code), days.day(sitting.end, code)
        said = _("between %(first)s and %(last)s") % {"first": first, "last": last}
    else:
        said = days.span(sitting.start, sitting.end, code)
    if sitting.start_time is None:
        return f"{said}, {PartOfDay(sitting.part_of_day).label}" if sitting.part_of_day else said
    hours = days.clock(sitting.start_time, code)
    if sitting.end_time is not None:
        hours = f"{hours} – {days.clock(sitting.end_time, code)}"
    return f"{said} · {hours}"


def _meeting(activity: Activity, sitting: Sitting, code: str, *, expected: bool, now: datetime) -> Meeting:
    told = exact_is_told(activity, sitting, expected=expected, now=now)
    place = (sitting.place if told else None) or sitting.public_place
    around = tuple(outer.names for outer in _around(place)) if place else ()
    return Meeting(
        when=when_in_words(sitting, code),
        where=place.names if place else {},
        around=around,
        landmark=place.landmark if place else {},
        hint="" if told or sitting.place_id is None else _hint(activity, sitting, code, expected=expected, now=now),
    )


def _hint(activity: Activity, sitting: Sitting, code: str, *, expected: bool, now: datetime) -> str:
    if sitting.tell_place == TellPlace.LATER and sitting.told_from is not None and sitting.told_from > now:
        day, hour = days.moment(sitting.told_from, ZoneInfo(activity.week.timezone), code)
        if expected:
            return _("The exact place will stand on this page from %(day)s, %(hour)s.") % {"day": day, "hour": hour}
        return _("The exact place will be told from %(day)s, %(hour)s.") % {"day": day, "hour": hour}
    if expected:
        return _("The organisers tell you the exact place themselves.")
    return _("The exact place is told only to those who have a place.")


def _around(place: Place) -> Iterable[Place]:
    for _step in range(_DEPTH):
        if place.within_id is None or place.within is None:
            return
        place = place.within
        yield place


def place_in_words(meeting: Meeting, code: str) -> str:
    """A place as plain text, from the nearest outwards: for a calendar or a letter."""
    parts = [meeting.where, *meeting.around[:1]]
    words = [spoken(part, code).words for part in parts if part]
    landmark = spoken(meeting.landmark, code).words
    joined = ("، " if code in {"ar", "ckb"} else ", ").join(words)
    return f"{joined} ({landmark})" if landmark else joined
