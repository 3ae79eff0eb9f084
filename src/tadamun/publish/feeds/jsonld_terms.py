"""The pieces of linked data: places, photos, times, states and bodies in the words of schema.org."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tadamun.publish.feeds.scopes import Feeds
from tadamun.publish.feeds.wording import plain
from tadamun.record.structs import (
    ActivityRecord,
    OrganisationRecord,
    PhotoRecord,
    PlaceRecord,
    PostponementRecord,
    SittingRecord,
    SourceRecord,
    When,
)
from tadamun.toolkit.languages.text import Text

Node = dict[str, Any]

_TYPE = re.compile(r"[A-Z][A-Za-z]*")
_LINK = re.compile(r"https?://[^\s\"'<>]+")
_COMMONS = re.compile(r"CC[ -](BY(?:-(?:SA|NC|ND|NC-SA|NC-ND))?)[ -](\d\.\d)", re.IGNORECASE)
_NOTHING: tuple[object, ...] = ("", [], {})


def without_nothing(node: Node) -> Node:
    """Leave out what was not stated, at every depth; a list of one becomes that one."""
    kept: Node = {}
    for name, value in node.items():
        kind = type(value)
        stated = value
        if kind is dict:
            stated = without_nothing(value)
        elif kind is list:
            items = [without_nothing(item) if type(item) is dict else item for item in value if item]
            stated = items[0] if len(items) == 1 and name != "subEvent" else items
        if stated is not None and stated not in _NOTHING:
            kept[name] = stated
    return kept


class Terms:
    """Writes the pieces in one language."""

    def __init__(self, feeds: Feeds, code: str) -> None:
        self.code = code
        self._wording = feeds.wordings[code]
        self._addresses = feeds.addresses
        self._first = feeds.site.languages[0]

    def text(self, text: Text) -> str | Node:
        """Choose a wording; one in another language than the file's says so."""
        words, code = self._wording.say(text)
        return words if code == self.code or not words else {"@value": words, "@language": code}

    def page(self, *names: str) -> str:
        """Address a page in the language of the file."""
        return self._addresses.page(self.code, *names)

    def id(self, uid: str, *names: str) -> str:
        """Name a thing alike in all languages: by its own number, else by its page in the site's first language."""
        return _number(uid) or self._addresses.page(self._first, *names)

    def event_type(self, named: str) -> str:
        """Take the kind's type if it has the form of one."""
        return named if _TYPE.fullmatch(named) else "Event"

    def organisation(self, slug: str, body: OrganisationRecord | None) -> Node:
        """Name a body; its own file tells more."""
        name = self.text(body.names) if body else None
        address = self._addresses.page(self._first, "organisations", slug)
        political = body is not None and body.political
        return {
            "@type": "PoliticalParty" if political else "Organization",
            "@id": address,
            "name": name,
            "url": self.page("organisations", slug),
        }

    def other_names(self, names: Sequence[str], shown: Text) -> list[str]:
        """List the names that are not the one that is shown already."""
        main = self._wording.words(shown)
        return [name for name in dict.fromkeys(map(plain, names)) if name and name != main]

    def address(self, body: OrganisationRecord) -> Node:
        """Write the city and country."""
        city, country = self._wording.words(body.city), self._wording.words(body.country)
        if not city and not country:
            return {}
        return {"@type": "PostalAddress", "addressLocality": city, "addressCountry": country}

    def link(self, url: str) -> str | None:
        """Take an address of the outside world if it is one."""
        return url if _LINK.fullmatch(url) else None

    def source(self, source: SourceRecord) -> Node:
        """Describe an article that tells of the same."""
        publisher = self.text(source.publisher)
        return {
            "@type": "Article",
            "headline": self.text(source.title),
            "url": self.link(source.url),
            "datePublished": source.on.isoformat() if source.on else None,
            "inLanguage": plain(source.language),
            "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        }

    def audience(self, group: Text) -> Node | None:
        """Say for whom it is."""
        words = self.text(group)
        return {"@type": "Audience", "audienceType": words} if words else None

    def area(self, reach: Text) -> Node | None:
        """Say over which area it reaches."""
        words = self.text(reach)
        return {"@type": "Place", "name": words} if words else None

    def place(self, place: PlaceRecord) -> Node:
        """Describe a place in the version that this audience may know."""
        located = place.latitude is not None and place.longitude is not None
        position = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
        within = [{"@type": "Place", "name": self.text(text)} for text in place.within]
        return {
            "@type": "Place",
            "name": self.text(place.names),
            "description": self.text(place.landmark),
            "containedInPlace": within,
            "geo": position if located else None,
        }

    def photo(self, photo: PhotoRecord) -> Node:
        """Describe a photo with its caption, credit and licence."""
        width = min(1600, photo.width)
        return {
            "@type": "ImageObject",
            "contentUrl": self._addresses.photo(photo),
            "encodingFormat": "image/jpeg",
            "width": width,
            "height": max(1, round(photo.height * width / photo.width)) if photo.width else None,
            "caption": self.text(photo.caption),
            "description": self.text(photo.alternative),
            "creditText": self.text(photo.credit),
            "license": _licence(plain(photo.licence)),
            "dateCreated": photo.taken_on.isoformat() if photo.taken_on else None,
        }

    def status(self, state: str, postponements: Sequence[PostponementRecord]) -> str:
        """Say whether it takes place as announced."""
        word = "EventScheduled"
        if state == "cancelled":
            word = "EventCancelled"
        elif postponements and postponements[-1].moved_to:
            word = "EventRescheduled"
        elif state == "postponed":
            word = "EventPostponed"
        return f"https://schema.org/{word}"

    def previous(self, postponements: Sequence[PostponementRecord]) -> list[str]:
        """List the dates that were announced and did not hold."""
        return [moved.announced.start.isoformat() for moved in postponements]

    def sitting(self, sitting: SittingRecord, timezone: str) -> Node:
        """Describe one date of several."""
        place = self.place(sitting.place) if sitting.place else None
        return {"@type": "Event", **_times(sitting.when, timezone), "location": place}

    def span(self, activity: ActivityRecord, timezone: str) -> Node:
        """Write from when to when; what was postponed and has no new date keeps the one that was announced."""
        whens = [sitting.when for sitting in activity.sittings]
        if not whens and activity.postponements:
            last = activity.postponements[-1]
            whens = [last.moved_to or last.announced]
        if len(whens) == 1:
            return _times(whens[0], timezone)
        if not whens:
            return {}
        start, end = min(when.start for when in whens), max(when.end for when in whens)
        return {"startDate": start.isoformat(), "endDate": end.isoformat()}


@lru_cache(maxsize=4096)
def _number(uid: str) -> str:
    try:
        return UUID(uid).urn
    except ValueError:
        return ""


def _times(when: When, timezone: str) -> Node:
    if when.precision != "exact":
        span = {"startDate": when.start.isoformat(), "endDate": when.end.isoformat()}
        return span | {"eventSchedule": {"@type": "Schedule", "repeatCount": when.days, **span}}
    node = {"startDate": _moment(when.start, when.start_time, timezone)}
    if when.end_time or when.end != when.start:
        # A talk from ten in the evening to one ends on the day after, though only one day was stated.
        backwards = bool(
            when.start_time and when.end_time and when.end == when.start and when.end_time < when.start_time
        )
        node["endDate"] = _moment(when.end + timedelta(days=backwards), when.end_time, timezone)
    return node


def _moment(on: date, at: time | None, timezone: str) -> str:
    if at is None:
        return on.isoformat()
    return datetime.combine(on, at, ZoneInfo(timezone)).isoformat(timespec="minutes")


def _licence(licence: str) -> str | Node | None:
    if not licence or _LINK.fullmatch(licence):
        return licence or None
    if commons := _COMMONS.fullmatch(licence):
        return f"https://creativecommons.org/licenses/{commons[1].lower()}/{commons[2]}/"
    if licence.upper() in ("CC0", "CC0-1.0", "CC0 1.0"):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return {"@type": "CreativeWork", "name": licence}
