"""From an empty installation the example week is entered through the desk's own forms; its file is the example's."""

from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.test import Client

from tadamun.config.commands.user_add import demo_member
from tadamun.organise.programme.models import Week
from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS
from tadamun.weekfile import document as form
from tadamun.weekfile.exporting import export_week
from tadamun.weekfile.normal import normal
from tadamun.weekfile.reading import read_week
from tadamun.weekfile.world import world_entries
from tests.architecture.project import ROOT
from tests.journeys.by_hand import ByHand

EXAMPLE = ROOT / "examples" / "kahramana-week" / "week.yaml"


@pytest.fixture
def operator(db: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The first and only account, which belongs to no organisation; it has signed in."""
    monkeypatch.setattr(members, "COST", LIMITS.least)
    account = demo_member(
        email="noor@example.org", name="Noor", organisation=None, role=None, sees_names=False, operator=True
    )
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    return client


def read(path: Path) -> form.WeekDocument:
    found = read_week(path.read_bytes()).document
    assert found is not None
    return found


# What the program adds by itself: numbers, moments, the days of an agreement, the names under which pictures lie.
ADDED = frozenset({"uid", "file", "sequence", "changed_at", "sign_off_by", "signed_off_on"})


def stated(document: form.WeekDocument) -> list[str]:
    """What people state in a week file, line by line; no text ends with an empty line."""
    settled = normal(document, timezone="Asia/Baghdad")
    plain = _bare(msgspec.json.decode(msgspec.json.encode(settled)))
    return msgspec.json.format(msgspec.json.encode(plain), indent=1).decode().split("\n")


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items() if name not in ADDED}
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return value.rstrip("\n") if isinstance(value, str) else value


@pytest.mark.slow
def test_example_entered_by_hand_is_the_example(
    operator: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=tmp_path))
    monkeypatch.setattr(settings, "HOME", tmp_path)
    wanted = read(EXAMPLE)
    ByHand.signed_in(operator, wanted).enter(EXAMPLE.parent)
    export_week(week=Week.objects.get(), folder=tmp_path / "out", home=tmp_path)
    entered = with_all_organisations(read(tmp_path / "out" / "week.yaml"), wanted)
    differences = list(unified_diff(stated(wanted), stated(entered), lineterm="", n=4))
    assert not differences, "\n".join(differences)


def with_all_organisations(entered: form.WeekDocument, wanted: form.WeekDocument) -> form.WeekDocument:
    """An export has the organisations that its week mentions; the coalition stands in the file alone, is put to it."""
    missing = {one.slug for one in wanted.organisations} - {one.slug for one in entered.organisations}
    assert missing == {"icssi"}
    found = world_entries("organisations", missing)
    return msgspec.structs.replace(entered, organisations=[*entered.organisations, *found])


@pytest.mark.parametrize(
    ("old", "new"),
    [("quantity: 25", "quantity: 26"), ("متطوّعات", "متطوعات"), ("weekday: saturday", ""), ("days: 2\n", "days: 3\n")],
)
def test_comparison_sees_a_fact_that_differs(tmp_path: Path, old: str, new: str) -> None:
    words = EXAMPLE.read_text("utf-8")
    assert old in words
    (tmp_path / "week.yaml").write_text(words.replace(old, new), "utf-8")
    same = stated(read(tmp_path / "week.yaml")) == stated(read(EXAMPLE))
    # The day of the week is no fact of its own: it follows from the date.
    assert same is (new == "")
