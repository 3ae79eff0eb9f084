"""The explained format, the schema and the program are one: what is printed is current, what is shown works."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml

from tadamun.weekfile.checking import problems_of
from tadamun.weekfile.nodes import read_tree
from tadamun.weekfile.reading import read_week
from tadamun.weekfile.schema import kind_tables, printed, schema, word_tables
from tadamun.weekfile.system import System
from tests.weekfile.test_round_trip import FILES
from tests.weekfile.worlds import WEEK

pytestmark = pytest.mark.pure

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "week-file.md").read_text(encoding="utf-8")


def between(name: str) -> str:
    return PAGE.split(f"<!-- {name}: begin -->\n")[1].split(f"<!-- {name}: end -->")[0]


def as_json(data: bytes) -> Any:
    """A week file as a reader of YAML 1.2 sees it: numbers and truths are themselves, everything else is text."""
    read_tree(data)
    loader = yaml.BaseLoader
    plain = yaml.load(data, loader)
    numbers = re.compile(r"-?\d+(\.\d+)?")

    def typed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: typed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [typed(item) for item in value]
        if value in {"true", "false"}:
            return value == "true"
        return float(value) if numbers.fullmatch(value) else value

    return typed(plain)


def test_printed_schema_is_current() -> None:
    assert (DOCS / "week-file.schema.json").read_text(encoding="utf-8") == printed()


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_schema_accepts_every_example(path: Path) -> None:
    jsonschema.Draft202012Validator(schema()).validate(as_json(path.read_bytes()))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("form: week", "form: weak"),
        ("format: tadamun-week/1", "format: tadamun-week/2"),
        ("kind: race", "kind: racing"),
        ("  slug: spring-week\n", ""),
        ("quantity: 25", "quantity: many"),
        ("titles: Spring week", "titles: [Spring, week]"),
        ("counted: attended", "counted: attended\n        colour: red"),
        ("eligibility: Women who stand for election", "distance: 5"),
    ],
)
def test_schema_refuses_what_the_program_refuses(right: str, wrong: str) -> None:
    words = WEEK.replace(right, wrong)
    assert words != WEEK
    assert read_week(words.encode()).problems
    validator = jsonschema.Draft202012Validator(schema())
    assert list(validator.iter_errors(as_json(words.encode())))
    assert not list(validator.iter_errors(as_json(WEEK.encode())))


def test_normal_form_as_json_fits_the_schema() -> None:
    document = read_week(WEEK.encode()).document
    jsonschema.Draft202012Validator(schema()).validate(msgspec.json.decode(msgspec.json.encode(document)))


def test_tables_of_the_page_are_current() -> None:
    assert between("words") == word_tables()
    assert between("kinds") == kind_tables()


def test_examples_of_the_page_are_one_week_file_without_a_problem() -> None:
    file = "\n".join(re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL))
    assert [str(problem) for problem in problems_of(read_week(file.encode()), system=System())] == []


def test_example_of_photos_fits_too() -> None:
    photos = re.search(r"(    photos:\n(?:      .*\n)+)", PAGE)
    assert photos is not None
    reading = read_week((WEEK + photos[1].replace("\n    ", "\n").removeprefix("    ")).encode())
    assert reading.problems == ()
