"""Adding, changing and taking away a row of a week or an activity: one pair of pages for every kind of row."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.organise.programme.forms.rows import RowForm, RowKind
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.together import tie
from tadamun.organise.programme.views.carried import Carried, CarriedView, refused
from tadamun.toolkit import clock
from tadamun.toolkit.panels import Line, Mark, Panel, Way
from tadamun.toolkit.rulings import Refused

Kinds = Mapping[str, RowKind]
Way_in = Callable[[CarriedView], CarriedView]


def rows_panel(kind: RowKind, carried: Carried, *, prefix: str = "") -> Panel:
    """A panel with all rows of a kind, each leading to its page. One query; see ``address_of``."""
    may = bool(carried.may(kind.permission))
    lines = tuple(
        Line(
            says=kind.says(row),
            beside=kind.beside(row),
            address=address_of(kind, carried, row.pk, prefix=prefix) if may else "",
            mark=Mark.ASKS if kind.asks(row) else Mark.CALM,
        )
        for row in kind.rows(carried.week, carried.activity)
    )
    ways = (Way(kind.add, address_of(kind, carried, prefix=prefix)),) if may else ()
    return Panel(code=kind.code, title=kind.title, lines=lines, ways=ways, empty=kind.empty)


def address_of(kind: RowKind, carried: Carried, row: int | None = None, *, prefix: str = "") -> str:
    """The address of a row's page, or of the page that adds one. ``prefix`` starts the names of the app's addresses."""
    of = "activity" if carried.activity else "week"
    parts: dict[str, Any] = {"uid": carried.activity.uid} if carried.activity else {"week": carried.week.slug}
    parts["code"] = kind.code
    if row is None:
        return reverse(f"{prefix}{of}_row_new", kwargs=parts)
    return reverse(f"{prefix}{of}_row", kwargs=parts | {"row": row})


def new_page(kinds: Kinds, way_in: Way_in) -> CarriedView:
    """The page that adds a row of any of ``kinds``; ``way_in`` is ``in_week`` or ``in_activity`` with a permission."""

    @require_http_methods(["GET", "POST"])
    @way_in
    def page(request: Any, carried: Carried, code: str) -> HttpResponse:
        kind = _kind(kinds, code)
        if not (ruling := carried.may(kind.permission)):
            return refused(request, ruling)
        row = kind.new(carried.week, carried.activity)
        form = _form(kind, carried, row)
        if request.method == "POST" and form.is_valid() and _added(carried, form):
            messages.success(request, _("Added."))
            return redirect(f"{carried.address}#{kind.code}")
        return _shown(request, carried, kind, form, None)

    return page


def row_page(kinds: Kinds, way_in: Way_in) -> CarriedView:
    """The page that changes a row of any of ``kinds`` or, asked for twice, takes it away."""

    @require_http_methods(["GET", "POST"])
    @way_in
    def page(request: Any, carried: Carried, code: str, row: int) -> HttpResponse:
        kind = _kind(kinds, code)
        if not (ruling := carried.may(kind.permission)):
            return refused(request, ruling)
        found = kind.rows(carried.week, carried.activity).filter(pk=row).first()
        if found is None:
            raise Http404
        if request.method == "POST" and request.POST.get("act") == "remove":
            return _removed(carried, kind, found)
        form = _form(kind, carried, found)
        if request.method == "POST" and form.is_valid() and save_row(carried, form):
            differ = {name for name in kind.follows if form.before.get(name) != form.wanted.get(name)}
            return _onwards(carried, kind, asks=bool(differ))
        return _shown(request, carried, kind, form, found)

    return page


def _form(kind: RowKind, carried: Carried, row: Any) -> RowForm:
    sent = carried.request.POST or None
    form = kind.form(sent, instance=row, week=carried.week, activity=carried.activity)
    form.offer(carried.request.standing, clock.now())
    return form


def _kind(kinds: Kinds, code: str) -> RowKind:
    if code not in kinds:
        raise Http404
    return kinds[code]


def _added(carried: Carried, form: RowForm) -> bool:
    """Whether the row was added; when not, the form says why and nothing was written."""
    many = {field.name: [row.pk for row in form.cleaned_data[field.name]] for field in _many(form)}
    actor, now = carried.request.actor, clock.now()
    try:
        with transaction.atomic():
            row = changes.add(actor=actor, row=form.instance, many=many, now=now)
            tie([changes.latest_of(row), *form.also(actor=actor, row=row, now=now)])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _many(form: RowForm) -> list[Any]:
    return [field for field in form.instance._meta.many_to_many if field.name in form.cleaned_data]


def save_row(carried: Carried, form: RowForm) -> bool:
    """Write what a valid form changes; False when somebody else changed the same, or a rule forbids it.

    Then the form says so and nothing was written.
    """
    actor, now = carried.request.actor, clock.now()
    try:
        with transaction.atomic():
            outcome = changes.change(
                actor=actor, row=form.instance, seen=form.cleaned_data["seen"], wanted=form.wanted, now=now
            )
            made = [outcome.change] if outcome.change else []
            if not outcome.both:
                made += form.also(actor=actor, row=form.instance, now=now)
                tie(made)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if outcome.both:
        form.show_both(outcome.both)
        return False
    messages.success(carried.request, _("Saved.") if made else _("Nothing was different."))
    return True


def _removed(carried: Carried, kind: RowKind, row: Any) -> HttpResponse:
    try:
        with transaction.atomic():
            tie(kind.take_away(actor=carried.request.actor, row=row, now=clock.now()))
    except Refused as refusal:
        messages.error(carried.request, str(refusal))
    else:
        messages.success(carried.request, _("Taken away. It can be put back under “What was changed”."))
        return _onwards(carried, kind, asks=bool(kind.follows))
    return redirect(f"{carried.address}#{kind.code}")


def _onwards(carried: Carried, kind: RowKind, *, asks: bool) -> HttpResponse:
    """Back to the panel, or to the page that asks what follows from such a change."""
    if asks and kind.then and carried.activity:
        return redirect(kind.then, uid=carried.activity.uid)
    return redirect(f"{carried.address}#{kind.code}")


def _shown(request: Any, carried: Carried, kind: RowKind, form: RowForm, row: Any) -> HttpResponse:
    page = {"carried": carried, "kind": kind, "form": form, "row": row}
    return render(request, "programme/desk/row.html", page, status=400 if form.errors else 200)
