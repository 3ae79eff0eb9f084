"""A record costs the same number of queries however much the week holds."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadamun.organise.network.models import Alias, Site
from tadamun.organise.programme.models import Campaign, Contribution, Outcome, Person, Promise, Relation, Series, Week
from tadamun.record.builders.site import build_site
from tadamun.record.builders.week import when_due_again
from tests.record.given import (
    COALITION,
    LANGUAGES,
    NOW,
    PUBLIC,
    a_body,
    a_photo,
    a_place,
    a_sitting,
    a_tie,
    a_week,
    an_activity,
    counted,
    involved,
    published,
    stated,
    text,
    told,
)

pytestmark = pytest.mark.django_db

QUERIES_OF_A_WEEK = 26


def a_week_of(activities: int) -> Week:
    week, other = published(a_week()), published(a_week("other"))
    series = Series.objects.create(slug="series", names=text("Series"))
    for number in range(activities):
        activity = an_activity(week, f"activity-{number}", series=series)
        twin = an_activity(other, f"twin-{number}", series=series)
        city = a_place(f"city-{number}", kind="city")
        place = a_place(f"place-{number}", within=a_place(f"area-{number}", kind="area", within=city))
        a_sitting(activity, place=place, public_place=city)
        a_sitting(twin, place=place)
        week.places.add(city)
        body, forum = a_body(f"body-{number}"), a_body(f"forum-{number}", kind="forum")
        a_tie(body, "part_of", forum)
        a_tie(forum, "part_of", a_body(f"coalition-{number}", kind="coalition"))
        Alias.objects.create(organisation=body, position=1, names=text("Alias"))
        involved(week, body, activity)
        counted(week, activity, 43, counted="visited", split={"sex": {"women": 40, "men": 3}})
        a_photo(week, activity)
        campaign = Campaign.objects.create(slug=f"campaign-{number}", names=text("Campaign"))
        campaign.owners.add(body)
        stated(Contribution, week, activity, campaign=campaign)
        stated(Promise, week, activity, slug=f"promise-{number}", text=text("Again"), kept_by=twin, owner=forum)
        stated(Person, week, activity, role="speaker", organisation=body)
        stated(Outcome, week, activity, kind="result", text=text("Result"))
        Relation.objects.create(activity=activity, type="repeat_of", to=twin)
    return week


@pytest.mark.parametrize("activities", [1, 20])
def test_week_costs_the_same_queries(activities: int) -> None:
    week = a_week_of(activities)
    for audience in (PUBLIC, COALITION):
        with CaptureQueriesContext(connection) as captured:
            record = told(week, audience)
        assert len(captured) - 1 == QUERIES_OF_A_WEEK, "one refreshes the week in the test itself"
    assert len(record.activities) == activities
    assert all(len(one.relations) == 2 * activities for one in record.activities)


@pytest.mark.parametrize("activities", [1, 20])
def test_asking_when_it_is_due_costs_the_same_queries(activities: int, django_assert_num_queries) -> None:
    week = a_week_of(activities)
    with django_assert_num_queries(4):
        when_due_again(week=week, now=NOW)


def test_site_says_who_publishes_it_and_names_nobody_else() -> None:
    path, forum = a_body("path", kind="path"), a_body("forum", kind="forum")
    a_tie(path, "part_of", forum)
    a_tie(path, "run_by", a_body("carrier"))
    a_tie(path, "part_of", a_body("left"), until=date(2018, 1, 1))
    site = Site.objects.create(pk=1, names=text("Solidarity"), mission=text("Together"), publisher=path)
    values = {"languages": LANGUAGES, "base_url": "https://example.org", "onion_url": "", "small_cell": 3}
    record = build_site(site=site, **values)
    assert (record.name, record.mission, record.publisher) == (text("Solidarity"), text("Together"), "path")
    assert [body.slug for body in record.organisations] == ["forum", "path"]
    assert record.small_cell == 5
    assert build_site(site=None, **values).publisher is None
