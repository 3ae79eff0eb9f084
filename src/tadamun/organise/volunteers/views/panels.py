"""The panel that helpers bring to an activity's page: shifts, how many each has, who is missed."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.programme.views.rows import address_of
from tadamun.organise.volunteers.forms.desk import SHIFTS
from tadamun.organise.volunteers.queries.desk import ShiftLine, crew_of, shift_lines
from tadamun.toolkit import clock
from tadamun.toolkit.panels import Line, Mark, Panel, Way
from tadamun.toolkit.templatetags.saying import said

PREFIX = "volunteers_"


def panels(carried: Carried) -> Iterable[Panel]:
    """Counts, never names. Three queries."""
    crew, page = crew_of(carried.one), reverse("helpers", kwargs={"uid": carried.one.uid})
    may = bool(carried.may(SHIFTS.permission))
    lines = []
    for line in shift_lines(carried.one, crew, now=clock.now()):
        own = address_of(SHIFTS, carried, line.shift.pk, prefix=PREFIX) if may else page
        lines.append(Line(says=said(line.shift.what), beside=_beside(line), address=own, mark=_mark(line)))
    ways = [Way(_("Who helps when"), page)]
    if may:
        ways.append(Way(SHIFTS.add, address_of(SHIFTS, carried, prefix=PREFIX)))
    yield Panel(code=SHIFTS.code, title=SHIFTS.title, lines=tuple(lines), ways=tuple(ways), empty=SHIFTS.empty)


def _beside(line: ShiftLine) -> str:
    filled = format_html(_("{taken} of {needed}"), taken=line.taken, needed=line.shift.needed)
    if not line.missed:
        return format_html("<bdi>{}</bdi> · <bdi>{}</bdi>", line.when, filled)
    says = ngettext("{number} has not checked back", "{number} have not checked back", line.missed)
    return format_html("<bdi>{}</bdi> · <b>{}</b>", line.when, format_html(says, number=line.missed))


def _mark(line: ShiftLine) -> Mark:
    if line.missed:
        return Mark.WARNS
    return Mark.ASKS if line.free and not line.over else Mark.CALM
