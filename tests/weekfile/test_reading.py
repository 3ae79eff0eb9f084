"""A week file is plain YAML from anybody: what is not is refused before it can do harm, with its place."""

import tracemalloc
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
import yaml

from tadamun.organise.programme.vocabulary import WeekForm
from tadamun.weekfile.nodes import DEEPEST, LARGEST, MOST_NODES
from tadamun.weekfile.problems import WeekFileRefused
from tadamun.weekfile.reading import read_bytes, read_week
from tests.weekfile.worlds import WEEK, read, told

pytestmark = pytest.mark.pure


def refusal(data: bytes) -> str:
    with pytest.raises(WeekFileRefused) as caught:
        read_week(data)
    assert len(caught.value.problems) == 1
    problem = caught.value.problems[0]
    assert problem.right
    return f"{problem.line}:{problem.column}: {problem.wrong}"


def test_file_is_read_with_its_values_as_they_are_meant() -> None:
    document = read(WEEK)
    assert document.week.form is WeekForm.WEEK
    assert document.week.start == date(2018, 3, 21)
    assert document.week.titles == {"en": "Spring week"}
    assert document.organisations[0].names == {"ar": "كهرمانة", "en": "Kahramana"}
    assert document.activities[0].sittings[0].start_time == time(10, 0)
    assert document.activities[0].details == {"eligibility": {"en": "Women who stand for election"}}


def test_plain_text_is_in_the_language_of_the_file() -> None:
    assert read(f"language: ar\n{WEEK}").week.titles == {"ar": "Spring week"}


@pytest.mark.parametrize("words", ["yes", "no", "2018-03-21", "12", "1.50", "0x10", "1_000", "on", "1:30", ".5"])
def test_text_stays_as_it_is_written(words: str) -> None:
    assert read(WEEK.replace("titles: Spring week", f"titles: {words}")).week.titles == {"en": words}


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_empty_value_is_not_stated(empty: str) -> None:
    document = read(
        WEEK.replace("  start: 2018-03-21", f"  summary: {empty}\n  timezone: {empty}\n  start: 2018-03-21")
    )
    assert (document.week.summary, document.week.timezone) == ({}, "")


def test_quoted_null_is_a_text() -> None:
    assert read(WEEK.replace("titles: Spring week", 'titles: "null"')).week.titles == {"en": "null"}


@pytest.mark.parametrize(("words", "truth"), [("true", True), ("yes", True), ("No", False), ("false", False)])
def test_truth_may_be_said_as_people_say_it(words: str, truth: bool) -> None:
    assert read(WEEK.replace("  form: week", f"  form: week\n  invented: {words}")).week.invented is truth


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2018-03-21T16:30", datetime(2018, 3, 21, 16, 30)),  # noqa: DTZ001 - the week's time zone comes later
        ("2018-03-21 16:30", datetime(2018, 3, 21, 16, 30)),  # noqa: DTZ001 - the same
        ("2018-03-21T16:30:00Z", datetime(2018, 3, 21, 16, 30, tzinfo=UTC)),
        ("2018-03-21T16:30+03:00", datetime(2018, 3, 21, 16, 30, tzinfo=timezone(timedelta(hours=3)))),
    ],
)
def test_moment_may_have_a_time_zone_of_its_own(words: str, moment: datetime) -> None:
    assert read(WEEK.replace("  form: week", f"  form: week\n  changed_at: {words}")).week.changed_at == moment


def test_billion_laughs_is_refused_at_the_first_anchor() -> None:
    laughs = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10))
    data = f'l0: &l0 "lol"\n{laughs}\n'.encode()
    # With the guard off it would grow: the same text with three levels already yields a thousand values.
    grown = yaml.safe_load("\n".join(data.decode().split("\n")[:4]))
    assert str(grown).count("lol") > 1000
    tracemalloc.start()
    assert refusal(data) == "1:5: Anchors and aliases (“&l0”, “*l0”) are not read."
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"a: *b\n", "1:4: Anchors and aliases"),
        (b"a: !!python/object/apply:os.system [ls]\n", "1:4: Tags"),
        (b"a: ! b\n", "1:4: Tags"),
        (b"week: {a: b}\nnext:\n  <<: {c: d}\n", "3:3: Merge keys"),
        (b"week: 1\nplaces: 2\nweek: 3\n", "3:1: “week” stands twice in the same mapping, first in line 1."),
        (b"a: b\n---\nc: d\n", "2:1: The file holds more than one document."),
        (b"a: b\n...\n---\nc: d\n", "3:1: The file holds more than one document."),
        (b"? [a, b]\n: c\n", "1:3: A list or mapping cannot be a name."),
        (b"- a\n- b\n", "1:1: The file is not a mapping"),
        (b"just words\n", "1:1: The file is not a mapping"),
        (b"", "0:0: The file is empty."),
        (b"# only a remark\n", "0:0: The file is empty."),
        (b"a: [b\nc: d\n", "2:2: This is not YAML"),
        (b"a:\n\t- b\n", "2:1: This is not YAML"),
        (b"a: b: c\n", "1:5: This is not YAML"),
        (b'a: "\\0"\n', "1:4: A character that is no text (U+0000) stands here."),
        (b'a: "b\\u0007"\n', "1:4: A character that is no text (U+0007) stands here."),
        (b"a: b\nc: \x01\n", "2:4: A character that is no text (U+0001) stands here."),
        (b"a: b\nc: \xff\xfe\n", "2:4: This is not text in UTF-8."),
        ("a: ب".encode("utf-16"), "1:1: This is not text in UTF-8."),
        (b"[" * (DEEPEST + 2), "1:32: Values are nested more than 30 deep here."),
        (b"a: " + b"{b: " * 100_000, "1:121: Values are nested more than 30 deep here."),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_place(data: bytes, told: str) -> None:
    assert refusal(data).startswith(told)


