"""News feeds: read back with a parser that is not ours, and as plain XML."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import atoma  # type: ignore[import-untyped]  # it has no types
import msgspec
import pytest
from atoma.exceptions import FeedParseError, FeedXMLError  # type: ignore[import-untyped]  # it has no types

from tadamun.record.structs import PostponementRecord, When
from tests.publish.feeds.programmes import (
    CHANGED,
    HOSTILE,
    activity,
    everything,
    hostile_everywhere,
    only,
    with_,
)
from tests.publish.site import samples

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
WEEK = "feeds/en/weeks/kahramana-week.atom"


def titles(data: bytes) -> list[str]:
    return [entry.title.value for entry in atoma.parse_atom_bytes(data).entries]


def entry(**changes: Any) -> Any:
    """The entry of the one activity of a week."""
    made = everything(only(activity(2, **changes)))
    return next(
        found for found in atoma.parse_atom_bytes(made[WEEK]).entries if "Kahramana week" not in found.title.value
    )


def test_every_feed_of_the_site_is_a_valid_one_in_its_language() -> None:
    made = {path: data for path, data in everything().items() if path.endswith(".atom")}
    for code in ("en", "ar", "ckb"):
        for scope in ("all", "weeks/summer-days", "weeks/kahramana-week", "organisations/sav"):
            feed = atoma.parse_atom_bytes(made[f"feeds/{code}/{scope}.atom"])
            root = ET.fromstring(made[f"feeds/{code}/{scope}.atom"])
            assert root.get(XML_LANGUAGE) == code
            assert feed.id_.startswith("urn:uuid:")
            assert feed.authors[0].name
            own = [link.href for link in feed.links if link.rel == "self"]
            assert own == [f"https://week.example.org/feeds/{code}/{scope}.atom"]


def test_entries_have_ids_of_their_own_that_stay() -> None:
    made = everything()
    for path, data in made.items():
        if path.endswith(".atom"):
            ids = [found.id_ for found in atoma.parse_atom_bytes(data).entries]
            assert len(ids) == len(set(ids))
            assert all(UUID(uid.removeprefix("urn:uuid:")) for uid in ids)
    retitled = everything(samples.kahramana_week(titles={"en": "Another title"}), samples.coming_week())
    before, after = (atoma.parse_atom_bytes(files["feeds/en/all.atom"]) for files in (made, retitled))
    assert [found.id_ for found in before.entries] == [found.id_ for found in after.entries]


def test_an_entry_keeps_the_number_of_its_record() -> None:
    uid = "0d4a3c64-27f0-4b5f-9f3c-0f3f3a1d2b11"
    assert entry(uid=uid, state=samples.PLANNED).id_ == f"urn:uuid:{uid}"


def test_announcement_change_and_report_are_entries_of_their_own() -> None:
    announced = When(start=date(2018, 3, 20), end=date(2018, 3, 20))
    first = PostponementRecord(announced=announced)
    stages = [
        entry(state=samples.PLANNED),
        entry(state=samples.POSTPONED, postponements=(first,)),
        entry(state=samples.POSTPONED, postponements=(first, first)),
        entry(state=samples.CANCELLED),
        entry(state=samples.HELD),
    ]
    assert len({stage.id_ for stage in stages}) == 5
    assert stages[1].title.value == "Postponed: Kahramana Marathon"
    assert "a new date was not set" in stages[1].summary.value
    assert stages[3].title.value == "Cancelled: Kahramana Marathon"


def test_the_feed_of_the_site_tells_weeks_changes_and_reports() -> None:
    made = everything()
    told = titles(made["feeds/en/all.atom"])
    assert "Summer days for the rivers" in told
    assert "Cancelled: Debate on the coming elections" in told
    assert "Kahramana Marathon" in told
    summer_picnic = [found for found in told if found == "Newroz picnic"]
    assert len(summer_picnic) == 1  # the one that was held; the one to come is announced by its week
    assert "Newroz picnic" in titles(made["feeds/en/weeks/summer-days.atom"])


def test_the_latest_change_comes_first_and_dates_the_feed() -> None:
    made = everything(only(activity(2, changed_at=datetime(2018, 5, 1, 9, 30, tzinfo=UTC))))
    feed = atoma.parse_atom_bytes(made[WEEK])
    assert feed.entries[0].title.value == "Kahramana Marathon"
    assert feed.updated == feed.entries[0].updated == datetime(2018, 5, 1, 9, 30, tzinfo=UTC)
    assert feed.entries[1].updated == CHANGED


def test_a_photo_that_the_record_holds_is_enclosed_and_no_other() -> None:
    def enclosed(found: Any) -> list[str]:
        return [link.href for link in found.links if link.rel == "enclosure"]

    photo = samples.PHOTOS[2]
    width = min(1600, photo.width)
    assert enclosed(entry()) == [f"https://week.example.org/media/{photo.sha256}-{width}.jpg"]
    assert enclosed(entry(photos=())) == []


def test_borrowed_words_are_marked_with_their_language() -> None:
    made = everything(only(activity(2, titles={"ar": "ماراثون"})))
    found = ET.fromstring(made[WEEK]).findall(f"{ATOM}entry/{ATOM}title")
    assert {(title.text, title.get(XML_LANGUAGE)) for title in found} >= {("ماراثون", "ar")}


def test_links_stay_inside_a_site_that_does_not_know_its_address() -> None:
    feed = atoma.parse_atom_bytes(everything(site=samples.site(base_url=""))[WEEK])
    assert all(link.href.startswith("/") for link in feed.links)
    assert feed.authors[0].uri is None


@pytest.mark.parametrize(
    "base", ['https://x.example/"><script>', "javascript:alert(1)", "https://x.example/\r\nEVIL:1"]
)
def test_an_address_that_is_none_is_not_used(base: str) -> None:
    made = everything(site=samples.site(base_url=base))
    assert all(link.href.startswith("/") for link in atoma.parse_atom_bytes(made[WEEK]).links)
    assert b"EVIL" not in made["feeds/en/all.ics"]
    assert "sitemap.xml" not in made


def test_hostile_words_stay_words() -> None:
    made = everything(hostile_everywhere(samples.kahramana_week()), site=hostile_everywhere(samples.site()))
    plain = everything(samples.kahramana_week())
    for path, data in made.items():
        if path.endswith(".atom"):
            shape, expected = (
                [element.tag for element in ET.fromstring(files[path]).iter()] for files in (made, plain)
            )
            assert shape == expected
            assert b"<script" not in data
    told = next(found for found in titles(made[WEEK]) if found.startswith("Newroz picnic"))
    assert "<script>alert(1)</script>" in told


def test_words_put_in_without_care_would_break_the_feed() -> None:
    """The negative control."""
    data = everything()[WEEK].replace(b"Newroz picnic", f"Newroz {HOSTILE}".encode())
    with pytest.raises((FeedXMLError, FeedParseError, ET.ParseError)):
        atoma.parse_atom_bytes(data)


def test_a_site_without_weeks_has_a_valid_empty_feed() -> None:
    week = only(with_(activity(2), sittings=()))
    assert atoma.parse_atom_bytes(everything(week)["feeds/en/organisations/isf.atom"]).entries == []
    assert msgspec.json.decode(everything(week)["data/weeks.json"])["weeks"]
