"""Visit: a delegation travels, or is received."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Kind
from tadamun.kinds.visit.plan import Meeting, VisitPlan, mistakes
from tadamun.toolkit.facts import Day, Fact, Words


def facts(plan: VisitPlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of a visit. Whom it meets is said only to those who may know the place."""
    yield from make.words("represented", _("Represented in the delegation"), *plan.represented, prominent=True)
    if make.place_told:
        for meeting in plan.meetings:
            yield from make.fact("meeting", _("Meeting"), *_about(meeting))
    yield from make.words("obstacles", _("What stood in the way"), plan.obstacles)
    yield from make.fact("languages", _("Languages"), *make.tongues(plan.languages))


def _about(meeting: Meeting) -> list[Words | Day]:
    values: list[Words | Day] = [Words(text) for text in (meeting.with_whom, meeting.about) if text]
    return values + ([Day(meeting.on)] if meeting.on else [])


KIND = Kind(
    code="visit",
    name=_("Visit"),
    mark="M3.5 8.5h17v12h-17zM9 8.5v-4h6v4M7.5 8.5v12M16.5 8.5v12",
    plan=VisitPlan,
    facts=facts,
    mistakes=mistakes,
    labels={
        "represented": _("Represented in the delegation"),
        "meetings": _("Meetings"),
        "meetings.with_whom": _("With whom"),
        "meetings.about": _("About what"),
        "meetings.on": _("On"),
        "obstacles": _("What stood in the way"),
        "languages": _("Languages"),
    },
    schema_type="Event",
    category="NETWORKING",
)
