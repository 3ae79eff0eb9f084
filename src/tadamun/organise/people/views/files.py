"""Lists of people that come in. Files are read from memory, and lie on no disk meanwhile."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.forms.desk import FileForm
from tadamun.organise.people.services import importing
from tadamun.organise.people.services.importing import Checked
from tadamun.organise.people.views.houses import House, in_house
from tadamun.organise.people.vocabulary import Standing
from tadamun.toolkit import clock
from tadamun.toolkit.gate import slips
from tadamun.toolkit.rulings import Refused
from tadamun.toolkit.sheets.reading import LARGEST_FILE, SheetUnreadable
from tadamun.toolkit.uploads import in_memory_alone

# A request that takes longer than a minute is cut off somewhere; larger lists go in by parts.
MOST_AT_ONCE = 5_000


@in_memory_alone(LARGEST_FILE)
@require_http_methods(["GET", "POST"])
@in_house(Permission.ADMIT)
def people_import(request: Any, house: House) -> HttpResponse:
    """Check a sheet, or check it and sign up everybody in it."""
    about, now = f"sheet {house.activity.uid}", clock.now()
    form = FileForm(request.POST or None, request.FILES or None)
    checked: Checked | None = None
    told: Counter[str] = Counter()
    if request.POST.get("act") == "check":
        form.fields["agreed"].required = False
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            checked = importing.check(content=content, admission=house.opened)
            if checked.people > MOST_AT_ONCE:
                raise Refused(_("At most %(most)d people can be taken in at once. Split it.") % {"most": MOST_AT_ONCE})
            if request.POST.get("act") == "take" and checked.good:
                nonce = slips.read_slip(request.POST.get("slip", ""), about=about).nonce
                told = importing.take_in(
                    actor=request.actor, content=content, admission=house.opened, nonce=nonce, now=now
                )
        except (Refused, SheetUnreadable) as error:
            form.add_error("file", str(error))
        except slips.NotOurSlip:
            form.add_error(None, _("This form is too old. Load the page again."))
    bad = bool(form.errors) or (checked is not None and not checked.good)
    context = {
        "house": house,
        "activity": house.activity,
        "form": form,
        "checked": checked,
        "told": [(_again(standing), many) for standing, many in sorted(told.items())],
        "slip": request.POST.get("slip") if bad or not told else "",
    }
    context["slip"] = context["slip"] or slips.new_slip(about=about, now=now)
    return render(request, "people/desk/import.html", context, status=422 if bad else 200)


def _again(standing: str) -> str:
    return _("were signed up by this sheet before") if standing == "again" else str(Standing(standing).label)
