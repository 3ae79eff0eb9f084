"""The glossary: the names of bodies, places, occasions and campaigns in all languages."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.network.rules import may
from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.press.forms.wording import NamesForm
from tadamun.organise.press.queries.texts import NAMED
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.views.carried import refused
from tadamun.toolkit import clock
from tadamun.toolkit.languages.registry import language

_KINDS: "dict[str, str | Promise]" = {
    "organisation": gettext_lazy("Organisations and parties"),
    "place": gettext_lazy("Places"),
    "occasion": gettext_lazy("Occasions"),
    "campaign": gettext_lazy("Campaigns"),
}


@require_safe
@desk_page
def glossary(request: DeskRequest) -> HttpResponse:
    """All names by kind, with the languages in which each is missing. One query for each kind."""
    codes = [code for code, _name in settings.LANGUAGES]
    kinds = []
    for kind, model in NAMED.items():
        rows = [
            (slug, [(code, names.get(code, "")) for code in codes])
            for slug, names in model.objects.order_by("slug").values_list("slug", "names")
        ]
        kinds.append((kind, _KINDS[kind], rows))
    page = {
        "kinds": kinds,
        "languages": [language(code) for code in codes],
        "may_write": bool(_ruling(request)),
    }
    return render(request, "press/glossary.html", page)


@require_http_methods(["GET", "POST"])
@desk_page
def entry(request: DeskRequest, kind: str, slug: str) -> HttpResponse:
    """The names of one of them, a box for each language."""
    if kind not in NAMED:
        raise Http404
    ruling = _ruling(request)
    if not ruling:
        return refused(request, ruling)
    row = NAMED[kind].objects.filter(slug=slug).first()
    if row is None:
        raise Http404
    codes = sorted({*(code for code, _name in settings.LANGUAGES), *row.names})
    form = NamesForm(request.POST or None, names=row.names, codes=codes)
    if request.method == "POST" and form.is_valid():
        seen = changes.values_of(row, ["names"])
        changes.change(actor=request.actor, row=row, seen=seen, wanted={"names": form.names}, now=clock.now())
        messages.success(request, _("Saved."))
        return redirect("glossary")
    page: dict[str, Any] = {"form": form, "row": row, "kind": _KINDS[kind]}
    return render(request, "press/entry.html", page, status=400 if form.errors else 200)


def _ruling(request: DeskRequest) -> Any:
    return may(Permission.TRANSLATE, standing=request.standing, organisations=request.standing.organisations)
