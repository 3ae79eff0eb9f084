"""Documents point at what is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, SOURCE, project_files, shown

pytestmark = pytest.mark.pure

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
NAMED_FILE = re.compile(r"`((?:tests|docs|src|locale|examples|bench|config|record|kinds|toolkit)/[\w./-]+)`")


def lost(page: Path, text: str) -> Iterator[str]:
    """Links and named files of a page that lead nowhere."""
    for target in LINK.findall(text):
        if not (page.parent / target).exists():
            yield f"{shown(page)}: there is no {target}"
    for name in NAMED_FILE.findall(text):
        if not (ROOT / name).exists() and not (SOURCE / name).exists():
            yield f"{shown(page)}: there is no {name}"


def pages() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".md"]


def test_documents_name_only_what_is_there() -> None:
    assert [loss for page in pages() for loss in lost(page, page.read_text(encoding="utf-8"))] == []


def test_lost_link_is_seen() -> None:
    page = ROOT / "docs" / "README.md"
    text = "[a](nowhere.md) [b](settings.md#x) `tests/none` `kinds/registry.py` [c](https://example.org/none)"
    assert list(lost(page, text)) == [
        "docs/README.md: there is no nowhere.md",
        "docs/README.md: there is no tests/none",
    ]


def test_every_document_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    documents = [path for path in pages() if path.parent == ROOT / "docs" and path.name != "README.md"]
    assert [path.name for path in documents if f"({path.name})" not in index] == []


def test_decisions_are_numbered_without_a_gap_and_say_how_they_stand() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. ")
        assert all(f"**{part}.**" in text for part in ("Situation", "Decision", "Consequences"))
        assert len(text.splitlines()) < 40, f"{path.name}: a decision is half a page"


def test_every_kind_of_activity_is_in_the_words() -> None:
    words = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    row = next(line for line in words.splitlines() if line.startswith("| kind |"))
    kinds = {path.parent.name for path in (SOURCE / "kinds").glob("*/kind.py")}
    assert {kind for kind in kinds if kind not in row} == set()
