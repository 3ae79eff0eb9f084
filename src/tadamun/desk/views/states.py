"""How an activity goes on: the next steps, postponing, cancelling; whoever signed up is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.services import telling
from tadamun.organise.people.vocabulary import LetterKind
from tadamun.organise.programme import rules
from tadamun.organise.programme.forms.fields import called
from tadamun.organise.programme.forms.states import CancelForm, NewDateForm, NoteForm, PostponeForm, TellingForm
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.queries.history import last_step
from tadamun.organise.programme.services import states
from tadamun.organise.programme.services.states import Why
from tadamun.organise.programme.views.carried import Carried, in_activity, refused
from tadamun.organise.programme.vocabulary import State
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused, Ruling

INTO: "dict[State, str | Promise]" = {
    State.IDEA: gettext_lazy("Back to an idea"),
    State.PLANNED: gettext_lazy("It is planned"),
    State.OPEN: gettext_lazy("Open it for sign-up"),
    State.POSTPONED: gettext_lazy("Postpone it"),
    State.CANCELLED: gettext_lazy("Cancel it"),
    State.HELD: gettext_lazy("It was held"),
    State.DOCUMENTED: gettext_lazy("It is documented"),
    State.PUBLISHED: gettext_lazy("Its record is published"),
}
FROM_TO: "dict[tuple[State, State], str | Promise]" = {
    (State.OPEN, State.PLANNED): gettext_lazy("Close sign-up"),
    (State.CANCELLED, State.PLANNED): gettext_lazy("Take it up again"),
    (State.POSTPONED, State.PLANNED): gettext_lazy("It is planned again"),
    (State.HELD, State.PLANNED): gettext_lazy("It was not held yet"),
    (State.POSTPONED, State.POSTPONED): gettext_lazy("Set the new date"),
    (State.DOCUMENTED, State.HELD): gettext_lazy("It is not documented yet"),
    (State.PUBLISHED, State.DOCUMENTED): gettext_lazy("Its record is not published yet"),
}
_OWN_PAGE = {State.POSTPONED: "activity_postpone", State.CANCELLED: "activity_cancel"}


@dataclass(frozen=True)
class NextStep:
    """A step: what it is called, where its own page is if it has one, and why not, if it is not possible."""

    to: State
    label: "str | Promise"
    address: str
    why_not: "str | Promise"


@dataclass(frozen=True)
class CancelPage:
    """What is asked before an activity is cancelled."""

    title: str
    says: tuple[str, ...]
    button: str
    back: str


@require_http_methods(["GET", "POST"])
@in_activity(Permission.EDIT)
def state(request: Any, carried: Carried) -> HttpResponse:
    """How far the activity is, and what can come next."""
    activity, now = carried.one, clock.now()
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        to = request.POST.get("to", "")
        ruling = _may(carried, to)
        if not ruling:
            return refused(request, ruling)
        try:
            states.step(
                actor=request.actor, activity=activity, to=State(to), why=Why(form.cleaned_data["note"]), now=now
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("activity_state", uid=activity.uid)
        messages.success(request, _("Done. It can be undone under “What was changed”."))
        return redirect(carried.address)
    context = {
        "carried": carried,
        "form": form,
        "steps": list(_steps(carried, activity)),
        "last": last_step(activity),
    }
    return render(request, "desk/state.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_activity(Permission.EDIT)
def postpone(request: Any, carried: Carried) -> HttpResponse:
    """A new day, or none yet; the old one is kept, and everybody who signed up is told."""
    activity = carried.one
    kind = NewDateForm if activity.state == State.POSTPONED else PostponeForm
    form: TellingForm = kind(request.POST or None, people=telling.how_many(activity))
    if request.method == "POST" and form.is_valid():
        start = form.cleaned_data["start"]
        letter = LetterKind.CHANGED if start else LetterKind.POSTPONED
        if _stepped(carried, form, letter, states.postpone, start=start):
            return redirect(carried.address)
    context = {"carried": carried, "form": form, "again": kind is NewDateForm}
    return render(request, "desk/postpone.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_activity(Permission.EDIT)
def cancel(request: Any, carried: Carried) -> HttpResponse:
    """Asked twice: this activity does not take place."""
    form = CancelForm(request.POST or None, people=telling.how_many(carried.one))
    if request.method == "POST" and form.is_valid() and _stepped(carried, form, LetterKind.CALLED_OFF, states.cancel):
        return redirect(carried.address)
    page = CancelPage(
        title=_("Cancel this activity?"),
        says=(
            called(carried.one),
            _("Everybody reads that it does not take place. Its page stays, so that nobody waits in front of a door."),
            _("It can be undone under “What was changed”."),
        ),
        button=_("Yes, cancel it"),
        back=reverse("activity_state", kwargs={"uid": carried.one.uid}),
    )
    return render(request, "desk/confirm.html", {"page": page, "form": form}, status=400 if form.errors else 200)


def _may(carried: Carried, to: str) -> Ruling:
    if to not in State.values or State(to) in _OWN_PAGE:
        return Ruling(_("There is no such step."))
    return carried.may(Permission.PUBLISH if State(to) is State.PUBLISHED else Permission.EDIT)


def _steps(carried: Carried, activity: Activity) -> Iterator[NextStep]:
    """The steps that follow from how it stands, those that are not possible now with the reason. Three queries."""
    facts, today = states.facts_of(activity), states.today_at(activity, clock.now())
    for to in rules.STEPS[facts.state]:
        ruling = rules.may_step(facts=facts, to=to, today=today)
        own = _OWN_PAGE.get(to)
        yield NextStep(
            to=to,
            label=FROM_TO.get((facts.state, to), INTO[to]),
            address=reverse(own, kwargs={"uid": activity.uid}) if own else "",
            why_not=ruling.reason or ("" if own else _may(carried, to.value).reason),
        )


def _stepped(carried: Carried, form: TellingForm, kind: LetterKind, verb: Any, **options: Any) -> bool:
    """Whether the step was made; then everybody who signed up is told, if that was asked for."""
    said, now, told = form.cleaned_data, clock.now(), 0
    why = Why(note=said["note"], reason=said["reason"])
    try:
        with transaction.atomic():
            verb(actor=carried.request.actor, activity=carried.one, why=why, now=now, **options)
            if form.tells:
                told = telling.tell_all(activity=carried.one, kind=kind, now=now)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(carried.request, _("Done. It can be undone under “What was changed”."))
    if told:
        words = ngettext(
            "%(count)d message waits until somebody opens the addresses.",
            "%(count)d messages wait until somebody opens the addresses.",
            told,
        )
        messages.warning(carried.request, words % {"count": told})
    return True
