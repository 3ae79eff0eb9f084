"""A kind of activity that nobody thought of: one new folder, its name in the registry, and nothing else anywhere."""

import shutil
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, SOURCE
from tests.journeys.operator import Operator

REGISTRY = Path("tadamun") / "kinds" / "registry.py"
VIGIL = '''"""Vigil: people stand together in silence."""

from collections.abc import Iterable

from tadamun.kinds.contract import FactMaker, Kind, Mistake, Plan
from tadamun.toolkit.facts import Fact
from tadamun.toolkit.languages.text import Text


class VigilPlan(Plan, frozen=True):
    """What only a vigil has."""

    remembered: Text = {}
    candles: int | None = None


def facts(plan: VigilPlan, make: FactMaker) -> Iterable[Fact]:
    yield from make.words("remembered", "Remembered", plan.remembered, prominent=True)


def mistakes(plan: VigilPlan) -> Iterable[Mistake]:
    if plan.candles is not None and plan.candles < 1:
        yield Mistake("candles", "a vigil without candles: leave the number out")


KIND = Kind(
    code="vigil", name="Vigil", mark="M12 3v18", plan=VigilPlan, facts=facts, mistakes=mistakes,
    schema_type="Event", category="MEETING",
)
'''
WEEK = """format: tadamun-week/1
language: en
week:
  slug: week-of-light
  form: week
  titles: {en: Week of light}
  start: 2026-03-02
  end: 2026-03-08
  state: published
activities:
  - slug: evening-of-candles
    kind: vigil
    titles: {en: Evening of candles}
    state: published
    details:
      remembered: {en: those who did not come home}
      candles: CANDLES
    sittings:
      - start: 2026-03-04
"""

pytestmark = [pytest.mark.pure, pytest.mark.slow]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The program with one more kind."""
    folder = tmp_path / "program" / "src"
    shutil.copytree(SOURCE, folder / "tadamun", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "program" / "locale").symlink_to(ROOT / "locale")
    registry = folder / REGISTRY
    told = registry.read_text(encoding="utf-8")
    told = told.replace(
        "from tadamun.kinds.visit", "from tadamun.kinds.vigil.kind import KIND as VIGIL\nfrom tadamun.kinds.visit"
    )
    told = told.replace("VISIT))", "VISIT, VIGIL))")
    registry.write_text(told, encoding="utf-8")
    (folder / "tadamun" / "kinds" / "vigil").mkdir()
    (folder / "tadamun" / "kinds" / "vigil" / "__init__.py").touch()
    (folder / "tadamun" / "kinds" / "vigil" / "kind.py").write_text(VIGIL, encoding="utf-8")
    return folder


def week_file(folder: Path, candles: str) -> Path:
    folder.mkdir()
    (folder / "week.yaml").write_text(WEEK.replace("CANDLES", candles), encoding="utf-8")
    return folder


def test_new_kind_goes_from_file_to_page_and_back(source: Path, tmp_path: Path) -> None:
    operator = Operator(tmp_path / "home", source)
    operator.must("import", week_file(tmp_path / "week", "40"))
    operator.must("publish")
    page = operator.page("en/weeks/week-of-light/evening-of-candles")
    assert "Vigil" in page
    assert "Remembered" in page
    assert "those who did not come home" in page
    assert "vigil" in (operator.site / "data" / "weeks" / "week-of-light.json").read_text(encoding="utf-8")
    operator.must("export", "week-of-light", "--to", tmp_path / "kit")
    exported = (tmp_path / "kit" / "week.yaml").read_text(encoding="utf-8")
    assert "kind: vigil" in exported
    assert "candles: 40" in exported
    other = Operator(tmp_path / "other", source)
    other.must("import", tmp_path / "kit")
    other.must("publish")
    assert other.page("en/weeks/week-of-light/evening-of-candles") == page


def test_its_own_rules_are_asked(source: Path, tmp_path: Path) -> None:
    done = Operator(tmp_path / "home", source).call("import", week_file(tmp_path / "week", "0"))
    assert done.returncode == 1
    assert "a vigil without candles: leave the number out" in done.stderr
    assert "week.yaml:17:7:" in done.stderr


def test_it_asks_nothing_of_the_database(source: Path, tmp_path: Path) -> None:
    done = Operator(tmp_path / "home", source).call("makemigrations", "--check", "--dry-run", module="django")
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_its_line_in_the_registry_there_is_no_such_kind(tmp_path: Path) -> None:
    done = Operator(tmp_path / "home").call("import", week_file(tmp_path / "week", "40"))
    assert done.returncode == 1
    assert "vigil" in done.stderr
    assert "Traceback" not in done.stderr
