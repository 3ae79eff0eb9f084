"""Where and when: exact places are told to whom they may be told, and no earlier."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tadamun.organise.programme.models import Promise, Week
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import OUTSIDE
from tadamun.record.builders.week import when_due_again
from tadamun.record.schema import encode
from tests.record.given import (
    COALITION,
    NOW,
    PUBLIC,
    a_photo,
    a_place,
    a_sitting,
    a_week,
    an_activity,
    stated,
    text,
    told,
    told_activity,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def a_week_at(**values: object) -> Week:
    """A week with one sitting in Secret Hall, of which the public is told Baghdad."""
    week = a_week()
    safety = values.pop("safety", "open")
    baghdad = a_place("baghdad", kind="city")
    hall = a_place("secret-hall", within=baghdad, latitude=33.3, longitude=44.4)
    a_sitting(an_activity(week, safety=safety), place=hall, public_place=baghdad, note=text("ring twice"), **values)
    return week


def place_told(week: Week, audience: Audience = PUBLIC, **values: object) -> str:
    [sitting] = told_activity(week, audience, **values).sittings
    return sitting.place.slug if sitting.place else ""


def test_place_is_told_always_later_or_never() -> None:
    assert place_told(a_week_at()) == "secret-hall"


@pytest.mark.parametrize(
    ("values", "before", "after"),
    [
        ({"tell_place": "later", "told_from": LATER}, "baghdad", "secret-hall"),
        ({"tell_place": "never"}, "baghdad", "baghdad"),
        ({"tell_place": "never", "told_from": NOW}, "baghdad", "baghdad"),
        ({"tell_place": "always", "safety": "high_risk"}, "baghdad", "baghdad"),
        ({"tell_place": "later", "told_from": LATER, "safety": "high_risk"}, "baghdad", "baghdad"),
        ({"tell_place": "always", "safety": "unheard"}, "baghdad", "baghdad"),
    ],
)
def test_place_outside_goes_by_the_moment_and_the_profile(values: dict[str, object], before: str, after: str) -> None:
    week = a_week_at(**values)
    for audience in OUTSIDE:
        assert place_told(week, audience) == before
        assert place_told(week, audience, now=LATER) == after
        assert b"secret" not in encode(told(week, audience)).lower()
    assert place_told(week, COALITION) == "secret-hall"


def test_note_goes_with_the_exact_place() -> None:
    week = a_week_at(tell_place="later", told_from=LATER)
    assert told_activity(week).sittings[0].note == {}
    assert told_activity(week, now=LATER).sittings[0].note == text("ring twice")


def test_reader_learns_when_the_place_is_told_unless_it_never_is() -> None:
    [sitting] = told_activity(a_week_at(tell_place="later", told_from=LATER)).sittings
    assert sitting.place is not None
    assert sitting.place.exact_told_from == LATER


def test_kept_back_place_does_not_come_out_elsewhere() -> None:
    week = a_week_at(tell_place="never")
    activity = week.activities.get()
    hall = activity.sittings.get().place
    assert hall is not None
    week.places.add(hall)
    stated(Promise, week, activity, slug="again", text=text("Again"), place=hall)
    a_sitting(activity, tell_place="never", public_place=a_place("stairs", within=hall))
    assert b"hall" not in encode(told(week)).lower()
    assert encode(told(week, COALITION)).lower().count(b'"secret hall"') == 5

    a_sitting(an_activity(week, "open"), place=hall)
    assert [place.slug for place in told(week).places] == ["secret-hall"], "another sitting tells it"


def test_city_is_not_lost_because_one_sitting_keeps_it_back() -> None:
    week = a_week()
    baghdad = a_place("baghdad", kind="city")
    week.places.add(baghdad)
    a_sitting(an_activity(week, "one"), place=baghdad, tell_place="never")
    a_sitting(an_activity(week, "two"), place=a_place("park", within=baghdad))
    record = told(week)
    assert [place.slug for place in record.places] == ["baghdad"]
    assert [activity.sittings[0].place is None for activity in record.activities] == [True, False]


def test_route_is_told_only_with_every_place() -> None:
    week = a_week_at(tell_place="later", told_from=LATER)
    week.activities.update(kind="race", details={"route": text("past the statue")})
    assert b"statue" not in encode(told(week))
    assert b"statue" in encode(told(week, now=LATER))
    assert b"statue" in encode(told(week, COALITION))
    week.activities.update(safety="high_risk")
    assert b"statue" not in encode(told(week, now=LATER))


def test_record_is_due_when_a_place_may_be_told() -> None:
    week = a_week_at(tell_place="later", told_from=LATER)
    assert when_due_again(week=week, now=NOW) == LATER
    assert told(week) != told(week, now=LATER)
    assert when_due_again(week=week, now=LATER) is None
    assert when_due_again(week=week, now=NOW, audience=COALITION) is None


def test_record_is_due_when_a_consent_ends_where_the_week_is() -> None:
    week = a_week()
    a_photo(week, consent_until=date(2018, 3, 25))
    midnight = datetime(2018, 3, 25, 21, tzinfo=UTC)
    moment = NOW
    moments = []
    while due := when_due_again(week=week, now=moment):
        moments.append(due)
        moment = due
    assert moments[-1] == midnight
    assert len(told(week, now=midnight - timedelta(seconds=1)).photos) == 1
    assert told(week, now=midnight).photos == ()


def test_record_is_due_after_a_day_that_a_plan_states() -> None:
    week = a_week()
    an_activity(week, details={"modules": [{"until": "2018-03-30"}, {"until": "9999-12-31"}, {"until": "2018-13-01"}]})
    midnights = [datetime(2018, 3, 29, 21, tzinfo=UTC), datetime(2018, 3, 30, 21, tzinfo=UTC)]
    assert when_due_again(week=week, now=NOW) == midnights[0]
    assert when_due_again(week=week, now=midnights[0]) == midnights[1]
    assert when_due_again(week=week, now=midnights[1]) is None


def test_place_of_an_idea_is_kept_back_but_not_its_city() -> None:
    week = a_week()
    baghdad = a_place("baghdad", kind="city")
    hall = a_place("hall", within=baghdad)
    for place in (baghdad, hall):
        a_sitting(an_activity(week, f"in-{place.slug}", state="idea"), place=place)
        week.places.add(place)
    assert [place.slug for place in told(week).places] == ["baghdad"]
    assert [place.slug for place in told(week, COALITION).places] == ["baghdad", "hall"]
