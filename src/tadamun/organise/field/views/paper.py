"""Paper: sheets to print, and keying them in twice, by one member or two; what was keyed alike goes into the log."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.field.models import Keying
from tadamun.organise.field.services import keying, paper
from tadamun.organise.field.services.keying import Compared
from tadamun.organise.field.views.sheets import CELLS, cells_of, title_of, titles
from tadamun.organise.programme.forms.fields import MomentField
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

_SALT = "tadamun.field.paper"
NOTHING = Compared(0)


class WhenForm(forms.Form):
    """When the sheet was written."""

    at = MomentField(label=gettext_lazy("When was this sheet written?"))


@require_safe
def papers(request: Any, carried: Carried) -> HttpResponse:
    """All sheets: to print, to key in, and which wait for their second time."""
    waiting = Counter(Keying.objects.filter(activity=carried.one).values_list("sheet", flat=True))
    lines = [(code, title, waiting[code]) for code, title in titles(carried.one).items()]
    return render(request, "field/paper/papers.html", {"carried": carried, "sheets": lines})


@require_safe
def sheet(request: Any, carried: Carried, sheet: str) -> HttpResponse:
    """One sheet to print. It holds codes and no names."""
    title = title_of(carried.one, sheet)
    rows = paper.rows_of(carried.one, sheet)
    page = {"carried": carried, "sheet": sheet, "title": title, "rows": rows, "cells": cells_of(rows)}
    return render(request, "field/paper/sheet.html", page | {"ticked": paper.ticked(sheet)})


@require_http_methods(["GET", "POST"])
def keyed(request: Any, carried: Carried, sheet: str) -> HttpResponse:
    """Key a sheet in for the first time; it waits then for the second, by whomever."""
    desk = _Desk(request, carried, sheet, title_of(carried.one, sheet))
    when = WhenForm(request.POST or None, initial={"at": _begins(carried)})
    field: Any = when.fields["at"]
    field.set_zone(carried.week.timezone)
    if request.method != "POST":
        return desk.form(when=when, mark=secrets.token_hex(8), waiting=_waiting(carried, sheet))
    try:
        mark = signing.loads(request.POST.get("mark", ""), salt=_salt(carried, sheet))
    except signing.BadSignature:
        return redirect(request.path)
    try:
        now_keyed = paper.read_keyed(sheet, desk.rows, request.POST)
        if not when.is_valid():
            return desk.form(when=when, mark=mark)
        at, now = when.cleaned_data["at"], clock.now()
        found = keying.begin(
            actor=request.actor, activity=carried.one, sheet=sheet, keyed=now_keyed, mark=mark, at=at, now=now
        )
    except Refused as refusal:
        return desk.form(when=when, mark=mark, wrong=str(refusal))
    messages.success(request, _("Kept. It counts when it was keyed once more alike."))
    return redirect("field_paper_again", carried.one.uid, found.uid)


@require_http_methods(["GET", "POST"])
def again(request: Any, carried: Carried, keyed: UUID) -> HttpResponse:
    """Key a sheet once more without seeing the first time; what differs is shown and keyed again."""
    try:
        found = keying.waiting_one(carried.one, keyed)
        if request.method == "POST" and request.POST.get("act") == "drop":
            keying.drop(actor=request.actor, activity=carried.one, keying=keyed, now=clock.now())
            return redirect("field_paper", carried.one.uid)
    except Refused as refusal:
        messages.info(request, str(refusal))
        return redirect("field_paper", carried.one.uid)
    desk = _Desk(request, carried, found.sheet, title_of(carried.one, found.sheet))
    if request.method != "POST":
        return desk.form(first=found)
    try:
        now_keyed, now = paper.read_keyed(found.sheet, desk.rows, request.POST), clock.now()
        compared = keying.once_more(actor=request.actor, activity=carried.one, keying=keyed, keyed=now_keyed, now=now)
    except Refused as refusal:
        return desk.form(first=found, wrong=str(refusal))
    if compared.differ:
        return desk.form(first=found, compared=compared)
    says = ngettext("%(many)d line is in the log.", "%(many)d lines are in the log.", compared.lines)
    messages.success(request, says % {"many": compared.lines})
    return redirect("field_paper", carried.one.uid)


class _Desk:
    """The page on which one sheet is keyed in."""

    def __init__(self, request: Any, carried: Carried, sheet: str, title: str) -> None:
        self.request, self.carried, self.sheet, self.title = request, carried, sheet, title
        self.rows = paper.rows_of(carried.one, sheet)

    def form(
        self,
        *,
        when: WhenForm | None = None,
        mark: str = "",
        first: Keying | None = None,
        wrong: str = "",
        compared: Compared = NOTHING,
        waiting: Sequence[Keying] = (),
    ) -> HttpResponse:
        """The form; ``first`` is what waits for this second time, ``compared`` what differs from it."""
        sent: Mapping[str, str] = self.request.POST
        labels = {f"{row.key}:{cell}": (row, CELLS[cell]) for row in self.rows for cell in row.cells}
        passes = compared.passes
        page = {
            "carried": self.carried,
            "sheet": self.sheet,
            "title": self.title,
            "grid": [
                (row, [(key, CELLS[cell], sent.get(key, "")) for cell in row.cells for key in (f"{row.key}:{cell}",)])
                for row in self.rows
            ],
            "in_words": self.sheet == "bibs" or paper.ticked(self.sheet),
            "words": sent.get("words", ""),
            "when": when,
            "mark": signing.dumps(mark, salt=_salt(self.carried, self.sheet)) if mark else "",
            "first": first,
            "by_another": first is not None and first.by_id != self.request.user.pk,
            "wrong": wrong,
            "differ": [(labels.get(key), key, [one.get(key, "—") for one in passes]) for key in compared.differ],
            "waiting": waiting,
        }
        faults = wrong or compared.differ or (when is not None and when.errors)
        return render(self.request, "field/paper/keyed.html", page, status=422 if faults else 200)


def _waiting(carried: Carried, sheet: str) -> Sequence[Keying]:
    return list(Keying.objects.filter(activity=carried.one, sheet=sheet).select_related("by"))


def _begins(carried: Carried) -> datetime:
    """When the activity begins, as far as it is known."""
    first = carried.one.sittings.order_by("start", "start_time").first()
    day, hour = (first.start, first.start_time) if first else (carried.week.start, None)
    return datetime.combine(day, hour or time(8), ZoneInfo(carried.week.timezone))


def _salt(carried: Carried, sheet: str) -> str:
    return f"{_SALT} {carried.one.uid} {sheet}"
