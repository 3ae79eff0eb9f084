"""Weeks that ship as a beginning: what such a week is made of, day by day. Everything in it is an idea to be changed.

A title stands here in English; the catalogues have it in the other languages of a site.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tadamun.organise.programme.vocabulary import PartInWeek, WeekForm

Say = str | Promise


@dataclass(frozen=True)
class Sketch:
    """An activity of a template: on which day (counted from 1), its kind, its title."""

    day: int
    kind: str
    title: Say
    part: PartInWeek = PartInWeek.MIDDLE


@dataclass(frozen=True, kw_only=True)
class WeekTemplate:
    """A beginning. ``days`` is how long it is, ``begins`` the usual month and day of its first day, if it has one."""

    code: str
    title: Say
    says: Say
    form: WeekForm
    days: int
    sketches: tuple[Sketch, ...]
    begins: tuple[int, int] | None = None


_OPENING, _CLOSING = PartInWeek.OPENING, PartInWeek.CLOSING

WEEK_OF_ACTION = WeekTemplate(
    code="week",
    title=_("Week of action"),
    says=_("Eight days: a gathering to open, a training, a race, talks, leaflets, a debate to close."),
    form=WeekForm.WEEK,
    days=8,
    sketches=(
        Sketch(1, "gathering", _("Opening picnic"), _OPENING),
        Sketch(2, "training", _("Training")),
        Sketch(3, "race", _("Run in the park")),
        Sketch(4, "talk", _("Tea and talks")),
        Sketch(5, "outreach", _("Leaflets in the streets")),
        Sketch(8, "debate", _("Closing debate"), _CLOSING),
    ),
)
SIXTEEN_DAYS = WeekTemplate(
    code="sixteen-days",
    title=_("16 days of activism"),
    says=_("25 November to 10 December, against violence against women: from one international day to the next."),
    form=WeekForm.CAMPAIGN,
    days=16,
    begins=(11, 25),
    sketches=(
        Sketch(1, "gathering", _("Opening vigil"), _OPENING),
        Sketch(2, "statement", _("Joint statement")),
        Sketch(4, "training", _("Training: knowing your rights at work")),
        Sketch(6, "outreach", _("Leaflets against violence")),
        Sketch(8, "seminar", _("Seminar: laws that protect")),
        Sketch(10, "talk", _("Women tell their stories")),
        Sketch(13, "visit", _("Visit to a shelter or a legal aid office")),
        Sketch(16, "debate", _("Closing debate on Human Rights Day"), _CLOSING),
    ),
)
FORUM = WeekTemplate(
    code="forum",
    title=_("Forum"),
    says=_("Three days: opening assembly, seminars side by side, an evening together, a final statement."),
    form=WeekForm.FORUM,
    days=3,
    sketches=(
        Sketch(1, "gathering", _("Opening assembly"), _OPENING),
        Sketch(1, "seminar", _("First seminar")),
        Sketch(2, "seminar", _("Second seminar")),
        Sketch(2, "training", _("Workshop")),
        Sketch(2, "gathering", _("Evening of culture")),
        Sketch(3, "debate", _("Closing assembly"), _CLOSING),
        Sketch(3, "statement", _("Final statement")),
    ),
)
FESTIVAL = WeekTemplate(
    code="festival",
    title=_("Festival"),
    says=_("Two days in the open: tents of the organisations, a stage, a race in the morning, stories in the evening."),
    form=WeekForm.FESTIVAL,
    days=2,
    sketches=(
        Sketch(1, "gathering", _("Opening and tents of the organisations"), _OPENING),
        Sketch(1, "talk", _("Stories on the stage")),
        Sketch(2, "race", _("Morning run")),
        Sketch(2, "gathering", _("Closing celebration"), _CLOSING),
    ),
)
DAY = WeekTemplate(
    code="day",
    title=_("Day of action"),
    says=_("One day: leaflets in the morning, a gathering in the afternoon, a statement."),
    form=WeekForm.DAY,
    days=1,
    sketches=(
        Sketch(1, "outreach", _("Leaflets in the morning"), _OPENING),
        Sketch(1, "gathering", _("Gathering in the afternoon")),
        Sketch(1, "statement", _("Statement of the day"), _CLOSING),
    ),
)

TEMPLATES: Mapping[str, WeekTemplate] = MappingProxyType(
    {template.code: template for template in (WEEK_OF_ACTION, SIXTEEN_DAYS, FORUM, FESTIVAL, DAY)}
)
