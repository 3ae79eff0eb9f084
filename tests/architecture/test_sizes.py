"""Modules stay small enough to be read, and say nothing that a linter can't judge but a reader must."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, SOURCE, modules, parsed, project_files, shown

pytestmark = pytest.mark.pure

LINES_OF_A_MODULE = 400
LINES_OF_A_TEST_MODULE = 500
LINES_OF_A_FUNCTION = 60
LINES_OF_A_TEMPLATE = 250
IMPORTS_OF_A_MODULE = 25

Function = ast.FunctionDef | ast.AsyncFunctionDef
# What reads the present moment. `config` and other doors ask `toolkit.clock`; everything else is told `now`.
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("timezone", "now"),
          ("timezone", "localdate"), ("timezone", "localtime"), ("time", "time"), ("time", "localtime")}  # fmt: skip


def lines_of(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def long_functions(tree: ast.Module, longest: int) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, Function) and (node.end_lineno or node.lineno) - node.lineno + 1 > longest:
            yield f"{node.name} (line {node.lineno})"


def readings_of_the_clock(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value
        name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        if (name, node.func.attr) in CLOCKS:
            yield node.lineno


def silenced_without_reason(text: str) -> Iterator[int]:
    """Lines that silence a checker and don't say why, as in ``# noqa: ABC123  because …``."""
    mark = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?:\[[\w, -]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(?P<why>.*)$")
    for number, line in enumerate(text.splitlines(), start=1):
        found = mark.search(line)
        if found and len(found["why"].strip(" #-—,;")) < 8:
            yield number


def unfinished(text: str) -> Iterator[int]:
    marks = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
    yield from (number for number, line in enumerate(text.splitlines(), start=1) if marks.search(line))


def no_offence(offences: Iterable[str]) -> None:
    listed = list(offences)
    assert not listed, "\n" + "\n".join(listed)


def test_modules_are_short() -> None:
    no_offence(f"{shown(path)}: {lines_of(path)} lines" for path in modules() if lines_of(path) > LINES_OF_A_MODULE)


def test_test_modules_are_short() -> None:
    tests = (path for folder in ("tests", "bench") for path in (ROOT / folder).rglob("*.py"))
    no_offence(f"{shown(path)}: {lines_of(path)} lines" for path in tests if lines_of(path) > LINES_OF_A_TEST_MODULE)


def test_functions_fit_a_screen() -> None:
    no_offence(
        f"{shown(path)}: {name}" for path in modules() for name in long_functions(parsed(path), LINES_OF_A_FUNCTION)
    )


def test_templates_are_short() -> None:
    templates = (path for path in SOURCE.rglob("*.html"))
    no_offence(f"{shown(path)}: {lines_of(path)} lines" for path in templates if lines_of(path) > LINES_OF_A_TEMPLATE)


def test_modules_lean_on_few_others() -> None:
    for path in modules():
        if path.relative_to(SOURCE).parts[0] in {"config", "desk"}:  # which put the others together
            continue
        imports = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert len(imports) <= IMPORTS_OF_A_MODULE, f"{shown(path)}: {len(imports)} imports"


def test_package_files_hold_no_code_but_what_django_looks_for() -> None:
    for path in modules():
        if path.name == "__init__.py" and path.parent.name != "models":
            rest = [node for node in parsed(path).body if not isinstance(node, ast.Expr | ast.Assign)]
            assert not rest, f"{shown(path)} should be empty but for a docstring"


def test_every_module_says_what_it_is() -> None:
    written = (path for path in modules() if path.read_text(encoding="utf-8").strip())
    no_offence(shown(path) for path in written if not ast.get_docstring(parsed(path)))


def test_only_the_clock_reads_the_time() -> None:
    no_offence(
        f"{shown(path)}:{line}: pass `now` in; doors ask tadamun.toolkit.clock"
        for path in modules()
        if path != SOURCE / "toolkit" / "clock.py"
        for line in readings_of_the_clock(parsed(path))
    )


def test_a_silenced_checker_is_explained() -> None:
    no_offence(
        f"{shown(path)}:{line}: say why the checker is silenced"
        for path in modules()
        for line in silenced_without_reason(path.read_text(encoding="utf-8"))
    )


def test_nothing_is_left_unfinished() -> None:
    ours = (path for path in project_files() if path.suffix in {".py", ".html", ".css", ".js", ".md", ".toml", ".yaml"})
    no_offence(
        f"{shown(path)}:{line}: finish it or leave it out"
        for path in ours
        if "vendor" not in path.parts
        for line in unfinished(path.read_text(encoding="utf-8"))
    )


def test_the_measures_see_what_they_measure() -> None:
    spoilt = ast.parse("def long():\n" + "    pass\n" * 60 + "when = datetime.now()\nday = dates.date.today()\n")
    assert list(long_functions(spoilt, 60)) == ["long (line 1)"]
    assert list(readings_of_the_clock(spoilt)) == [62, 63]
    assert list(silenced_without_reason("a  # noqa: BLE001\nb  # noqa\nc  # type: ignore[misc]\n")) == [1, 2, 3]
    assert not list(silenced_without_reason("a  # noqa: BLE001  whatever is wrong, the answer is one\n"))
    assert list(unfinished("fine\n# TO" + "DO: not\n")) == [2]
