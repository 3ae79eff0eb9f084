"""What cannot be meant is said, with its place in the plan and the way out."""

from typing import Any

import pytest

from tadamun.kinds.registry import KINDS
from tests.kinds.makers import mistakes_in, plan_of

pytestmark = pytest.mark.pure

WRONG: list[tuple[str, dict[str, Any], list[str]]] = [
    ("training", {"seats": "0"}, ["seats"]),
    ("training", {"hours": "0"}, ["hours"]),
    ("training", {"modules": [{"title": {"en": "a"}}, {"title": {"en": "b"}, "day": "0"}]}, ["modules[1].day"]),
    ("training", {"modules": [{"title": {"en": "a"}, "minutes": "0"}]}, ["modules[0].minutes"]),
    ("training", {"conditions": [{"says": {}}]}, ["conditions[0].says"]),
    ("training", {"conditions": [{"says": {"en": "a"}, "field": "candidacy"}]}, ["conditions[0]"]),
    ("training", {"languages": ["ar", "klingon"]}, ["languages[1]"]),
    ("gathering", {"programme": [{"title": {"en": "a"}, "day": "-1"}]}, ["programme[0].day"]),
    ("race", {"distances": [{"km": "0"}]}, ["distances[0].km"]),
    ("race", {"distances": [{"km": "5"}, {"km": "5000"}]}, ["distances[1].km"]),
    ("race", {"distances": [{"km": "5"}, {"km": "5.0"}]}, ["distances[1].km"]),
    ("race", {"age_from": "29", "age_to": "15"}, ["age_to"]),
    ("race", {"age_from": "0"}, ["age_from"]),
    ("race", {"conditions": ["water", "water"]}, ["conditions"]),
    ("outreach", {"materials": [{"print_run": "0"}]}, ["materials[0].print_run"]),
    ("outreach", {"materials": [{"languages": ["xx-nowhere"]}]}, ["materials[0].languages[0]"]),
    ("outreach", {"hashtags": ["#fine", "not one"]}, ["hashtags[1]"]),
    ("debate", {"speakers": "0"}, ["speakers"]),
    ("debate", {"speakers": "3", "speakers_in_words": {"en": "several"}}, ["speakers_in_words"]),
    ("debate", {"minutes_each": "0"}, ["minutes_each"]),
    ("statement", {"versions": [{"number": "0", "text": {"en": "a"}}]}, ["versions[0].number"]),
    ("statement", {"versions": [{"number": "1", "text": {}}]}, ["versions[0].text"]),
    (
        "statement",
        {"versions": [{"number": "2", "text": {"en": "a"}}, {"number": "2", "text": {"en": "b"}}]},
        ["versions[1].number"],
    ),
    (
        "statement",
        {
            "versions": [
                {"number": "1", "text": {"en": "a"}, "on": "2018-03-08"},
                {"number": "2", "text": {"en": "b"}, "on": "2018-03-01"},
            ]
        },
        ["versions[1].on"],
    ),
    ("seminar", {"interpreting": ["??"]}, ["interpreting[0]"]),
    ("visit", {"meetings": [{"with_whom": {}}]}, ["meetings[0].with_whom"]),
]


@pytest.mark.parametrize(("code", "details", "where"), WRONG)
def test_a_number_that_cannot_be_meant_is_found_where_it_stands(
    code: str, details: dict[str, Any], where: list[str]
) -> None:
    assert mistakes_in(KINDS[code], **details) == where


@pytest.mark.parametrize(("code", "details", "where"), WRONG)
def test_every_mistake_says_what_is_wrong_in_a_sentence(code: str, details: dict[str, Any], where: list[str]) -> None:
    for mistake in KINDS[code].mistakes(plan_of(KINDS[code], **details)):
        assert len(mistake.what.split()) >= 4
        assert where == [mistake.where]
