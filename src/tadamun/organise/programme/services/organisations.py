"""Stating what an organisation is called, what it is, and how it belongs to others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Alias, Organisation, Tie
from tadamun.organise.programme.models import Involvement
from tadamun.organise.programme.queries.slugs import free_slug, slug_of
from tadamun.organise.programme.services import changes, partners
from tadamun.organise.programme.services.changes import Outcome, Plain
from tadamun.organise.programme.vocabulary import PARTICIPATING
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.rulings import Refused

_ADDRESSES_OF_OURS = frozenset({"new"})


@transaction.atomic
def add_organisation(*, actor: Actor, row: Organisation, now: datetime) -> Organisation:
    """Store a new organisation, under the short name that it has or one that is made from its names."""
    slug = row.slug or slug_of(row.names, "organisation")
    row.slug = free_slug(Organisation.objects.all(), f"{slug}-1" if slug in _ADDRESSES_OF_OURS else slug)
    return changes.add(actor=actor, row=row, now=now)


@transaction.atomic
def add_with_part(*, actor: Actor, organisation: Organisation, row: Involvement, now: datetime) -> Involvement:
    """Store a new organisation together with its first part; neither without the other.

    :raises Refused: when it may not have this part.
    """
    row.organisation = add_organisation(actor=actor, row=organisation, now=now)
    return partners.name_partner(actor=actor, row=row, own=False, now=now)


@transaction.atomic
def change_organisation(*, actor: Actor, row: Organisation, seen: Plain, wanted: Plain, now: datetime) -> Outcome:
    """Change what is stated about an organisation.

    :raises Refused: when it would become a party while it is a partner somewhere.
    """
    becomes = Organisation(kind=wanted.get("kind", row.kind))
    if becomes.political and Involvement.objects.filter(organisation=row).exclude(type__in=PARTICIPATING).exists():
        raise Refused(_("It is a partner somewhere, which a party or bloc can never be. Change its parts first."))
    return changes.change(actor=actor, row=row, seen=seen, wanted=wanted, now=now)


@transaction.atomic
def add_tie(*, actor: Actor, row: Tie, now: datetime) -> Tie:
    """State how an organisation belongs to another.

    :raises Refused: when that is stated already.
    """
    if Tie.objects.filter(organisation=row.organisation, type=row.type, to=row.to).exists():
        raise Refused(_("This is stated already."))
    return changes.add(actor=actor, row=row, now=now)


@transaction.atomic
def add_alias(*, actor: Actor, row: Alias, now: datetime) -> Alias:
    """Keep another name of an organisation, so that it is found by it."""
    last = Alias.objects.filter(organisation=row.organisation).order_by("position").last()
    row.position = last.position + 1 if last else 0
    return changes.add(actor=actor, row=row, now=now)
