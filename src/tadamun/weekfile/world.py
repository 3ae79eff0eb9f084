"""What a week refers to in the outside world, between its rows and its entries: organisations, places, …"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tadamun.organise.network.models import Alias, Organisation, Tie
from tadamun.organise.programme.models import Campaign, Place
from tadamun.weekfile import document as form
from tadamun.weekfile.references import reached, references
from tadamun.weekfile.shelves import WORLD, Numbers, columns, entry_of, related, table


def world_entries(shelf: str, slugs: Iterable[str]) -> list[form.Named]:
    """The entries of what stands on a shelf under these slugs, in order of slug."""
    struct = WORLD[shelf]
    children = {"organisations": ("aliases", "ties__to"), "campaigns": ("owners",)}.get(shelf, ())
    rows = (
        table(struct)
        .filter(slug__in=set(slugs))
        .select_related(*related(struct))
        .prefetch_related(*children)
        .order_by("slug")
    )
    others = _OTHERS.get(shelf, lambda _row: {})
    return [entry_of(struct, row, **others(row)) for row in rows]


def slugs_around(entries: Sequence[form.Entry]) -> dict[str, set[str]]:
    """All that ``entries`` mention, and what those mention in turn: outer places, keepers, owners, tied bodies."""
    slugs: dict[str, set[str]] = {shelf: set() for shelf in WORLD}
    for reference in references(list(entries)):
        slugs[reference.shelf].add(reference.slug)
    places = Place.objects.values_list("slug", "within__slug", "keeper__slug")
    within = {place: [outer] if outer else [] for place, outer, _keeper in places}
    slugs["places"] = reached(slugs["places"], within)
    slugs["organisations"] |= {keeper for place, _outer, keeper in places if keeper and place in slugs["places"]}
    owners = Campaign.objects.filter(slug__in=slugs["campaigns"], owners__isnull=False)
    slugs["organisations"] |= set(owners.values_list("owners__slug", flat=True))
    tied: dict[str, list[str]] = {}
    for body, other in Tie.objects.values_list("organisation__slug", "to__slug"):
        tied.setdefault(body, []).append(other)
    slugs["organisations"] = reached(slugs["organisations"], tied)
    return slugs


def numbers_of(document: form.WeekDocument) -> dict[str, dict[str, int]]:
    """Shelf → slug → primary key, for all that ``document`` mentions and that stands in the system."""
    slugs: dict[str, set[str]] = {shelf: set() for shelf in WORLD}
    for reference in references(document):
        slugs[reference.shelf].add(reference.slug)
    return {shelf: _numbers(shelf, slugs[shelf]) for shelf in WORLD}


def write_shelf(shelf: str, entries: Sequence[Any], numbers: dict[str, dict[str, int]]) -> None:
    """Make or bring up to date the rows of ``entries``. ``numbers`` gains what is new.

    What a row refers to on the same shelf (the place around a place, tied bodies) is set when all of them exist.
    """
    manager = table(WORLD[shelf])
    for entry in entries:
        row, _made = manager.update_or_create(slug=entry.slug, defaults=columns(entry, numbers, without=("within",)))
        numbers[shelf][entry.slug] = row.pk
    if finish := _FINISH.get(shelf):
        finish(entries, numbers)


def _numbers(shelf: str, slugs: Iterable[str]) -> dict[str, int]:
    return dict(table(WORLD[shelf]).filter(slug__in=set(slugs)).values_list("slug", "pk"))


def _organisation(row: Organisation) -> dict[str, Any]:
    return {
        "aliases": [alias.names for alias in row.aliases.all()],
        "ties": [entry_of(form.TieEntry, tie) for tie in row.ties.all()],
    }


def _place(row: Place) -> dict[str, Any]:
    return {"point": None if row.latitude is None else (row.latitude, row.longitude)}


def _finish_organisations(entries: Sequence[form.OrganisationEntry], numbers: Numbers) -> None:
    own = numbers["organisations"]
    bodies = [own[entry.slug] for entry in entries]
    Alias.objects.filter(organisation__in=bodies).delete()
    Tie.objects.filter(organisation__in=bodies).delete()
    Alias.objects.bulk_create(
        Alias(organisation_id=own[entry.slug], position=position, names=names)
        for entry in entries
        for position, names in enumerate(entry.aliases)
    )
    Tie.objects.bulk_create(
        Tie(organisation_id=own[entry.slug], **columns(tie, numbers)) for entry in entries for tie in entry.ties
    )


def _finish_places(entries: Sequence[form.PlaceEntry], numbers: Numbers) -> None:
    own = numbers["places"]
    for entry in entries:
        latitude, longitude = entry.point or (None, None)
        Place.objects.filter(pk=own[entry.slug]).update(
            within=own[entry.within] if entry.within else None, latitude=latitude, longitude=longitude
        )


def _finish_campaigns(entries: Sequence[form.CampaignEntry], numbers: Numbers) -> None:
    for row in Campaign.objects.filter(slug__in=[entry.slug for entry in entries]):
        owners = next(entry.owners for entry in entries if entry.slug == row.slug)
        row.owners.set(numbers["organisations"][slug] for slug in owners)


_OTHERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "organisations": _organisation,
    "places": _place,
    "campaigns": lambda row: {"owners": [owner.slug for owner in row.owners.all()]},
}
_FINISH: dict[str, Callable[[Sequence[Any], Numbers], None]] = {
    "organisations": _finish_organisations,
    "places": _finish_places,
    "campaigns": _finish_campaigns,
}
