"""What several week files say about one body, place or source is the same: none overwrites the other."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tadamun.weekfile.reading import read_week

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("examples/*/week.yaml"), *ROOT.glob("tests/weekfile/cases/*/week.yaml")])


@pytest.mark.parametrize("shelf", ["organisations", "places", "occasions", "campaigns", "series", "sources"])
def test_one_slug_is_one_thing_in_all_examples_and_cases(shelf: str) -> None:
    stated: dict[str, dict[Any, list[str]]] = {}
    for path in FILES:
        document = read_week(path.read_bytes(), file=str(path)).document
        assert document is not None
        for entry in getattr(document, shelf):
            said = msgspec.json.encode(entry)
            stated.setdefault(entry.slug, {}).setdefault(said, []).append(path.parent.name)
    assert stated
    assert {slug: list(wordings.values()) for slug, wordings in stated.items() if len(wordings) > 1} == {}


def test_there_are_at_least_ten_real_cases_of_several_kinds_and_forms() -> None:
    documents = [read_week(path.read_bytes()).document for path in FILES if path.parents[1].name == "cases"]
    weeks = [document for document in documents if document is not None]
    assert len(weeks) >= 10
    assert len({document.week.form for document in weeks}) >= 5
    assert {one.kind for document in weeks for one in document.activities} >= {
        "gathering",
        "outreach",
        "race",
        "seminar",
        "statement",
        "training",
        "visit",
    }
