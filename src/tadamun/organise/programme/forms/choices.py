"""What a choice among rows says beside itself: where to add what it does not offer."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Campaign, Occasion, Place, Series, Source

SHELVES: Mapping[type[models.Model], str] = {
    Place: "places",
    Occasion: "occasions",
    Campaign: "campaigns",
    Series: "series",
    Source: "sources",
}


def not_in_the_list(rows: "models.QuerySet[Any] | None") -> str:
    """The way to add such a row, in a window of its own so that nothing written is lost; "" where there is none."""
    model = rows.model if rows is not None else None
    if model is not None and model in SHELVES:
        address = reverse("world_new", kwargs={"code": SHELVES[model]})
    elif model is Organisation:
        address = reverse("organisation_new")
    else:
        return ""
    return format_html('<a href="{}" target="_blank">{}</a>', address, _("Not in the list? Add it, then reload."))
