"""Ground of the vault's tests: a passphrase costs little here, or each sign-in would take a tenth of a second."""

import pytest

from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "COST", LIMITS.least)
