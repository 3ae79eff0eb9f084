"""Paper: sheets to print, and keying them in twice; what was keyed alike twice goes into the log."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.field.rules.sheets import Keyed, differences
from tadamun.organise.field.services import paper
from tadamun.organise.field.services.paper import IN_WORDS, SHEETS, Row
from tadamun.organise.programme.forms.fields import MomentField
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

_SALT = "tadamun.field.paper"
TITLES = {
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


class WhenForm(forms.Form):
    """When the sheet was written."""

    at = MomentField(label=gettext_lazy("When was this sheet written?"))


@require_safe
def papers(request: Any, carried: Carried) -> HttpResponse:
    """All sheets: to print, to key in."""
    return render(request, "field/paper/papers.html", {"carried": carried, "sheets": list(TITLES.items())})


@require_safe
def sheet(request: Any, carried: Carried, sheet: str) -> HttpResponse:
    """One sheet to print. It holds codes and no names."""
    rows = paper.rows_of(carried.one, _known(sheet))
    page = {"carried": carried, "sheet": sheet, "title": TITLES[sheet], "rows": rows, "cells": _cells(rows)}
    return render(request, "field/paper/sheet.html", page)


@require_http_methods(["GET", "POST"])
def keyed(request: Any, carried: Carried, sheet: str) -> HttpResponse:
    """Key a sheet in, then once more without seeing the first time; what differs is shown and keyed again."""
    rows = paper.rows_of(carried.one, _known(sheet))
    when = WhenForm(request.POST or None, initial={"at": _begins(carried)})
    field: Any = when.fields["at"]
    field.set_zone(carried.week.timezone)
    if request.method != "POST":
        return _form(request, carried, sheet, rows, when, mark=secrets.token_hex(8), passes=[])
    try:
        mark, passes = signing.loads(request.POST.get("passes", ""), salt=_salt(carried, sheet))
    except signing.BadSignature:
        return redirect(request.path)
    try:
        now_keyed = paper.read_keyed(sheet, rows, request.POST)
    except Refused as refusal:
        return _form(request, carried, sheet, rows, when, mark=mark, passes=passes, wrong=str(refusal))
    if not when.is_valid():
        return _form(request, carried, sheet, rows, when, mark=mark, passes=passes)
    passes = [*passes, dict(now_keyed)]
    if len(passes) == 1:
        return _form(request, carried, sheet, rows, when, mark=mark, passes=passes, empty=True)
    if differ := differences(passes):
        return _form(request, carried, sheet, rows, when, mark=mark, passes=passes, differ=differ)
    many = paper.write_sheet(
        actor=request.actor,
        activity=carried.one,
        sheet=sheet,
        keyed=now_keyed,
        mark=mark,
        at=when.cleaned_data["at"],
        now=clock.now(),
    )
    says = ngettext("%(many)d line is in the log.", "%(many)d lines are in the log.", many)
    messages.success(request, says % {"many": many})
    return redirect("field_paper", carried.one.uid)


def _form(
    request: Any,
    carried: Carried,
    sheet: str,
    rows: Sequence[Row],
    when: WhenForm,
    *,
    mark: str,
    passes: list[Keyed],
    wrong: str = "",
    differ: Sequence[str] = (),
    empty: bool = False,
) -> HttpResponse:
    sent: Mapping[str, str] = {} if empty else request.POST
    labels = {f"{row.key}:{cell}": (row, CELLS[cell]) for row in rows for cell in row.cells}
    page = {
        "carried": carried,
        "sheet": sheet,
        "title": TITLES[sheet],
        "cells": _cells(rows),
        "grid": [
            (row, [(f"{row.key}:{cell}", CELLS[cell], sent.get(f"{row.key}:{cell}", "")) for cell in row.cells])
            for row in rows
        ],
        "in_words": sheet in IN_WORDS,
        "words": sent.get("words", ""),
        "when": when,
        "passes": signing.dumps([mark, passes], salt=_salt(carried, sheet), compress=True),
        "again": bool(passes),
        "wrong": wrong,
        "differ": [(labels.get(key), key, [one.get(key, "—") for one in passes]) for key in differ],
    }
    return render(request, "field/paper/keyed.html", page, status=422 if wrong or differ or when.errors else 200)


def _begins(carried: Carried) -> datetime:
    """When the activity begins, as far as it is known."""
    first = carried.one.sittings.order_by("start", "start_time").first()
    day, hour = (first.start, first.start_time) if first else (carried.week.start, None)
    return datetime.combine(day, hour or time(8), ZoneInfo(carried.week.timezone))


def _cells(rows: Sequence[Row]) -> list[Any]:
    return [CELLS[cell] for cell in rows[0].cells] if rows else []


def _known(sheet: str) -> str:
    if sheet not in SHEETS:
        raise Http404
    return sheet


def _salt(carried: Carried, sheet: str) -> str:
    return f"{_SALT} {carried.one.uid} {sheet}"
