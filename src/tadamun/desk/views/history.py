"""“What was changed”: who changed what and when, before and after side by side, each step with a way back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadamun.desk.undoing import undo_and_say
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.forms.values import in_words
from tadamun.organise.programme.forms.words import field_label, thing
from tadamun.organise.programme.models import Act, Change
from tadamun.organise.programme.queries.history import Altered, HistoryPage, Made, Step, history_page
from tadamun.organise.programme.views.carried import Carried, in_activity, in_week, refused
from tadamun.toolkit.languages.registry import Language, UnknownLanguage, language


@dataclass(frozen=True)
class ShownField:
    """A field with what it said before and after; ``tongue`` is the language of a text."""

    label: "str | Promise"
    tongue: Language | None
    before: str
    after: str


@dataclass(frozen=True)
class ShownChange:
    """A change in a sentence, with its fields."""

    says: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True)
class ShownStep:
    """A step in words, and where it is undone, if it can be."""

    step: Step
    changes: tuple[ShownChange, ...]
    undo: str


@require_safe
@in_activity(Permission.LOOK)
def activity_history(request: Any, carried: Carried) -> HttpResponse:
    """What was changed in an activity."""
    return _page(request, carried)


@require_safe
@in_week(Permission.LOOK)
def week_history(request: Any, carried: Carried) -> HttpResponse:
    """What was changed in a week and all of its activities; only for those who carry the week as a whole."""
    ruling = carried.may(Permission.LOOK)
    return _page(request, carried) if ruling else refused(request, ruling)


@require_POST
@in_activity(Permission.EDIT)
def activity_undo(request: Any, carried: Carried, change: int) -> HttpResponse:
    """Undo a step of an activity."""
    return _undone(request, carried, Change.objects.filter(pk=change, activity=carried.one).first())


@require_POST
@in_week(Permission.EDIT)
def week_undo(request: Any, carried: Carried, change: int) -> HttpResponse:
    """Undo a step of a week or of one of its activities."""
    return _undone(request, carried, Change.objects.filter(pk=change, week=carried.week).first())


def _page(request: Any, carried: Carried) -> HttpResponse:
    before = request.GET.get("before", "")
    page = history_page(
        week=carried.week,
        activity=carried.activity,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        without=_closed_to(carried),
    )
    context = {"carried": carried, "steps": list(_shown(carried, page)), "older": page.older}
    return render(request, "desk/history.html", context)


def _closed_to(carried: Carried) -> list[str]:
    """The models that say which permission shows them (``seen_with``), where the member has not got it here."""
    wanted = {model._meta.label_lower: getattr(model, "seen_with", None) for model in apps.get_models()}
    return [label for label, permission in wanted.items() if permission and not carried.may(permission)]


def _shown(carried: Carried, page: HistoryPage) -> Iterator[ShownStep]:
    zone = ZoneInfo(carried.week.timezone)
    for step in page.steps:
        undo = _address(carried, "undo", change=step.key) if carried.may_edit and step.can_be_undone else ""
        changes = tuple(ShownChange(_sentence(made), tuple(_fields(made, page, zone))) for made in step.made)
        yield ShownStep(step=step, changes=changes, undo=undo)


def _sentence(made: Made) -> str:
    says = {
        Act.ADDED: _("%(thing)s: added"),
        Act.CHANGED: _("%(thing)s: changed"),
        Act.REMOVED: _("%(thing)s: taken away"),
    }
    return says[made.act] % {"thing": thing(made.thing)}


def _fields(made: Made, page: HistoryPage, zone: ZoneInfo) -> Iterator[ShownField]:
    for altered in made.altered:
        label, tongue = _label(altered)
        before, after = (
            in_words(altered, value, names=page.names, zone=zone) for value in (altered.before, altered.after)
        )
        if before or after:
            yield ShownField(label=label, tongue=tongue, before=before, after=after)


def _label(altered: Altered) -> "tuple[str | Promise, Language | None]":
    label = field_label(altered.label, altered.name)
    if not altered.code:
        return label, None
    try:
        return label, language(altered.code)
    except UnknownLanguage:
        return label, None


def _undone(request: Any, carried: Carried, change: Change | None) -> HttpResponse:
    if change is None:
        raise Http404
    undo_and_say(request, change, says=_("Undone. This can be undone, too."))
    return redirect(_address(carried, "history"))


def _address(carried: Carried, page: str, **parts: Any) -> str:
    if carried.activity:
        return reverse(f"activity_{page}", kwargs={"uid": carried.activity.uid, **parts})
    return reverse(f"week_{page}", kwargs={"week": carried.week.slug, **parts})
