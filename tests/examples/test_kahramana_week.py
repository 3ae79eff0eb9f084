"""The example states what its source states, in three languages, and leaves unsaid what that leaves unsaid."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tadamun.organise.programme.models import Week
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.week import build_week
from tadamun.record.structs import ActivityRecord, WeekRecord
from tadamun.weekfile.importing import import_week

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "kahramana-week" / "week.yaml"
NOW = datetime(2018, 4, 2, 9, 0, tzinfo=UTC)
LANGUAGES = ("en", "ar", "ckb")
SLUGS = (
    "newroz-picnic",
    "candidate-training",
    "kahramana-marathon",
    "tea-and-talks",
    "leaflets-against-violence",
    "election-debate",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(tmp_path: Path) -> WeekRecord:
    """What the public may know of the example week."""
    imported = import_week(actor=Actor("a test"), path=EXAMPLE, home=tmp_path, now=NOW, languages=LANGUAGES)
    assert imported.problems == ()
    week = Week.objects.get(slug="kahramana-week-2018")
    return build_week(week=week, audience=Audience.PUBLIC, now=NOW, languages=LANGUAGES, small_cell=10)


def activity(record: WeekRecord, slug: str) -> ActivityRecord:
    return next(one for one in record.activities if one.slug == slug)


def test_the_week_has_eight_days_and_six_activities(record: WeekRecord) -> None:
    assert (record.start, record.end) == (date(2018, 3, 21), date(2018, 3, 28))
    assert tuple(one.slug for one in record.activities) == SLUGS
    assert [one.role.code if one.role else None for one in record.activities] == [
        "opening",
        None,
        None,
        None,
        None,
        "closing",
    ]


def test_days_are_as_exact_as_they_were_stated_and_no_hour_is_made_up(record: WeekRecord) -> None:
    whens = [one.sittings[0].when for one in record.activities]
    assert [(when.start.day, when.end.day) for when in whens] == [
        (21, 21),
        (22, 22),
        (23, 23),
        (24, 24),
        (25, 27),
        (28, 28),
    ]
    assert [when.precision for when in whens] == ["exact"] * 4 + ["between", "exact"]
    assert [when.days for when in whens] == [None] * 4 + [2, None]
    assert [when.part_of_day.code if when.part_of_day else None for when in whens][3] == "afternoon"
    assert all(when.start_time is None and when.end_time is None for when in whens)


def test_places_are_told_where_they_were_stated_and_nowhere_else(record: WeekRecord) -> None:
    places = [one.sittings[0].place for one in record.activities]
    assert [place.slug if place else None for place in places] == [
        "abu-nawas-gardens",
        None,
        "zawraa-park",
        None,
        "baghdad",
        None,
    ]
    assert all(place.latitude is None for place in places if place)


def test_each_part_that_a_body_took_has_its_own_type_and_wording(record: WeekRecord) -> None:
    def parts(involvements: Any) -> list[tuple[str, str | None, str]]:
        return [(one.type.code, one.organisation, one.line["en"]) for one in involvements]

    assert parts(record.involvements) == [
        ("organiser", "kahramana", "organised by Kahramana, the women’s rights path of the Iraqi Social Forum"),
        ("runs", "tammuz", "the path is run by Tammuz"),
    ]
    assert {one.slug: parts(one.involvements) for one in record.activities if one.involvements} == {
        "kahramana-marathon": [
            ("cooperation", "sports-against-violence", "in cooperation with Sports Against Violence")
        ],
        "leaflets-against-violence": [
            ("cooperation", "social-justice-group", "in cooperation with the Social Justice working group"),
            ("cooperation", None, "with women volunteers"),
        ],
        "election-debate": [
            ("cooperation", "al-amal", "with the cooperation of Al-Amal Association"),
            ("invited", None, "with the participation of several members of parties and blocs"),
        ],
    }


def test_twenty_five_women_attended_and_nothing_else_was_counted(record: WeekRecord) -> None:
    figures = [figure for one in record.activities for figure in one.figures] + list(record.figures)
    assert [
        (figure.quantity, figure.precision, figure.what.code, figure.group["en"], figure.source and figure.source.url)
        for figure in figures
    ] == [(25, "exact", "attended", "women", "https://www.iraqicivilsociety.org/archives/8602")]


def test_the_workshop_in_nasiriya_is_promised_for_later_and_open(record: WeekRecord) -> None:
    (promise,) = activity(record, "candidate-training").promises
    assert (promise.slug, promise.state.code, promise.kept_by) == ("nasiriya-training", "promised", None)
    assert promise.place["en"] == "Mashufna Center"
    assert promise.expected["en"] == "later"


def test_the_leaflets_belong_to_a_campaign_that_was_over_and_say_so(record: WeekRecord) -> None:
    (campaign,) = activity(record, "leaflets-against-violence").contributions
    assert (campaign.start, campaign.end, campaign.days) == (date(2018, 2, 14), date(2018, 3, 8), 23)
    assert campaign.outside_by_days == 17
    assert campaign.owners == ("ituc",)


def test_the_gallery_keeps_the_order_of_the_account_and_the_picnic_has_no_photo(record: WeekRecord) -> None:
    assert [photo.activity for photo in record.photos] == [
        "candidate-training",
        "tea-and-talks",
        "kahramana-marathon",
        "leaflets-against-violence",
        "election-debate",
    ]
    assert {(photo.width, photo.height) for photo in record.photos} == {(1600, 1067)}


def test_kahramana_belongs_to_the_forum_and_is_run_by_tammuz(record: WeekRecord) -> None:
    kahramana = next(one for one in record.organisations if one.slug == "kahramana")
    assert {(tie.type.code, tie.organisation) for tie in kahramana.ties} == {
        ("part_of", "iraqi-social-forum"),
        ("run_by", "tammuz"),
    }
    assert {"women’s rights path", "women’s working group"} <= {alias["en"] for alias in kahramana.aliases}


def test_no_person_is_named_or_hinted_at(record: WeekRecord) -> None:
    assert [person for one in record.activities for person in one.people] == []


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a record, as plain data: a mapping whose keys are all languages."""
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{index}]")


def test_everything_that_was_written_for_the_week_is_there_in_three_languages(record: WeekRecord) -> None:
    written = [(path, text) for path, text in _texts(msgspec.json.decode(msgspec.json.encode(record)))]
    labels = {"label", "name"}  # of the code: those are translated in the catalogues
    lacking = [
        (path, sorted(set(LANGUAGES) - set(text)))
        for path, text in written
        if path.rsplit(".", 1)[-1] not in labels and "aliases" not in path and set(text) != set(LANGUAGES)
    ]
    assert len(written) > 100
    assert [entry for entry in lacking if ".group" not in entry[0]] == []
