"""The board's verbs: adding an activity, moving a sitting to another day, undoing that. All work without script."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tadamun.desk.forms.board import AddActivityForm, MoveForm, errors_in_words
from tadamun.desk.undoing import undo_and_say
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.services.telling import how_many
from tadamun.organise.programme.models import Change, Publication, Sitting
from tadamun.organise.programme.services import weeks
from tadamun.organise.programme.services.changes import latest_of
from tadamun.organise.programme.views.carried import Carried, in_activity, in_week, refused
from tadamun.organise.programme.vocabulary import State
from tadamun.toolkit import clock
from tadamun.toolkit.languages import days
from tadamun.toolkit.templatetags.saying import said

# Readers may have been told of the day of an activity in these states.
_TOLD = frozenset({State.PLANNED, State.OPEN, State.POSTPONED})


@require_http_methods(["GET", "POST"])
@in_week(Permission.LOOK)
def add(request: Any, carried: Carried) -> HttpResponse:
    """Add an activity with nothing but a title, a kind and a day; then it is on the board, or the next one follows."""
    if not (ruling := carried.may(Permission.EDIT)):
        return refused(request, ruling)
    form = AddActivityForm(request.POST or None, initial={"day": request.GET.get("day", "")})
    if request.method == "POST" and form.is_valid():
        here = get_language() or settings.LANGUAGE_CODE
        activity = weeks.add_activity(
            actor=request.actor,
            week=carried.week,
            kind=form.cleaned_data["kind"],
            titles={here: form.cleaned_data["title"]},
            day=form.cleaned_data["day"],
            now=clock.now(),
        )
        day = form.cleaned_data["day"]
        address = format_html('<code dir="ltr">{}</code>', activity.slug)
        says = _("Added as an idea: {title}. Its address: {address}.")
        messages.success(request, format_html(says, title=said(activity.titles), address=address))
        if "next" in request.POST:
            again = reverse("activity_new", kwargs={"week": carried.week.slug})
            return redirect(f"{again}?day={day.isoformat()}" if day else again)
        return _to_board(carried, day)
    page = {"carried": carried, "form": form}
    return render(request, "desk/activity_new.html", page, status=400 if form.errors else 200)


@require_POST
@in_activity(Permission.EDIT)
def move(request: Any, carried: Carried) -> HttpResponse:
    """Move a sitting to another day, or give an activity its first one."""
    form = MoveForm(request.POST)
    if not form.is_valid() or form.wanted is None:
        for sentence in errors_in_words(form) or [_("Choose a day.")]:
            messages.error(request, sentence)
        return _to_board(carried, None)
    to, now = form.wanted, clock.now()
    if form.cleaned_data["sitting"] is None and not carried.one.sittings.exists():
        sitting = weeks.put_on_day(actor=request.actor, activity=carried.one, day=to, now=now)
        return _moved(carried, to, latest_of(sitting))
    found = carried.one.sittings.filter(pk=form.cleaned_data["sitting"]).first()
    if found is None:
        messages.error(request, _("This is not there any more. Somebody took it away meanwhile."))
        return _to_board(carried, None)
    outcome = weeks.move_sitting(
        actor=request.actor, sitting=found, seen=form.cleaned_data["seen"] or found.start, to=to, now=now
    )
    if outcome.both:
        _say_moved_meanwhile(request, found)
        return _to_board(carried, None)
    return _moved(carried, to, outcome.change)


def _moved(carried: Carried, to: date, change: Change | None) -> HttpResponse:
    """Back to the board; where people signed up, over the page that asks whether they are told."""
    if change is None:
        return _to_board(carried, to)
    if how_many(carried.one):
        return redirect(f"{reverse('activity_tell', kwargs={'uid': carried.one.uid})}?from=board")
    if carried.one.state in _TOLD and Publication.objects.filter(week=carried.week).exists():
        says = _("If people were told another day, tell them: “Postpone” on its page does that.")
        messages.warning(carried.request, says)
        return _to_board(carried, None, change)
    return _to_board(carried, to, change)


@require_POST
@in_activity(Permission.EDIT)
def undo(request: Any, carried: Carried, change: int) -> HttpResponse:
    """Undo what was just done on the board."""
    made = Change.objects.filter(activity=carried.one, pk=change).first()
    if made is None:
        raise Http404
    undo_and_say(request, made, says=_("Undone."))
    return _to_board(carried, None)


def _say_moved_meanwhile(request: Any, sitting: Sitting) -> None:
    here = get_language() or settings.LANGUAGE_CODE
    says = _("Somebody moved this meanwhile, to %(day)s. Nothing was changed; move it again if it shall be elsewhere.")
    messages.warning(request, says % {"day": days.day(sitting.start, here)})


def _to_board(carried: Carried, day: date | None, change: Change | None = None) -> HttpResponse:
    """Back to the day on the board, or to the top of the page where something must be read; with the way to undo."""
    address = reverse("week", kwargs={"week": carried.week.slug})
    asked = f"?undo={change.pk}" if change else ""
    return redirect(f"{address}{asked}{f'#day-{day.isoformat()}' if day else ''}")
