"""Pages about a week's own plan are for those who carry the week, not for who carries one activity of it."""

from functools import wraps
from typing import Any

from django.http import HttpResponse

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import Carried, CarriedView, refused


def carrying(view: CarriedView) -> CarriedView:
    """Only for members of an organisation that carries the activity, or the week as a whole; others get the reason."""

    @wraps(view)
    def page(request: Any, carried: Carried, **parts: Any) -> HttpResponse:
        ruling = carried.may(Permission.LOOK)
        return view(request, carried, **parts) if ruling else refused(request, ruling)

    return page
