"""The week to come shows what is told to whom: the funder, the partner who was only asked, the place told later."""

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tadamun.organise.programme.models import Week
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.week import build_week
from tadamun.record.structs import ActivityRecord, WeekRecord
from tadamun.weekfile.importing import import_week

ROOT = Path(__file__).parents[2]
UPCOMING = ROOT / "examples" / "upcoming" / "week.yaml"
BEFORE = datetime(2030, 3, 12, 9, 0, tzinfo=UTC)
EVENING_BEFORE = datetime(2030, 3, 25, 15, 30, tzinfo=UTC)
LANGUAGES = ("en", "ar", "ckb")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _imported(tmp_path: Path) -> None:
    for week in ("kahramana-week", "upcoming"):
        path = ROOT / "examples" / week / "week.yaml"
        imported = import_week(actor=Actor("a test"), path=path, home=tmp_path, now=BEFORE, languages=LANGUAGES)
        assert imported.problems == ()


def told_to(audience: Audience, now: datetime = BEFORE) -> WeekRecord:
    week = Week.objects.get(slug="kahramana-week-upcoming")
    return build_week(week=week, audience=audience, now=now, languages=LANGUAGES, small_cell=10)


def activity(record: WeekRecord, slug: str) -> ActivityRecord:
    return next(one for one in record.activities if one.slug == slug)


def text_of(record: WeekRecord) -> str:
    return msgspec.json.encode(record).decode()


def test_it_says_that_it_is_invented() -> None:
    record = told_to(Audience.PUBLIC)
    assert record.invented
    assert "invented" in record.titles["en"]


@pytest.mark.parametrize(
    ("secret", "knows"),
    [("Lantern Fund", Audience.DONOR), ("Palm House", Audience.COALITION), ("film-evening", Audience.COALITION)],
)
def test_what_is_not_for_everybody_is_told_to_those_whom_it_is_for(secret: str, knows: Audience) -> None:
    assert secret in text_of(told_to(knows))
    assert secret not in text_of(told_to(Audience.PUBLIC))


def test_the_place_of_the_training_is_told_the_evening_before() -> None:
    for now, place in ((BEFORE, "nasiriya"), (EVENING_BEFORE, "reed-house-hall")):
        training = activity(told_to(Audience.PUBLIC, now), "candidate-training-nasiriya")
        assert training.sittings[0].place is not None
        assert training.sittings[0].place.slug == place


def test_where_the_leaflets_are_handed_out_is_never_told_in_public() -> None:
    assert "bus station" in text_of(told_to(Audience.COALITION))
    assert "bus station" not in text_of(told_to(Audience.PUBLIC, EVENING_BEFORE))


def test_only_the_story_whose_teller_agreed_is_told() -> None:
    public = text_of(told_to(Audience.PUBLIC))
    assert "The workshop in my father’s yard" in public
    assert "My first case" not in text_of(told_to(Audience.COALITION))


def test_the_debate_was_moved_by_a_day_and_the_training_repeats_an_earlier_one() -> None:
    record = told_to(Audience.PUBLIC)
    debate = activity(record, "council-debate")
    assert debate.state.code == "postponed"
    assert debate.postponements[0].moved_to is not None
    assert debate.postponements[0].moved_to.start == debate.sittings[0].when.start


def test_two_activities_are_open_for_sign_up() -> None:
    record = told_to(Audience.PUBLIC)
    assert [one.slug for one in record.activities if one.state.code == "open"] == [
        "morning-race",
        "candidate-training-nasiriya",
    ]


def test_no_wording_names_a_date_because_the_demo_moves_them() -> None:
    months = r"March|April|May|آذار|نيسان|أيار|ئازار|نیسان|ئایار|20[0-9][0-9]"
    prose = [line for line in UPCOMING.read_text(encoding="utf-8").splitlines() if re.match(r"\s+(en|ar|ckb): ", line)]
    assert len(prose) > 100
    assert [line for line in prose if re.search(months, line)] == []
