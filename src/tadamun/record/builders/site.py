"""The record of the site: who publishes it."""

from datetime import date

from tadamun.organise.network.models import Site
from tadamun.record.builders.bodies import Bodies, organisation_records
from tadamun.record.disclosure import FLOOR
from tadamun.record.structs import SiteRecord


def build_site(
    *,
    site: Site | None,
    languages: tuple[str, ...],
    base_url: str,
    onion_url: str,
    small_cell: int,
    today: date | None = None,
) -> SiteRecord:
    """Make the record of the site. Its organisations are the publisher and what the publisher is part of.

    An installation that has not said who it is has an empty name. Other organisations stand in the weeks that
    name them, never here, so that none is named before a week may name it. Ties hold as of ``today``; without a
    day only those that state no end.
    """
    bodies = Bodies(())
    publisher = bodies.name(site.publisher) if site is not None else None
    known = site or Site()
    organisations = organisation_records(bodies, languages=languages, start=today or date.max, end=today or date.max)
    return SiteRecord(
        name=known.names,
        languages=languages,
        short_name=known.short_names,
        mission=known.mission,
        about=known.about,
        base_url=base_url,
        onion_url=onion_url,
        publisher=publisher,
        small_cell=max(small_cell, FLOOR),
        organisations=organisations,
    )
