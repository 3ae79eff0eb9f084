"""The gallery: every piece that pages of the desk are made of, in its states, in all languages, by day and by night."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.desk.forms.gallery import sample
from tadamun.organise.network.views.doors import desk_page
from tadamun.organise.programme.queries.board import Card
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.vocabulary import Audience, SafetyProfile
from tadamun.toolkit.languages.registry import Language, language
from tadamun.toolkit.panels import Line, Mark, Panel, Tick, Way

TITLES = {"en": "Morning run", "ar": "سباق الصباح", "ckb": "ڕاکردنی بەیانی"}
PLACE = {"en": "Kahramana Square", "ar": "ساحة كهرمانة", "ckb": "گۆڕەپانی کەهرەمانە"}
DAY = date(2026, 3, 20)


@dataclass(frozen=True)
class Piece:
    """A piece as it looks in each language."""

    name: str
    looks: tuple[tuple[Language, str], ...]


@desk_page
@require_http_methods(["GET", "POST"])
def gallery(request: Any) -> HttpResponse:
    """All pieces. Their buttons lead back here and change nothing; ``?night`` shows them in the dark."""
    if request.method == "POST":
        return redirect("gallery")
    here = reverse("gallery")
    pieces = [Piece(name, tuple(_looks(request, name, given, here))) for name, given in PIECES.items()]
    return render(request, "desk/gallery.html", {"pieces": pieces, "night": "night" in request.GET})


def _looks(request: Any, name: str, given: "Given", here: str) -> Iterator[tuple[Language, str]]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            page = {"here": here, "code": code, **COMMON, **given(code, here)}
            yield language(code), render_to_string(f"desk/gallery/{name}.html", page, request=request)


def _panels(code: str, here: str) -> dict[str, Any]:
    tick = Tick(_("We have it"), here, ticked=True)
    lines = (
        Line(_("Material"), _("not said"), here),
        Line(_("Partner"), _("missing"), here, Mark.ASKS),
        Line(_("Conditions"), mark=Mark.WARNS),
        Line(_("Material"), tick=tick),
        Line(_("Partner"), tick=Tick(_("We have it"), here, ticked=False)),
    )
    full = Panel(code=f"full-{code}", title=_("Material"), lines=lines, ways=(Way(_("Add one"), here),))
    bare = Panel(code=f"bare-{code}", title=_("Partner"), empty=_("None yet."), ways=(Way(_("Add one"), here),))
    return {"panels": (full, bare)}


def _cards(code: str, here: str) -> dict[str, Any]:
    card = Card(
        activity=UUID(int=1),
        titles=TITLES,
        kind=_("Race"),
        state=State.PLANNED,
        safety=SafetyProfile.CAREFUL,
        sitting=1,
        start=DAY,
        end=DAY,
        hours="09:00",
        place=PLACE,
        may_move=True,
    )
    later = replace(card, state=State.HELD, safety=SafetyProfile.OPEN, sitting=None, hours="", days=3, may_move=False)
    return {"cards": (card, later), "choices": [DAY]}


def _banner(code: str, here: str) -> dict[str, Any]:
    others = [{"label": one.label, "address": here, "current": one is Audience.PUBLIC} for one in Audience]
    return {"audience": Audience.PUBLIC.label, "others": others, "back": here}


def _confirm(code: str, here: str) -> dict[str, Any]:
    return {
        "page": {"says": [_("It can be put back under “What was changed”.")], "button": _("Postpone"), "back": here}
    }


def _forms(code: str, here: str) -> dict[str, Any]:
    return {"forms": [sample(state, code) for state in ("empty", "filled", "wrong")]}


def _nothing(code: str, here: str) -> dict[str, Any]:
    return {}


Given = Callable[[str, str], Mapping[str, Any]]
COMMON: Mapping[str, Any] = {
    "titles": TITLES,
    "place": PLACE,
    "day": DAY,
    "state": State.PLANNED,
    "safety": SafetyProfile.CAREFUL,
}
PIECES: Mapping[str, Given] = {
    "buttons": _nothing,
    "chips": _nothing,
    "messages": _nothing,
    "fields": _forms,
    "link": lambda _code, _here: {"address": "https://example.org/gate/en/week/run/"},
    "panel": _panels,
    "empty": _nothing,
    "confirm": _confirm,
    "tiles": _nothing,
    "table": _nothing,
    "tabs": _nothing,
    "pages": lambda _code, _here: {"page": Paginator(range(30), 10).page(2)},
    "photo": _nothing,
    "card": _cards,
    "banner": _banner,
}
