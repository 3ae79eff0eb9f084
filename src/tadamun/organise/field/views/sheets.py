"""What the sheets of an activity and their cells are called."""

from collections.abc import Sequence

from django.http import Http404
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tadamun.organise.field.services import paper
from tadamun.organise.field.services.paper import SHEETS, Row
from tadamun.organise.programme.models import Activity, Sitting
from tadamun.toolkit.languages import days

TITLES: "dict[str, str | Promise]" = {
    "sign-in": gettext_lazy("Sign-in sheet"),
    "tally": gettext_lazy("Tally sheet"),
    "bibs": gettext_lazy("Sheet for the finish"),
    "stock": gettext_lazy("Sheet for leaflets"),
    "shifts": gettext_lazy("Shift sheet"),
}
CELLS = {
    "by": gettext_lazy("How many"),
    "out": gettext_lazy("Taken along"),
    "given": gettext_lazy("Given out"),
    "returned": gettext_lazy("Brought back"),
    "start_shift": gettext_lazy("began at"),
    "end_shift": gettext_lazy("ended at"),
    "check_back": gettext_lazy("back at"),
}


def titles(activity: Activity) -> "dict[str, str | Promise]":
    """All sheets of an activity; attendance has one for each sitting. One query."""
    sittings = paper.sittings_of(activity)
    return TITLES | {code: _attendance(sitting) for code, sitting in sittings.items()}


def _attendance(sitting: Sitting) -> str:
    hour = f"{sitting.start_time:%H:%M}" if sitting.start_time else ""
    day = f"{days.day(sitting.start, get_language() or 'en')} {hour}".strip()
    return format_html(_("Attendance: {sitting}"), sitting=day)


def title_of(activity: Activity, sheet: str) -> str:
    """What a sheet is called; only for one that there is.

    :raises django.http.Http404: for others.
    """
    known = TITLES if sheet in SHEETS else titles(activity)
    if sheet not in known:
        raise Http404
    return str(known[sheet])


def cells_of(rows: Sequence[Row]) -> "list[str | Promise]":
    """What the columns of a sheet are called."""
    return [CELLS[cell] for cell in rows[0].cells] if rows else []
