"""Linked data: in the words of schema.org, no more than the page says, whole addresses only where they are known."""

import json
from datetime import date, datetime, time
from typing import Any

import pytest

from tadamun.record.structs import (
    InvolvementRecord,
    PersonRecord,
    PostponementRecord,
    SittingRecord,
    Term,
    When,
)
from tests.publish.feeds.programmes import HOSTILE, activity, everything, hostile_everywhere, only, with_
from tests.publish.site import samples

SCHEMA = "https://schema.org/"
DAY = date(2018, 3, 23)


def node(path: str = "en/weeks/kahramana-week/marathon", **changes: Any) -> dict[str, Any]:
    """The linked data of the one activity of a week."""
    loaded: dict[str, Any] = json.loads(everything(only(activity(2, **changes)))[f"{path}/index.jsonld"])
    return loaded


def strings(value: Any) -> list[str]:
    """Every text in a JSON value."""
    if isinstance(value, dict):
        return [found for part in value.values() for found in strings(part)]
    if isinstance(value, list):
        return [found for part in value for found in strings(part)]
    return [value] if isinstance(value, str) else []


def part(code: str, organisation: str | None = "tammuz") -> InvolvementRecord:
    return InvolvementRecord(type=Term(code=code, label={}), line={"en": code}, organisation=organisation)


def test_every_page_about_something_has_its_linked_data_beside_it() -> None:
    made = everything()
    for code in ("en", "ar", "ckb"):
        for place in ("weeks/kahramana-week", "weeks/summer-days/picnic", "organisations/isf"):
            assert json.loads(made[f"{code}/{place}/index.jsonld"])["@context"] == [
                "https://schema.org",
                {"@language": code},
            ]


def test_a_week_is_a_series_with_its_activities_and_each_names_its_series() -> None:
    made = everything()
    week = json.loads(made["en/weeks/kahramana-week/index.jsonld"])
    assert week["@type"] == "EventSeries"
    assert (week["startDate"], week["endDate"]) == ("2018-03-21", "2018-03-28")
    assert len(week["subEvent"]) == 6
    for brief in week["subEvent"]:
        slug = brief["url"].rstrip("/").rsplit("/", 1)[1]
        whole = json.loads(made[f"en/weeks/kahramana-week/{slug}/index.jsonld"])
        assert whole["@id"] == brief["@id"]
        assert whole["@type"] == brief["@type"]
        assert whole["superEvent"]["@id"] == week["@id"]


@pytest.mark.parametrize(("named", "shown"), [("EducationEvent", "EducationEvent"), ("<b>", "Event"), ("", "Event")])
def test_the_kind_gives_the_type(named: str, shown: str) -> None:
    assert node(kind=with_(activity(2).kind, schema_type=named))["@type"] == shown


def test_a_known_time_carries_its_offset_and_an_unknown_one_is_left_out() -> None:
    def spans(when: When) -> tuple[str, str | None]:
        told = node(sittings=(SittingRecord(when=when),))
        return told["startDate"], told.get("endDate")

    assert spans(When(start=DAY, end=DAY)) == ("2018-03-23", None)
    timed = When(start=DAY, end=DAY, start_time=time(8, 30), end_time=time(11))
    assert spans(timed) == ("2018-03-23T08:30+03:00", "2018-03-23T11:00+03:00")
    late = When(start=DAY, end=DAY, start_time=time(22), end_time=time(1))
    assert spans(late) == ("2018-03-23T22:00+03:00", "2018-03-24T01:00+03:00")
    assert datetime.fromisoformat(spans(timed)[0]).utcoffset() is not None


def test_days_that_are_not_sure_are_a_schedule_within_a_span() -> None:
    told = json.loads(everything()["en/weeks/kahramana-week/leaflets/index.jsonld"])
    assert (told["startDate"], told["endDate"]) == ("2018-03-25", "2018-03-27")
    assert told["eventSchedule"]["repeatCount"] == 2


def test_several_sittings_are_events_within_the_event() -> None:
    sittings = tuple(SittingRecord(when=When(start=day, end=day)) for day in (DAY, date(2018, 3, 25)))
    told = node(sittings=sittings)
    assert (told["startDate"], told["endDate"]) == ("2018-03-23", "2018-03-25")
    assert [each["startDate"] for each in told["subEvent"]] == ["2018-03-23", "2018-03-25"]


