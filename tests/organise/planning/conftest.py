"""Ground of the planning's tests: an activity that Layla coordinates, her vault open."""

import pytest

from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS
from tests.organise.people_desk.houses import House, make_house


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "COST", LIMITS.least)


@pytest.fixture
def house(db: None) -> House:
    """An activity of our coalition, in the week from 1 to 8 March 2099."""
    return make_house()
