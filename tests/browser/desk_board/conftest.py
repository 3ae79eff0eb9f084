"""The board in a real browser: a week of our coalition, opened as Layla."""

import pytest

from tadamun.organise.programme.models import Sitting
from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS
from tests.browser.people_desk.conftest import desk, server
from tests.organise.people_desk.houses import House, make_house

__all__ = ["desk", "house", "server"]


@pytest.fixture
def house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """A week in which one activity stands on its third day."""
    monkeypatch.setattr(members, "COST", LIMITS.least)
    house = make_house()
    assert Sitting.objects.get().start.isoformat() == "2099-03-03"
    return house