@pytest.mark.parametrize(
    ("state", "moved", "status"),
    [
        (samples.HELD, None, "EventScheduled"),
        (samples.CANCELLED, None, "EventCancelled"),
        (samples.POSTPONED, False, "EventPostponed"),
        (samples.PLANNED, True, "EventRescheduled"),
    ],
)
def test_changes_are_told_with_the_date_that_was_announced(state: Term, moved: bool | None, status: str) -> None:
    announced = When(start=date(2018, 3, 20), end=date(2018, 3, 20))
    postponed = PostponementRecord(announced=announced, moved_to=When(start=DAY, end=DAY) if moved else None)
    changes: dict[str, Any] = {} if moved is None else {"postponements": (postponed,), "sittings": ()}
    told = node(state=state, **changes)
    assert told["eventStatus"] == SCHEMA + status
    assert told.get("previousStartDate") == (None if moved is None else "2018-03-20")
    assert told["startDate"][:10] == ("2018-03-20" if moved is False else "2018-03-23")


def test_each_takes_part_as_it_agreed_and_who_was_only_invited_is_not_named() -> None:
    parts = tuple(map(part, ("organiser", "co-organiser", "funder", "supporter", "cooperation", "invited")))
    told = node(involvements=(*parts, part("organiser", None)))
    named: dict[str, Any] = {
        role: told.get(role) for role in ("organizer", "funder", "sponsor", "contributor", "attendee", "performer")
    }
    assert len(named["organizer"]) == 2
    assert named["funder"]["name"] == named["sponsor"]["name"] == named["contributor"]["name"] == "Tammuz Organization"
    assert named["attendee"] is named["performer"] is None


def test_people_are_not_in_linked_data() -> None:
    trainer = PersonRecord(role=Term(code="trainer", label={"en": "Trainer"}), name={"en": "Zaynab Example"})
    made = everything(only(activity(2, people=(trainer,))))
    for path, data in made.items():
        assert (b"Zaynab" in data) == (path == "data/weeks/kahramana-week.json"), path


def test_a_photo_has_caption_credit_and_licence() -> None:
    photo = node()["image"]
    assert photo["caption"] == "Marathon for young women"
    assert photo["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert photo["contentUrl"].startswith("https://week.example.org/media/")
    own = with_(samples.PHOTOS[2], licence="By agreement with the photographer")
    assert node(photos=(own,))["image"]["license"] == {"@type": "CreativeWork", "name": own.licence}


def test_free_entry_is_claimed_only_where_all_may_come() -> None:
    assert node(open_to_all=True)["isAccessibleForFree"] is True
    assert "isAccessibleForFree" not in node(open_to_all=False)


def test_no_place_and_no_point_are_told_that_the_record_does_not_tell() -> None:
    told = node(sittings=(SittingRecord(when=When(start=DAY, end=DAY)),))
    assert not {"location", "eventAttendanceMode"} & set(told)
    told_of = activity(2).sittings[0].place
    assert told_of
    place = with_(told_of, latitude=None, longitude=None)
    told = node(sittings=(SittingRecord(when=When(start=DAY, end=DAY), place=place),))
    assert "geo" not in told["location"]
    place = with_(place, latitude=33.3, longitude=44.4)
    told = node(sittings=(SittingRecord(when=When(start=DAY, end=DAY), place=place),))
    assert told["location"]["geo"]["latitude"] == 33.3


def test_addresses_are_whole_only_when_the_site_knows_where_it_lives() -> None:
    made = everything(site=samples.site(base_url=""))
    for path, data in made.items():
        if path.endswith(".jsonld"):
            told = json.loads(data)
            assert told["url"].startswith("/")
            assert not any("week.example.org" in words for words in strings(told))


def test_borrowed_words_carry_their_language() -> None:
    assert node(titles={"ar": "ماراثون"})["name"] == {"@value": "ماراثون", "@language": "ar"}


def test_an_organisation_has_all_its_names_and_what_it_is_part_of() -> None:
    told = json.loads(everything()["en/organisations/kahramana/index.jsonld"])
    assert {"كهرمانة", "Women's rights path"} <= set(told["alternateName"])
    assert told["parentOrganization"]["name"] == "Iraqi Social Forum"


def test_hostile_words_change_no_structure() -> None:
    made = everything(hostile_everywhere(samples.kahramana_week()))
    plain = everything(samples.kahramana_week())

    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: shape(part) for name, part in value.items() if name not in ("@id", "@context")}
        if isinstance(value, list):
            return [shape(part) for part in value]
        return type(value).__name__

    for path, data in made.items():
        if path.endswith(".jsonld"):
            assert shape(json.loads(data)) == shape(json.loads(plain[path])), path
            assert "\x00" not in json.dumps(json.loads(data))
    assert HOSTILE.split("\r")[0] in json.loads(made["en/weeks/kahramana-week/index.jsonld"])["name"]
