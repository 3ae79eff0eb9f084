"""Ticking a task or a thing off with one tap; whoever works on the day may do that."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tadamun.organise.planning.forms.kinds_of_rows import MATERIAL, TASKS
from tadamun.organise.planning.services import ticks
from tadamun.organise.programme.forms.rows import RowKind
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit import clock


@require_POST
def tick(request: Any, carried: Carried, code: str, row: int) -> HttpResponse:
    """Tick a box, or empty it; go back to its panel."""
    ticked, now = bool(request.POST.get("ticked")), clock.now()
    if code == TASKS.code:
        task = _row(TASKS, carried, row)
        ticks.tick_task(actor=request.actor, task=task, done=ticked, now=now)
    elif code == MATERIAL.code:
        thing = _row(MATERIAL, carried, row)
        ticks.tick_material(actor=request.actor, material=thing, have_it=ticked, now=now)
    else:
        raise Http404
    return redirect(f"{carried.address}#{code}")


def _row(kind: RowKind, carried: Carried, row: int) -> Any:
    found = kind.rows(carried.week, carried.activity).filter(pk=row).first()
    if found is None:
        raise Http404
    return found
