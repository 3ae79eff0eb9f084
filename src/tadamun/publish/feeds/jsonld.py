"""Linked data (schema.org in JSON-LD) beside each page: weeks, activities and organisations.

It says what the page says and leaves out what was not stated. People are not in it: a name that somebody agreed
to see on a page need not be harvested by machines.
"""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from tadamun.publish.bundle.store import Leaf
from tadamun.publish.feeds.jsonld_terms import Node, Terms, without_nothing
from tadamun.publish.feeds.scopes import Feeds, Shelf, digest
from tadamun.record.structs import ActivityRecord, OrganisationRecord, WeekRecord

_encode = msgspec.json.Encoder().encode

# How an organisation's part is told in schema.org. Who was merely invited is not shown as taking part.
_PARTS = {
    "organiser": "organizer",
    "runs": "organizer",
    "co_organiser": "organizer",
    "cooperation": "contributor",
    "host": "contributor",
    "funder": "funder",
    "supporter": "sponsor",
}


def jsonld_leaves(feeds: Feeds, shelf: Shelf) -> Iterator[Leaf]:
    """List the linked data of every week, activity and organisation in every language."""
    writers = {code: _Writer(feeds, code) for code in feeds.wordings}
    bases = {code: digest(b"jsonld", feeds.base(code)) for code in feeds.wordings}
    for week in feeds.weeks:
        load = partial(shelf.record, week)
        for code, writer in writers.items():
            fingerprint = digest(bases[code], week.fingerprint)
            place = f"{code}/weeks/{week.slug}"
            yield Leaf(f"{place}/index.jsonld", fingerprint, partial(_week, writer, load))
            for activity in week.card.activities:
                make = partial(_activity, writer, load, activity.slug)
                yield Leaf(f"{place}/{activity.slug}/index.jsonld", fingerprint, make)
    for code, writer in writers.items():
        for slug, body in feeds.bodies.items():
            # Its ties name other bodies, so the names of those belong to what it was made from.
            near = [feeds.bodies[tie.organisation] for tie in body.ties if tie.organisation in feeds.bodies]
            fingerprint = digest(bases[code], msgspec.msgpack.encode([body, *near], order="deterministic"))
            yield Leaf(f"{code}/organisations/{slug}/index.jsonld", fingerprint, partial(writer.organisation, body))


def _week(writer: "_Writer", load: Callable[[], WeekRecord]) -> bytes:
    return writer.week(load())


def _activity(writer: "_Writer", load: Callable[[], WeekRecord], slug: str) -> bytes:
    week = load()
    activity = next(activity for activity in week.activities if activity.slug == slug)
    return writer.activity(week, activity)


class _Writer:
    """Writes linked data in one language."""

    def __init__(self, feeds: Feeds, code: str) -> None:
        self._feeds = feeds
        self._terms = Terms(feeds, code)
        self._context = ["https://schema.org", {"@language": code}]

    def week(self, week: WeekRecord) -> bytes:
        """Describe a week as a series with its activities."""
        terms = self._terms
        node = self._series(week) | {
            "description": terms.text(week.summary),
            "eventStatus": terms.status(week.state.code, week.postponements),
            "previousStartDate": terms.previous(week.postponements),
            "location": [terms.place(place) for place in week.places] or terms.area(week.reach),
            "audience": terms.audience(week.target_group),
            "keywords": [terms.text(theme.label) for theme in week.themes],
            **self._parts(week),
            "image": [terms.photo(photo) for photo in week.photos],
            "superEvent": self._edition_of(week),
            "subjectOf": [terms.source(source) for source in week.also_told_by],
            "inLanguage": terms.code,
            "subEvent": [self._brief(week, activity) for activity in week.activities],
        }
        return self._written(node)

    def activity(self, week: WeekRecord, activity: ActivityRecord) -> bytes:
        """Describe an activity, in the series that it belongs to."""
        terms = self._terms
        sittings = [terms.sitting(sitting, week.timezone) for sitting in activity.sittings]
        node = self._brief(week, activity) | {
            "description": terms.text(activity.summary),
            "previousStartDate": terms.previous(activity.postponements),
            "audience": terms.audience(activity.target_group),
            "keywords": [terms.text(theme.label) for theme in activity.themes],
            **self._parts(activity),
            "image": [terms.photo(photo) for photo in activity.photos],
            "subEvent": sittings if len(sittings) > 1 else None,
            "subjectOf": [terms.source(source) for source in activity.also_told_by],
            "isAccessibleForFree": True if activity.open_to_all else None,
            "inLanguage": terms.code,
            "superEvent": self._series(week),
        }
        return self._written(node)

    def organisation(self, body: OrganisationRecord) -> bytes:
        """Describe an organisation with its names and ties."""
        terms = self._terms
        names = [*body.names.values(), *body.short_names.values()]
        names += [name for alias in body.aliases for name in alias.values()]
        parents = [tie.organisation for tie in body.ties if tie.type.code == "part_of"]
        unions = [tie.organisation for tie in body.ties if tie.type.code == "member_of"]
        node = terms.organisation(body.slug, body) | {
            "alternateName": terms.other_names(names, body.names),
            "description": terms.text(body.description),
            "sameAs": terms.link(body.url),
            "address": terms.address(body),
            "parentOrganization": [terms.organisation(slug, self._feeds.bodies.get(slug)) for slug in parents],
            "memberOf": [terms.organisation(slug, self._feeds.bodies.get(slug)) for slug in unions],
        }
        return self._written(node)

    def _series(self, week: WeekRecord) -> Node:
        terms = self._terms
        return {
            "@type": "EventSeries",
            "@id": terms.id(week.uid, "weeks", week.slug),
            "name": terms.text(week.titles),
            "url": terms.page("weeks", week.slug),
            "startDate": week.start.isoformat(),
            "endDate": week.end.isoformat(),
        }

    def _brief(self, week: WeekRecord, activity: ActivityRecord) -> Node:
        terms = self._terms
        places = {sitting.place.slug: sitting.place for sitting in activity.sittings if sitting.place}
        return {
            "@type": terms.event_type(activity.kind.schema_type),
            "@id": terms.id(activity.uid, "weeks", week.slug, activity.slug),
            "name": terms.text(activity.titles),
            "url": terms.page("weeks", week.slug, activity.slug),
            **terms.span(activity, week.timezone),
            "eventStatus": terms.status(activity.state.code, activity.postponements),
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode" if places else None,
            "location": [terms.place(place) for place in places.values()],
        }

    def _parts(self, of: WeekRecord | ActivityRecord) -> Node:
        parts: dict[str, list[Node]] = {}
        for involvement in of.involvements:
            role = _PARTS.get(involvement.type.code.replace("-", "_"))
            if role and involvement.organisation:
                body = self._feeds.bodies.get(involvement.organisation)
                parts.setdefault(role, []).append(self._terms.organisation(involvement.organisation, body))
        return dict(parts)

    def _edition_of(self, week: WeekRecord) -> Node | None:
        return {"@type": "EventSeries", "name": self._terms.text(week.series.names)} if week.series else None

    def _written(self, node: Node) -> bytes:
        return _encode({"@context": self._context, **without_nothing(node)})
