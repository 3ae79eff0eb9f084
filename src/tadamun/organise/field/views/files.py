"""The desk's page for files that went from phone to phone: what was new in one, what was known, what was refused."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.organise.field.forms.files import LARGEST_FILE, CarriedFileForm
from tadamun.organise.field.rules.packs import NotAPack
from tadamun.organise.field.services.carrying import Brought, take_in_file
from tadamun.organise.field.vocabulary import Why
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import Carried, in_activity
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused
from tadamun.toolkit.uploads import in_memory_alone


@in_memory_alone(LARGEST_FILE)
@require_http_methods(["GET", "POST"])
@in_activity(Permission.RUN_DOOR)
def files(request: Any, carried: Carried) -> HttpResponse:
    """Take in a file, and say what became of it."""
    form = CarriedFileForm(request.POST or None, request.FILES or None)
    brought: Brought | None = None
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            brought = take_in_file(actor=request.actor, activity=carried.one, content=content, now=clock.now())
        except NotAPack:
            form.add_error("file", _("This is no file of a kit. Choose the one that a phone handed over."))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    refused = [(Why(why).label, many) for why, many in brought.refused.items()] if brought else []
    page = {"carried": carried, "form": form, "brought": brought, "refused": refused}
    return render(request, "field/desk/files.html", page, status=422 if form.errors else 200)
