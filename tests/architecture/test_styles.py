"""Each style of the desk stands in one place, and styles something."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.project import SOURCE, shown

BLOCK = re.compile(r"/\*.*?\*/|@page \{[^}]*\}", re.DOTALL)
RULE = re.compile(r"(?P<selector>[^{};]+)\{(?P<body>[^{}]*)\}")
CLASS = re.compile(r"\.(?P<name>[a-z][\w-]*)")
# Made by a script, or by what the desk does not write itself.
MADE_ELSEWHERE = {"errorlist", "handle", "held", "under"}
# The phone's kit and the gate are pages of their own, with sheets of their own.
APART = {"gate", "field"}


def sheets() -> list[Path]:
    return [path for path in SOURCE.rglob("static/*/*.css") if path.parent.name not in APART]


def rules(text: str) -> Iterator[tuple[str, str]]:
    """The selectors that a sheet styles, each with the medium that it is for ("" everywhere)."""
    medium, depth = "", 0
    for line in BLOCK.sub("", text).splitlines():
        if line.startswith("@media"):
            medium = line.split("{", 1)[0].strip()
        inner = line.split("{", 1)[1] if line.startswith("@media") else line
        for found in RULE.finditer(inner):
            yield medium, " ".join(found["selector"].split())
        depth += line.count("{") - line.count("}") if medium else 0
        if medium and depth <= 0:
            medium = ""


def test_no_selector_is_styled_twice() -> None:
    every = Counter(rule for path in sheets() for rule in rules(path.read_text(encoding="utf-8")))
    assert [rule for rule, times in every.items() if times > 1] == []


def test_a_selector_that_is_styled_twice_is_seen() -> None:
    text = ".a { b: c; }\n@media print {\n  .a { b: d; }\n  .d { e: f; } .d { g: h; }\n}\n.a { i: j; }\n"
    found = Counter(rules(text))
    assert {rule for rule, times in found.items() if times > 1} == {("", ".a"), ("@media print", ".d")}


def test_every_class_that_is_styled_is_used() -> None:
    written = " ".join(
        path.read_text(encoding="utf-8")
        for kind in ("html", "py", "js")
        for path in SOURCE.rglob(f"*.{kind}")
        if "publish" not in path.parts
    )
    used = set(re.findall(r"[\w-]+", written))
    unused = {
        shown(path): sorted({found["name"] for _m, rule in rules(text) for found in CLASS.finditer(rule)} - used)
        for path in sheets()
        for text in [path.read_text(encoding="utf-8")]
    }
    assert {path: names for path, names in unused.items() if set(names) - MADE_ELSEWHERE} == {}


def test_the_sheets_of_the_desk_stay_small() -> None:
    """One page loads the desk's sheet and one more: 24 KB before they are compressed."""
    sizes = sorted(path.stat().st_size for path in sheets())
    assert sizes[-1] + sizes[-2] <= 24_000
