"""What refers to something must find it, and nothing may refer to itself in a circle."""

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from tadamun.weekfile.converting import closest
from tadamun.weekfile.document import ActivityEntry
from tadamun.weekfile.problems import one_of
from tadamun.weekfile.references import activity_references, references, slugs_on
from tadamun.weekfile.rules.findings import Finding, Ground, hint, wrong

_SENTENCES = {
    "organisations": lambda: _("There is no organisation “%(slug)s”."),
    "places": lambda: _("There is no place “%(slug)s”."),
    "occasions": lambda: _("There is no occasion “%(slug)s”."),
    "campaigns": lambda: _("There is no campaign “%(slug)s”."),
    "series": lambda: _("There is no series “%(slug)s”."),
    "sources": lambda: _("There is no source “%(slug)s”."),
}


def mentions_are_found(ground: Ground) -> Iterator[Finding]:
    """Every slug that is mentioned stands in the file or in the system."""
    for entry, steps, shelf, slug in references(ground.document):
        stated = slugs_on(ground.document, shelf)
        known: Collection[str] = getattr(ground.system, shelf)
        if slug not in stated and slug not in known and slug not in ground.lost_slugs:
            right = _("Add it under “%(shelf)s”.") % {"shelf": shelf}
            if likely := closest(slug, stated):
                right = _("Did you mean “%(guess)s”? Otherwise add it under “%(shelf)s”.")
                right = right % {"guess": likely, "shelf": shelf}
            yield wrong(entry, *steps, says=_SENTENCES[shelf]() % {"slug": slug[:80]}, right=right)


def mentioned_activities_are_found(ground: Ground) -> Iterator[Finding]:
    """Activities of this week stand in the file, those of other weeks in the system.

    A week that is not in the system yet is only a hint: two weeks may refer to each other, and one comes first.
    """
    document, system = ground.document, ground.system
    own = slugs_on(document, "activities")
    for entry, steps, week, activity in activity_references(document):
        if week == document.week.slug:
            if activity not in own and activity not in ground.lost_slugs:
                says = _("This week has no activity “%(slug)s”.") % {"slug": activity[:80]}
                yield wrong(entry, *steps, says=says, right=one_of(own, closest(activity, own)))
        elif week not in system.weeks:
            says = _("The week “%(week)s” is not here yet, so this link is left out.") % {"week": week[:80]}
            yield hint(entry, *steps, says=says, right=_("Import that week, then this file again."))
        elif f"{week}/{activity}" not in system.activities:
            says = _("The week “%(week)s” has no activity “%(slug)s”.") % {"week": week, "slug": activity[:80]}
            yield wrong(entry, *steps, says=says, right=_("Check the slug, or leave the link out."))


def nothing_is_tied_to_itself(ground: Ground) -> Iterator[Finding]:
    """Ties and relations join two different things, once."""
    for organisation in ground.document.organisations:
        ties = [(tie.type, tie.to) for tie in organisation.ties]
        for at, tie in enumerate(organisation.ties):
            if tie.to == organisation.slug:
                says = _("An organisation cannot be tied to itself.")
                yield wrong(tie, "to", says=says, right=_("Name the other organisation."))
            elif ties.index((tie.type, tie.to)) != at:
                yield wrong(tie, "to", says=_("This tie is stated twice."), right=_("Keep one of them."))
    for activity in ground.document.activities:
        yield from _relations(activity, ground.document.week.slug)


def _relations(activity: ActivityEntry, week: str) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for relation in activity.relations:
        to = relation.to.removeprefix(f"{week}/")
        if to == activity.slug:
            says = _("An activity cannot be related to itself.")
            yield wrong(relation, "to", says=says, right=_("Name the other activity."))
        elif (relation.type, to) in seen:
            yield wrong(relation, "to", says=_("This relation is stated twice."), right=_("Keep one of them."))
        seen.add((relation.type, to))


def places_do_not_lie_within_themselves(ground: Ground) -> Iterator[Finding]:
    """Following “within” must come to an end."""
    within: Mapping[str, str] = {
        **ground.system.places,
        **{place.slug: place.within for place in ground.document.places},
    }
    told: set[str] = set()
    for place in ground.document.places:
        chain = [place.slug]
        while (outer := within.get(chain[-1], "")) and outer not in chain:
            chain.append(outer)
        if outer == place.slug and not told & set(chain):
            told.update(chain)
            says = _("This place lies within itself: %(chain)s.") % {"chain": " › ".join([*chain, outer])}
            yield wrong(place, "within", says=says, right=_("Leave “within” out at the largest place."))
