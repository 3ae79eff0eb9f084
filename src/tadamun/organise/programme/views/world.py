"""The lists that all weeks share: places, occasions, campaigns, series, sources. Any editor may add to them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.forms.world import WORLD, WorldForm, WorldKind
from tadamun.organise.programme.models import Change
from tadamun.organise.programme.queries.world import found_in, rows_for, twins_of
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.together import undo_step
from tadamun.organise.programme.services.world import add_to_world
from tadamun.organise.programme.views.carried import refused
from tadamun.toolkit import clock
from tadamun.toolkit.panels import Line
from tadamun.toolkit.rulings import ALLOWED, Refused, Ruling
from tadamun.toolkit.templatetags.saying import said


@dataclass(frozen=True)
class Shelf:
    """A kind of rows as the first page offers it."""

    kind: WorldKind
    number: int


@desk_page
@require_safe
def world(request: DeskRequest) -> HttpResponse:
    """The lists, and how much stands in each."""
    shelves = [Shelf(kind, _rows(request, kind).count()) for kind in WORLD.values()]
    return render(
        request, "programme/desk/world.html", {"shelves": shelves, "may_edit": bool(_may_edit(request.standing))}
    )


@desk_page
@require_safe
def world_list(request: DeskRequest, code: str) -> HttpResponse:
    """One list, searchable."""
    kind, query = _kind(code), request.GET.get("q", "")[:100]
    here = get_language() or settings.LANGUAGE_CODE
    may = bool(_may_edit(request.standing))
    lines = [
        Line(says=_called(row), beside=kind.beside(row, here), address=_address(kind, row.slug) if may else "")
        for row in found_in(_rows(request, kind), query)
    ]
    undo = request.GET.get("undo", "")
    page = {
        "kind": kind,
        "lines": lines,
        "query": query,
        "may_edit": may,
        "undo": _undoable(kind, undo) if may else None,
    }
    return render(request, "programme/desk/world_list.html", page)


@desk_page
@require_http_methods(["GET", "POST"])
def world_new(request: DeskRequest, code: str) -> HttpResponse:
    """Add a row. Something of the same name is shown first; sending again adds it all the same."""
    kind = _kind(code)
    if not (ruling := _may_edit(request.standing)):
        return refused(request, ruling)
    form = kind.form(request.POST or None)
    twins: list[Any] = []
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data.get("names") or form.cleaned_data.get("titles") or {}
        twins = [] if "sure" in request.POST else twins_of(_rows(request, kind), names)
        if not twins and _added(request, form):
            messages.success(request, _("Added."))
            return redirect("world_list", code=code)
    page = {"kind": kind, "form": form, "row": None, "twins": [_called(row) for row in twins]}
    return render(request, "programme/desk/world_row.html", page, status=400 if form.errors or twins else 200)


@desk_page
@require_http_methods(["GET", "POST"])
def world_row(request: DeskRequest, code: str, slug: str) -> HttpResponse:
    """Change a row, or take it away while nothing refers to it."""
    kind = _kind(code)
    row = _rows(request, kind).filter(slug=slug).first()
    if row is None:
        raise Http404
    if not (ruling := _may_edit(request.standing)):
        return refused(request, ruling)
    if request.method == "POST" and request.POST.get("act") == "remove":
        return _removed(request, kind, row)
    form = kind.form(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        return redirect("world_list", code=code)
    page = {"kind": kind, "form": form, "row": row, "twins": []}
    return render(request, "programme/desk/world_row.html", page, status=400 if form.errors else 200)


@desk_page
@require_POST
def world_undo(request: DeskRequest, code: str, change: int) -> HttpResponse:
    """Put back what was taken away."""
    kind = _kind(code)
    if not (ruling := _may_edit(request.standing)):
        return refused(request, ruling)
    made = _undoable(kind, str(change))
    if made is None:
        raise Http404
    try:
        undo_step(actor=request.actor, change=made, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undone."))
    return redirect("world_list", code=code)


def _kind(code: str) -> WorldKind:
    if code not in WORLD:
        raise Http404
    return WORLD[code]


def _rows(request: DeskRequest, kind: WorldKind) -> Any:
    return rows_for(kind.model, request.standing, clock.now())


def _may_edit(standing: Standing) -> Ruling:
    if any(standing.may(Permission.EDIT, [part.organisation]) for part in standing.parts):
        return ALLOWED
    return Ruling(_("These lists are kept by editors and coordinators."))


def _called(row: Any) -> SafeString:
    return said(getattr(row, "names", None) or getattr(row, "titles", {}))


def _address(kind: WorldKind, slug: str) -> str:
    return reverse("world_row", kwargs={"code": kind.code, "slug": slug})


def _undoable(kind: WorldKind, number: str) -> Change | None:
    if not number.isdecimal() or len(number) > 18:
        return None
    found = Change.objects.filter(week=None, thing=kind.model._meta.label_lower, undone_by=None)
    return found.filter(pk=int(number)).first()


def _added(request: DeskRequest, form: WorldForm) -> bool:
    many = {
        field.name: [row.pk for row in form.cleaned_data[field.name]]
        for field in form.instance._meta.many_to_many
        if field.name in form.cleaned_data
    }
    try:
        add_to_world(actor=request.actor, row=form.instance, many=many, now=clock.now())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _changed(request: DeskRequest, form: WorldForm) -> bool:
    try:
        outcome = changes.change(
            actor=request.actor,
            row=form.instance,
            seen=form.cleaned_data["seen"],
            wanted=form.wanted,
            now=clock.now(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if outcome.both:
        form.show_both(outcome.both)
        return False
    messages.success(request, _("Saved.") if outcome.change else _("Nothing was different."))
    return True


def _removed(request: DeskRequest, kind: WorldKind, row: Any) -> HttpResponse:
    try:
        made = changes.remove(actor=request.actor, row=row, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(kind, row.slug))
    address = reverse("world_list", kwargs={"code": kind.code})
    return redirect(f"{address}?undo={made.pk}")
