"""The desk in a real browser, served by the product itself."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS
from tests.browser.serving import served


@pytest.fixture
def server(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the desk is served; by the name of this machine, because passkeys are not for bare addresses."""
    monkeypatch.setattr(members, "COST", LIMITS.least)
    cache.clear()
    with served("localhost") as address:
        yield address