def test_too_many_values_are_refused() -> None:
    data = b"a: [" + b"b," * MOST_NODES + b"]"
    assert len(data) < LARGEST
    assert "more than 200000 values" in refusal(data)


def test_byte_order_mark_is_no_harm() -> None:
    assert read_week(b"\xef\xbb\xbf" + WEEK.encode()).document is not None


def test_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "week.yaml"
    with path.open("wb") as opened:
        opened.truncate(100_000_000)
    tracemalloc.start()
    with pytest.raises(WeekFileRefused, match=r"week.yaml: The file is larger than 5 MB\."):
        read_bytes(path)
    assert tracemalloc.get_traced_memory()[1] < 2 * LARGEST + 1_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("none.yaml", "There is no such file."), ("folder", "This is a folder."), ("nul\0l", "The file cannot be read")],
)
def test_what_cannot_be_opened_is_said_clearly(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(WeekFileRefused, match=sentence):
        read_bytes(tmp_path / name)


def test_device_is_no_week_file() -> None:
    with pytest.raises(WeekFileRefused, match="This is not a file"):
        read_bytes(Path("/dev/zero"))


def test_all_problems_of_structure_are_told_together_with_their_places() -> None:
    file = """\
    format: tadamun-week/2
    language: xx
    week:
      slug: spring-week
      form: weak
      titles: {english: Spring week}
      start: 21 March
      colour: red
    activities:
      - slug: race
        kind: racing
        titles: Race
        part_in_wek: opening
        sittings:
          - start: 2018-03-22
            start_time: ten
            tell_place: latr
      -
      - just words
    places: none
    """
    assert told(file) == [
        "1:9: format: “tadamun-week/2” is not a format that can be read here.",
        "2:11: language: “xx” is not a language.",
        "4:3: week.end: “end” is missing.",
        "5:9: week.form: “weak” is not one of the words for this.",
        "6:12: week.titles.english: “english” is not a language.",
        "7:10: week.start: “21 March” cannot be used here.",
        "8:3: week.colour: There is no “colour” here.",
        "11:5: activities[0].kind: There is no kind of activity “racing”.",
        "13:5: activities[0].part_in_wek: There is no “part_in_wek” here.",
        "16:21: activities[0].sittings[0].start_time: “ten” cannot be used here.",
        "17:21: activities[0].sittings[0].tell_place: “latr” is not one of the words for this.",
        "18:4: activities[1]: This entry is empty.",
        "19:5: activities[2]: Names with values are expected here.",
        "20:9: places: A list is expected here.",
    ]


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ("form: wek", "Did you mean “week”? Possible here: week, campaign, forum, festival, season, day."),
        ("form: xyz", "Possible here: week, campaign, forum, festival, season, day."),
        ("form: week\n  titel: A", "Did you mean “titles”?"),
        ("form: week\n  end: 2018-13-01", "Right would be a day such as 2018-03-21."),
    ],
)
def test_remedy_names_what_would_be_right(wrong: str, remedy: str) -> None:
    words = WEEK.replace("  end: 2018-03-28\n", "") if "end:" in wrong else WEEK
    reading = read_week(words.replace("form: week", wrong).encode())
    assert [problem.right[: len(remedy)] for problem in reading.problems] == [remedy]


def test_details_are_read_by_the_structure_of_their_kind() -> None:
    words = WEEK.replace("eligibility: Women who stand for election", "eligibilty: Women\n      seats: many")
    assert told(words) == [
        "24:7: activities[0].details.eligibilty: There is no “eligibilty” here.",
        "25:14: activities[0].details.seats: “many” cannot be used here.",
    ]


@pytest.mark.parametrize("empty", ['""', "{}", "{en: ''}", '"  "'])
def test_text_that_is_needed_is_not_empty(empty: str) -> None:
    words = WEEK.replace("titles: Spring week", f"titles: {empty}")
    assert [line.split(": ", 1)[1] for line in told(words)] == ["week.titles: “titles” is empty."]


def test_text_that_is_not_needed_may_be_empty() -> None:
    assert told(WEEK.replace("  form: week", '  form: week\n  summary: ""')) == []
