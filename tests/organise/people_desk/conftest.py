"""Ground of the desk's tests: a passphrase costs little here, and no letter leaves."""

import pytest

from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS
from tests.organise.people_desk.houses import House, make_house


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "COST", LIMITS.least)


@pytest.fixture
def house(db: None) -> House:
    """An activity that is signed up for; Layla's vault is open."""
    return make_house()
