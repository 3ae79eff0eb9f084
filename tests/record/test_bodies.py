"""No one is spoken for: who is named in a record, and who only seems to be."""

from datetime import date

import pytest

from tadamun.organise.programme.models import Campaign, Contribution, Involvement, Person, Promise
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import OUTSIDE
from tadamun.record.schema import encode
from tests.record.given import (
    COALITION,
    DONOR,
    PUBLIC,
    a_body,
    a_tie,
    a_week,
    an_activity,
    involved,
    organisations,
    stated,
    text,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sign_off", ["accepted", "not_needed"])
def test_partner_who_agreed_is_named(sign_off: str) -> None:
    week = a_week()
    involved(week, a_body("al-amal"), sign_off=sign_off)
    for audience in Audience:
        assert [one.organisation for one in told(week, audience).involvements] == ["al-amal"]


@pytest.mark.parametrize("sign_off", ["asked", "declined", "withdrawn", "unheard-of"])
def test_partner_who_did_not_agree_leaves_no_trace_outside(sign_off: str) -> None:
    week = a_week()
    involved(week, a_body("al-amal"), sign_off=sign_off[:10])
    for audience in OUTSIDE:
        assert b"al-amal" not in encode(told(week, audience)).lower()
    seen_inside = organisations(told(week, COALITION))
    assert seen_inside == (["al-amal"] if sign_off == "asked" else [])


def test_funder_is_told_to_whom_it_may_be_told() -> None:
    week = a_week()
    involved(week, a_body("embassy"), type="funder", audiences=["donor", "coalition"])
    assert organisations(told(week, DONOR)) == ["embassy"]
    assert organisations(told(week, PUBLIC)) == []
    assert told(week, PUBLIC).involvements == ()


def test_collective_goes_by_the_same_columns() -> None:
    week = a_week()
    for sign_off in ("not_needed", "asked"):
        stated(Involvement, week, type="cooperation", collective=text(f"volunteers {sign_off}"), sign_off=sign_off)
    assert [one.line for one in told(week).involvements] == [text("in cooperation with volunteers not_needed")]


def test_body_that_is_held_back_is_named_by_nothing_else() -> None:
    week = a_week()
    activity = an_activity(week)
    hidden, path, other = a_body("tammuz"), a_body("kahramana-path"), a_body("open-body")
    involved(week, hidden, sign_off="asked")
    involved(week, path)
    a_tie(path, "part_of", hidden)
    campaign = Campaign.objects.create(slug="campaign", names=text("Campaign"))
    campaign.owners.add(hidden, other)
    stated(Contribution, week, activity, campaign=campaign)
    stated(Promise, week, activity, slug="again", text=text("Again"), owner=hidden)
    stated(Person, week, activity, role="speaker", organisation=hidden)
    record = told(week)
    assert organisations(record) == ["kahramana-path", "open-body"]
    assert b"tammuz" not in encode(record).lower()

    Involvement.objects.update(sign_off="accepted")
    record = told(week)
    assert organisations(record) == ["kahramana-path", "open-body", "tammuz"]
    assert encode(record).count(b'"tammuz"') == 6, "its part, owner twice, speaker's, tie, and itself"


def test_body_of_something_hidden_is_not_listed() -> None:
    week = a_week()
    idea = an_activity(week, state="idea")
    involved(week, a_body("of-an-idea"), idea)
    stated(Promise, week, slug="inside", text=text("x"), owner=a_body("of-a-promise"), audiences=["coalition"])
    stated(Person, week, role="guest", organisation=a_body("of-a-guest"), audiences=[])
    assert organisations(told(week)) == []
    assert organisations(told(week, COALITION)) == ["of-a-promise", "of-an-idea"]


def test_tie_names_what_a_body_is_part_of_and_nothing_else() -> None:
    week = a_week()
    path, forum, coalition = a_body("path"), a_body("forum", kind="forum"), a_body("coalition", kind="coalition")
    runs, sister = a_body("runs"), a_body("sister")
    involved(week, path)
    a_tie(path, "part_of", forum)
    a_tie(forum, "part_of", coalition)
    a_tie(forum, "hosted_by", runs)
    a_tie(path, "run_by", runs)
    a_tie(path, "sister_of", sister)
    record = told(week)
    assert organisations(record) == ["coalition", "forum", "path"]
    assert [[tie.organisation for tie in body.ties] for body in record.organisations] == [[], ["coalition"], ["forum"]]

    involved(week, runs, type="runs")
    body = {body.slug: body for body in told(week).organisations}["path"]
    assert [(tie.type.code, tie.organisation) for tie in body.ties] == [("part_of", "forum"), ("run_by", "runs")]


def test_tie_that_ended_before_the_week_is_not_told() -> None:
    week = a_week()
    path, old, new = a_body("path"), a_body("old"), a_body("new")
    involved(week, path)
    a_tie(path, "part_of", old, until=date(2017, 12, 31))
    a_tie(path, "part_of", new, since=date(2018, 1, 1))
    assert organisations(told(week)) == ["new", "path"]


def test_line_is_the_agreed_one_or_that_of_its_type() -> None:
    week = a_week()
    involved(week, a_body("sav", names={"en": "Sports Against Violence", "ar": "رياضة ضد العنف"}))
    involved(week, a_body("tammuz"), type="runs", line={"ar": "بإدارة تموز"})
    involved(week, a_body("only-kmr", names={"kmr": "Komele"}), type="host")
    lines = [one.line for one in told(week).involvements]
    assert lines[0]["en"] == "in cooperation with Sports Against Violence"
    assert lines[1] == {"ar": "بإدارة تموز"}, "an agreed wording is not added to"
    assert lines[2] == {"kmr": "Komele"}


def test_order_is_the_same_every_time() -> None:
    week = a_week()
    for slug in ("c", "a", "b"):
        involved(week, a_body(slug))
    assert organisations(told(week)) == ["a", "b", "c"]
    assert [one.organisation for one in told(week).involvements] == ["c", "a", "b"]
    assert encode(told(week)) == encode(told(week))
