"""The roster: closed it shows numbers and codes; opened, names, for the time of one answer and in memory only.

Whatever is asked of an opened roster is posted, so that no name stands in an address. The answer to a POST is the
page itself: a reload asks before it repeats anything, and what is repeated is refused with the reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.views import doors
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.forms.desk import ROSTER_REASONS, ReasonForm
from tadamun.organise.people.models import Question, Registration
from tadamun.organise.people.queries import roster as queries
from tadamun.organise.people.queries.roster import Choice, RosterPage
from tadamun.organise.people.services import deciding, opened
from tadamun.organise.people.services.opened import Opened
from tadamun.organise.people.views.houses import House, in_house, refused
from tadamun.organise.people.vocabulary import Need, Standing
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock, search
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.rulings import Refused

_DOOR_ACTS = frozenset({"check_in", "undo"})


@dataclass(frozen=True)
class Line:
    """A line of the roster: its registration, and what was opened of it."""

    row: Registration
    opened: Opened | None
    answers: tuple[tuple[Text, str], ...] = ()

    @property
    def acts(self) -> Iterator[str]:
        """The buttons that make sense for how she stands."""
        standing = self.row.standing
        if standing in {Standing.WAITING, Standing.PENDING, Standing.QUARANTINED}:
            yield "admit"
        if standing in {Standing.PENDING, Standing.QUARANTINED}:
            yield "line"
        if standing in {Standing.WAITING, Standing.PENDING, Standing.QUARANTINED, Standing.SHADOW}:
            yield "decline"
        if standing in {Standing.PLACED, Standing.OFFERED, Standing.WAITING} and not self.row.came:
            yield "cancel"

    @property
    def needs(self) -> list[str]:
        """What she needs, in words."""
        return [str(Need(need).label) for need in self.row.needs if need in Need.values]


@require_http_methods(["GET", "POST"])
@in_house(Permission.RUN_DOOR)
def roster(request: Any, house: House) -> HttpResponse:
    """The list; ``act`` decides about one sign-up, ``why`` opens names, ``q`` searches among them."""
    asked = request.POST if request.method == "POST" else request.GET
    choice = Choice(
        standing=asked.get("standing", "") if asked.get("standing") in Standing.values else "",
        code=request.POST.get("code", "").strip(),
        page=_page(asked.get("page", "1")),
    )
    status = 200
    if request.POST.get("act"):
        refusal = _act(house, request.POST)
        if isinstance(refusal, HttpResponse):
            return refusal
        status = 422 if refusal else 200
    page = queries.roster_page(house.opened, choice, everybody=_("all"))
    lines: Sequence[Line] = [Line(row, None) for row in page.lines]
    form, query, unlocked = ReasonForm(), "", doors.keyring_of(request) is not None
    why = request.POST.get("why", "")
    if why in {reason.value for reason in ROSTER_REASONS}:
        form, query = ReasonForm(request.POST), request.POST.get("q", "").strip()
        ruling = house.may_open(doors.keyring_of(request))
        if not ruling:
            return refused(request, ruling)
        try:
            lines = _opened(house, page, query, OpeningReason(why))
        except Refused as refusal:
            messages.error(request, str(refusal))
            why, status = "", 429
    else:
        why = ""
    context = {
        "house": house,
        "activity": house.activity,
        "page": page,
        "lines": lines,
        "form": form,
        "why": why,
        "q": query,
        "unlocked": unlocked,
        "limit": settings.OPENINGS_PER_HOUR,
    }
    return render(request, "people/desk/roster.html", context, status=status)


def _opened(house: House, page: RosterPage, query: str, why: OpeningReason) -> list[Line]:
    """Open this page's lines; to search, all of the chosen part, of which those are shown that are found."""
    keyring = doors.keyring_of(house.request)
    if keyring is None:
        raise Http404
    rows: Sequence[Registration] = (
        list(queries.selection(house.opened, page.choice))
        if query
        else list(queries.selection(house.opened, page.choice).filter(pk__in=[row.pk for row in page.lines]))
    )
    found = opened.open_entries(
        actor=house.request.actor, keyring=keyring, admission=house.opened, rows=rows, why=why, now=clock.now()
    )
    questions = {row.code: row for row in house.opened.questions.all()}
    lines = [Line(one.registration, one, _answers(one, questions)) for one in found]
    return [line for line in lines if search.finds(query, _searched(line))]


def _answers(one: Opened, questions: Mapping[str, Question]) -> tuple[tuple[Text, str], ...]:
    if one.entry is None:
        return ()
    return tuple(
        (questions[code].text if code in questions else {"en": code}, answer)
        for code, answer in one.entry.answers.items()
    )


def _searched(line: Line) -> Iterator[str]:
    yield line.row.short_code
    if line.opened is not None and line.opened.entry is not None:
        entry = line.opened.entry
        yield from (entry.name, entry.contact, entry.note, line.opened.remark, *entry.answers.values())


def _act(house: House, posted: Mapping[str, str]) -> str | HttpResponse:
    """Carry out a button; returns the refusal, or nothing when it was done."""
    act, uid = posted["act"], posted.get("uid", "")
    ruling = house.may(Permission.RUN_DOOR if act in _DOOR_ACTS else Permission.ADMIT)
    if not ruling:
        return refused(house.request, ruling)
    row = queries.registration_of(house.opened, _uid(uid))
    if row is None:
        raise Http404
    row.admission = house.opened
    actor, now = house.request.actor, clock.now()
    try:
        if act == "check_in":
            deciding.let_in(actor=actor, admission=house.opened, read=row.short_code, now=now)
            said = _("No. %(number)d is in.") % {"number": row.number}
        elif act == "undo":
            deciding.undo(actor=actor, admission=house.opened, uid=row.uid, now=now)
            said = _("The check-in of no. %(number)d is taken back.") % {"number": row.number}
        else:
            why, remark = posted.get("because", "").strip(), posted.get("remark", "").strip()
            said = deciding.decide(actor=actor, registration=row, act=act, why=why, remark=remark, now=now)
    except Refused as refusal:
        messages.error(house.request, str(refusal))
        return str(refusal)
    messages.success(house.request, said)
    return ""


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _page(text: str) -> int:
    return min(max(int(text), 1), 100_000) if text.isascii() and text.isdigit() and len(text) < 7 else 1
