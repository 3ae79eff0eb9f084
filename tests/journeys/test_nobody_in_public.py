"""After people have signed up, nothing that is published holds one of them (P-18).

Read is every file of the bundle, compressed ones opened: pages, feeds, sitemap, open data, manifest. A name that
stands in the week file, and so is published on purpose, is found by the same search: it would find a leak, too.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.project import ROOT
from tests.journeys import traces
from tests.journeys.operator import Operator

pytestmark = [pytest.mark.pure, pytest.mark.slow]
EXAMPLE = ROOT / "examples" / "kahramana-week"
SEEDING = ROOT / "tests" / "journeys" / "seeding.py"
TITLE, NAME = "Tea and talks", "زهور المختلقة"


def seed(operator: Operator) -> list[str]:
    """Sign people up in the operator's home; returns what was planted."""
    done = subprocess.run(
        [sys.executable, "-P", str(SEEDING)], env=operator.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    planted: list[str] = json.loads(done.stdout)
    return planted


def published(operator: Operator, *words: str) -> list[str]:
    """Where one of ``words`` stands in what is public. Its folders are links, which must be followed."""
    files = [
        Path(folder) / name for folder, _folders, names in os.walk(operator.site, followlinks=True) for name in names
    ]
    assert len(files) > 100
    return traces.found(words, *files)


def test_no_published_file_holds_who_signed_up(tmp_path: Path) -> None:
    operator = Operator(tmp_path / "home")
    operator.must("import", EXAMPLE)
    planted = seed(operator)
    operator.must("publish")
    assert published(operator, *planted) == []
    page = next((operator.site / "data" / "weeks").glob("*.json")).read_text(encoding="utf-8")
    assert "kahramana" in page, "something was published"


def test_a_leak_would_be_found_in_pages_feeds_and_data(tmp_path: Path) -> None:
    week = shutil.copytree(EXAMPLE, tmp_path / "week") / "week.yaml"
    text = week.read_text(encoding="utf-8")
    assert TITLE in text
    week.write_text(text.replace(TITLE, NAME), encoding="utf-8")
    operator = Operator(tmp_path / "home")
    operator.must("import", week.parent)
    operator.must("publish")
    kinds = {Path(file).suffix for file in published(operator, NAME)}
    assert {".html", ".json", ".ics", ".atom"} <= kinds, kinds
