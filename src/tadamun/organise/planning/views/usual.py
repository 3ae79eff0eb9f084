"""Beginning with the usual list: every line is offered, ticked, and can be left out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tadamun.organise.planning.forms.kinds_of_rows import MATERIAL, PERMITS, RISKS, TASKS
from tadamun.organise.planning.models import Contact
from tadamun.organise.planning.services import usual as services
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit import clock

_KINDS = (TASKS, PERMITS, RISKS, MATERIAL)
_CALLS = _("Who is called")


@require_http_methods(["GET", "POST"])
def usual(request: Any, carried: Carried) -> HttpResponse:
    """Show what is usual and not there yet; take over what was chosen."""
    if request.method == "POST":
        keys = set(request.POST.getlist("line"))
        added = services.begin_with(
            actor=request.actor, week=carried.week, activity=carried.activity, keys=keys, now=clock.now()
        )
        many = len(added)
        messages.success(request, ngettext("%(many)d line added.", "%(many)d lines added.", many) % {"many": many})
        return redirect(f"{carried.address}#{TASKS.code}")
    offers = services.offers_for(carried.week, carried.activity)
    groups = [(kind.title, [offer for offer in offers if offer.model is kind.model]) for kind in _KINDS]
    groups.append((_CALLS, [offer for offer in offers if offer.model is Contact]))
    page = {"carried": carried, "groups": [group for group in groups if group[1]]}
    return render(request, "planning/usual.html", page)
