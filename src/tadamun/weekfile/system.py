"""What already stands in the system of all that a week file mentions, looked up with a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Activity, Place, Promise, Week
from tadamun.weekfile.document import PromiseEntry, WeekDocument
from tadamun.weekfile.references import activity_references, entries, references
from tadamun.weekfile.shelves import WORLD, table


@dataclass(frozen=True, kw_only=True)
class System:
    """Slugs that a file may refer to. An empty one stands for a new installation.

    ``organisations`` says the kind of each, ``places`` what each lies within (or nothing), ``promises`` the week
    of each, ``uids`` who has one (``week`` or ``week/activity``), ``activities`` are ``week/activity``.
    """

    organisations: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    occasions: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()
    series: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    weeks: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()
    promises: Mapping[str, str] = field(default_factory=dict)
    uids: Mapping[str, str] = field(default_factory=dict)


def system_for(document: WeekDocument) -> System:
    """Look up what ``document`` mentions."""
    mentioned: dict[str, set[str]] = {}
    for reference in references(document):
        mentioned.setdefault(reference.shelf, set()).add(reference.slug)
    weeks = {reference.week for reference in activity_references(document)} | {document.week.slug}
    promises = [entry.slug for entry in entries(document) if isinstance(entry, PromiseEntry)]

    def known(shelf: str) -> frozenset[str]:
        return frozenset(table(WORLD[shelf]).filter(slug__in=mentioned.get(shelf, ())).values_list("slug", flat=True))

    return System(
        organisations=dict(
            Organisation.objects.filter(slug__in=mentioned.get("organisations", ())).values_list("slug", "kind")
        ),
        places={slug: within or "" for slug, within in Place.objects.values_list("slug", "within__slug")},
        occasions=known("occasions"),
        campaigns=known("campaigns"),
        series=known("series"),
        sources=known("sources"),
        weeks=frozenset(Week.objects.filter(slug__in=weeks).values_list("slug", flat=True)),
        activities=frozenset(
            f"{week}/{slug}"
            for week, slug in Activity.objects.filter(week__slug__in=weeks).values_list("week__slug", "slug")
        ),
        promises=dict(Promise.objects.filter(slug__in=promises).values_list("slug", "week__slug")),
        uids=_uids(document),
    )


def _uids(document: WeekDocument) -> dict[str, str]:
    uids = [document.week.uid, *(activity.uid for activity in document.activities)]
    stated = {uid for words in uids if (uid := uuid_of(words))}
    weeks = {str(uid): slug for uid, slug in Week.objects.filter(uid__in=stated).values_list("uid", "slug")}
    rows = Activity.objects.filter(uid__in=stated).values_list("uid", "week__slug", "slug")
    return weeks | {str(uid): f"{week}/{slug}" for uid, week, slug in rows}


def uuid_of(words: str) -> UUID | None:
    """The UUID that is written in its usual form, or None."""
    try:
        uid = UUID(words)
    except ValueError:
        return None
    return uid if str(uid) == words.lower() else None
