"""Ground of the accounts' tests: cheap passphrases, no tries left over from the test before."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(members, "COST", LIMITS.least)
    cache.clear()
    yield
    cache.clear()
