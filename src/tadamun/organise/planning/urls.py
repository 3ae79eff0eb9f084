"""Addresses of the desk's pages about what is planned. They have no namespace."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.planning.forms.kinds_of_rows import PLANNED_ROWS
from tadamun.organise.planning.views import contacts, decisions, sheets, ticks, usual
from tadamun.organise.planning.views.carrying import carrying
from tadamun.organise.programme.views.carried import in_activity, in_week
from tadamun.organise.programme.views.rows import new_page, row_page


def _of(scope: str, address: str, way_in: Callable[[Permission], Any]) -> list[URLPattern]:
    """The pages about an activity, or about a week as a whole."""
    look, edit = way_in(Permission.LOOK), way_in(Permission.EDIT)
    return [
        path(f"{address}planned/<slug:code>/new/", new_page(PLANNED_ROWS, look), name=f"planning_{scope}_row_new"),
        path(f"{address}planned/<slug:code>/<int:row>/", row_page(PLANNED_ROWS, look), name=f"planning_{scope}_row"),
        path(
            f"{address}ticks/<slug:code>/<int:row>/",
            way_in(Permission.RUN_DOOR)(ticks.tick),
            name=f"planning_{scope}_tick",
        ),
        path(f"{address}usual/", edit(usual.usual), name=f"planning_{scope}_usual"),
        path(f"{address}go/<int:row>/", look(carrying(decisions.go)), name=f"planning_{scope}_go"),
        path(f"{address}contacts/", look(carrying(contacts.contacts)), name=f"planning_{scope}_contacts"),
        path(f"{address}contacts/new/", edit(contacts.contact_new), name=f"planning_{scope}_contact_new"),
        path(f"{address}contacts/<int:row>/", edit(contacts.contact), name=f"planning_{scope}_contact"),
        path(f"{address}run-sheet/", look(sheets.run_sheet), name=f"planning_{scope}_run_sheet"),
    ]


urlpatterns = [
    *_of("activity", "desk/activities/<uuid:uid>/", in_activity),
    *_of("week", "desk/weeks/<slug:week>/", in_week),
]
