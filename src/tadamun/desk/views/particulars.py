"""What the kind adds to an activity, and which kind it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.desk.forms.in_short import in_short
from tadamun.desk.forms.particulars import KindForm, ParticularsForm
from tadamun.desk.particulars import Saved, change_kind, save_particulars
from tadamun.kinds.registry import KINDS, kind_of
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import Carried, in_activity
from tadamun.toolkit import clock


@require_http_methods(["GET", "POST"])
@in_activity(Permission.EDIT)
def particulars(request: Any, carried: Carried) -> HttpResponse:
    """Read and change what the kind adds; whoever wrote at the same time is told."""
    kind = KINDS.get(carried.one.kind)
    if kind is None:
        return redirect("activity_kind", uid=carried.one.uid)
    form = ParticularsForm(request.POST or None, kind=kind, details=carried.one.details)
    if request.method == "POST" and form.is_valid():
        saved = save_particulars(
            actor=request.actor,
            activity=carried.one,
            seen=form.cleaned_data["seen"],
            wanted=form.wanted,
            now=clock.now(),
        )
        if not saved.clashes:
            messages.success(request, _("Saved.") if saved.change else _("Nothing was different."))
            here = "stay" in request.POST
            return redirect("activity_particulars", uid=carried.one.uid) if here else _back(carried)
        _show_both(form, saved)
    context = {"carried": carried, "form": form, "kind": kind}
    return render(request, "desk/particulars.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_activity(Permission.EDIT)
def another_kind(request: Any, carried: Carried) -> HttpResponse:
    """Make the activity one of another kind."""
    form = KindForm(request.POST or None, initial={"kind": carried.one.kind})
    if request.method == "POST" and form.is_valid():
        kind = kind_of(form.cleaned_data["kind"])
        if change_kind(actor=request.actor, activity=carried.one, kind=kind, now=clock.now()):
            messages.success(request, _("Done. It can be undone under “What was changed”."))
        return _back(carried)
    return render(request, "desk/kind.html", {"carried": carried, "form": form}, status=400 if form.errors else 200)


def _back(carried: Carried) -> HttpResponse:
    return redirect(f"{carried.address}#particulars")


def _show_both(form: ParticularsForm, saved: Saved) -> None:
    """Tell which fields somebody else changed meanwhile, and what they say now; sending again writes over those."""
    stored, asked = saved.stored or {}, {one.name: one for one in form.asked}
    form.now_seen({**form.cleaned_data["seen"], **{name: stored.get(name) for name in saved.clashes}})
    for name in saved.clashes:
        theirs = " · ".join(in_short(asked[name], stored.get(name))) or "—"
        words = _("Somebody changed this while you wrote. Stored now: “%(theirs)s”. Send what shall hold.")
        form.add_error(name if name in form.fields else None, words % {"theirs": theirs})
