"""The pages of those who take part: all of them by kind, and each with its names, ties and parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from markupsafe import Markup

from tadamun.publish.published import ActivityCard, PublishedWeek, WeekCard
from tadamun.publish.site.rows import newest_first
from tadamun.publish.site.typesetting import Feed, Typesetter
from tadamun.record.structs import InvolvementRecord, OrganisationRecord, SiteRecord, Term


@dataclass(slots=True)
class Part:
    """What an organisation took on in one week: in the whole of it, and in single activities."""

    card: WeekCard
    whole: list[InvolvementRecord] = field(default_factory=list)
    single: list[tuple[ActivityCard, InvolvementRecord]] = field(default_factory=list)


def everybody(site: SiteRecord, weeks: Iterable[PublishedWeek]) -> dict[str, OrganisationRecord]:
    """Gather all organisations of a site; the latest week that mentions one describes it, the site itself best."""
    gathered: dict[str, OrganisationRecord] = {}
    for week in sorted(weeks, key=lambda week: (week.card.start, week.slug)):
        gathered.update({body.slug: body for body in week.card.organisations})
    gathered.update({body.slug: body for body in site.organisations})
    return gathered


def parts_by_organisation(weeks: Iterable[PublishedWeek]) -> dict[str, list[Part]]:
    """Find what each organisation took part in, the latest week first."""
    gathered: dict[str, dict[str, Part]] = {}
    for week in newest_first(weeks):
        card = week.card
        for involvement in card.involvements:
            if involvement.organisation:
                _part(gathered, involvement.organisation, card).whole.append(involvement)
        for activity in card.activities:
            for involvement in activity.involvements:
                if involvement.organisation:
                    _part(gathered, involvement.organisation, card).single.append((activity, involvement))
    return {slug: list(parts.values()) for slug, parts in gathered.items()}


def _part(gathered: dict[str, dict[str, Part]], slug: str, card: WeekCard) -> Part:
    return gathered.setdefault(slug, {}).setdefault(card.slug, Part(card))


def organisations_page(typesetter: Typesetter, *, known: Mapping[str, OrganisationRecord]) -> bytes:
    """Set the list of all organisations, by kind, in the order of their names."""
    voice = typesetter.voice
    groups: dict[str, tuple[Term, list[OrganisationRecord]]] = {}
    for body in sorted(known.values(), key=lambda body: (voice.words(body.names), body.slug)):
        groups.setdefault(body.kind.code, (body.kind, []))[1].append(body)
    return typesetter.set_page(
        "organisations.html",
        path="organisations/",
        section="organisations",
        title=f"{voice.gettext('Organisations').unescape()} · {_site_name(typesetter)}",
        groups=list(groups.values()),
    )


def organisation_page(
    typesetter: Typesetter,
    *,
    body: OrganisationRecord,
    parts: Sequence[Part],
    tied: Sequence[tuple[Term, str]],
    known: Mapping[str, OrganisationRecord],
) -> bytes:
    """Set the page of an organisation."""
    voice = typesetter.voice
    code = voice.code
    return typesetter.set_page(
        "organisation.html",
        path=f"organisations/{body.slug}/",
        section="organisations",
        title=f"{voice.words(body.names)} · {_site_name(typesetter)}",
        description=voice.words(body.description).partition("\n")[0],
        feeds=(
            Feed("application/ld+json", f"/{code}/organisations/{body.slug}/index.jsonld", voice.gettext("Open data")),
            Feed("text/calendar", f"/feeds/{code}/organisations/{body.slug}.ics", voice.gettext("Calendar")),
            Feed("application/atom+xml", f"/feeds/{code}/organisations/{body.slug}.atom", voice.gettext("News feed")),
        ),
        body=body,
        also_known=_other_names(body, typesetter),
        tied=tied,
        known=known,
        parts=parts,
        host=urlsplit(body.url).netloc or body.url,
    )


def ties_to(known: Mapping[str, OrganisationRecord]) -> dict[str, list[tuple[Term, str]]]:
    """Find who says to belong to each organisation, and how."""
    gathered: dict[str, list[tuple[Term, str]]] = {}
    for other in known.values():
        for tie in other.ties:
            gathered.setdefault(tie.organisation, []).append((tie.type, other.slug))
    return gathered


def _other_names(body: OrganisationRecord, typesetter: Typesetter) -> list[Markup]:
    voice = typesetter.voice
    shown = {voice.words(body.names)}
    names: list[Markup] = []
    for text in (body.names, body.short_names, *body.aliases):
        for code, words in sorted(text.items()):
            if words and words not in shown:
                shown.add(words)
                names.append(voice.name({code: words}))
    return names


def _site_name(typesetter: Typesetter) -> str:
    site = typesetter.site
    return typesetter.voice.words(site.short_name or site.name)
