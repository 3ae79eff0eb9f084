"""Adding what weeks refer to in the outside world, under a short name that it has or that is made from its own."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tadamun.organise.programme.queries.slugs import free_slug, slug_of
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.locks import hold


@transaction.atomic
def add_to_world(*, actor: Actor, row: Any, now: datetime, many: Mapping[str, Collection[int]] | None = None) -> Any:
    """Store a new place, occasion, campaign, series or source.

    :raises django.core.exceptions.ValidationError: when a rule of the model forbids it.
    """
    hold("slugs of the world")
    names = getattr(row, "names", None) or getattr(row, "titles", {})
    model = type(row)
    wanted = row.slug or slug_of(names, model._meta.model_name or "thing")
    row.slug = free_slug(model._default_manager.all(), wanted)
    return changes.add(actor=actor, row=row, now=now, many=many)
