"""Calendars: read back with a parser that is not ours."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Timezone

from tadamun.publish.feeds.ical_lines import folded
from tadamun.publish.feeds.ical_zones import zone_block
from tadamun.record.structs import PlaceRecord, PostponementRecord, SittingRecord, Term, When
from tests.publish.feeds.programmes import CHANGED, activity, everything, hostile_everywhere, only, with_
from tests.publish.site import samples

WEEK = "feeds/en/weeks/kahramana-week.ics"
COMING = "feeds/en/weeks/summer-days.ics"


def read(data: bytes) -> Calendar:
    calendar = Calendar.from_ical(data)
    assert not calendar.errors
    assert not any(event.errors for event in calendar.walk())
    return calendar


def events(data: bytes) -> dict[str, Any]:
    return {str(event["UID"]): event for event in read(data).walk("VEVENT")}


def single(**changes: Any) -> Any:
    """The calendar event of the one activity of a week."""
    made = everything(only(activity(2, **changes)))
    (event,) = events(made["feeds/en/weeks/kahramana-week/marathon.ics"]).values()
    return event


def at(start: date, end: date | None = None, **more: Any) -> tuple[SittingRecord, ...]:
    return (SittingRecord(when=When(start=start, end=end or start, **more)),)


def test_every_calendar_of_the_site_is_well_formed_and_every_line_short() -> None:
    made = {path: data for path, data in everything().items() if path.endswith(".ics")}
    for code in ("en", "ar", "ckb"):
        for scope in ("all", "weeks/summer-days", "weeks/kahramana-week/leaflets", "organisations/sav"):
            assert f"feeds/{code}/{scope}.ics" in made
    for data in made.values():
        read(data)
        assert data.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        for line in data.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()


def test_arabic_is_folded_between_characters() -> None:
    words = "SUMMARY:" + "أسبوع كهرمانة " * 20
    pieces = folded(words).split(b"\r\n ")
    assert len(pieces) > 3
    assert "".join(piece.decode() for piece in pieces) == words
    assert max(map(len, pieces)) <= 75
    naive = words.encode()
    assert any(
        naive[cut] & 0xC0 == 0x80 for cut in range(75, len(naive), 75)
    )  # a folder of octets alone would cut here


def test_the_same_activity_has_the_same_uid_in_every_calendar_and_language() -> None:
    made = everything()
    for code in ("en", "ar", "ckb"):
        for scope in ("all", "weeks/kahramana-week", "weeks/kahramana-week/marathon", "organisations/sav"):
            assert "a3@tadamun" in events(made[f"feeds/{code}/{scope}.ics"])


def test_activities_belong_to_their_week() -> None:
    told = events(everything()[WEEK])
    week = told["w1@tadamun"]
    assert (week["DTSTART"].dt, week["DTEND"].dt) == (date(2018, 3, 21), date(2018, 3, 29))
    assert week["TRANSP"] == "TRANSPARENT"
    parent = told["a1@tadamun"]["RELATED-TO"]
    assert (parent, parent.params["RELTYPE"]) == ("w1@tadamun", "PARENT")


def test_a_known_time_stands_in_the_zone_of_the_week() -> None:
    event = single(sittings=at(date(2018, 3, 23), start_time=time(8, 30), end_time=time(11)))
    assert event["DTSTART"].params["TZID"] == "Asia/Baghdad"
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2018, 3, 23, 5, 30, tzinfo=UTC)
    assert event["DTEND"].dt.astimezone(UTC) == datetime(2018, 3, 23, 8, tzinfo=UTC)
    zones = read(everything()[WEEK]).walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Asia/Baghdad"]


def test_an_end_that_was_not_stated_is_not_made_up() -> None:
    event = single(sittings=at(date(2018, 3, 23), start_time=time(8, 30)))
    assert "DTEND" not in event
    assert "DURATION" not in event


def test_an_evening_over_midnight_ends_on_the_next_day() -> None:
    for end in (date(2018, 3, 23), date(2018, 3, 24)):
        event = single(sittings=at(date(2018, 3, 23), end, start_time=time(22), end_time=time(1)))
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=3)


def test_times_on_two_days_are_told_in_words_and_not_made_one_long_event() -> None:
    sitting = at(date(2018, 3, 23), date(2018, 3, 24), start_time=time(9), end_time=time(16))
    event = single(sittings=sitting)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2018, 3, 23), date(2018, 3, 25))
    assert "09:00" in event["DESCRIPTION"]


def test_a_part_of_the_day_stays_all_day_and_is_told_in_words() -> None:
    event = events(everything()[WEEK])["a4@tadamun"]
    assert event["DTSTART"].dt == date(2018, 3, 24)
    assert event["DTEND"].dt == date(2018, 3, 25)
    assert "afternoon" in event["DESCRIPTION"]


@pytest.mark.parametrize(("code", "said"), [("en", "2 days between 25 and 27 March 2018"), ("ar", "25"), ("ckb", "27")])
def test_days_that_are_not_sure_span_the_stretch_and_say_so(code: str, said: str) -> None:
    event = events(everything()[f"feeds/{code}/weeks/kahramana-week.ics"])["a5@tadamun"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2018, 3, 25), date(2018, 3, 28))
    assert event["TRANSP"] == "TRANSPARENT"
    assert said in event["DESCRIPTION"]


def test_what_is_cancelled_stays_as_cancelled() -> None:
    event = events(everything()[COMING])["b4@tadamun"]
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "Cancelled: Debate on the coming elections"


def test_what_is_postponed_without_new_date_is_tentative_at_the_old_one() -> None:
    event = events(everything()[COMING])["b2@tadamun"]
    assert event["STATUS"] == "TENTATIVE"
    assert event["DTSTART"].dt == date(2018, 6, 1)
    assert "a new date was not set" in event["DESCRIPTION"]


def test_what_moved_stands_at_its_new_date_and_names_the_old_one() -> None:
    event = events(everything()[COMING])["b3@tadamun"]
    assert event["STATUS"] == "CONFIRMED"
    assert event["DTSTART"].dt == date(2018, 6, 5)
    assert "2 June 2018" in event["DESCRIPTION"]
    moved = When(start=date(2018, 7, 1), end=date(2018, 7, 1))
    announced = When(start=date(2018, 6, 1), end=date(2018, 6, 1))
    postponed = PostponementRecord(announced=announced, moved_to=moved)
    event = single(sittings=(), state=samples.POSTPONED, postponements=(postponed,))
    assert (event["STATUS"], event["DTSTART"].dt) == ("CONFIRMED", date(2018, 7, 1))


def test_an_activity_without_any_date_is_in_no_calendar() -> None:
    made = everything(only(activity(2, sittings=())))
    assert list(events(made[WEEK])) == ["w1@tadamun"]


def test_each_sitting_is_an_event_of_its_own() -> None:
    sittings = at(date(2018, 3, 22)) + at(date(2018, 3, 23))
    made = everything(only(activity(2, sittings=sittings)))
    assert set(events(made[WEEK])) == {"w1@tadamun", "a3@tadamun", "a3-2@tadamun"}


def test_changes_are_numbered_and_stamped_from_the_record_alone() -> None:
    event = single(sequence=3, changed_at=CHANGED)
    assert event["SEQUENCE"] == 3
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == CHANGED
    assert single(changed_at=None)["DTSTAMP"].dt == datetime(2018, 3, 23, tzinfo=UTC)
    assert everything() == everything()


def test_words_name_their_language_even_when_they_are_borrowed() -> None:
    event = single(titles={"ar": "ماراثون"})
    assert (event["SUMMARY"], event["SUMMARY"].params["LANGUAGE"]) == ("ماراثون", "ar")


def test_the_calendar_says_what_it_is_and_when_to_ask_again() -> None:
    calendar = read(everything()["feeds/ar/weeks/kahramana-week.ics"])
    assert calendar["NAME"] == "أسبوع كهرمانة للنساء في أنحاء بغداد"
    assert calendar["NAME"].params["LANGUAGE"] == "ar"
    assert calendar["SOURCE"] == "https://week.example.org/feeds/ar/weeks/kahramana-week.ics"
    assert "REFRESH-INTERVAL" in calendar
    homeless = read(everything(site=samples.site(base_url=""))["feeds/ar/weeks/kahramana-week.ics"])
    assert "SOURCE" not in homeless
    assert not any("URL" in event for event in homeless.walk("VEVENT"))


def test_a_place_is_told_as_the_record_tells_it_and_no_further() -> None:
    park = PlaceRecord(
        slug="park",
        names={"en": "Zawra'a Park"},
        kind=Term(code="venue", label={}),
        latitude=33.31,
        longitude=44.38,
        within=({"en": "Baghdad"},),
    )
    when = When(start=date(2018, 3, 23), end=date(2018, 3, 23))
    exact = single(sittings=(SittingRecord(when=when, place=park),))
    assert exact["LOCATION"] == "Zawra'a Park, Baghdad"
    assert exact["GEO"].to_ical() == "33.31;44.38"
    coarse = with_(park, latitude=None, longitude=None, exact_told_from=datetime(2018, 3, 23, 4, tzinfo=UTC))
    vague = single(sittings=(SittingRecord(when=when, place=coarse),))
    assert "GEO" not in vague
    assert "exact place is told on Friday, 23 March 2018 at 07:00" in vague["DESCRIPTION"]
    hidden = single(sittings=(SittingRecord(when=when),))
    assert "LOCATION" not in hidden
    assert "GEO" not in hidden


def test_hostile_words_cannot_break_out_of_their_line() -> None:
    made = everything(hostile_everywhere(samples.kahramana_week()), hostile_everywhere(samples.coming_week()))
    plain = everything()
    for path, data in made.items():
        if path.endswith(".ics"):
            assert set(events(data)) == set(events(plain[path]))
            assert "evil" not in [str(event["UID"]) for event in read(data).walk("VEVENT")]
            assert not any("ATTACH" in event for event in read(data).walk("VEVENT"))
            assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data)
            assert data.count(b"\r\nBEGIN:VEVENT\r\n") == plain[path].count(b"\r\nBEGIN:VEVENT\r\n")
    assert "BEGIN:VEVENT" in str(events(made[WEEK])["a1@tadamun"]["SUMMARY"])


def test_words_put_in_without_care_would_break_out() -> None:
    """The negative control: the same words, unescaped, do make another event."""
    data = everything()[WEEK]
    careless = data.replace(
        b"en:Newroz picnic", b"en:Newroz\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:picnic"
    )
    assert "evil" in [str(event.get("UID")) for event in Calendar.from_ical(careless).walk("VEVENT")]


@pytest.mark.parametrize("name", ["Asia/Baghdad", "Europe/Rome", "America/St_Johns", "Asia/Tehran", "UTC"])
@pytest.mark.parametrize("year", [2007, 2018, 2027])
def test_a_zone_gives_the_same_moments_as_the_system(name: str, year: int) -> None:
    block = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + zone_block(name, year, year) + b"END:VCALENDAR\r\n"
    (zone,) = read(block).walk("VTIMEZONE")
    assert isinstance(zone, Timezone)
    theirs, ours = zone.to_tz(), ZoneInfo(name)
    for number in range(0, 365, 5):
        local = datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)
        assert local.replace(tzinfo=theirs).utcoffset() == local.replace(tzinfo=ours).utcoffset(), local
