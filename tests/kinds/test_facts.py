"""What each kind tells its readers, and what it keeps to itself."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from tadamun.kinds.registry import KINDS
from tadamun.kinds.training.plan import TrainingPlan
from tadamun.organise.safety.vocabulary import Audience
from tadamun.toolkit.facts import Words
from tests.kinds.makers import plan_of, reader, spoken_of, told

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("code", KINDS)
def test_a_plan_that_states_nothing_says_nothing(code: str) -> None:
    assert told(KINDS[code], reader()) == []


@pytest.mark.parametrize("code", KINDS)
def test_a_plan_that_states_nothing_has_no_mistake(code: str) -> None:
    assert list(KINDS[code].mistakes(plan_of(KINDS[code]))) == []


@pytest.mark.parametrize("code", KINDS)
def test_a_plan_refuses_words_that_it_does_not_know(code: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        plan_of(KINDS[code], colour="saffron")


def test_a_training_says_for_whom_it_is_but_not_how_that_is_proven() -> None:
    facts = told(
        KINDS["training"],
        reader(),
        eligibility={"en": "Women who stand for parliament"},
        conditions=[{"says": {"en": "is a candidate"}, "field": "candidacy", "value": "baghdad", "proof": "vouched"}],
        seats="25",
        seats_rule={"en": "one or two for each city"},
        modules=[{"title": {"en": "Speaking in public", "ar": "الحديث أمام الجمهور"}, "day": "2", "at": "10:30:00"}],
        languages=["ar", "ckb"],
    )
    assert spoken_of(facts) == {
        "eligibility": ["Women who stand for parliament"],
        "conditions": ["is a candidate"],
        "seats": ["25 one or two for each city"],
        "modules": ["Day 2: 10:30 Speaking in public"],
        "languages": ["Arabic", "Kurdish (Sorani)"],
    }
    assert b"vouched" not in msgspec.json.encode(facts)
    assert b"candidacy" not in msgspec.json.encode(facts)


def test_a_training_with_an_open_number_of_seats_still_says_its_rule() -> None:
    facts = told(KINDS["training"], reader(), seats_rule={"en": "one or two for each city"})
    assert spoken_of(facts) == {"seats": ["one or two for each city"]}


def test_a_programme_keeps_the_wording_of_languages_that_have_no_word_for_day() -> None:
    make = replace(reader(), languages=("en", "it"))
    (fact,) = told(
        KINDS["gathering"], make, programme=[{"title": {"it": "Musica"}, "by": {"it": "il coro"}, "day": "1"}]
    )
    assert fact.values == (Words({"it": "Musica (il coro)"}),)


def test_a_gathering_says_what_to_bring_and_how_to_stay_in_touch_without_a_list() -> None:
    facts = told(
        KINDS["gathering"],
        reader(),
        bring=[{"en": "a dish to share"}, {"en": "a blanket"}],
        stay_in_touch={"en": "Take a card"},
        stalls=[{"en": "Books"}],
    )
    assert spoken_of(facts) == {
        "stalls": ["Books"],
        "bring": ["a dish to share", "a blanket"],
        "stay_in_touch": ["Take a card"],
    }


RACE: dict[str, Any] = {
    "distances": [
        {"km": "3", "categories": [{"en": "women"}, {"en": "girls"}]},
        {"km": "21.1", "start_time": "09:30:00"},
    ],
    "age_from": "15",
    "age_to": "29",
    "start_time": "10:00:00",
    "route": {"en": "Twice round the lake"},
    "conditions": ["female_marshals", "no_photo_zone"],
}


def test_a_race_says_its_distances_longest_first_and_what_makes_it_safe() -> None:
    assert spoken_of(told(KINDS["race"], reader(), **RACE)) == {
        "distances": ["21.1 km start at 09:30", "3 km women · girls"],
        "age": ["from 15 to 29 years"],
        "start_time": ["10:00:00"],
        "route": ["Twice round the lake"],
        "conditions": ["women as marshals along the route", "a zone without photos"],
    }


@pytest.mark.parametrize(
    ("band", "words"), [({"age_from": "15"}, "from 15 years"), ({"age_to": "29"}, "up to 29 years")]
)
def test_an_age_band_may_be_open_on_one_side(band: dict[str, str], words: str) -> None:
    assert spoken_of(told(KINDS["race"], reader(), **band)) == {"age": [words]}


GIVES_THE_PLACE_AWAY: dict[str, dict[str, Any]] = {
    "race": {"route": {"en": "round the lake of SECRET park"}},
    "outreach": {"areas": [{"en": "the market of SECRET"}]},
    "gathering": {"access": {"en": "through the gate of SECRET"}},
    "visit": {"meetings": [{"with_whom": {"en": "the council of SECRET"}}]},
}


@pytest.mark.parametrize("code", GIVES_THE_PLACE_AWAY)
def test_what_gives_the_place_away_waits_until_the_place_is_told(code: str) -> None:
    details = GIVES_THE_PLACE_AWAY[code]
    assert b"SECRET" in msgspec.json.encode(told(KINDS[code], reader(place_told=True), **details))
    assert told(KINDS[code], reader(place_told=False), **details) == []


def test_a_maker_that_was_not_told_about_the_place_keeps_it() -> None:
    from tadamun.kinds.contract import FactMaker

    make = FactMaker(languages=("en",), audience=Audience.PUBLIC, today=date(2018, 4, 2))
    assert told(KINDS["race"], make, route={"en": "round the lake"}) == []


def test_outreach_says_what_is_handed_out_in_which_languages_and_how_many_were_printed() -> None:
    facts = told(
        KINDS["outreach"],
        reader(),
        materials=[{"kind": "poster", "title": {"en": "Safe at work"}, "languages": ["ar"], "print_run": "500"}],
        slogans=[{"en": "No to violence"}],
        hashtags=["#RatifyILO190"],
    )
    assert spoken_of(facts) == {
        "material": ["Safe at work", "Arabic", "500 copies"],
        "slogans": ["No to violence"],
        "hashtags": ["#RatifyILO190"],
    }
    assert facts[0].label["en"] == "Poster"


def test_a_debate_whose_speakers_were_not_counted_says_so_in_words_and_never_a_number() -> None:
    several = {"speakers_in_words": {"en": "several members of parties and blocs"}}
    assert spoken_of(told(KINDS["debate"], reader(), **several)) == {
        "speakers_in_words": ["several members of parties and blocs"]
    }
    assert spoken_of(told(KINDS["debate"], reader(), speakers="4", minutes_each="5")) == {
        "speakers": ["4"],
        "minutes_each": ["5 minutes"],
    }


def test_a_statement_prints_the_wording_in_force_and_keeps_earlier_ones_inside() -> None:
    facts = told(
        KINDS["statement"],
        reader(),
        addressed_to=[{"en": "The city council"}],
        versions=[
            {"number": "1", "on": "2018-03-01", "text": {"en": "FIRST DRAFT"}},
            {"number": "2", "on": "2018-03-08", "text": {"en": "We ask for light"}, "change": {"en": "Shorter"}},
        ],
        closes_on="2018-05-01",
    )
    assert spoken_of(facts) == {
        "addressed_to": ["The city council"],
        "closes_on": ["2018-05-01"],
        "text": ["We ask for light"],
        "version": ["2", "2018-03-08", "Shorter"],
    }


def test_a_webinar_says_that_it_is_online_and_in_which_languages_its_report_will_be() -> None:
    facts = told(KINDS["seminar"], reader(), form="webinar", online="true", languages=["en"], report_languages=["ar"])
    assert spoken_of(facts) == {
        "form": ["webinar"],
        "online": ["online"],
        "languages": ["English"],
        "report_languages": ["Arabic"],
    }


def test_a_visit_says_who_is_represented_and_whom_it_meets() -> None:
    facts = told(
        KINDS["visit"],
        reader(),
        represented=[{"en": "the women’s rights path"}],
        meetings=[{"with_whom": {"en": "the unions"}, "about": {"en": "labour law"}, "on": "2018-02-20"}],
    )
    assert spoken_of(facts) == {
        "represented": ["the women’s rights path"],
        "meeting": ["the unions", "labour law", "2018-02-20"],
    }


def test_plans_survive_the_database() -> None:
    plan = plan_of(KINDS["training"], seats="25", conditions=[{"says": {"en": "is a candidate"}}])
    stored = json.loads(msgspec.json.encode(plan))
    assert stored == {"seats": 25, "conditions": [{"says": {"en": "is a candidate"}}]}
    assert msgspec.convert(stored, TrainingPlan) == plan
