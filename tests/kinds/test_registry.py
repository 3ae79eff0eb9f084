"""Each kind is a folder and a line, and there is nothing else to touch."""

import importlib
import re
import sys
from pathlib import Path

import msgspec
import pytest

from tadamun.kinds import registry
from tadamun.kinds.contract import Kind
from tadamun.kinds.registry import KINDS, UnknownKind, kind_of, registered
from tests.kinds.makers import mistakes_in, reader, spoken_of, told

pytestmark = pytest.mark.pure
PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9 .,-]+")


def test_the_kinds_are_offered_in_their_order() -> None:
    assert list(KINDS) == [
        "gathering",
        "training",
        "race",
        "talk",
        "outreach",
        "debate",
        "statement",
        "seminar",
        "visit",
    ]


def test_each_kind_lies_in_the_folder_of_its_name() -> None:
    assert registry.__file__
    folders = {path.parent.name for path in Path(registry.__file__).parent.glob("*/kind.py")}
    assert folders == set(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_each_mark_is_a_path_and_nothing_but_a_path(kind: Kind) -> None:
    assert kind.mark.startswith("M")
    assert PATH.fullmatch(kind.mark)


def test_no_two_kinds_look_or_sound_alike() -> None:
    assert len({kind.mark for kind in KINDS.values()}) == len(KINDS)
    assert len({str(kind.name) for kind in KINDS.values()}) == len(KINDS)


def test_an_unknown_kind_is_an_error_of_its_own() -> None:
    with pytest.raises(UnknownKind, match="regatta"):
        kind_of("regatta")


def test_two_kinds_cannot_have_one_code() -> None:
    with pytest.raises(ValueError, match="two kinds of activity have the code 'race'"):
        registered([KINDS["race"], KINDS["race"]])


REGATTA = """
from collections.abc import Iterable

from tadamun.kinds.contract import FactMaker, Kind, Mistake, Plan
from tadamun.toolkit.facts import Fact, Number
from tadamun.toolkit.languages.text import Text


class RegattaPlan(Plan, frozen=True):
    boats: int | None = None
    river: Text = {}


def facts(plan: RegattaPlan, make: FactMaker) -> Iterable[Fact]:
    yield from make.words("river", "River", plan.river, prominent=True)
    if plan.boats is not None:
        yield from make.fact("boats", "Boats", Number(plan.boats))


def mistakes(plan: RegattaPlan) -> Iterable[Mistake]:
    if plan.boats is not None and plan.boats < 1:
        yield Mistake("boats", "a regatta has at least one boat")


KIND = Kind(code="regatta", name="Regatta", mark="M3 15h18l-3 5H6z", plan=RegattaPlan, facts=facts, mistakes=mistakes)
"""


def test_a_new_kind_is_a_folder_and_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "throwaway_kinds" / "regatta"
    folder.mkdir(parents=True)
    (folder / "kind.py").write_text(REGATTA, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    regatta = importlib.import_module("throwaway_kinds.regatta.kind").KIND
    monkeypatch.setattr(registry, "KINDS", registered([*KINDS.values(), regatta]))

    kind = kind_of("regatta")

    assert spoken_of(told(kind, reader(), boats="7", river={"en": "Tigris"})) == {"river": ["Tigris"], "boats": ["7"]}
    assert mistakes_in(kind, boats="0") == ["boats"]
    with pytest.raises(msgspec.ValidationError, match="unknown field `sails`"):
        told(kind, reader(), sails="2")
    for name in [name for name in sys.modules if name.startswith("throwaway_kinds")]:
        del sys.modules[name]
