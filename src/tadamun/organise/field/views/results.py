"""The results of a race, to be read out or printed. A name stands there only where the runner wants it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tadamun.organise.field.queries.results import Board, board_of, clock_words, registered_as
from tadamun.organise.field.vocabulary import Status
from tadamun.organise.network import rules
from tadamun.organise.network.views import doors
from tadamun.organise.people.services.opened import open_entries
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused


@require_http_methods(["GET", "POST"])
def results(request: Any, carried: Carried) -> HttpResponse:
    """Places by category. Names of those who chose it are opened on asking, for this page alone, and noted."""
    board, names, status = board_of(carried.one), {}, 200
    keyring = doors.keyring_of(request)
    ruling = rules.may_see_names(
        standing=request.standing, organisations=carried.carriers, unlocked=keyring is not None
    )
    if request.method == "POST" and keyring is not None and ruling:
        try:
            names = _names(request, carried, keyring, board)
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = 422
    elif request.method == "POST":
        status = 403
    page = {
        "carried": carried,
        "board": board,
        "lists": [(ranking.name, [_line(one, names) for one in ranking.results]) for ranking in board.rankings],
        "named": bool(names),
        "ruling": ruling,
        "locked": keyring is None,
    }
    return render(request, "field/desk/results.html", page, status=status)


def _names(request: Any, carried: Carried, keyring: Keyring, board: Board) -> dict[str, str]:
    """The names of those who want them shown, by ticket.

    :raises Refused: when there is no way to the key, or above the hourly limit.
    """
    rows = registered_as(carried.one, [one.ticket for one in board.shown])
    if not rows:
        return {}
    opened = open_entries(
        actor=request.actor,
        keyring=keyring,
        admission=next(iter(rows.values())).admission,
        rows=list(rows.values()),
        why=OpeningReason.PRINT,
        now=clock.now(),
    )
    said = {one.registration.pk: one.entry.name for one in opened if one.entry}
    return {ticket: said.get(row.pk, "") for ticket, row in rows.items()}


def _line(one: Any, names: dict[str, str]) -> dict[str, Any]:
    return {
        "result": one,
        "time": clock_words(one.time),
        "status": Status(one.status).label if one.status in Status.values else "",
        "name": names.get(one.ticket, "") if one.shown else "",
    }
