"""The import contracts hold, and each of them refuses what it is there to refuse."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.architecture.project import ROOT, SOURCE

pytestmark = pytest.mark.pure


class Verdict(NamedTuple):
    """What the linter said."""

    refused: bool
    words: str


def lint(folder: Path) -> Verdict:
    """Check the copy of the package in ``folder``."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "COLUMNS": "200"},
    )
    return Verdict(done.returncode != 0, done.stdout + done.stderr)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package that may be spoilt."""
    shutil.copytree(SOURCE, tmp_path / "tadamun", ignore=shutil.ignore_patterns("__pycache__", "templates", "static"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_contracts_hold_for_the_package_as_it_is(copy: Path) -> None:
    verdict = lint(copy)
    assert not verdict.refused, verdict.words


STAIRCASE = "Packages form one staircase BROKEN"
ORGANISE = "Apps of the private side form one staircase BROKEN"
INSIDE = "rules above models BROKEN"
KINDS = "Kinds of activity do not know each other BROKEN"
PRIVACY = "Publishing reaches nothing private BROKEN"
RECORDS = "Publishing knows records, not how they are made BROKEN"
PLANS = "No record, page or file knows what is planned BROKEN"
PURE = "Publishing needs no Django and no database BROKEN"


@pytest.mark.parametrize(
    ("why", "contract", "module", "imports"),
    [
        ("toolkit knows nothing", STAIRCASE, "toolkit/rulings.py", "tadamun.organise.safety.vocabulary"),
        ("apps know no kinds", STAIRCASE, "organise/safety/services/audit.py", "tadamun.kinds.contract"),
        ("kinds know no records", STAIRCASE, "kinds/contract.py", "tadamun.record.structs"),
        ("week files know no records", STAIRCASE, "weekfile/document.py", "tadamun.record.structs"),
        ("records know no week files", STAIRCASE, "record/structs.py", "tadamun.weekfile.document"),
        ("records know no pages", STAIRCASE, "record/structs.py", "tadamun.publish.published"),
        ("pages know no settings", STAIRCASE, "publish/published.py", "tadamun.config.environment"),
        ("safety is lowest", ORGANISE, "organise/safety/services/audit.py", "tadamun.organise.network.models"),
        ("no bodies of weeks", ORGANISE, "organise/network/models.py", "tadamun.organise.programme.vocabulary"),
        ("no photos", ORGANISE, "organise/programme/models/weeks.py", "tadamun.organise.archive.vocabulary"),
        ("models do not act", INSIDE, "organise/safety/models/audit.py", "tadamun.organise.safety.services.audit"),
        ("words come first", INSIDE, "organise/network/vocabulary.py", "tadamun.organise.network.models"),
        ("the vault is pure", INSIDE, "organise/safety/vault/keys.py", "tadamun.organise.safety.models"),
        ("no private models", PRIVACY, "publish/published.py", "tadamun.organise.programme.models"),
        ("no kinds in pages", PRIVACY, "publish/published.py", "tadamun.kinds.registry"),
        ("structs are not models", PRIVACY, "record/structs.py", "tadamun.organise.programme.vocabulary"),
        ("no budget in records", PLANS, "record/builders/week.py", "tadamun.organise.planning.models"),
        ("no permits in files", PLANS, "weekfile/exporting.py", "tadamun.organise.planning.models"),
        ("no Django in pages", PURE, "publish/published.py", "django.utils.html"),
        ("no Django by the back door", PURE, "publish/published.py", "tadamun.toolkit.languages.fields"),
        ("no Django in structs", PURE, "record/structs.py", "django.db.models"),
    ],
)
def test_contract_refuses(copy: Path, why: str, contract: str, module: str, imports: str) -> None:
    path = copy / "tadamun" / module
    line = path.read_text(encoding="utf-8").count("\n") + 1
    path.write_text(path.read_text(encoding="utf-8") + f"import {imports}\n", encoding="utf-8")
    verdict = lint(copy)
    assert verdict.refused
    assert contract in verdict.words
    spoilt = "tadamun." + module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert f"{spoilt} -> {imports.split('.', maxsplit=1)[0]}" in verdict.words
    assert f"(l.{line})" in verdict.words


def test_publishing_is_refused_a_builder_of_records_even_a_harmless_one(copy: Path) -> None:
    (copy / "tadamun" / "record" / "invented.py").write_text('"""Nothing private."""\n', encoding="utf-8")
    _append(copy / "tadamun" / "publish" / "published.py", "import tadamun.record.invented")
    verdict = lint(copy)
    assert RECORDS in verdict.words
    assert "tadamun.publish.published -> tadamun.record.invented" in verdict.words


def test_publishing_is_refused_what_is_private_behind_a_third_module(copy: Path) -> None:
    (copy / "tadamun" / "record" / "invented.py").write_text(
        "import tadamun.organise.network.models\n", encoding="utf-8"
    )
    _append(copy / "tadamun" / "record" / "structs.py", "import tadamun.record.invented")
    verdict = lint(copy)
    assert PRIVACY in verdict.words
    assert "tadamun.record.invented -> tadamun.organise.network.models (l.1)" in verdict.words


def test_kinds_are_refused_each_other_without_naming_a_new_one(copy: Path) -> None:
    new = copy / "tadamun" / "kinds" / "invented"
    new.mkdir()
    (new / "__init__.py").touch()
    (new / "kind.py").write_text("import tadamun.kinds.contract\n", encoding="utf-8")
    _append(copy / "tadamun" / "kinds" / "registry.py", "import tadamun.kinds.invented.kind")
    assert not lint(copy).refused, "a new kind is a folder and a line of the registry"
    (new / "kind.py").write_text("import tadamun.kinds.training.plan\n", encoding="utf-8")
    verdict = lint(copy)
    assert KINDS in verdict.words
    assert "tadamun.kinds.invented.kind -> tadamun.kinds.training.plan (l.1)" in verdict.words


def test_a_package_that_has_no_step_is_refused(copy: Path) -> None:
    (copy / "tadamun" / "extras").mkdir()
    (copy / "tadamun" / "extras" / "__init__.py").touch()
    verdict = lint(copy)
    assert STAIRCASE in verdict.words
    assert "extras" in verdict.words


def test_a_module_with_a_name_of_its_own_is_refused_in_an_app(copy: Path) -> None:
    (copy / "tadamun" / "organise" / "network" / "helpers.py").touch()
    verdict = lint(copy)
    assert INSIDE in verdict.words
    assert "helpers" in verdict.words


def test_a_ring_is_refused(copy: Path) -> None:
    _append(copy / "tadamun" / "config" / "keys.py", "import tadamun.config.settings")
    verdict = lint(copy)
    assert "No rings anywhere BROKEN" in verdict.words
    assert "keys" in verdict.words


def _append(path: Path, line: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
